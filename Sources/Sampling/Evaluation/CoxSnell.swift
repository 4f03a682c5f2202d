import Exact

/// The bound of Cox and Snell: a scaled F quantile from gamma priors on error rate and mean taint.
///
/// Prior: one error in two items, mean taint 1/2 with weight 3. Source: Cox and Snell, On sampling
/// and the estimation of rare errors, Biometrika 66 (1979), 125-132.
extension QuantityMethod {
  static let coxSnell = QuantityMethod(
    id: "coxsnell",
    title: "Cox and Snell bound",
    source: "Cox and Snell (1979); prior a = 1, b = 3, mean taint 1/2, error rate 1/2",
    limits: "Bayesian: depends on its prior; coverage is not guaranteed"
  ) { (sample) throws(SamplingError) in
    try sample.requireOneSided()
    let taints = sample.treated
    let m = Double(taints.count)
    let sum = taints.reduce(0, +)
    let (a, b, mean) = (1.0, 3.0, 0.5)
    let factor =
      (m + a) / (m + b) * (mean * (b - 1) + sum) / (Double(sample.size) + a / 0.5)
    // An F quantile with 2(m+a) and 2(m+b) degrees of freedom, from the beta distribution.
    let x = BetaDistribution(m + a, m + b).quantile(upper: sample.tail)
    let quantile = (m + b) / (m + a) * x / (1 - x)
    return QuantityBound(
      upperRate: factor * quantile, mostLikelyRate: sample.coxSnellMode)
  }
}

extension TaintSample {
  /// The mode of the posterior distribution, exactly.
  fileprivate var coxSnellMode: Rational {
    let m = adverse.count
    let sum = adverse.reduce(.zero) { $0 + (policy == .clip ? min($1, .one) : $1) }
    let top = (sum + .one) * Rational(m)
    return (try? top / (Rational(m + 4) * Rational(size + 2))) ?? .zero
  }
}
