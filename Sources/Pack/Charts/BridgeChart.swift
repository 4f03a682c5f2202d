import Assurance
import Exact

/// From the records to the printed figure: each step begins where the one before it ends.
enum BridgeChart: PackChart {
  static let name = "bridge"
  static let section = ChartSection.reconciliation

  private struct Step {
    let words: String
    let start: Rational
    let end: Rational
    let fill: Drawing.Fill
    var isDashed = false
    let kind: String
  }

  /// Only where the steps are amounts in the figure's unit that add up to it: those of a ratio
  /// are not.
  static func chart(_ source: ChartSource) -> Chart? {
    guard let item = source.paper.reconciliation, let computed = item.computed,
      let steps = steps(item, computed)
    else { return nil }
    let (left, right, top, line) = (250, 530, 8, 26)
    let axis = Axis(steps.flatMap { [$0.start, $0.end] }, from: left, to: right, ticks: 4)
    let bottom = top + steps.count * line
    var drawing = ChartAxis.upright(axis, top: top, bottom: bottom, unit: item.unit)
    for (index, step) in steps.enumerated() {
      let y = top + index * line
      let (a, b) = (axis.place(step.start), axis.place(step.end))
      drawing += [
        Drawing.words(
          step.words.shortened(to: 42), x: Coordinate(left - 10), y: Coordinate(y + 17), .end,
          size: "12"),
        Drawing.bar(
          step.fill, in: name, x: min(a, b), y: Coordinate(y + 5), width: max(a, b) - min(a, b),
          height: Coordinate(line - 10), isDashed: step.isDashed),
        Drawing.words(
          amount(step), x: Coordinate(right + 10), y: Coordinate(y + 17), size: "12"),
      ]
    }
    return Chart(
      title: "From the records to the printed figure, in \(item.unit)",
      description: description(item, steps), width: 640, height: bottom + 40, drawing: drawing,
      table: nil, columns: ["step", "kind", "from", "to", "amount", "unit"],
      rows: steps.map {
        [
          $0.words, $0.kind, $0.start.description, $0.end.description,
          ($0.end - $0.start).description, item.unit,
        ]
      })
  }

  private static func steps(_ item: Reconciliation, _ computed: Rational) -> [Step]? {
    var steps: [Step] = []
    var at = Rational.zero
    for part in item.bridge where part.counts {
      guard let amount = ExactDecimal(part.amount) else { return nil }
      let next = at + Rational(amount)
      steps.append(
        Step(words: part.label, start: at, end: next, fill: .hatched, kind: "in the figure"))
      at = next
    }
    guard !steps.isEmpty, at == computed else { return nil }
    steps.append(
      Step(words: "Computed", start: .zero, end: computed, fill: .solid, kind: "computed"))
    if let printed = item.printed.flatMap({ ExactDecimal($0.replacing(",", with: "")) }) {
      steps.append(
        Step(
          words: "Printed", start: .zero, end: Rational(printed), fill: .solid, kind: "printed"))
    }
    for part in item.bridge where !part.counts {
      guard let amount = ExactDecimal(part.amount) else { continue }
      steps.append(
        Step(
          words: part.label, start: .zero, end: Rational(amount), fill: .empty, isDashed: true,
          kind: "shown beside"))
    }
    return steps
  }

  private static func amount(_ step: Step) -> String {
    Figures.grouped((step.end - step.start).description)
  }

  private static func description(_ item: Reconciliation, _ steps: [Step]) -> String {
    let parts = steps.filter { $0.kind == "in the figure" }.map { "\($0.words) \(amount($0))" }
    let beside = steps.contains { $0.isDashed }
    return parts.joined(separator: ", then ") + ": together \(Figures.grouped(item.computedText)) "
      + "\(item.unit); printed is \(item.printed ?? "nothing"). Hatched steps make up the figure"
      + (beside ? "; dashed ones are shown beside it and are not part of it." : ".")
  }
}
