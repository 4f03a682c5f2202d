import Exact

/// Stringer's bound: `p_0 + Σ (p_i - p_{i-1}) t_i`, taints by falling size.
///
/// Source: Stringer (1963); Bickel (1992) for its conservatism. With Poisson limits it is the
/// evaluation of AICPA Audit Guide Audit Sampling (2017), Appendix C: basic precision and
/// incremental allowances.
extension QuantityMethod {
  static let stringer: [QuantityMethod] = ErrorDistribution.allCases.map { distribution in
    QuantityMethod(
      id: "stringer.\(distribution.rawValue)",
      title: "Stringer bound on \(distribution.rawValue) limits",
      source: "Stringer (1963); AICPA Audit Guide Audit Sampling (2017), Appendix C",
      limits: "taints of one direction; conservative, more so with many small taints"
    ) { (sample) throws(SamplingError) in
      try stringerBound(distribution, sample)
    }
  }

  static func stringerBound(
    _ distribution: ErrorDistribution, _ sample: TaintSample
  ) throws(SamplingError) -> QuantityBound {
    try sample.requireOneSided()
    let taints = sample.treated
    let limits = try LimitRates(distribution, sample: sample, count: taints.count)
    var bound = limits.rates[0]
    for (index, taint) in taints.enumerated() {
      bound += (limits.rates[index + 1] - limits.rates[index]) * taint
    }
    // Where a taint above 1 scales the limits, it scales all of them.
    let factor = sample.basicFactor
    return QuantityBound(
      upperRate: bound * factor, mostLikelyRate: sample.mostLikelyRate,
      basicRate: limits.rates[0] * factor)
  }
}

extension TaintSample {
  func requireOneSided() throws(SamplingError) {
    guard side != .twoSided else {
      throw .notApplicable("this bound is for one direction: over or under")
    }
  }
}
