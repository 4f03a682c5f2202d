import Exact

/// Stringer's bound less its asymptotic excess.
///
/// `U - z/√n × [ (1/n) Σ t_i (n-2i+1) / (2 √(i(n-i+1))) - √((1/n) Σ (t_i - t̄)²) ]`, taints by
/// falling size. Source: Pap and van Zuijlen, On the asymptotic behaviour of the Stringer bound,
/// Statistica Neerlandica 50 (1996).
extension QuantityMethod {
  static let stringerPVZ = QuantityMethod(
    id: "stringer.pvz",
    title: "Stringer bound (binomial) with the correction of Pap and van Zuijlen",
    source: "Pap and van Zuijlen (1996)",
    limits: "asymptotic: coverage is not guaranteed in small samples or with few errors"
  ) { (sample) throws(SamplingError) in
    let plain = try stringerBound(.binomial, sample)
    let taints = sample.treated
    guard !taints.isEmpty else { return plain }
    let n = Double(sample.size)
    var weighted = 0.0
    for (index, taint) in taints.enumerated() {
      let i = Double(index + 1)
      weighted += taint * (n - 2 * i + 1) / (2 * (i * (n - i + 1)).squareRoot())
    }
    let mean = taints.reduce(0, +) / Double(taints.count)
    let spread = taints.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n
    let z = NormalDistribution.quantile(upper: sample.tail)
    let excess = (weighted / n - spread.squareRoot()) / n.squareRoot() * z
    return QuantityBound(
      upperRate: plain.upperRate - excess, mostLikelyRate: plain.mostLikelyRate,
      basicRate: plain.basicRate)
  }
}
