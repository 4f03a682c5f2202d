import Exact

/// The share that ``KaplanMarkov`` does not reject: `1 - (risk × Π (1 - t_i))^(1/n)`.
///
/// Source: Kaplan (1987); Stark (2009). Taints of the other side count as clean, so that the bound
/// is one of the side asked for, not of the net.
extension QuantityMethod {
  static let kaplanMarkov = QuantityMethod(
    id: "kaplan-markov",
    title: "Kaplan-Markov bound, valid when the sample is extended",
    source: "Kaplan (1987); Stark (2009)",
    limits: "holds for hits drawn with replacement, at any time of looking; wide with many errors"
  ) { (sample) throws(SamplingError) in
    try sample.requireOneSided()
    guard sample.policy != .scale || sample.basicFactor == 1 else {
      throw .notApplicable("Kaplan-Markov takes taints of at most 1: clip them or refuse")
    }
    let taints = sample.adverse.map { min($0, .one) }
    let risk = Rational.one - sample.confidence
    func upper(_ taints: [Rational]) throws(SamplingError) -> Double {
      // Any tolerable share gives the same rate.
      try KaplanMarkov(tolerable: risk, size: sample.size, taints: taints).upperRate(risk: risk)
    }
    return QuantityBound(
      upperRate: try upper(taints), mostLikelyRate: sample.mostLikelyRate,
      basicRate: try upper([]))
  }
}
