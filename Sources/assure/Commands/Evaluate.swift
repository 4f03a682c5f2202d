import ArgumentParser
import Assurance
import Exact
import Workbench

struct Evaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Project what the testers found and set it against materiality.",
    discussion: """
      Status 0 if every item is tested, the projected misstatement is at most performance materiality \
      and the bounds are within materiality; else 1.
      """)

  @Option(help: "The KPI.") var kpi: String
  @Option(help: "The round; else the last.") var round: Int?
  @OptionGroup var engagement: EngagementOptions
  @OptionGroup var common: CommonOptions

  func run() throws {
    let engagement = try engagement.open()
    let definition = try engagement.kpi(abbreviated: kpi)
    let facts = try engagement.evaluate(kpi: definition.name, round: round)
    switch common.format {
    case .json: Terminal.say(json(definition.name, facts).text())
    case .text: show(definition.name, facts, unit: definition.unit.code)
    }
    guard ["below-trivial", "below-performance"].contains(facts.conclusion) else {
      throw ExitCode(1)
    }
  }

  private func show(_ kpi: String, _ facts: EvaluationFacts, unit: String) {
    Terminal.say("\(kpi) round \(facts.round): \(facts.conclusion)")
    Terminal.say(
      """
        \(facts.selected) selected, \(facts.tested) tested: \(facts.agreed) agreed, \
      \(facts.misstated) misstated, \(facts.notSupportable) not supportable; \(facts.replaced) replaced
      """)
    Terminal.say("  factual misstatement    \(facts.factual) \(unit) (recorded less audited)")
    Terminal.say("  projected misstatement  \(facts.projected) \(unit)")
    for (side, bound) in [("overstated ", facts.upperOver), ("understated", facts.upperUnder)] {
      let amount = bound.map { "\($0) \(unit) at \(facts.confidence)" } ?? "cannot be given"
      Terminal.say("  upper bound, \(side) \(amount)")
    }
    Terminal.say(
      """
        materiality \(facts.materiality.overall), performance \(facts.materiality.performance), \
      clearly trivial \(facts.materiality.trivial) \(unit)
      """)
    guard !common.quiet else { return }
    for sentence in facts.words { Terminal.say("  \(sentence)") }
  }

  private func json(_ kpi: String, _ facts: EvaluationFacts) -> JSONValue {
    .object([
      ("kpi", .string(kpi)), ("round", .integer(facts.round)),
      ("selected", .integer(facts.selected)), ("tested", .integer(facts.tested)),
      ("agreed", .integer(facts.agreed)), ("misstated", .integer(facts.misstated)),
      ("notSupportable", .integer(facts.notSupportable)), ("replaced", .integer(facts.replaced)),
      ("factual", .exact(facts.factual)), ("projected", .exact(facts.projected)),
      ("upperBound", facts.upperOver.map { .exact($0) } ?? .null),
      ("upperBoundUnderstatement", facts.upperUnder.map { .exact($0) } ?? .null),
      ("confidence", .string(facts.confidence)),
      ("materiality", .exact(facts.materiality.overall)),
      ("performanceMateriality", .exact(facts.materiality.performance)),
      ("clearlyTrivial", .exact(facts.materiality.trivial)),
      ("conclusion", .string(facts.conclusion)),
      ("words", .list(facts.words.map { .string($0) })),
    ])
  }
}
