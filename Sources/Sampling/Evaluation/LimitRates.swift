import Exact

/// Upper limit rates `p_0, p_1, …` for whole numbers of errors, the steps of Stringer and cell.
struct LimitRates: Sendable {
  let rates: [Double]

  /// `count + 1` rates, for 0 to `count` errors.
  init(
    _ distribution: ErrorDistribution, sample: TaintSample, count: Int
  ) throws(SamplingError) {
    let n = Double(sample.size)
    let tail = sample.tail
    let units = sample.populationUnits.map(Double.init)
    switch distribution {
    case .binomial:
      rates = (0...count).map { errors in
        let k = Double(errors)
        let rate = k >= n ? 1 : BetaDistribution(k + 1, n - k).quantile(upper: tail)
        return Self.rounded(rate, sample.roundsToUnits ? units : nil)
      }
    case .poisson:
      rates = (0...count).map { errors in
        let rate = GammaDistribution(shape: Double(errors) + 1).quantile(upper: tail) / n
        return Self.rounded(rate, sample.roundsToUnits ? units : nil)
      }
    case .hypergeometric:
      guard let population = sample.populationUnits else {
        throw .population("the hypergeometric limits need the number of units")
      }
      let limits = HypergeometricLimits(
        population: population, sample: sample.size, risk: .one - sample.confidence)
      var last = 0
      rates = (0...count).map { errors in
        last = limits.upper(errors, from: last)
        return Double(last) / Double(population)
      }
    }
  }

  /// Up to whole units; a limit within 1e-9 of a unit counts as that unit.
  private static func rounded(_ rate: Double, _ units: Double?) -> Double {
    guard let units else { return rate }
    return (rate * units - 1e-9).rounded(.up) / units
  }
}
