import Exact

/// A place or length in a drawing: a whole number of hundredths of its unit, so that exact numbers
/// become the same digits everywhere.
struct Coordinate: Hashable, Comparable, Sendable, ExpressibleByIntegerLiteral {
  let hundredths: Int

  init(hundredths: Int) { self.hundredths = hundredths }
  init(_ units: Int) { hundredths = units * 100 }
  init(integerLiteral units: Int) { self.init(units) }

  /// The nearest hundredth; a half goes to the even one.
  init(_ exact: Rational) {
    let rounded = try? (exact * Rational(100)).rounded(decimals: 0, .halfToEven)
    hundredths = Int(clamping: rounded?.coefficient ?? 0)
  }

  /// Without needless zeros: `12`, `12.5`, `-0.25`.
  var text: String {
    let (whole, rest) = hundredths.magnitude.quotientAndRemainder(dividingBy: 100)
    let sign = hundredths < 0 ? "-" : ""
    guard rest > 0 else { return sign + String(whole) }
    let digits = rest < 10 ? "0\(rest)" : rest % 10 == 0 ? "\(rest / 10)" : "\(rest)"
    return "\(sign)\(whole).\(digits)"
  }

  static func < (a: Coordinate, b: Coordinate) -> Bool { a.hundredths < b.hundredths }
  static func + (a: Coordinate, b: Coordinate) -> Coordinate {
    Coordinate(hundredths: a.hundredths + b.hundredths)
  }
  static func - (a: Coordinate, b: Coordinate) -> Coordinate {
    Coordinate(hundredths: a.hundredths - b.hundredths)
  }
}

/// A straight axis: values to places, by an exact fraction rounded once.
struct Axis {
  let low: Rational
  let high: Rational
  /// Values at which a line is drawn, from the lowest: whole multiples of 1, 2 or 5 times a power
  /// of ten.
  let ticks: [ExactDecimal]
  private let start: Int
  private let end: Int

  /// - Parameters:
  ///   - values: what must find room; zero always does.
  ///   - start: the place of the lowest value, `end` of the highest, in units of the drawing.
  ///   - count: at most so many ticks, and one more.
  init(_ values: some Sequence<Rational>, from start: Int, to end: Int, ticks count: Int = 5) {
    let low = values.reduce(Rational.zero) { min($0, $1) }
    let high = values.reduce(Rational.zero) { max($0, $1) }
    (self.start, self.end) = (start, end)
    guard let step = Self.step(high - low, count) else {
      (self.low, self.high, ticks) = (.zero, .one, [.zero])
      return
    }
    let first = ((try? low / step) ?? .zero).floor
    let last = ((try? high / step) ?? .zero).ceiling
    let all = stride(from: Int(clamping: first), through: Int(clamping: last), by: 1)
      .map { Rational($0) * step }
    ticks = all.compactMap(\.decimal)
    (self.low, self.high) = (all.first ?? low, all.last ?? high)
  }

  func place(_ value: Rational) -> Coordinate {
    guard let share = try? (value - low) / (high - low) else { return Coordinate(start) }
    return Coordinate(Rational(start) + share * Rational(end - start))
  }

  /// The place of zero, which is always on the axis.
  var zero: Coordinate { place(Rational.zero) }

  func place(_ value: ExactDecimal) -> Coordinate { place(Rational(value)) }

  /// The smallest 1, 2 or 5 times a power of ten that is not passed over more than `count` times;
  /// nil if there is no span.
  static func step(_ span: Rational, _ count: Int) -> Rational? {
    guard span > .zero, let least = try? span / Rational(count) else { return nil }
    let ten = Rational(10)
    var power = Rational.one
    while power > least { power = (try? power / ten) ?? .zero }
    while power * ten <= least { power = power * ten }
    return [1, 2, 5, 10].map { power * Rational($0) }.first { $0 >= least }
  }
}
