package import Assurance
package import TieOut

/// The figures of a report in a CSV file, for a tie-out outside an engagement.
package enum FigureFile {
  /// Reads `kpi,printed,unit` and, where there are such columns, `name` and others that begin with
  /// it, `period` (a year), `assured` (yes), `line` or `place`, `family`, `dimension`, `part`.
  ///
  /// One figure may stand several times, for several periods.
  ///
  /// - Throws: `figures-header`, `figures-row`, `figures-number`, with the line.
  package static func read(
    csv: String, file: String
  ) throws(AssureError) -> [ReportedFigure] {
    let rows = try Assurance.DelimitedText.numberedRows(csv, file: file)
    guard let header = rows.first?.values else { return [] }
    for name in ["kpi", "printed", "unit"] where !header.contains(name) {
      throw AssureError(
        "figures-header", place: file, "there is no column `\(name)`",
        remedy: "the columns kpi, printed and unit are needed")
    }
    var figures: [ReportedFigure] = []
    for (line, row) in rows.dropFirst() {
      guard row.count == header.count else {
        throw AssureError(
          "figures-row", place: "\(file):\(line)",
          "the row has \(row.count) values where the header has \(header.count)",
          remedy: "put figures with commas in double quotes")
      }
      var cells: [String: String] = [:]
      for (name, value) in zip(header, row) where !value.isEmpty { cells[name] = value }
      guard let figure = figure(cells, header, row) else {
        throw AssureError(
          "figures-number", place: "\(file):\(line)",
          "`\(cells["printed"] ?? "")` is not a number as printed",
          remedy: "write digits, commas between groups of three, a point, perhaps a percent sign")
      }
      figures.append(figure)
    }
    return figures
  }

  private static func figure(
    _ cells: [String: String], _ header: [String], _ row: [String]
  ) -> ReportedFigure? {
    var names = zip(header, row).filter { $0.0.hasPrefix("name") && !$0.1.isEmpty }.map { $0.1 }
    if names.isEmpty { names = [words(cells["kpi"] ?? "")] }
    let year = cells["period"].flatMap { Int($0.prefix(4)) }
    return ReportedFigure(
      id: cells["kpi"] ?? "", names: names, printed: cells["printed"] ?? "",
      unit: cells["unit"] ?? "1", period: year.map { CalendarDate(year: $0) },
      assured: ["yes", "true", "1"].contains(cells["assured"] ?? ""),
      line: cells["line"].flatMap { Int($0) } ?? line(of: cells["place"] ?? ""),
      family: cells["family"], dimension: cells["dimension"], part: cells["part"])
  }

  /// `water-consumption` as words.
  static func words(_ name: String) -> String { name.replacing("-", with: " ") }

  /// The line that a place such as `report/report.txt line 10` ends with.
  static func line(of place: String) -> Int? {
    let parts = place.split(separator: " ")
    guard parts.count >= 2, parts[parts.count - 2] == "line" else { return nil }
    return Int(parts[parts.count - 1])
  }
}
