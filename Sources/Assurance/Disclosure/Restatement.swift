package import Exact

/// A figure of an earlier period as it is printed again, and why it differs from its first print.
package struct Restatement: Sendable {
  package let kpi: String
  package let year: Int
  /// As printed now; nil where the history cannot be restated.
  package let restated: PrintedFigure?
  /// As printed first; nil if that report is not at hand.
  package let original: PrintedFigure?
  package let reason: Reason
  /// In the report's words, shortened.
  package let explanation: String
  package let place: String

  package enum Reason: String, Sendable, CaseIterable {
    case boundary, method, error
    case betterData = "better-data"
    /// A state the report may be in: it says so, and shows no figure.
    case cannotBeRestated = "cannot-be-restated"
  }
}

extension Restatement {
  /// Reads `kpi,year,restated,original,unit,reason,explanation,place`.
  ///
  /// - Throws: `restatement-value`, `restatement-reason` for a figure without a reason or a reason
  ///   without its figure, `restatement-twice`.
  package static func read(
    csv: String, file: String, kpis: [KPIDefinition]
  ) throws(AssureError) -> [Restatement] {
    let table = try rows(csv, file)
    var all: [Restatement] = []
    for row in table.rows { all.append(try one(row, kpis: kpis, known: all)) }
    return all
  }

  /// The same of a report's own list, where a figure without its reason is a finding and no reason
  /// to stop: `restatement-reason`, `restatement-twice`.
  package static func judge(
    csv: String, file: String, kpis: [KPIDefinition]
  ) throws(AssureError) -> (all: [Restatement], findings: [DisclosureFinding]) {
    let table = try rows(csv, file)
    var all: [Restatement] = []
    var findings: [DisclosureFinding] = []
    for row in table.rows {
      do { all.append(try one(row, kpis: kpis, known: all)) } catch {
        guard error.code != "restatement-value" else { throw error }
        let name = row["kpi"] + " of " + row["year"]
        findings.append(
          DisclosureFinding(
            code: error.code, subject: name, message: "\(name): \(error.reason)",
            place: row["place"].isEmpty ? row.place : row["place"]))
      }
    }
    return (all, findings)
  }

  private static func rows(_ csv: String, _ file: String) throws(AssureError) -> HeadedRows {
    let table = try HeadedRows(csv: csv, file: file, code: "restatement")
    try table.require(["kpi", "year", "restated", "unit", "reason", "explanation", "place"])
    return table
  }

  private static func one(
    _ row: HeadedRows.Row, kpis: [KPIDefinition], known: [Restatement]
  ) throws(AssureError) -> Restatement {
    guard let kpi = kpis.first(where: { $0.name == row["kpi"] }), let year = Int(row["year"]),
      let unit = Unit(row["unit"]), let factor = unit.factor(to: kpi.unit)
    else {
      throw AssureError(
        "restatement-value", place: row.place, "the KPI, the year or the unit is not known",
        remedy: "name a KPI of the policy, a year, and a unit that can become the KPI's")
    }
    guard let reason = Reason(rawValue: row["reason"]), !row["explanation"].isEmpty else {
      throw AssureError(
        "restatement-reason", place: row.place, "a restated figure needs a reason in its class",
        remedy: "one of: \(Reason.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    let restated = try figure(row["restated"], kpi: kpi, year: year, factor: factor, row.place)
    guard (restated == nil) == (reason == .cannotBeRestated) else {
      throw AssureError(
        "restatement-reason", place: row.place,
        restated == nil
          ? "there is no restated figure" : "a figure that cannot be restated has one",
        remedy: "give the figure, or the reason `cannot-be-restated` without one")
    }
    guard !known.contains(where: { $0.kpi == kpi.name && $0.year == year }) else {
      throw AssureError(
        "restatement-twice", place: row.place, "`\(kpi.name)` of \(year) is restated twice",
        remedy: "keep one")
    }
    return Restatement(
      kpi: kpi.name, year: year, restated: restated,
      original: try figure(row["original"], kpi: kpi, year: year, factor: factor, row.place),
      reason: reason, explanation: row["explanation"], place: row["place"])
  }

  private static func figure(
    _ text: String, kpi: KPIDefinition, year: Int, factor: Rational, _ place: String
  ) throws(AssureError) -> PrintedFigure? {
    if text.isEmpty { return nil }
    guard let (number, decimals) = ReportedValue.parse(text) else {
      throw AssureError(
        "restatement-value", place: place, "`\(text)` is not a number as printed",
        remedy: "write it as in the report")
    }
    return PrintedFigure(
      name: "\(kpi.name)@\(year)", value: Rational(number) * factor,
      halfUnit: FigureBook.halfUnit(decimals) * factor)
  }

  /// The change from the restated figure to the current one, in percent: like for like, since both
  /// are on one boundary and method. Nil without a restated figure or with one of zero.
  package func change(to current: PrintedFigure) -> (face: Rational, reach: Reach)? {
    guard let restated, let face = try? current.value / restated.value,
      let interval = try? current.rounded / restated.rounded
    else { return nil }
    let hundred = Rational(100)
    return (
      (face - .one) * hundred,
      Reach(low: (interval.low - .one) * hundred, high: (interval.high - .one) * hundred)
    )
  }
}
