import Exact

/// The values a claim allows: a closed or open range, one end possibly missing.
struct Bounds: Sendable, Hashable {
  var low: Rational?
  var high: Rational?
  /// Whether the ends themselves are outside.
  var lowOpen = false
  var highOpen = false

  /// Whether some value of the interval is allowed.
  func admits(_ interval: Interval) -> Bool {
    if let low, lowOpen ? interval.high <= low : interval.high < low { return false }
    if let high, highOpen ? interval.low >= high : interval.low > high { return false }
    return true
  }

  /// What a figure allows under a relation, in the figure's own unit.
  ///
  /// Over and below are strict; at least and at most are not. Nearly means less, by at most a
  /// tenth; about means within a twentieth; plus (70 餘) means up to the next round figure.
  init(_ figure: Interval, point: Rational, relation: Relation, roundStep: Rational) {
    switch relation {
    case .over: (low, lowOpen) = (point, true)
    case .least: low = point
    case .below: (high, highOpen) = (point, true)
    case .most: high = point
    case .near:
      low = point - point.magnitude * Bounds.tenth
      (high, highOpen) = (point, true)
    case .about:
      low = min(figure.low, point - point.magnitude * Bounds.twentieth)
      high = max(figure.high, point + point.magnitude * Bounds.twentieth)
    case .plus:
      low = point
      (high, highOpen) = (point + roundStep, true)
    case .equal, .reach, .since, .until, .end, .start, .each, .note:
      low = figure.low
      high = figure.high
    }
  }

  private static let tenth = Rational("1/10") ?? .one
  private static let twentieth = Rational("1/20") ?? .one
}
