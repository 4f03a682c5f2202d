import ArgumentParser
import Assurance
import Exact
import Workbench

struct Reconcile: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Recalculate figures from their records and set them against the printed ones.",
    discussion: """
      exact: the number computed is the number printed. within rounding: it prints so. within \
      tolerance: the engagement accepts the difference. outside: it does not agree. Status 0 if all \
      agree, 1 if one is outside or cannot be compared.
      """)

  @Option(help: "One KPI and the ratios that rest on it; else all.") var kpi: String?
  @OptionGroup var engagement: EngagementOptions
  @OptionGroup var common: CommonOptions

  func run() throws {
    let engagement = try engagement.open()
    let results = try engagement.reconcile(kpi: kpi)
    switch common.format {
    case .json: Terminal.say(json(results).text())
    case .text: for result in results { show(result) }
    }
    let stated = Set(engagement.policy.kpis.filter(Self.isStated).map(\.name))
    let disagrees = results.contains { result in
      result.status == .outside
        || (result.status == .notComparable && !stated.contains(result.kpi))
    }
    if disagrees { throw ExitCode(1) }
  }

  private static func isStated(_ kpi: KPIDefinition) -> Bool {
    if case .stated = kpi.measure { true } else { false }
  }

  private func show(_ result: Reconciliation) {
    Terminal.say("\(result.kpi): \(result.status.rawValue)")
    let computed = "\(result.computedText) \(result.unit)"
    Terminal.say("  computed \(result.computed == nil ? "nothing, for want of records" : computed)")
    if let printed = result.printed {
      let interval =
        result.printedInterval.map { ", which stands for \($0.low) to \($0.high)" } ?? ""
      Terminal.say("  printed  \(printed)\(interval)  (\(Terminal.printable(result.printedPlace)))")
    } else {
      Terminal.say("  printed  no figure in reported.csv")
    }
    guard !common.quiet else { return }
    for item in result.bridge {
      let count = item.count > 0 ? "\(item.count) records" : ""
      let mark = item.counts ? "+" : " "
      let parts = [item.amount, count, item.note].filter { !$0.isEmpty }
      let rest = parts.isEmpty ? "" : ": " + parts.joined(separator: ", ")
      Terminal.say("    \(mark) \(item.label)\(rest)")
    }
  }

  private func json(_ results: [Reconciliation]) -> JSONValue {
    .object([
      (
        "kpis",
        .list(
          results.map { result in
            .object([
              ("id", .string(result.kpi)),
              ("computed", result.computed == nil ? .null : .string(result.computedText)),
              ("reported", .optional(result.printed)), ("unit", .string(result.unit)),
              ("status", .string(result.status.rawValue)),
              ("difference", result.difference == nil ? .null : .string(result.differenceText)),
              (
                "bridge",
                .list(
                  result.bridge.map {
                    .object([
                      ("label", .string($0.label)), ("amount", .string($0.amount)),
                      ("count", .integer($0.count)), ("counts", .bool($0.counts)),
                      ("note", .string($0.note)),
                    ])
                  })
              ),
            ])
          })
      )
    ])
  }
}
