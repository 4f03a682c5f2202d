import Foundation

/// The standard normal distribution.
public enum NormalDistribution {
  /// P(Z ≤ z).
  public static func lower(_ z: Double) -> Double { erfc(-z / 2.0.squareRoot()) / 2 }
  /// P(Z > z).
  public static func upper(_ z: Double) -> Double { erfc(z / 2.0.squareRoot()) / 2 }
  /// The density at z.
  public static func density(_ z: Double) -> Double {
    exp(-z * z / 2) / (2 * Double.pi).squareRoot()
  }

  /// The z with P(Z > z) = `tail`, `0 < tail < 1`.
  public static func quantile(upper tail: Double) -> Double {
    if tail > 0.5 { return -quantile(upper: 1 - tail) }
    if tail == 0.5 { return 0 }
    return Quantile.root(low: 0, high: 40) {
      upper($0) - tail
    } slope: {
      -density($0)
    }
  }
}

/// Student's t distribution.
public struct StudentDistribution: Sendable {
  /// Above 0.
  public let degreesOfFreedom: Double

  /// - Parameter degreesOfFreedom: above 0.
  public init(degreesOfFreedom: Double) { self.degreesOfFreedom = degreesOfFreedom }

  /// P(T > t).
  public func upper(_ t: Double) -> Double {
    if t < 0 { return 1 - upper(-t) }
    let n = degreesOfFreedom
    let whole = n + t * t
    return BetaDistribution(n / 2, 0.5).lower(n / whole, complement: t * t / whole) / 2
  }

  /// The density at t.
  public func density(_ t: Double) -> Double {
    // By the normal limit's shape: Γ((n+1)/2)/Γ(n/2) from Stirling errors, accurate for large n.
    let n = degreesOfFreedom
    let ratio = exp(
      Density.stirlingError((n + 1) / 2) - Density.stirlingError(n / 2)
        - Density.deviance(n / 2, (n + 1) / 2))
    let power = exp(-(n + 1) / 2 * log1p(t * t / n))
    return ratio * power / (2 * Double.pi).squareRoot()
  }

  /// The t with P(T > t) = `tail`, `0 < tail < 1`.
  public func quantile(upper tail: Double) -> Double {
    if tail > 0.5 { return -quantile(upper: 1 - tail) }
    if tail == 0.5 { return 0 }
    let high = Quantile.end(from: 1, upper, below: tail)
    return Quantile.root(low: 0, high: high) {
      upper($0) - tail
    } slope: {
      -density($0)
    }
  }
}
