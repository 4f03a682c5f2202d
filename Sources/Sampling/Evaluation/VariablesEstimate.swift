import BigInt
public import Exact

/// An estimate of an audited total from a sample of items, with its precision.
public struct VariablesEstimate: Hashable, Sendable {
  /// How the audited total is estimated.
  public enum Estimator: String, Sendable, CaseIterable {
    /// `Σ N_h × mean audited`.
    case meanPerUnit = "mean-per-unit"
    /// Book total less projected difference.
    case difference
    /// Book total times the combined ratio audited / book.
    case ratio
    /// Combined regression of audited on book.
    case regression
  }

  /// The estimator used.
  public let estimator: Estimator
  /// The estimated audited total, exactly.
  public let auditedTotal: Rational
  /// The book total less that estimate: positive if overstated.
  public let misstatement: Rational
  /// Half width of the interval.
  public let precision: Double
  /// Of Student's t: at least 1.
  public let degreesOfFreedom: Int
  /// Strata, from 0, with fewer than ten differences: their spread is taken from the audited
  /// values, and the precision is cautious, not exact.
  public let strataWithFewDifferences: [Int]

  /// Limits of the misstatement.
  public var lower: Double { misstatement.approximate - precision }
  /// The upper limit of the misstatement.
  public var upper: Double { misstatement.approximate + precision }

  /// Stratified estimation with finite correction.
  ///
  /// Variance `Σ g_h v_h`, `g = N(N-n)/n`, degrees of freedom by Satterthwaite (1946), rounded.
  /// `v`: of audited values; of differences; `v_a - 2Rc + R²v_b`; or
  /// `(n-1)/(n-2) (v_a - 2sc + s²v_b)`. With at most nine differences in a stratum the variance of
  /// the audited values stands in, which is larger. Source: Cochran (1977), chapters 6 and 7; the
  /// rule of few differences: IDEA and FSaudit 1.0.0 up to two differences, here up to nine.
  ///
  /// - Parameter isTwoSided: whether half the risk lies on each side.
  public static func stratified(
    _ estimator: Estimator, strata: [StratumSums], confidence: Rational, isTwoSided: Bool = true
  ) throws(SamplingError) -> VariablesEstimate {
    guard confidence > .zero, confidence < .one else { throw .confidence(confidence.description) }
    guard !strata.isEmpty else { throw .emptyPopulation }
    let combined = try CombinedStrata(strata, estimator)
    var few: [Int] = []
    var sum = Rational.zero
    var denominator = 0.0
    for (index, stratum) in strata.enumerated() {
      let isFew = estimator != .meanPerUnit && stratum.differences < 10
      if isFew { few.append(index) }
      let term =
        stratum.finiteFactor * (isFew ? stratum.varianceAudited : combined.variance(stratum))
      sum = sum + term
      let value = term.approximate
      denominator += value * value / Double(stratum.sampled - 1)
    }
    let variance = sum.approximate
    let freedom =
      denominator > 0 ? Int((variance * variance / denominator).rounded()) : strata[0].sampled - 1
    let risk = (Rational.one - confidence).approximate / (isTwoSided ? 2 : 1)
    let t = StudentDistribution(degreesOfFreedom: Double(max(1, freedom))).quantile(upper: risk)
    return VariablesEstimate(
      estimator: estimator, auditedTotal: combined.estimate,
      misstatement: combined.bookTotal - combined.estimate,
      precision: t * max(0, variance).squareRoot(), degreesOfFreedom: freedom,
      strataWithFewDifferences: few)
  }

  /// One stratum without finite correction, n - 1 degrees of freedom: the convention of jfa.
  ///
  /// Regression uses `s_a √(1 - r²)` without `(n-1)/(n-2)`; ratio and regression precision differ
  /// from ``stratified(_:strata:confidence:isTwoSided:)``, and the two are not interchangeable.
  public static func simple(
    _ estimator: Estimator, sample: StratumSums, confidence: Rational, isTwoSided: Bool = true
  ) throws(SamplingError) -> VariablesEstimate {
    guard confidence > .zero, confidence < .one else { throw .confidence(confidence.description) }
    let combined = try CombinedStrata([sample], estimator)
    let inflation = Rational(sample.sampled - 2).divided(by: sample.sampled - 1)
    let variance =
      combined.variance(sample) * (estimator == .regression ? inflation : .one)
    let risk = (Rational.one - confidence).approximate / (isTwoSided ? 2 : 1)
    let freedom = sample.sampled - 1
    let t = StudentDistribution(degreesOfFreedom: Double(freedom)).quantile(upper: risk)
    let error = max(0, variance.divided(by: sample.sampled).approximate).squareRoot()
    return VariablesEstimate(
      estimator: estimator, auditedTotal: combined.estimate,
      misstatement: combined.misstatement(simpleFor: sample, estimator),
      precision: Double(sample.items) * t * error, degreesOfFreedom: freedom,
      strataWithFewDifferences: sample.differences < 10 ? [0] : [])
  }
}

/// What all strata share: book total, estimate, combined ratio or slope.
private struct CombinedStrata {
  let estimator: VariablesEstimate.Estimator
  let bookTotal: Rational
  let estimate: Rational
  /// The combined ratio or slope; 1 for differences, 0 for mean per unit.
  let slope: Rational

  init(
    _ strata: [StratumSums], _ estimator: VariablesEstimate.Estimator
  ) throws(SamplingError) {
    self.estimator = estimator
    let total = strata.reduce(.zero) { $0 + $1.bookTotal }
    let audited = strata.reduce(.zero) { $0 + Rational($1.items) * $1.meanAudited }
    let book = strata.reduce(.zero) { $0 + Rational($1.items) * $1.meanBook }
    bookTotal = total
    switch estimator {
    case .meanPerUnit: slope = .zero
    case .difference: slope = .one
    case .ratio:
      guard let ratio = try? audited / book else {
        throw .notApplicable("a ratio needs a sampled book total that is not zero")
      }
      slope = ratio
    case .regression:
      guard strata.allSatisfy({ $0.sampled >= 3 }) else {
        throw .sampleSize("regression needs three items in each stratum")
      }
      let top = strata.reduce(.zero) { $0 + $1.finiteFactor * $1.covariance }
      let bottom = strata.reduce(.zero) { $0 + $1.finiteFactor * $1.varianceBook }
      guard let ratio = try? top / bottom else {
        throw .notApplicable("regression needs book values that differ")
      }
      slope = ratio
    }
    estimate = estimator == .ratio ? slope * total : audited + slope * (total - book)
  }

  func variance(_ stratum: StratumSums) -> Rational {
    let cross = Rational(2) * slope * stratum.covariance
    let plain = stratum.varianceAudited - cross + slope * slope * stratum.varianceBook
    guard estimator == .regression else { return plain }
    return plain * Rational(stratum.sampled - 1).divided(by: stratum.sampled - 2)
  }

  /// jfa projects difference and ratio from the sample mean, not from the book total.
  func misstatement(
    simpleFor sample: StratumSums, _ estimator: VariablesEstimate.Estimator
  ) -> Rational {
    switch estimator {
    case .meanPerUnit, .regression: bookTotal - estimate
    case .difference: Rational(sample.items) * (sample.meanBook - sample.meanAudited)
    case .ratio: Rational(sample.items) * (.one - slope) * sample.meanBook
    }
  }
}
