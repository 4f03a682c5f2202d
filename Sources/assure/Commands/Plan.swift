import ArgumentParser
import Assurance
import Workbench

struct Plan: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Freeze the population and decide how many items to draw, with reasons.")

  @Option(help: "The KPI.") var kpi: String
  @Option(help: "The round; a second round needs a plan of its own.") var round: Int?
  @Option(help: "A size of your own instead of the formula's; recorded as yours.") var size: Int?
  @Option(help: "modified-sieve (weighted by value) or consistent (equal chances).")
  var method: String?
  @OptionGroup var engagement: EngagementOptions
  @OptionGroup var common: CommonOptions

  func run() throws {
    let plan = try engagement.open().plan(kpi: kpi, round: round, size: size, method: method)
    switch common.format {
    case .json: Terminal.say(Self.json(plan).text())
    case .text: Self.show(plan, quiet: common.quiet)
    }
  }

  static func show(_ plan: PlanFacts, quiet: Bool) {
    Terminal.say("round \(plan.round): \(plan.size) items by \(plan.method), frozen \(plan.frozen)")
    guard !quiet else { return }
    for parameter in plan.parameters { Terminal.say("  \(parameter.name): \(parameter.value)") }
    for reason in plan.reasons { Terminal.say("  \(Terminal.printable(reason))") }
    Terminal.say("  plan SHA-256 \(plan.digest)")
  }

  static func json(_ plan: PlanFacts) -> JSONValue {
    .object([
      ("round", .integer(plan.round)), ("method", .string(plan.method)),
      ("size", .integer(plan.size)), ("digest", .string(plan.digest)),
      ("frozen", .string(plan.frozen)),
      ("parameters", .object(plan.parameters.map { ($0.name, .string($0.value)) })),
      ("reasons", .list(plan.reasons.map { .string($0) })),
    ])
  }
}
