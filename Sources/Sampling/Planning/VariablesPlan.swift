import BigInt
public import Exact

/// A sample size for an estimate of a mean or a total.
///
/// The quantiles of the normal and t distributions enter as intervals of 1e-13 around their value,
/// and of two possible ceilings the larger is taken.
public struct VariablesPlan: Hashable, Sendable {
  /// What is estimated, and by which school.
  public enum Method: String, Sendable, CaseIterable {
    /// A mean or a proportion with the normal distribution.
    case mean
    /// A total with Student's t, as FSaudit and IDEA do.
    case total
    /// A stratified total with Neyman allocation.
    case neyman
  }

  /// The school that was followed.
  public let method: Method
  /// Items to test, at least 1.
  public let sampleSize: Int
  /// The half width that this size gives, at most the one asked for; for display.
  public let impliedPrecision: Double

  /// The formula that was solved, in one line.
  public var formula: String {
    switch method {
    case .mean: "n = ceil(v / (h^2/z^2 + v/N)), two-sided"
    case .total: "n = ceil(N / (1 + g)), g = P^2 / ((N-1) t^2 S^2), t at 200, then at n-1 degrees"
    case .neyman: "n = ceil((t sum N_h S_h)^2 / (P^2 + t^2 sum N_h S_h^2))"
    }
  }

  /// Where the formula comes from.
  public var source: String {
    switch method {
    case .mean: "Cochran, Sampling techniques (1977), sections 4.4 and 4.6"
    case .total: "rule of FSaudit 1.0.0 and CaseWare IDEA, cvs_size"
    case .neyman: "Cochran, Sampling techniques (1977), section 5.9"
    }
  }

  /// `n = ceil(v / (h²/z² + v/N))`, two-sided. Source: Cochran (1977), sections 4.4 and 4.6.
  ///
  /// - Parameters:
  ///   - confidence: `0 < C < 1`; there is no default.
  ///   - halfWidth: half width of the interval for the mean or the proportion, above 0.
  ///   - variance: S², or p(1-p) for a proportion, above 0.
  ///   - population: items, at least 1.
  public static func mean(
    confidence: Rational, halfWidth: Rational, variance: Rational, population: Int
  ) throws(SamplingError) -> VariablesPlan {
    try check(confidence, halfWidth, variance, population)
    let z = NormalDistribution.quantile(upper: halfRisk(confidence))
    let size = largest(z) { z in
      let spread = halfWidth * halfWidth * reciprocal(z * z)
      return variance * reciprocal(spread + variance * reciprocal(Rational(population)))
    }
    let left = Rational(population - size).divided(by: population).divided(by: size)
    return VariablesPlan(
      method: .mean, sampleSize: size,
      impliedPrecision: z * max(0, (variance * left).approximate).squareRoot())
  }

  /// `n = ceil(N / (1 + g))`, `g = P² / ((N-1) t² S²)`, t at 200 degrees of freedom and, if that
  /// gives fewer than 201 items, once more at n - 1. Rule of FSaudit and IDEA.
  ///
  /// - Parameters:
  ///   - confidence: `0 < C < 1`; there is no default.
  ///   - precision: half width of the interval for the total, above 0.
  ///   - variance: S², above 0.
  ///   - population: items, at least 1.
  public static func total(
    confidence: Rational, precision: Rational, variance: Rational, population: Int
  ) throws(SamplingError) -> VariablesPlan {
    try check(confidence, precision, variance, population)
    func size(_ freedom: Int) -> (size: Int, t: Double) {
      let t = StudentDistribution(degreesOfFreedom: Double(freedom))
        .quantile(upper: halfRisk(confidence))
      let size = largest(t) { t in
        let bottom = Rational(population - 1) * t * t * variance
        return Rational(population)
          * reciprocal(.one + precision * precision * reciprocal(bottom))
      }
      return (size, t)
    }
    guard population >= 2 else {
      return VariablesPlan(method: .total, sampleSize: 1, impliedPrecision: 0)
    }
    let first = size(200)
    let found = first.size < 201 && first.size > 1 ? size(first.size - 1) : first
    let spread =
      Rational(population - found.size).divided(by: found.size) * Rational(population - 1)
      * variance
    return VariablesPlan(
      method: .total, sampleSize: found.size,
      impliedPrecision: found.t * max(0, spread.approximate).squareRoot())
  }

  /// Stratified total with Neyman allocation:
  /// `n = ceil((t Σ N_h S_h)² / (P² + t² Σ N_h S_h²))`. Source: Cochran (1977), section 5.9.
  ///
  /// - Parameters:
  ///   - quantile: t or z, above 0, taken within 1e-13 relative.
  ///   - precision: half width of the interval for the total, above 0.
  ///   - items: items of each stratum, at least 0.
  ///   - deviations: standard deviation of each, at least 0.
  public static func neymanTotal(
    quantile: Double, precision: Rational, items: [Int], deviations: [Rational]
  ) throws(SamplingError) -> VariablesPlan {
    guard !items.isEmpty, items.count == deviations.count else { throw .emptyPopulation }
    guard items.allSatisfy({ $0 >= 0 }), deviations.allSatisfy({ !$0.isNegative }) else {
      throw .parameter("items and standard deviations are at least 0")
    }
    guard precision > .zero, quantile > 0, quantile.isFinite else {
      throw .parameter("precision and quantile must be above 0")
    }
    let pairs = zip(items.map { Rational($0) }, deviations)
    let sum = pairs.reduce(.zero) { $0 + $1.0 * $1.1 }
    let squares = pairs.reduce(.zero) { $0 + $1.0 * $1.1 * $1.1 }
    guard !sum.isZero else { throw .notApplicable("all standard deviations are zero") }
    let size = largest(quantile) { t in
      t * t * sum * sum * reciprocal(precision * precision + t * t * squares)
    }
    let spread = (sum * sum).divided(by: size) - squares
    return VariablesPlan(
      method: .neyman, sampleSize: size,
      impliedPrecision: quantile * max(0, spread.approximate).squareRoot())
  }

  private static func halfRisk(_ confidence: Rational) -> Double {
    (Rational.one - confidence).approximate / 2
  }

  private static func reciprocal(_ value: Rational) -> Rational {
    (try? .one / value) ?? .zero
  }

  /// The larger ceiling of a formula over the interval of a quantile; it rises with the quantile.
  private static func largest(_ quantile: Double, _ formula: (Rational) -> Rational) -> Int {
    let centre = Rational(exactly: quantile) ?? .zero
    let margin = (try? Rational(BigInt(1), over: BigInt(10).power(13))) ?? .zero
    return max(1, Int(formula(centre * (.one + margin)).ceiling))
  }

  private static func check(
    _ confidence: Rational, _ width: Rational, _ variance: Rational, _ population: Int
  ) throws(SamplingError) {
    guard confidence > .zero, confidence < .one else { throw .confidence(confidence.description) }
    guard width > .zero else { throw .parameter("precision must be above 0; it is \(width)") }
    guard variance > .zero else { throw .parameter("variance must be above 0; it is \(variance)") }
    guard population > 0 else { throw .emptyPopulation }
  }
}
