import Exact

/// Bars drawn from exact numbers: every length is an exact fraction, rounded down to a whole unit.
enum BarChart {
  /// Upright bars, one a month.
  static func months(_ bars: [(name: String, value: ExactDecimal)], unit: String, title: String)
    -> HTML
  {
    let (width, height, left, top, bottom) = (640, 300, 12, 30, 30)
    let scale = Scale(bars.map(\.value), length: height - top - bottom)
    let zero = top + scale.above
    let step = (width - 2 * left) / max(1, bars.count)
    var items: [HTML] = [.element(.name, [], [.text(title)])]
    for (index, bar) in bars.enumerated() {
      let length = scale.length(bar.value)
      let x = left + index * step
      items.append(
        rect(
          x: x + step / 6, y: bar.value.isNegative ? zero : zero - length, width: step * 2 / 3,
          height: length))
      items.append(
        words(String(bar.name.suffix(2)), x: x + step / 2, y: height - 12, .middle))
    }
    if let peak = bars.map(\.value).max(), !peak.isZero {
      items.append(words("max \(Figures.signed(peak.grouped())) \(unit)", x: left, y: 14, .start))
    }
    items.append(
      .element(
        .line,
        [
          .style(.axis), .place(.x1, left), .place(.x2, width - left), .place(.y1, zero),
          .place(.y2, zero),
        ], []))
    return .element(.svg, [.viewBox(width, height), .image, .label(title)], items)
  }

  /// Lying bars, one a subject.
  static func subjects(_ bars: [(name: String, value: ExactDecimal)], title: String) -> HTML {
    let (width, left, line) = (640, 200, 24)
    let scale = Scale(bars.map(\.value), length: width - left - 20)
    let zero = left + scale.below
    var items: [HTML] = [.element(.name, [], [.text(title)])]
    for (index, bar) in bars.enumerated() {
      let length = scale.length(bar.value)
      let y = index * line
      items.append(words(short(bar.name), x: left - 10, y: y + 17, .end))
      items.append(
        rect(
          x: bar.value.isNegative ? zero - length : zero, y: y + 4, width: max(1, length),
          height: line - 8))
    }
    return .element(
      .svg, [.viewBox(width, max(line, bars.count * line)), .image, .label(title)], items)
  }

  /// Room for values of both signs along one axis.
  private struct Scale {
    let above: Int
    let below: Int
    private let unitsPerLength: Rational
    private let span: Rational

    init(_ values: [ExactDecimal], length: Int) {
      let high = Rational(values.max().map { max($0, .zero) } ?? .zero)
      let low = Rational(values.min().map { min($0, .zero) } ?? .zero).magnitude
      span = high + low
      unitsPerLength = Rational(length)
      above = Self.part(high, of: span, length)
      below = Self.part(low, of: span, length)
    }

    func length(_ value: ExactDecimal) -> Int {
      guard let share = try? Rational(value.magnitude) / span else { return 0 }
      return Int((share * unitsPerLength).floor)
    }

    private static func part(_ value: Rational, of span: Rational, _ length: Int) -> Int {
      guard let share = try? value / span else { return 0 }
      return Int((share * Rational(length)).floor)
    }
  }

  private static func rect(x: Int, y: Int, width: Int, height: Int) -> HTML {
    .element(
      .rect,
      [
        .style(.bar), .place(.x, x), .place(.y, y), .place(.width, width),
        .place(.height, height),
      ], [])
  }

  private static func words(
    _ text: String, x: Int, y: Int, _ anchor: HTML.Attribute.Anchor
  ) -> HTML {
    .element(.words, [.place(.x, x), .place(.y, y), .anchor(anchor)], [.text(text)])
  }

  private static func short(_ name: String) -> String {
    name.count > 26 ? name.prefix(25) + "…" : name
  }
}
