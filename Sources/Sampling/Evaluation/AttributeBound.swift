import BigInt
public import Exact

/// What a count of errors in a sample says about the rate in the population.
public struct AttributeBound: Hashable, Sendable {
  /// Which limit is asked for.
  public enum Side: String, Sendable, CaseIterable {
    /// The upper limit at the confidence.
    case upper
    /// The lower limit at the confidence.
    case lower
    /// Both limits, half the risk on each side.
    case twoSided = "two-sided"
  }

  /// How the count of errors is taken to vary.
  public let distribution: ErrorDistribution
  /// Which limits were asked for.
  public let side: Side
  /// `errors / sample`.
  public let mostLikelyRate: Rational
  /// Limits of the rate, `0...1` (Poisson may exceed 1); nil on the side not asked for.
  public let lowerRate: Double?
  /// The upper limit of the rate, at most 1 but for Poisson; nil on the side not asked for.
  public let upperRate: Double?
  /// Limits of the number of erroneous items; for the hypergeometric distribution only.
  public let lowerCount: Int?
  /// The largest number of erroneous items that the sample does not reject.
  public let upperCount: Int?

  /// Where the formula comes from.
  public var source: String {
    switch distribution {
    case .binomial: "Clopper and Pearson (1934)"
    case .poisson: "Garwood (1936)"
    case .hypergeometric: "exact test inversion, counts decided in whole numbers"
    }
  }

  /// The limits.
  ///
  /// Binomial: Clopper and Pearson (1934). Poisson: Garwood (1936). In both `errors` may be a
  /// fraction, a sum of taints. Hypergeometric: exact test inversion; the upper limit is the
  /// largest count of erroneous items whose chance of showing so few errors is above 1 - C, the
  /// lower limit mirrors it. A chance equal to 1 - C rejects. Counts are decided in exact
  /// arithmetic.
  ///
  /// - Parameters:
  ///   - confidence: `0 < C < 1`.
  ///   - errors: `0...sample`; whole for the hypergeometric distribution.
  ///   - population: needed by the hypergeometric distribution.
  public static func bound(
    distribution: ErrorDistribution, confidence: Rational, sample: Int, errors: Rational,
    population: Int? = nil, side: Side = .upper
  ) throws(SamplingError) -> AttributeBound {
    guard confidence > .zero, confidence < .one else { throw .confidence(confidence.description) }
    guard sample >= 1 else { throw .sampleSize("\(sample) is below 1") }
    guard !errors.isNegative else { throw .parameter("errors must not be negative") }
    guard errors <= Rational(sample) else {
      throw .errors(Int(errors.ceiling), sample: sample)
    }
    if distribution == .hypergeometric, errors.denominator != 1 {
      throw .parameter("\(errors) errors: the hypergeometric distribution takes whole numbers")
    }
    if let population {
      guard population > 0 else { throw .emptyPopulation }
      guard sample <= population else {
        throw .sampleSize("\(sample) items from a population of \(population)")
      }
    }
    let half = (try? Rational(1, over: 2)) ?? .one
    let risk = (.one - confidence) * (side == .twoSided ? half : .one)
    let limits = Limits(
      distribution: distribution, risk: risk, sample: sample, errors: errors,
      population: population)
    return try limits.bound(side)
  }
}

private struct Limits {
  let distribution: ErrorDistribution
  let risk: Rational
  let sample: Int
  let errors: Rational
  let population: Int?

  func bound(_ side: AttributeBound.Side) throws(SamplingError) -> AttributeBound {
    let likely = (try? errors / Rational(sample)) ?? .zero
    if distribution == .hypergeometric {
      guard let population else {
        throw .population("the hypergeometric distribution needs its size")
      }
      let exact = HypergeometricLimits(
        population: population, sample: sample, risk: risk)
      let upper = side == .lower ? nil : exact.upper(Int(errors.ceiling))
      let lower = side == .upper ? nil : exact.lower(Int(errors.ceiling))
      return AttributeBound(
        distribution: distribution, side: side, mostLikelyRate: likely,
        lowerRate: lower.map { Double($0) / Double(population) },
        upperRate: upper.map { Double($0) / Double(population) },
        lowerCount: lower, upperCount: upper)
    }
    return AttributeBound(
      distribution: distribution, side: side, mostLikelyRate: likely,
      lowerRate: side == .upper ? nil : lower, upperRate: side == .lower ? nil : upper,
      lowerCount: nil, upperCount: nil)
  }

  private var tail: Double { Enclosure(risk).double }
  private var count: Double { Enclosure(errors).double }

  private var upper: Double {
    let n = Double(sample)
    if distribution == .poisson {
      return GammaDistribution(shape: count + 1).quantile(upper: tail) / n
    }
    return count >= n ? 1 : BetaDistribution(count + 1, n - count).quantile(upper: tail)
  }

  private var lower: Double {
    let n = Double(sample)
    if count == 0 { return 0 }
    if distribution == .poisson {
      return GammaDistribution(shape: count).quantile(lower: tail) / n
    }
    return BetaDistribution(count, n - count + 1).quantile(lower: tail)
  }
}

/// Limits of the number of erroneous items in a finite population.
struct HypergeometricLimits: Sendable {
  let population: Int
  let sample: Int
  let risk: Rational

  /// The largest K with P(X ≤ errors | K) above the risk.
  func upper(_ errors: Int, from start: Int = 0) -> Int {
    let most = population - (sample - errors)
    return CountSearch.smallest(max(errors, start), most) { erroneous in
      erroneous == most || isRejected(erroneous + 1, atMost: errors)
    }
  }

  /// The smallest K with P(X ≥ errors | K) above the risk.
  func lower(_ errors: Int) -> Int {
    CountSearch.smallest(errors, population - (sample - errors)) { erroneous in
      let tail = HypergeometricTail(
        population: population, erroneous: erroneous, sample: sample)
      return !tail.isAtLeast(errors, risk: risk)
    }
  }

  private func isRejected(_ erroneous: Int, atMost errors: Int) -> Bool {
    HypergeometricTail(population: population, erroneous: erroneous, sample: sample)
      .isAtMost(errors, risk: risk)
  }
}
