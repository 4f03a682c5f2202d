import Foundation

/// Binomial and Poisson densities at real arguments, without the cancellation of large factorials.
///
/// Source: Loader, Fast and accurate computation of binomial probabilities (2000): the density is
/// its value at the mean times exp(-deviance), each term of which is small and accurate.
enum Density {
  /// x^a-type binomial density at `x` of `n`, `0 ≤ x ≤ n`, real; `q` is 1 - p.
  static func binomial(_ x: Double, _ n: Double, _ p: Double, _ q: Double) -> Double {
    if x < 0 || x > n { return 0 }
    if p <= 0 { return x == 0 ? 1 : 0 }
    if q <= 0 { return x == n ? 1 : 0 }
    if x == 0 {
      return p < 0.1 ? exp(-deviance(n, n * q) - n * p) : exp(n * log(q))
    }
    if x == n {
      return q < 0.1 ? exp(-deviance(n, n * p) - n * q) : exp(n * log(p))
    }
    let logarithm =
      stirlingError(n) - stirlingError(x) - stirlingError(n - x) - deviance(x, n * p)
      - deviance(n - x, n * q)
    return exp(logarithm) * (n / (2 * Double.pi * x * (n - x))).squareRoot()
  }

  /// x^k e^-x / Γ(k+1), real.
  static func poisson(_ k: Double, _ mean: Double) -> Double {
    if mean <= 0 { return k == 0 ? 1 : 0 }
    if k == 0 { return exp(-mean) }
    return exp(-stirlingError(k) - deviance(k, mean)) / (2 * Double.pi * k).squareRoot()
  }

  /// log Γ(z+1) less Stirling's main terms, `z > 0`.
  static func stirlingError(_ z: Double) -> Double {
    if z <= 15 {
      return log(tgamma(z + 1)) - (z + 0.5) * log(z) + z - 0.5 * log(2 * Double.pi)
    }
    let s = 1 / (z * z)
    let series = 1.0 / 1260 - s * (1.0 / 1680 - s * (1.0 / 1188 - s * 691.0 / 360360))
    return (1.0 / 12 - s * (1.0 / 360 - s * series)) / z
  }

  /// x log(x/m) + m - x, at least 0.
  static func deviance(_ x: Double, _ mean: Double) -> Double {
    let difference = x - mean
    guard abs(difference) < 0.1 * (x + mean) else {
      return x * log(x / mean) + mean - x
    }
    let v = difference / (x + mean)
    var sum = difference * v
    var term = 2 * x * v
    var odd = 1.0
    while true {
      term *= v * v
      odd += 2
      let next = sum + term / odd
      if next == sum { return next }
      sum = next
    }
  }
}
