import Assurance
import TieOut

/// What a tie-out found as tables, derived from its canonical text.
enum TieOutLedgers {
  static let numberColumns = [
    "number", "page", "line", "column", "printed", "value", "value_high", "unit", "qualifier",
    "kind", "status", "to", "why", "decision", "reason", "actor", "excerpt",
  ]

  /// One row a number; every number of the text is there.
  static func numbers(_ report: TiedReport) -> [UInt8] {
    var bytes = CanonicalCSV.line(numberColumns)
    for (index, pair) in zip(report.numbers, report.applied).enumerated() {
      let (number, applied) = pair
      let best = number.ties.first
      let verdict = applied.map { "\($0.decision.verdict.rawValue) (\($0.standing.rawValue))" }
      bytes += CanonicalCSV.line([
        String(index + 1), String(number.page), String(number.line), String(number.column),
        number.printed, number.value, number.valueHigh, number.unit, number.qualifier,
        number.kind, number.status, best?.to ?? "", best?.why ?? number.aside ?? "",
        verdict ?? "", applied?.decision.reason ?? "", applied?.decision.actor ?? "",
        number.excerpt.replacing("\t", with: " "),
      ])
    }
    return bytes
  }

  static func lints(_ report: TiedReport) -> [UInt8] {
    report.lints.reduce(
      into: CanonicalCSV.line(["kind", "page", "line", "column", "message", "related_lines"])
    ) { bytes, lint in
      bytes += CanonicalCSV.line([
        lint.kind, String(lint.page), String(lint.line), String(lint.column), lint.message,
        lint.related.map(String.init).joined(separator: " "),
      ])
    }
  }

  static func decisions(_ report: TiedReport) -> [UInt8] {
    report.decisions.reduce(
      into: CanonicalCSV.line([
        "at", "actor", "verdict", "printed", "to", "reason", "context", "occurrence", "report",
      ])
    ) { bytes, decision in
      bytes += CanonicalCSV.line([
        decision.at, decision.actor, decision.verdict.rawValue, decision.printed, decision.to,
        decision.reason, decision.context, String(decision.occurrence), decision.digest,
      ])
    }
  }
}
