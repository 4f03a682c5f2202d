import BigInt
public import Exact

/// Sample sizes for estimates of means and totals.
///
/// The quantiles of the normal and t distributions enter as intervals of 1e-13 around their value,
/// and of two possible ceilings the larger is taken.
public enum VariablesPlan {
  /// `n = ceil(v / (h²/z² + v/N))`, two-sided. Source: Cochran (1977), sections 4.4 and 4.6.
  ///
  /// - Parameters:
  ///   - halfWidth: half width of the interval for the mean or the proportion, above 0.
  ///   - variance: S², or p(1-p) for a proportion, above 0.
  public static func mean(
    confidence: Rational, halfWidth: Rational, variance: Rational, population: Int
  ) throws(SamplingError) -> Int {
    try check(confidence, halfWidth, variance, population)
    let z = NormalDistribution.quantile(upper: halfRisk(confidence))
    return largest(z) { z in
      let spread = halfWidth * halfWidth * reciprocal(z * z)
      return variance * reciprocal(spread + variance * reciprocal(Rational(population)))
    }
  }

  /// `n = ceil(N / (1 + g))`, `g = P² / ((N-1) t² S²)`, t at 200 degrees of freedom and, if that
  /// gives fewer than 201 items, once more at n - 1. Rule of FSaudit and IDEA.
  ///
  /// - Parameters:
  ///   - precision: half width of the interval for the total, above 0.
  ///   - variance: S², above 0.
  public static func total(
    confidence: Rational, precision: Rational, variance: Rational, population: Int
  ) throws(SamplingError) -> Int {
    try check(confidence, precision, variance, population)
    func size(_ freedom: Int) -> Int {
      let t = StudentDistribution(degreesOfFreedom: Double(freedom))
        .quantile(upper: halfRisk(confidence))
      return largest(t) { t in
        let bottom = Rational(population - 1) * t * t * variance
        return Rational(population)
          * reciprocal(.one + precision * precision * reciprocal(bottom))
      }
    }
    guard population >= 2 else { return 1 }
    let first = size(200)
    return first < 201 && first > 1 ? size(first - 1) : first
  }

  /// Stratified total with Neyman allocation:
  /// `n = ceil((t Σ N_h S_h)² / (P² + t² Σ N_h S_h²))`. Source: Cochran (1977), section 5.9.
  ///
  /// - Parameter quantile: t or z, above 0, taken within 1e-13 relative.
  public static func neymanTotal(
    quantile: Double, precision: Rational, items: [Int], deviations: [Rational]
  ) throws(SamplingError) -> Int {
    guard !items.isEmpty, items.count == deviations.count else { throw .emptyPopulation }
    guard precision > .zero, quantile > 0, quantile.isFinite else {
      throw .parameter("precision and quantile must be above 0")
    }
    let pairs = zip(items.map { Rational($0) }, deviations)
    let sum = pairs.reduce(.zero) { $0 + $1.0 * $1.1 }
    let squares = pairs.reduce(.zero) { $0 + $1.0 * $1.1 * $1.1 }
    return largest(quantile) { t in
      t * t * sum * sum * reciprocal(precision * precision + t * t * squares)
    }
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
    return Int(formula(centre * (.one + margin)).ceiling)
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
