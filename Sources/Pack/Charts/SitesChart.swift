import Assurance
import Exact

/// The year of each large subject in a small drawing of its own.
enum SitesChart: PackChart {
  static let name = "sites"
  static let section = ChartSection.origin

  private static let shown = 12
  private static let columns = 4

  static func chart(_ source: ChartSource) -> Chart? {
    guard let series = source.series, series.subjects.count > 1 else { return nil }
    let count = min(shown, series.subjects.count)
    let (width, height) = (160, 112)
    let states = states(source.paper)
    var drawing: [HTML] = []
    for index in 0..<count {
      let (x, y) = (index % columns * width, index / columns * height)
      drawing += panel(
        series, index, states[series.subjects[index]] ?? [:], x: x, y: y, width: width)
    }
    let lines = (count + columns - 1) / columns
    drawing += Drawing.key(
      [
        (.solid, "actual", false), (.hatched, "estimated", false), (.empty, "M: missing", true),
      ], in: name, x: 8, y: lines * height + 10, each: 160, perLine: 3)
    return Chart(
      title: "The largest subjects by month in \(source.unit)",
      description: description(series, count, source), width: 640,
      height: lines * height + 34, drawing: drawing, table: table(series, count, source.unit),
      columns: ["subject", "month", "value", "unit", "records"],
      rows: zip(series.subjects, series.totals).flatMap { subject, values in
        zip(series.months, values).map { month, value in
          [
            subject, month, value.description, source.unit,
            states[subject]?[month]?.rawValue ?? "",
          ]
        }
      })
  }

  private static func states(_ paper: Workpaper) -> [String: [String: GridRow.Cell]] {
    Dictionary(
      paper.grid.map { row in
        (
          row.subject,
          Dictionary(row.cells.map { ($0.month, $0.cell) }, uniquingKeysWith: { first, _ in first })
        )
      }, uniquingKeysWith: { first, _ in first })
  }

  private static func panel(
    _ series: MonthlySeries, _ index: Int, _ states: [String: GridRow.Cell], x: Int, y: Int,
    width: Int
  ) -> [HTML] {
    let values = series.totals[index]
    let axis = Axis(values.map { Rational($0) }, from: y + 92, to: y + 36, ticks: 3)
    let zero = axis.zero
    let (left, room) = (x + 8, width - 20)
    var items: [HTML] = [
      Drawing.words(
        series.subjects[index].shortened(to: 20), x: Coordinate(left), y: Coordinate(y + 16),
        size: "12", isStrong: true),
      Drawing.words(
        "max " + Figures.signed((values.max() ?? .zero).grouped()), x: Coordinate(left),
        y: Coordinate(y + 29), size: "10.5"),
    ]
    let step = room * 100 / max(1, values.count)
    for (month, value) in zip(series.months, values).enumerated().map({ ($0, $1) }) {
      let at = Coordinate(hundredths: left * 100 + month * step)
      let state = states[value.0]
      if state == .missing {
        items.append(
          Drawing.words(
            "M", x: at + Coordinate(hundredths: step / 2), y: zero - 3, .middle, size: "9",
            isStrong: true))
      }
      let end = axis.place(value.1)
      guard end != zero else { continue }
      items.append(
        Drawing.bar(
          state == .estimated ? .hatched : .solid, in: name,
          x: at + Coordinate(hundredths: step / 8), y: min(zero, end),
          width: Coordinate(hundredths: step * 3 / 4), height: max(zero, end) - min(zero, end)))
    }
    items.append(
      Drawing.line(
        x1: Coordinate(left), y1: zero, x2: Coordinate(left + room), y2: zero,
        stroke: Drawing.soft))
    return items
  }

  private static func description(
    _ series: MonthlySeries, _ count: Int, _ source: ChartSource
  ) -> String {
    let span = "\(series.months.first ?? "") to \(series.months.last ?? "")"
    let rest = series.subjects.count - count
    return "\(count) subjects, \(span), each on a scale of its own that has zero, in "
      + "\(source.unit): shapes can be compared, heights can’t."
      + (rest > 0 ? " \(rest) smaller subjects stand in the CSV file alone." : "")
  }

  private static func table(_ series: MonthlySeries, _ count: Int, _ unit: String) -> HTMLTable {
    let column = NumberColumn(series.totals.prefix(count).flatMap { $0 })
    return HTMLTable(
      caption: "By subject and month, in \(unit).",
      columns: [.word("Subject")] + series.months.map { .number($0) },
      rows: zip(series.subjects, series.totals).prefix(count).map { subject, values in
        [.text(subject)] + values.map { column.cell($0) }
      }, style: .dense)
  }
}
