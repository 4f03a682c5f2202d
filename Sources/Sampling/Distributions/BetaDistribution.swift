import Foundation

/// The beta distribution: limits of binomial rates are its quantiles.
///
/// Tails by the continued fraction of DiDonato and Morris, Significant digit computation of the
/// incomplete beta function ratios, ACM TOMS 18 (1992), equation 9, on the side below the mean;
/// relative error about 1e-13 for parameters up to 10⁷.
public struct BetaDistribution: Sendable {
  /// Both above 0.
  public let a: Double
  /// Above 0.
  public let b: Double

  /// Both above 0; for a binomial limit `errors + 1` and `sample - errors`.
  public init(_ a: Double, _ b: Double) {
    self.a = a
    self.b = b
  }

  /// P(X ≤ x), `0 ≤ x ≤ 1`.
  public func lower(_ x: Double) -> Double { lower(x, complement: 1 - x) }

  /// The same with 1 - x given, for an x so near 1 that the difference would lose digits.
  func lower(_ x: Double, complement y: Double) -> Double {
    if x <= 0 { return 0 }
    if y <= 0 { return 1 }
    return a * y >= b * x ? Self.tail(a, b, x, y) : 1 - Self.tail(b, a, y, x)
  }

  /// P(X > x), `0 ≤ x ≤ 1`.
  public func upper(_ x: Double) -> Double {
    if x <= 0 { return 1 }
    if x >= 1 { return 0 }
    return isLeft(x)
      ? 1 - Self.tail(a, b, x, 1 - x) : Self.tail(b, a, 1 - x, x)
  }

  /// The density at x; 0 outside `0 < x < 1`.
  public func density(_ x: Double) -> Double {
    if x <= 0 || x >= 1 { return 0 }
    return Density.binomial(a, a + b, x, 1 - x) * a * b / ((a + b) * x * (1 - x))
  }

  /// The x with P(X > x) = `tail`, `0 < tail < 1`.
  public func quantile(upper tail: Double) -> Double {
    if tail > 0.5 { return quantile(lower: 1 - tail) }
    return Quantile.root(low: 0, high: 1) {
      upper($0) - tail
    } slope: {
      -density($0)
    }
  }

  /// The x with P(X ≤ x) = `tail`, `0 < tail < 1`.
  public func quantile(lower tail: Double) -> Double {
    if tail > 0.5 { return quantile(upper: 1 - tail) }
    return Quantile.root(low: 0, high: 1) {
      lower($0) - tail
    } slope: {
      density($0)
    }
  }

  private func isLeft(_ x: Double) -> Bool { a * (1 - x) >= b * x }

  /// P(X ≤ x) for x up to the mean, `y` being 1 - x: x^a y^b / B(a,b) over a continued fraction of
  /// positive terms, formed with `a y - b x` so that nothing cancels.
  private static func tail(_ a: Double, _ b: Double, _ x: Double, _ y: Double) -> Double {
    let front = Density.binomial(a, a + b, x, y) * a * b / (a + b)
    if front == 0 { return 0 }
    func partial(_ m: Double) -> Double {
      (m == 0 ? 0 : m + m * (b - m) * x / (a + 2 * m - 1))
        + (a + m) * (a * y - b * x + 1 + m * (1 + y)) / (a + 2 * m + 1)
    }
    let tiny = 1e-300
    var result = nonzero(partial(0), tiny)
    var c = result
    var d = 0.0
    var m = 1.0
    while m < 10_000_000 {
      let width = a + 2 * m - 1
      let numerator = (a + m - 1) / width * ((a + b + m - 1) / width) * m * (b - m) * x * x
      let step = partial(m)
      d = 1 / nonzero(step + numerator * d, tiny)
      c = nonzero(step + numerator / c, tiny)
      let factor = c * d
      result *= factor
      if abs(factor - 1) < 5e-16 { break }
      m += 1
    }
    return min(1, front / result)
  }

  private static func nonzero(_ value: Double, _ tiny: Double) -> Double {
    abs(value) < tiny ? tiny : value
  }
}
