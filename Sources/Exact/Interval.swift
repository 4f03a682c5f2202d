import BigInt

/// A closed interval of exact numbers, `low ... high`.
///
/// A printed figure stands for the interval of values that print so. The rule by which a preparer
/// broke ties is seldom known, so both ends are taken as possible.
public struct Interval: Hashable, Sendable {
  public let low: Rational
  public let high: Rational

  /// The interval between two numbers, in either order.
  public init(_ a: Rational, _ b: Rational) {
    low = min(a, b)
    high = max(a, b)
  }

  /// A single number.
  public init(_ point: Rational) {
    low = point
    high = point
  }

  /// All values that print as `figure` with `decimals` digits after the point: half a unit of the
  /// last printed digit to each side, both ends included.
  ///
  /// - Parameter decimals: digits after the point as printed; negative if the figure is printed in
  ///   tens, hundreds and so on; at least -38, at most 38.
  public init(printed figure: ExactDecimal, decimals: Int) throws(ExactError) {
    guard let power = ExactDecimal.powerOfTen(abs(decimals)) else { throw .overflow }
    let unit =
      decimals >= 0
      ? try Rational(1, over: BigInt(power)) : try Rational(BigInt(power), over: 1)
    let half = try unit / Rational(2)
    let centre = Rational(figure)
    self.init(centre - half, centre + half)
  }

  public func contains(_ value: Rational) -> Bool { low <= value && value <= high }
  public func overlaps(_ other: Interval) -> Bool { low <= other.high && other.low <= high }

  /// What both intervals hold, or nil if they are apart.
  public func intersection(_ other: Interval) -> Interval? {
    guard overlaps(other) else { return nil }
    return Interval(max(low, other.low), min(high, other.high))
  }

  public static func + (a: Interval, b: Interval) -> Interval {
    Interval(a.low + b.low, a.high + b.high)
  }
  public static func - (a: Interval, b: Interval) -> Interval {
    Interval(a.low - b.high, a.high - b.low)
  }
  public static func * (a: Interval, b: Interval) -> Interval {
    let products = [a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high]
    return Interval(
      products.dropFirst().reduce(products[0], min), products.dropFirst().reduce(products[0], max))
  }
  /// Throws ``ExactError/divisionByZero`` if `b` contains zero.
  public static func / (a: Interval, b: Interval) throws(ExactError) -> Interval {
    guard !b.contains(.zero) else { throw .divisionByZero }
    return a * Interval(try .one / b.low, try .one / b.high)
  }
}
