import Exact

/// The mean taint with Student's t: `t̄ ± t_{m-1} s / √n`, m the number of non-zero taints.
///
/// Source: the probability-proportional-to-size estimator of Hansen and Hurwitz (1943), with the
/// degrees of freedom that audit software uses.
extension QuantityMethod {
  static let pps = QuantityMethod(
    id: "pps",
    title: "Probability-proportional-to-size estimator",
    source: "Hansen and Hurwitz (1943); degrees of freedom as in jfa 0.7.4 and IDEA",
    limits: "for many errors (20 or more); too low with few"
  ) { (sample) throws(SamplingError) in
    let errors = sample.taints.count
    guard errors >= 2 else {
      throw .notApplicable("this estimator needs at least two errors, and should have twenty")
    }
    let quantile = StudentDistribution(degreesOfFreedom: Double(errors - 1))
      .quantile(upper: sample.tail)
    return sample.interval(quantile: quantile)
  }
}

extension TaintSample {
  /// The mean taint and its normal-type limits.
  func interval(quantile: Double) -> QuantityBound {
    let values = signed
    let n = Double(size)
    let mean = values.reduce(0, +) / n
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let error = quantile * (squares / (n - 1)).squareRoot() / n.squareRoot()
    let sum = taints.reduce(.zero, +)
    let likely = (try? (side == .under ? -sum : sum) / Rational(size)) ?? .zero
    return QuantityBound(
      upperRate: mean + error, lowerRate: side == .twoSided ? mean - error : nil,
      mostLikelyRate: likely)
  }
}
