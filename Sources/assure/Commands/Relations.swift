import ArgumentParser
import Assurance
import Exact
import Foundation
import Workbench

struct Relations: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Try printed figures against each other: sums, ties, shares, bounds, whole numbers.",
    discussion: """
      Without FILE the relations of the policy are tried on the engagement's printed figures. A \
      FILE has the columns id and expression, as in `[a] + [b] = [c]`. Figures come from \
      reported.csv and from tables given with --figures: columns id, value and unit, and \
      number_printed, decimals, qualifier and year where known. Status 0 if none is impossible, 1 if one is.
      """)

  @Argument(help: "Relations to try instead of the policy's.") var file: String?
  @Option(help: "A table of printed figures; may be given more than once.") var figures: [String] =
    []
  @Option(help: "The report's text, for relations that count what a line lists.") var text: String?
  @Option(help: "The year of figures that are named without one.") var year: Int?
  @OptionGroup var engagement: EngagementOptions
  @OptionGroup var common: CommonOptions

  func run() throws {
    let results = try engagement.open().relations(
      file: file, figures: figures, text: text, year: year)
    switch common.format {
    case .json: Terminal.say(json(results).text())
    case .text: for result in results { show(result) }
    }
    if results.contains(where: { $0.verdict == .impossible }) { throw ExitCode(1) }
  }

  private func show(_ result: RelationResult) {
    let relation = result.relation
    Terminal.say("\(relation.id): \(result.verdict.rawValue)")
    Terminal.say("  \(Terminal.printable(relation.expression))")
    guard !common.quiet else { return }
    if let value = result.computed {
      let reach = [value.rounded.low, value.rounded.high].map { $0.map(Self.decimal) ?? "open" }
      Terminal.say(
        "  computed \(Self.decimal(value.face)), possible \(reach[0]) to \(reach[1]) "
          + relation.unit)
    }
    if let reported = result.reported { Terminal.say("  printed  \(Self.decimal(reported))") }
    for words in [result.reason, relation.note] where !words.isEmpty {
      Terminal.say("  \(Terminal.printable(words))")
    }
  }

  private static func decimal(_ value: Rational) -> String { Reconciler.text(value, decimals: 0) }

  private func json(_ results: [RelationResult]) -> JSONValue {
    func number(_ value: Rational?) -> JSONValue {
      value.map { .string(Self.decimal($0)) } ?? .null
    }
    return .object([
      (
        "relations",
        .list(
          results.map { result in
            .object([
              ("id", .string(result.relation.id)), ("type", .string(result.relation.type)),
              ("expression", .string(result.relation.expression)),
              ("verdict", .string(result.verdict.rawValue)),
              ("holds", .string(result.verdict.holds)),
              ("roundsToReported", result.roundsToReported.map { .bool($0) } ?? .null),
              ("computed", number(result.computed?.face)),
              ("low", number(result.computed?.rounded.low)),
              ("high", number(result.computed?.rounded.high)),
              ("reported", number(result.reported)), ("difference", number(result.difference)),
              ("unit", .string(result.relation.unit)), ("reason", .string(result.reason)),
            ])
          })
      )
    ])
  }
}
