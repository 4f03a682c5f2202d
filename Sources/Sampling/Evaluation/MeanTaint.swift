import Exact

/// The mean taint with the normal distribution: `t̄ ± z s / √n`.
///
/// Source: textbook large-sample interval (Cochran, Sampling techniques, 1977, 2.13).
extension QuantityMethod {
  static let meanTaint = QuantityMethod(
    id: "mpu",
    title: "Mean taint with normal limits",
    source: "Cochran, Sampling techniques (1977), section 2.13",
    limits: "for large samples with many errors; far too low with few"
  ) { (sample) throws(SamplingError) in
    guard sample.size >= 2, !sample.taints.isEmpty else {
      throw .notApplicable("without errors the spread is zero and the mean taint bounds nothing")
    }
    return sample.interval(quantile: NormalDistribution.quantile(upper: sample.tail))
  }
}
