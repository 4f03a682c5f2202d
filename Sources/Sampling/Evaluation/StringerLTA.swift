import Exact

/// Stringer's bound less the opposite taints found: `U - Σ |t_neg| / n`.
///
/// Source: Leslie, Teitlebaum and Anderson, Dollar-unit sampling (1979).
extension QuantityMethod {
  static let stringerLTA = QuantityMethod(
    id: "stringer.lta",
    title: "Stringer bound (binomial) with the offset of Leslie, Teitlebaum and Anderson",
    source: "Leslie, Teitlebaum and Anderson (1979)",
    limits: "nets misstatements of opposite direction; use only where netting is acceptable"
  ) { (sample) throws(SamplingError) in
    let plain = try stringerBound(.binomial, sample)
    let opposite = sample.signed.filter { $0 < 0 }.reduce(0, +)
    return QuantityBound(
      upperRate: plain.upperRate + opposite / Double(sample.size),
      mostLikelyRate: plain.mostLikelyRate, basicRate: plain.basicRate)
  }
}
