import Assurance
import Exact
import Workbench

/// What another factor set would change, in both formats.
enum WhatIfText {
  static func show(_ result: WhatIf, set: String) {
    let unit = result.kpi.unit.code
    Terminal.say("\(result.kpi.name): \(result.reconciliation.status.rawValue) with \(set)")
    Terminal.say("  as it is \(text(result.own, result.kpi)) \(unit)")
    Terminal.say("  with it  \(text(result.other, result.kpi)) \(unit)")
    let change = text(result.other - result.own, result.kpi)
    Terminal.say("  change   \(change) \(unit)\(percent(result).map { ", \($0)%" } ?? "")")
    if let printed = result.reconciliation.printed { Terminal.say("  printed  \(printed)") }
    for issue in result.issues {
      Terminal.say("  \(issue.code): \(Terminal.printable(issue.message))")
    }
  }

  private static func text(_ value: Rational, _ kpi: KPIDefinition) -> String {
    Reconciler.text(value, decimals: kpi.decimals)
  }

  /// With two decimals.
  private static func percent(_ result: WhatIf) -> String? {
    result.change.flatMap { try? $0.rounded(decimals: 2).text(decimals: 2) }
  }

  static func json(_ results: [WhatIf], set: String) -> JSONValue {
    .object([
      ("factors", .string(set)),
      (
        "kpis",
        .list(
          results.map { result in
            .object([
              ("id", .string(result.kpi.name)), ("unit", .string(result.kpi.unit.code)),
              ("own", .string(text(result.own, result.kpi))),
              ("other", .string(text(result.other, result.kpi))),
              ("change", .string(text(result.other - result.own, result.kpi))),
              ("percent", .optional(percent(result))),
              ("reported", .optional(result.reconciliation.printed)),
              ("status", .string(result.reconciliation.status.rawValue)),
              (
                "issues",
                .list(
                  result.issues.map {
                    .object([
                      ("code", .string($0.code)), ("message", .string($0.message)),
                      ("count", .integer($0.count)),
                    ])
                  })
              ),
            ])
          })
      ),
    ])
  }
}
