import Exact

/// The cell bound: `U_0 = n p_0`, `U_i = max(U_{i-1} + t_i, n p_i × mean(t_1…t_i))`, by falling
/// size.
///
/// Source: Leslie, Teitlebaum and Anderson, Dollar-unit sampling (1979).
extension QuantityMethod {
  static let cell: [QuantityMethod] = ErrorDistribution.allCases.map { distribution in
    QuantityMethod(
      id: "cell.\(distribution.rawValue)",
      title: "Cell bound on \(distribution.rawValue) limits",
      source: "Leslie, Teitlebaum and Anderson, Dollar-unit sampling (1979)",
      limits: "taints of one direction; made for samples with one hit a cell"
    ) { (sample) throws(SamplingError) in
      try cellBound(distribution, sample)
    }
  }

  private static func cellBound(
    _ distribution: ErrorDistribution, _ sample: TaintSample
  ) throws(SamplingError) -> QuantityBound {
    try sample.requireOneSided()
    let taints = sample.treated
    let n = Double(sample.size)
    let limits = try LimitRates(distribution, sample: sample, count: taints.count)
    let basic = limits.rates[0] * sample.basicFactor
    var bound = n * basic
    var sum = 0.0
    for (index, taint) in taints.enumerated() {
      sum += taint
      let mean = sum / Double(index + 1)
      bound = max(bound + taint, n * limits.rates[index + 1] * mean)
    }
    return QuantityBound(
      upperRate: bound / n, mostLikelyRate: sample.mostLikelyRate, basicRate: basic)
  }
}
