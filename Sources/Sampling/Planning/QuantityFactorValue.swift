public import Exact

extension QuantityFactor {
  /// The planning factor unrounded: F with F = G(C, 1 + ratio × F). For display.
  ///
  /// Source: AICPA Audit Guide Audit Sampling (2017), Appendix C; parameters as for
  /// ``hundredths(confidence:ratio:)``.
  public static func value(
    confidence: Rational, ratio: Rational
  ) throws(SamplingError) -> Double {
    // The rounded factor is at or just above it and gives the bracket.
    let above = try hundredths(confidence: confidence, ratio: ratio).approximate
    let tail = (Rational.one - confidence).approximate
    let slope = ratio.approximate
    return Quantile.root(low: max(0, above - 0.0101), high: above + 1e-12) { factor in
      GammaDistribution(shape: 1 + slope * factor).upper(factor) - tail
    } slope: { factor in
      -GammaDistribution(shape: 1 + slope * factor).density(factor)
    }
  }
}
