package import BigInt
package import Exact

/// What whole numbers allow where a printed share is a count over a count.
package enum WholeNumbers {
  /// The counts out of `base` that print as the share; nil if none does.
  ///
  /// - Parameter share: what the share can have been, as a fraction of one, both ends included.
  package static func counts(share: Interval, of base: Rational) -> ClosedRange<BigInt>? {
    let low = (share.low * base).ceiling
    let high = min((share.high * base).floor, base.floor)
    return low <= high ? max(low, 0)...high : nil
  }

  /// The largest base, at most `limit`, out of which some whole count prints as the share.
  ///
  /// Looked for downwards; a base of at least one over the width always serves, so that the search
  /// ends within that many steps or at zero.
  package static func workableBase(share: Interval, atMost limit: BigInt) -> BigInt? {
    var base = limit
    var steps = 0
    while base > 0, steps < 1_000_000 {
      if counts(share: share, of: Rational(whole: base)) != nil { return base }
      base -= 1
      steps += 1
    }
    return nil
  }

  /// The totals that several splits of the same things allow together.
  ///
  /// - Parameter splits: for each dimension, the shares of its members with their bases.
  /// - Returns: nil if no whole total fits all.
  package static func sharedTotal(
    _ splits: [[(share: Interval, base: Rational)]]
  ) -> ClosedRange<BigInt>? {
    var common: ClosedRange<BigInt>?
    for split in splits {
      var low: BigInt = 0
      var high: BigInt = 0
      for (share, base) in split {
        guard let counts = counts(share: share, of: base) else { return nil }
        low += counts.lowerBound
        high += counts.upperBound
      }
      guard let known = common else {
        common = low...high
        continue
      }
      guard max(low, known.lowerBound) <= min(high, known.upperBound) else { return nil }
      common = max(low, known.lowerBound)...min(high, known.upperBound)
    }
    return common
  }
}

extension Rational {
  /// An integer of any size.
  init(whole: BigInt) { self = (try? Rational(whole, over: 1)) ?? .zero }
}
