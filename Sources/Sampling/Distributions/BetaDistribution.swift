import Foundation

/// The beta distribution: limits of binomial rates are its quantiles.
///
/// Tails by the continued fraction of the incomplete beta function (NIST DLMF 8.17.22), evaluated
/// by Lentz's method on the side where it converges fast; relative error about 1e-13 for
/// parameters up to 10⁷.
public struct BetaDistribution: Sendable {
  /// Both above 0.
  public let a: Double
  public let b: Double

  public init(_ a: Double, _ b: Double) {
    self.a = a
    self.b = b
  }

  /// P(X ≤ x), `0 ≤ x ≤ 1`.
  public func lower(_ x: Double) -> Double {
    if x <= 0 { return 0 }
    if x >= 1 { return 1 }
    return isLeft(x)
      ? Self.tail(a, b, x, 1 - x) : 1 - Self.tail(b, a, 1 - x, x)
  }

  /// P(X > x), `0 ≤ x ≤ 1`.
  public func upper(_ x: Double) -> Double {
    if x <= 0 { return 1 }
    if x >= 1 { return 0 }
    return isLeft(x)
      ? 1 - Self.tail(a, b, x, 1 - x) : Self.tail(b, a, 1 - x, x)
  }

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

  private func isLeft(_ x: Double) -> Bool { x < (a + 1) / (a + b + 2) }

  private static func tail(_ a: Double, _ b: Double, _ x: Double, _ y: Double) -> Double {
    let front = Density.binomial(a, a + b, x, y) * b / (a + b)
    if front == 0 { return 0 }
    let tiny = 1e-300
    var c = 1.0
    var d = 1 / nonzero(1 - (a + b) * x / (a + 1), tiny)
    var result = d
    var m = 1.0
    while m < 1_000_000 {
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / nonzero(1 + even * d, tiny)
      c = nonzero(1 + even / c, tiny)
      result *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / nonzero(1 + odd * d, tiny)
      c = nonzero(1 + odd / c, tiny)
      let factor = d * c
      result *= factor
      if abs(factor - 1) < 1e-16 { break }
      m += 1
    }
    return min(1, front * result)
  }

  private static func nonzero(_ value: Double, _ tiny: Double) -> Double {
    abs(value) < tiny ? tiny : value
  }
}
