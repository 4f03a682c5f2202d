import Exact

/// Rohrbach's augmented variance bound, delta 2.7.
///
/// `t̄ + z √((1 - n/N) V / n)` with `V = Σw²/n - (2 - δ/n) ½ (Σw²/n - s_w²)` and `w = 1 - t`.
/// Source: Rohrbach, Variance augmentation to achieve nominal coverage probability in sampling from
/// audit populations, Auditing 12 (1993), 79-97.
extension QuantityMethod {
  static let rohrbach = QuantityMethod(
    id: "rohrbach",
    title: "Rohrbach's augmented variance bound",
    source: "Rohrbach (1993), delta 2.7",
    limits: "approximate: coverage shown by simulation only; needs the number of items"
  ) { (sample) throws(SamplingError) in
    guard let population = sample.populationUnits else {
      throw .population("Rohrbach's bound needs the number of items")
    }
    guard sample.size >= 2 else { throw .notApplicable("this bound needs two items or more") }
    let n = Double(sample.size)
    let taints = sample.signed
    let mean = taints.reduce(0, +) / n
    let squares = taints.reduce(0) { $0 + (1 - $1) * (1 - $1) } / n
    let variance = taints.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
    let augmented = squares - (2 - 2.7 / n) * 0.5 * (squares - variance)
    let z = NormalDistribution.quantile(upper: sample.tail)
    let spread = z * ((1 - n / Double(population)) * augmented / n).squareRoot()
    let sum = sample.taints.reduce(.zero, +)
    let likely = (try? (sample.side == .under ? -sum : sum) / Rational(sample.size)) ?? .zero
    return QuantityBound(
      upperRate: mean + spread, lowerRate: sample.side == .twoSided ? mean - spread : nil,
      mostLikelyRate: likely)
  }
}
