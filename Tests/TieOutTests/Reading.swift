import TieOut

/// Short ways to read a text in these tests.
enum Reading {
  static func tokens(_ text: String) -> [NumberToken] { TieOut.read(text) }
  static func claims(_ text: String) -> [Claim] { TieOut.claims(TieOut.read(text), text) }

  /// `printed = value high unit kind`, or `printed: reason` for what is set aside.
  static func lines(_ text: String) -> [String] {
    tokens(text).map { token in
      if let aside = token.aside { return "\(token.printed): \(aside.rawValue)" }
      let (value, high) = token.value.texts
      let end = high.isEmpty ? "" : " to \(high)"
      return "\(token.printed) = \(value)\(end) \(token.unit ?? "-") \(token.kind.rawValue)"
    }
  }

  static func tied(_ text: String, _ reported: [ReportedFigure] = []) -> [TiedClaim] {
    TieOut.ties(claims(text), reported, text)
  }

  static func figure(
    _ id: String, _ name: String, _ printed: String, _ unit: String, assured: Bool = false,
    family: String? = nil, dimension: String? = nil, part: String? = nil
  ) -> ReportedFigure? {
    ReportedFigure(
      id: id, names: [name], printed: printed, unit: unit, period: CalendarDate(year: 2021),
      assured: assured, family: family, dimension: dimension, part: part)
  }

  static func lints(_ text: String, _ reported: [ReportedFigure] = []) -> [Lint] {
    TieOut.lints(text, tokens(text), tied(text, reported), reported)
  }

  static func kinds(_ text: String, _ reported: [ReportedFigure] = []) -> [LintKind] {
    lints(text, reported).map(\.kind)
  }
}
