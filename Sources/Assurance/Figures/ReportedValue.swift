package import Exact

/// A figure as it is printed, with where it stands.
package struct ReportedValue: Sendable {
  package let kpi: String
  /// As printed, such as `6,201,652` or `11.07`.
  package let printed: String
  /// The number printed, before its unit.
  package let number: ExactDecimal
  /// Digits after the point as printed.
  package let decimals: Int
  package let unit: Unit
  /// Where it is printed: page, table, row.
  package let printedPlace: String
  /// Line of `reported.csv`, for errors.
  package let place: String
  package let note: String

  /// What the figure can have been before it was rounded, in its own unit.
  package var interval: Interval {
    get throws(ExactError) { try Interval(printed: number, decimals: decimals) }
  }
}

extension ReportedValue {
  /// Reads `kpi,printed,unit,place,note`; an empty text has no figures.
  ///
  /// - Throws: `reported-header`, `reported-row`, `reported-number`, `reported-unit` or
  ///   `reported-twice`, with the line.
  package static func read(csv: String, file: String) throws(AssureError) -> [ReportedValue] {
    let rows = try DelimitedText.numberedRows(csv, file: file)
    guard let header = rows.first?.values else { return [] }
    let wanted = ["kpi", "printed", "unit", "place", "note"]
    let columns = wanted.map { header.firstIndex(of: $0) }
    guard let kpi = columns[0], let printed = columns[1], let unit = columns[2],
      let place = columns[3]
    else {
      throw AssureError(
        "reported-header", place: file, "the columns kpi, printed, unit and place are needed",
        remedy: "write them in the first line that is not a comment")
    }
    var values: [ReportedValue] = []
    for (line, row) in rows.dropFirst() {
      let here = "\(file):\(line)"
      guard row.count == header.count else {
        throw AssureError(
          "reported-row", place: here,
          "the row has \(row.count) values where the header has \(header.count)",
          remedy: "put figures with commas in double quotes")
      }
      guard let (number, decimals) = parse(row[printed]) else {
        throw AssureError(
          "reported-number", place: here, "`\(row[printed])` is not a number as printed",
          remedy: "write it as in the report: digits, commas between groups of three, a point")
      }
      guard let unit = Unit(row[unit]) else {
        throw AssureError(
          "reported-unit", place: here, "`\(row[unit])` is not a unit code",
          remedy: "write it as the KPI does")
      }
      guard !values.contains(where: { $0.kpi == row[kpi] }) else {
        throw AssureError(
          "reported-twice", place: here, "`\(row[kpi])` is given twice",
          remedy: "keep one figure a KPI")
      }
      values.append(
        ReportedValue(
          kpi: row[kpi], printed: row[printed], number: number, decimals: decimals, unit: unit,
          printedPlace: row[place], place: here, note: columns[4].map { row[$0] } ?? ""))
    }
    return values
  }

  /// Number and decimals of a printed text: groups of three are checked, not just dropped.
  static func parse(_ text: String) -> (ExactDecimal, Int)? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard let whole = parts.first, parts.count <= 2 else { return nil }
    let groups = whole.split(separator: ",", omittingEmptySubsequences: false)
    if groups.count > 1 {
      let first = groups[0].drop { $0 == "-" }
      guard (1...3).contains(first.count), groups.dropFirst().allSatisfy({ $0.count == 3 }) else {
        return nil
      }
    }
    let fraction = parts.count == 2 ? String(parts[1]) : ""
    guard parts.count == 1 || !fraction.isEmpty,
      let number = ExactDecimal(groups.joined() + (fraction.isEmpty ? "" : "." + fraction))
    else { return nil }
    return (number, fraction.utf8.count)
  }
}
