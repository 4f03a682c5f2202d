import Assurance
import Exact

/// Which subjects the figure comes from, the largest first.
enum SubjectsChart: PackChart {
  static let name = "subjects"
  static let section = ChartSection.origin

  private static let shown = 15

  static func chart(_ source: ChartSource) -> Chart? {
    let all = source.paper.bySubject
    guard !all.isEmpty else { return nil }
    let sum = total(all)
    let top = Array(all.prefix(shown))
    let (left, right, line) = (170, 520, 22)
    let axis = Axis(top.map { Rational($0.total) }, from: left, to: right, ticks: 4)
    let bottom = 4 + top.count * line
    let column = NumberColumn(top.map(\.total))
    var drawing = ChartAxis.upright(axis, top: 4, bottom: bottom, unit: source.unit)
    let zero = axis.zero
    for (index, item) in top.enumerated() {
      let (y, end) = (4 + index * line, axis.place(item.total))
      drawing += [
        Drawing.words(
          item.subject.shortened(to: 24), x: Coordinate(left - 10), y: Coordinate(y + 15), .end,
          size: "12"),
        Drawing.bar(
          .hatched, in: name, x: min(zero, end), y: Coordinate(y + 4),
          width: max(zero, end) - min(zero, end), height: Coordinate(line - 8)),
        Drawing.words(
          column.text(item.total), x: Coordinate(right + 112), y: Coordinate(y + 15), .end,
          size: "12"),
      ]
    }
    return Chart(
      title: "Largest subjects in \(source.unit)",
      description: description(all, top, sum, source.unit), width: 640, height: bottom + 40,
      drawing: drawing,
      table: HTMLTable(
        caption: all.count > top.count
          ? "The largest \(top.count) of \(all.count) subjects, in \(source.unit)."
          : "All subjects, in \(source.unit).",
        columns: [.text("Subject"), .number("Total"), .number("Share")],
        rows: top.map {
          [
            .text($0.subject), column.cell($0.total),
            .text(Share.text(Rational($0.total), of: sum)),
          ]
        }),
      columns: ["subject", "value", "unit"],
      rows: all.map { [$0.subject, $0.total.description, source.unit] })
  }

  private static func total(_ subjects: [(subject: String, total: ExactDecimal)]) -> Rational {
    subjects.reduce(.zero) { $0 + Rational($1.total) }
  }

  private static func description(
    _ all: [(subject: String, total: ExactDecimal)],
    _ top: [(subject: String, total: ExactDecimal)],
    _ sum: Rational, _ unit: String
  ) -> String {
    guard all.count > top.count else {
      return "\(all.count) subjects make up the figure, in \(unit)."
    }
    let share = Share.text(total(top), of: sum)
    return "The largest \(top.count) of \(all.count) subjects make up \(share) of the figure; the "
      + "others stand in the CSV file."
  }
}

/// A part of a whole, in per cent with one decimal, half to even.
enum Share {
  static func text(_ part: Rational, of whole: Rational) -> String {
    guard let share = try? part * Rational(100) / whole,
      let rounded = try? share.rounded(decimals: 1, .halfToEven)
    else { return "–" }
    return Figures.signed(rounded.grouped(decimals: 1)) + " %"
  }
}
