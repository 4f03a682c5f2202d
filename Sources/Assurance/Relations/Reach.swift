package import Exact

/// What a number can have been: an interval whose ends may be missing.
///
/// A printed figure reaches half a unit of its last digit to each side. A figure printed with "more
/// than" or "nearly" has no end on that side.
package struct Reach: Hashable, Sendable {
  /// The smallest value; nil if there is none.
  package let low: Rational?
  /// The largest value; nil if there is none.
  package let high: Rational?

  package init(low: Rational?, high: Rational?) {
    self.low = low
    self.high = high
  }
  package init(_ interval: Interval) { self.init(low: interval.low, high: interval.high) }
  package init(_ point: Rational) { self.init(low: point, high: point) }

  static let all = Reach(low: nil, high: nil)

  /// Both ends, or nil if one is missing.
  package var interval: Interval? {
    guard let low, let high else { return nil }
    return Interval(low, high)
  }

  package func overlaps(_ other: Reach) -> Bool { intersection(other) != nil }
  package func contains(_ value: Rational) -> Bool { overlaps(Reach(value)) }

  /// What both hold, or nil if they are apart.
  package func intersection(_ other: Reach) -> Reach? {
    let low = [low, other.low].compactMap { $0 }.max()
    let high = [high, other.high].compactMap { $0 }.min()
    if let low, let high, low > high { return nil }
    return Reach(low: low, high: high)
  }

  /// The smallest reach that holds both.
  func hull(_ other: Reach) -> Reach {
    Reach(
      low: low.flatMap { a in other.low.map { min(a, $0) } },
      high: high.flatMap { a in other.high.map { max(a, $0) } })
  }

  private var isNotNegative: Bool { low.map { $0 >= .zero } ?? false }

  static prefix func - (a: Reach) -> Reach {
    Reach(low: a.high.map { -$0 }, high: a.low.map { -$0 })
  }

  static func + (a: Reach, b: Reach) -> Reach {
    Reach(
      low: a.low.flatMap { low in b.low.map { low + $0 } },
      high: a.high.flatMap { high in b.high.map { high + $0 } })
  }

  /// Exact for closed factors and for factors that are not negative; else unbounded.
  static func * (a: Reach, b: Reach) -> Reach {
    if let a = a.interval, let b = b.interval { return Reach(a * b) }
    guard a.isNotNegative, b.isNotNegative, let low = a.low, let other = b.low else { return .all }
    return Reach(low: low * other, high: a.high.flatMap { high in b.high.map { high * $0 } })
  }

  /// Unbounded if the divisor can be zero.
  static func / (a: Reach, b: Reach) -> Reach {
    if let a = a.interval, let b = b.interval {
      return (try? a / b).map { Reach($0) } ?? .all
    }
    guard let low = b.low, low > .zero, let upper = try? Rational.one / low else {
      if let high = b.high, high < .zero { return (-a) / (-b) }
      return .all
    }
    let lower = b.high.flatMap { try? Rational.one / $0 } ?? .zero
    return a * Reach(low: lower, high: upper)
  }
}
