import Exact

/// Lines across a drawing at an axis's ticks, with their values.
enum ChartAxis {
  /// For bars that lie: values from left to right, words below, the unit under them.
  static func upright(
    _ axis: Axis, top: Int, bottom: Int, unit: String
  ) -> [HTML] {
    var items: [HTML] = []
    for tick in axis.ticks {
      let x = axis.place(tick)
      items += [
        Drawing.line(
          x1: x, y1: Coordinate(top), x2: x, y2: Coordinate(bottom),
          stroke: tick.isZero ? Drawing.soft : Drawing.rule),
        Drawing.words(label(tick, axis), x: x, y: Coordinate(bottom + 16), .middle, size: "11"),
      ]
    }
    let x = axis.place(axis.high)
    items.append(Drawing.words(unit, x: x, y: Coordinate(bottom + 32), .end, size: "11"))
    return items
  }

  /// For bars that stand: values from below to above, words at the left, the unit over them.
  static func level(
    _ axis: Axis, left: Int, right: Int, unit: String
  ) -> [HTML] {
    var items: [HTML] = []
    for tick in axis.ticks {
      let y = axis.place(tick)
      items += [
        Drawing.line(
          x1: Coordinate(left), y1: y, x2: Coordinate(right), y2: y,
          stroke: tick.isZero ? Drawing.soft : Drawing.rule),
        Drawing.words(label(tick, axis), x: Coordinate(left - 8), y: y + 4, .end, size: "11"),
      ]
    }
    items.append(
      Drawing.words(
        unit, x: Coordinate(left - 8), y: axis.place(axis.high) - 10, .end, size: "11"))
    return items
  }

  /// All ticks of an axis with as many decimals as the longest has.
  private static func label(_ tick: ExactDecimal, _ axis: Axis) -> String {
    Figures.signed(tick.grouped(decimals: axis.ticks.reduce(0) { max($0, $1.scale) }))
  }
}
