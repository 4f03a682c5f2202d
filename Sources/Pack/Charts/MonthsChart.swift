import Assurance
import Exact

/// Totals by month; by the largest subjects where these can be told apart.
enum MonthsChart: PackChart {
  static let name = "months"
  static let section = ChartSection.origin

  private struct Part {
    let name: String
    let values: [ExactDecimal]
  }

  /// As many subjects as there are fills, less one for all the others.
  private static let largest = Drawing.Fill.allCases.count - 1

  static func chart(_ source: ChartSource) -> Chart? {
    let paper = source.paper
    guard paper.byMonth.contains(where: { !$0.total.isZero }) else { return nil }
    let parts = parts(source)
    let (left, right, top, bottom) = (86, 632, 30, 270)
    let axis = Axis(paper.byMonth.map { Rational($0.total) }, from: bottom, to: top)
    var drawing = ChartAxis.level(axis, left: left, right: right, unit: source.unit)
    let step = (right - left) * 100 / paper.byMonth.count
    for (index, month) in paper.byMonth.enumerated() {
      let x = Coordinate(hundredths: left * 100 + index * step + step / 6)
      drawing += bars(parts, index, axis, x: x, width: Coordinate(hundredths: step * 2 / 3))
      drawing.append(
        Drawing.words(
          String(month.month.suffix(2)),
          x: Coordinate(hundredths: left * 100 + index * step + step / 2),
          y: Coordinate(bottom + 18), .middle, size: "12"))
    }
    var height = bottom + 30
    if parts.count > 1 {
      drawing += Drawing.key(
        zip(parts, Drawing.Fill.allCases).map { ($1, $0.name.shortened(to: 24), false) }, in: name,
        x: left, y: bottom + 34, each: 180, perLine: 3)
      height += 8 + 18 * ((parts.count + 2) / 3)
    }
    return Chart(
      title: "Total by month in \(source.unit)",
      description: description(paper, parts, source.unit),
      width: 640, height: height, drawing: drawing, table: table(paper, parts, source.unit),
      columns: ["month", "part", "value", "unit"],
      rows: paper.byMonth.enumerated().flatMap { index, month in
        parts.map { [month.month, $0.name, $0.values[index].description, source.unit] }
      })
  }

  /// One part, the total, unless subjects are known, several and nowhere negative.
  private static func parts(_ source: ChartSource) -> [Part] {
    let whole = [Part(name: "total", values: source.paper.byMonth.map(\.total))]
    guard let series = source.series, series.subjects.count > 1,
      series.totals.allSatisfy({ $0.allSatisfy { !$0.isNegative } })
    else { return whole }
    let isCut = series.subjects.count > largest + 1
    let shown = isCut ? largest : series.subjects.count
    var parts = zip(series.subjects, series.totals).prefix(shown)
      .map { Part(name: $0, values: $1) }
    if isCut {
      let rest = series.months.indices.map { month in
        try? series.totals.dropFirst(shown).reduce(.zero) { try $0 + $1[month] }
      }
      guard rest.allSatisfy({ $0 != nil }) else { return whole }
      parts.append(
        Part(name: "\(series.subjects.count - shown) others", values: rest.compactMap { $0 }))
    }
    return parts
  }

  private static func bars(
    _ parts: [Part], _ month: Int, _ axis: Axis, x: Coordinate, width: Coordinate
  ) -> [HTML] {
    var at = Rational.zero
    return zip(parts, Drawing.Fill.allCases).compactMap { part, fill in
      let next = at + Rational(part.values[month])
      let (a, b) = (axis.place(at), axis.place(next))
      at = next
      guard a != b else { return nil }
      return Drawing.bar(
        parts.count == 1 ? .hatched : fill, in: name, x: x, y: min(a, b), width: width,
        height: max(a, b) - min(a, b))
    }
  }

  private static func description(
    _ paper: Workpaper, _ parts: [Part], _ unit: String
  ) -> String {
    func words(_ item: (month: String, total: ExactDecimal)) -> String {
      "\(Figures.signed(item.total.grouped(decimals: item.total.scale))) in \(item.month)"
    }
    guard let low = paper.byMonth.min(by: { $0.total < $1.total }),
      let high = paper.byMonth.max(by: { $0.total < $1.total })
    else { return "" }
    let stacked =
      parts.count > 1
      ? " Each bar is made of the largest subjects, from below, and of all others on top." : ""
    return "Between \(words(low)) and \(words(high)), in \(unit).\(stacked)"
  }

  private static func table(_ paper: Workpaper, _ parts: [Part], _ unit: String) -> HTMLTable {
    let column = NumberColumn(paper.byMonth.map(\.total) + parts.flatMap(\.values))
    let named = parts.count > 1 ? parts : []
    return HTMLTable(
      caption: "By month, in \(unit).",
      columns: [.word("Month")] + named.map { .number($0.name) } + [.number("Total")],
      rows: paper.byMonth.enumerated().map { index, month in
        [.text(month.month)] + named.map { column.cell($0.values[index]) }
          + [column.cell(month.total)]
      })
  }
}
