package import Exact

/// A figure that numbers may tie to: a reported value, or a KPI recalculated from records.
package struct ReportedFigure: Sendable, Hashable {
  package let id: String
  /// Whole names, in any language; a part of a breakdown is named with its whole.
  package let names: [String]
  /// The figure of which it is a part, the dimension and the part: `turnover`, `gender`, `male`.
  package let family: String?
  package let dimension: String?
  package let part: String?
  package let value: ExactDecimal
  /// Digits behind the point as printed.
  package let decimals: Int
  /// UCUM with annotations, `10*N.` as a scale: `Mt{CO2e}`, `10*8.{CNY}`, `%`.
  package let unit: String
  package let period: CalendarDate?
  package let assured: Bool
  /// Where it is printed in the report, if it is; from 1.
  package let line: Int?

  /// - Parameter printed: the value as printed: digits with groups of three, an optional point and
  ///   an optional percent sign.
  /// - Returns: nil if the printed value is no number.
  package init?(
    id: String, names: [String], printed: String, unit: String, period: CalendarDate? = nil,
    assured: Bool = false, line: Int? = nil, family: String? = nil, dimension: String? = nil,
    part: String? = nil
  ) {
    let digits = printed.filter { $0 != "," && $0 != "%" && $0 != " " }
    guard let value = ExactDecimal(digits) else { return nil }
    let point = digits.firstIndex(of: ".")
    decimals = point.map { digits.distance(from: $0, to: digits.endIndex) - 1 } ?? 0
    self.id = id
    self.names = names
    self.value = value
    self.unit = unit
    self.period = period
    self.assured = assured
    self.line = line
    self.family = family
    self.dimension = dimension
    self.part = part
  }
}
