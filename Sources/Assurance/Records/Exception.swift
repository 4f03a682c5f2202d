package import Exact

/// How much a reviewer must care, highest first.
package enum Severity: String, Sendable, CaseIterable, Comparable {
  /// The figure is probably wrong, or a record is lost.
  case high
  /// The figure may be wrong; someone has to look.
  case medium
  /// Worth knowing; seldom moves the figure.
  case low

  package static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }
  /// 0 for high.
  package var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// What an exception does to the figure.
package enum Effect: Hashable, Sendable {
  /// Added to the figure as recorded, this amount of the KPI's unit corrects it.
  case amount(ExactDecimal)
  /// Not known. Counted, never taken for zero.
  case unquantified
  /// Known to leave the figure as it is.
  case none

  /// `-12.5`, `unquantified` or `none`.
  package var text: String {
    switch self {
    case .amount(let amount): amount.description
    case .unquantified: "unquantified"
    case .none: "none"
    }
  }

  package init?(_ text: String) {
    switch text {
    case "unquantified": self = .unquantified
    case "none": self = .none
    default:
      guard let amount = ExactDecimal(text) else { return nil }
      self = .amount(amount)
    }
  }
}

/// Anything a reviewer must look at, from ingest to tie-out: a finding about the audited matter.
package struct Exception: Hashable, Sendable {
  /// A stable short name in kebab case, such as `missing-month`.
  package let code: String
  package let severity: Severity
  /// The KPI concerned; empty for findings about a source as such.
  package let kpi: String
  /// What it is about, in words that do not change with wording: a site and month, a key.
  package let subject: String
  /// Canonical texts of the places, in the order of the message.
  package let locators: [String]
  package let effect: Effect
  /// Unit of the effect.
  package let unit: String
  /// One sentence: what is seen, what was expected, what to ask.
  package let message: String

  package init(
    code: String, severity: Severity, kpi: String, subject: String, locators: [String],
    effect: Effect, unit: String, message: String
  ) {
    self.code = code
    self.severity = severity
    self.kpi = kpi
    self.subject = subject
    self.locators = locators
    self.effect = effect
    self.unit = unit
    self.message = message
  }
}
