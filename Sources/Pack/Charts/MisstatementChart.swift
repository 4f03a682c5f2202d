import Assurance
import Exact

/// What the sample says of the misstatement, against the thresholds.
enum MisstatementChart: PackChart {
  static let name = "misstatement"
  static let section = ChartSection.evaluation

  private struct Line {
    let words: String
    let value: ExactDecimal
    let fill: Drawing.Fill
  }

  static func chart(_ source: ChartSource) -> Chart? {
    guard let item = source.paper.evaluation else { return nil }
    let lines = lines(item)
    let thresholds = [
      ("clearly trivial", item.materiality.trivial),
      ("performance materiality", item.materiality.performance),
      ("materiality", item.materiality.overall),
    ]
    let (left, right, top, line) = (170, 460, 62, 28)
    let bottom = top + lines.count * line
    let values = (lines.map(\.value) + thresholds.map(\.1)).map { Rational($0.magnitude) }
    let axis = Axis(values, from: left, to: right, ticks: 4)
    var drawing = ChartAxis.upright(axis, top: top, bottom: bottom, unit: source.unit)
    let zero = axis.zero
    for (index, line_) in lines.enumerated() {
      let y = top + index * line
      drawing += [
        Drawing.words(
          line_.words, x: Coordinate(left - 10), y: Coordinate(y + 18), .end, size: "12"),
        Drawing.bar(
          line_.fill, in: name, x: zero, y: Coordinate(y + 6),
          width: axis.place(line_.value.magnitude) - zero, height: Coordinate(line - 12)),
        Drawing.words(
          exact(line_.value), x: Coordinate(right + 10), y: Coordinate(y + 18), size: "12"),
      ]
    }
    for (index, threshold) in thresholds.enumerated() {
      let x = axis.place(threshold.1.magnitude)
      let y = Coordinate(14 + index * 18)
      drawing += [
        Drawing.line(
          x1: x, y1: y - 8, x2: x, y2: Coordinate(bottom), stroke: Drawing.ink, width: "1.4",
          dashes: ["1 3", "6 3", nil][index]),
        Drawing.words(
          "\(threshold.0) \(exact(threshold.1))", x: x + 6, y: y + 2, size: "12"),
      ]
    }
    return Chart(
      title: "Misstatement against materiality, in \(source.unit)",
      description: description(item, source.unit), width: 640, height: bottom + 40,
      drawing: drawing, table: nil,
      columns: ["measure", "value", "unit"],
      rows: lines.map { [$0.words, $0.value.description, source.unit] }
        + thresholds.map { [$0.0, $0.1.description, source.unit] })
  }

  private static func lines(_ item: EvaluationFacts) -> [Line] {
    var lines = [
      Line(words: "found in the sample", value: item.factual, fill: .solid),
      Line(words: "projected", value: item.projected, fill: .solid),
    ]
    if let over = item.upperOver {
      lines.append(Line(words: "at most overstated by", value: over, fill: .hatched))
    }
    if let under = item.upperUnder {
      lines.append(Line(words: "at most understated by", value: under, fill: .hatched))
    }
    return lines
  }

  private static func exact(_ value: ExactDecimal) -> String {
    Figures.signed(value.grouped(decimals: value.scale))
  }

  private static func description(_ item: EvaluationFacts, _ unit: String) -> String {
    let bounds = [("over", item.upperOver), ("under", item.upperUnder)].map { way, bound in
      bound.map { "at most \(way)stated by \(exact($0))" } ?? "no bound for \(way)statement"
    }
    return "Projected \(exact(item.projected)) \(unit); at confidence \(item.confidence) "
      + "\(bounds.joined(separator: ", ")); materiality is \(exact(item.materiality.overall)). "
      + "Overstatement is positive; bars show sizes, without sign."
  }
}
