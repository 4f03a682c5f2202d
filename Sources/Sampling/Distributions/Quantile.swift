/// Solves increasing or decreasing equations of one unknown between two ends.
enum Quantile {
  /// The `x` in `low...high` where `value(x) = 0`, by Newton's rule kept inside a shrinking
  /// bracket.
  ///
  /// - Parameters:
  ///   - value: monotone; of opposite sign (or zero) at the ends.
  ///   - slope: its derivative, used as a proposal only.
  static func root(
    low: Double, high: Double, value: (Double) -> Double, slope: (Double) -> Double
  ) -> Double {
    var (low, high) = (low, high)
    let rises = value(high) >= value(low)
    var x = (low + high) / 2
    for _ in 0..<400 {
      let y = value(x)
      if y == 0 { return x }
      if (y > 0) == rises { high = x } else { low = x }
      let proposal = x - y / slope(x)
      let isInside = proposal.isFinite && proposal > low && proposal < high
      let next = isInside ? proposal : (low + high) / 2
      if abs(next - x) <= 2e-16 * abs(next) || next == low || next == high { return next }
      x = next
    }
    return x
  }

  /// An end where an upper tail has fallen below `tail`, by doubling.
  static func end(from start: Double, _ upper: (Double) -> Double, below tail: Double) -> Double {
    var high = max(start, 1)
    while upper(high) > tail, high < 1e300 { high *= 2 }
    return high
  }
}
