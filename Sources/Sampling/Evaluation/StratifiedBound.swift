public import Exact

/// One stratum of a quantity: what was drawn from it by size, and what was examined in full.
public struct QuantityStratum: Hashable, Sendable {
  /// What the stratum is called.
  public let name: String
  /// The total of the items that were left to chance, at least 0.
  public let total: Rational
  /// Hits in these items; 0 only if the total is 0.
  public let size: Int
  /// The non-zero taints of the hits.
  public let taints: [Rational]
  /// The misstatement of the items that were examined without chance, in full: key items.
  public let known: Rational

  /// - Throws: ``SamplingError``: a negative total; a total that no hit stands for; more taints
  ///   than hits.
  public init(
    name: String, total: Rational, size: Int, taints: [Rational], known: Rational = .zero
  ) throws(SamplingError) {
    guard !total.isNegative else { throw .population("\(name): a total of \(total) is below 0") }
    guard size >= 1 || (total.isZero && size == 0) else {
      throw .sampleSize("\(name): \(size) hits for a total of \(total)")
    }
    guard taints.count <= size else { throw .errors(taints.count, sample: size) }
    self.name = name
    self.total = total
    self.size = size
    self.taints = taints
    self.known = known
  }
}

/// Misstatement over several strata, each with its own interval: projected one by one and bounded
/// together.
///
/// The risk is shared equally among the strata left to chance (Bonferroni, 1936), so that all their
/// bounds hold at once, and their sum does, at the confidence asked for, whatever the strata are.
/// That is safe and wide; key items add what they are misstated by and no risk. Source of the
/// projection: AICPA Audit Guide Audit Sampling (2017), chapter 6, stratum by stratum.
public struct StratifiedBound: Hashable, Sendable {
  /// What one stratum shows, in the unit of its total.
  public struct Part: Hashable, Sendable {
    /// The stratum's name.
    public let name: String
    /// Key items in full and the interval times the sum of taints.
    public let projected: Rational
    /// The stratum's bound at the shared risk, key items included.
    public let upper: Double
  }

  /// The strata, in the order given.
  public let parts: [Part]
  /// The sum of the projections: the most likely misstatement.
  public let projected: Rational
  /// The sum of the bounds, at the confidence asked for.
  public let upper: Double
  /// The confidence of each stratum's bound: `1 - (1 - C) / L`.
  public let confidenceOfEach: Rational

  /// What the bound adds to the projection.
  public var precision: Double { upper - projected.approximate }

  /// Projects and bounds.
  ///
  /// - Parameters:
  ///   - confidence: `0 < C < 1`, of the sum.
  ///   - side: over or under; key items count with their sign for over, against it for under.
  /// - Throws: ``SamplingError``: no stratum, or what the method refuses in one of them.
  public static func bound(
    _ method: QuantityMethod, strata: [QuantityStratum], confidence: Rational,
    side: MisstatementSide = .over, policy: TaintPolicy = .refuse
  ) throws(SamplingError) -> StratifiedBound {
    guard confidence > .zero, confidence < .one else { throw .confidence(confidence.description) }
    guard !strata.isEmpty else { throw .emptyPopulation }
    guard side != .twoSided else {
      throw .notApplicable("strata are bounded in one direction: over or under")
    }
    let chances = strata.count { $0.size > 0 }
    let each = Rational.one - (Rational.one - confidence).divided(by: max(1, chances))
    var parts: [Part] = []
    for stratum in strata {
      let known = side == .under ? -stratum.known : stratum.known
      guard stratum.size > 0 else {
        parts.append(Part(name: stratum.name, projected: known, upper: known.approximate))
        continue
      }
      let units = Int(exactly: stratum.total.ceiling).map { max($0, stratum.size) }
      let bound = try method.bound(
        TaintSample(
          confidence: each, size: stratum.size, taints: stratum.taints, side: side,
          populationUnits: units, policy: policy))
      parts.append(
        Part(
          name: stratum.name, projected: known + stratum.total * bound.mostLikelyRate,
          upper: known.approximate + stratum.total.approximate * bound.upperRate))
    }
    return StratifiedBound(
      parts: parts, projected: parts.reduce(.zero) { $0 + $1.projected },
      upper: parts.reduce(0) { $0 + $1.upper }, confidenceOfEach: each)
  }
}
