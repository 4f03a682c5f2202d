import Foundation

/// The gamma distribution of scale 1: limits of Poisson counts are its quantiles.
///
/// Tails by the series and the continued fraction of the incomplete gamma function (NIST DLMF
/// 8.7.1, 8.9.2), each where it converges; relative error about 1e-13 for shapes up to 10⁷.
public struct GammaDistribution: Sendable {
  /// Above 0; `errors + 1` for an upper limit, a fraction for a sum of taints.
  public let shape: Double

  /// - Parameter shape: above 0.
  public init(shape: Double) { self.shape = shape }

  /// P(X ≤ x).
  public func lower(_ x: Double) -> Double {
    if x <= 0 { return 0 }
    return x < shape + 1 ? series(x) : 1 - fraction(x)
  }

  /// P(X > x).
  public func upper(_ x: Double) -> Double {
    if x <= 0 { return 1 }
    return x < shape + 1 ? 1 - series(x) : fraction(x)
  }

  /// The density at x; 0 for x of 0 or below.
  public func density(_ x: Double) -> Double {
    x <= 0 ? 0 : Density.poisson(shape, x) * shape / x
  }

  /// The x with P(X > x) = `tail`, `0 < tail < 1`.
  public func quantile(upper tail: Double) -> Double {
    if tail > 0.5 { return quantile(lower: 1 - tail) }
    let high = Quantile.end(from: shape, upper, below: tail)
    return Quantile.root(low: 0, high: high) {
      upper($0) - tail
    } slope: {
      -density($0)
    }
  }

  /// The x with P(X ≤ x) = `tail`, `0 < tail < 1`.
  public func quantile(lower tail: Double) -> Double {
    if tail > 0.5 { return quantile(upper: 1 - tail) }
    let high = Quantile.end(from: shape, upper, below: 1 - tail)
    return Quantile.root(low: 0, high: high) {
      lower($0) - tail
    } slope: {
      density($0)
    }
  }

  private func series(_ x: Double) -> Double {
    var term = 1.0
    var sum = 1.0
    var index = 1.0
    while index < 10_000_000 {
      term *= x / (shape + index)
      sum += term
      if term < sum * 1e-17 { break }
      index += 1
    }
    return min(1, Density.poisson(shape, x) * sum)
  }

  private func fraction(_ x: Double) -> Double {
    let tiny = 1e-300
    var b = x + 1 - shape
    var c = 1 / tiny
    var d = 1 / b
    var result = d
    var index = 1.0
    while index < 10_000_000 {
      let a = -index * (index - shape)
      b += 2
      d = a * d + b
      d = 1 / (abs(d) < tiny ? tiny : d)
      c = b + a / c
      if abs(c) < tiny { c = tiny }
      let factor = d * c
      result *= factor
      if abs(factor - 1) < 5e-16 { break }
      index += 1
    }
    return min(1, Density.poisson(shape, x) * shape * result)
  }
}
