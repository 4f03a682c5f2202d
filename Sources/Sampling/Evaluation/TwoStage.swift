public import Exact

/// One site of a two-stage sample: what was drawn from its records.
public struct SiteSample: Hashable, Sendable {
  /// Records of the site, at least 1.
  public let records: Int
  /// The values found in the records drawn at random without replacement, `1...records` of them;
  /// a single one only if the site has no other.
  public let values: [Rational]
  /// A total known for every site, for the ratio estimate: its book value, or its records.
  public let size: Rational

  /// A site with the values of the records drawn.
  ///
  /// - Throws: ``SamplingError``: no record; more values than records; one value of several.
  public init(records: Int, values: [Rational], size: Rational) throws(SamplingError) {
    guard records >= 1 else { throw .emptyPopulation }
    guard values.count <= records, values.count >= min(2, records) else {
      throw .sampleSize("\(values.count) of \(records) records of a site; at least 2 are needed")
    }
    self.records = records
    self.values = values
    self.size = size
  }

  /// A site whose known total is its number of records.
  public init(records: Int, values: [Rational]) throws(SamplingError) {
    try self.init(records: records, values: values, size: Rational(records))
  }

  private var mean: Rational {
    values.reduce(.zero, +).divided(by: values.count)
  }

  /// The estimated total of the site, `M × mean`.
  var total: Rational { Rational(records) * mean }

  /// The estimated variance of that total, `M (M - m) s² / m`; zero if all records were seen.
  var variance: Rational {
    guard values.count < records else { return .zero }
    let mean = mean
    let squares = values.reduce(Rational.zero) { $0 + ($1 - mean) * ($1 - mean) }
    let spread = squares.divided(by: values.count - 1)
    return Rational(records * (records - values.count)).divided(by: values.count) * spread
  }
}

/// A total estimated from sites drawn at random and records drawn at random from these.
///
/// Both draws are without replacement, and both finite corrections are made. Sites taken for
/// certain stand beside the drawn ones: each counts for itself, and only its records add variance.
/// Feed audited values for an audited total, or book less audited for a misstatement.
///
/// Source: Cochran, Sampling Techniques, 3rd edition (1977), chapter 11, units of unequal size.
public struct TwoStageEstimate: Hashable, Sendable {
  /// How site totals are projected to all sites.
  public enum Estimator: String, Sendable, CaseIterable {
    /// `N/n Σ M_i × mean_i`: unbiased, as is its variance; wide if sites differ in size.
    case meanPerUnit = "mean-per-unit"
    /// `X Σ M_i mean_i / Σ x_i`: by a size known for all sites. Slightly biased with few sites;
    /// its variance is that of large samples.
    case ratio
  }

  /// The estimator used.
  public let estimator: Estimator
  /// The estimated total over all sites, exactly.
  public let total: Rational
  /// The part of the variance from the choice of sites, exactly; at least 0.
  public let betweenSites: Rational
  /// The part from the choice of records, exactly; at least 0.
  public let withinSites: Rational
  /// Sites drawn less one; if no site was left to chance, records drawn less sites. At least 1.
  public let degreesOfFreedom: Int

  /// The estimated variance of the total, exactly.
  ///
  /// `N² (1 - n/N) s_1² / n + N/n Σ M_i (M_i - m_i) s_i² / m_i`, with `s_1²` the variance of the
  /// estimated site totals, or of their deviations from the ratio.
  public var variance: Rational { betweenSites + withinSites }

  /// Half the width of the interval around the total, by Student's t.
  ///
  /// - Parameters:
  ///   - confidence: `0 < C < 1`.
  ///   - isTwoSided: whether half the risk lies on each side.
  public func precision(
    confidence: Rational, isTwoSided: Bool = true
  ) throws(SamplingError) -> Double {
    guard confidence > .zero, confidence < .one else { throw .confidence(confidence.description) }
    let risk = (Rational.one - confidence).approximate / (isTwoSided ? 2 : 1)
    let t = StudentDistribution(degreesOfFreedom: Double(degreesOfFreedom)).quantile(upper: risk)
    return t * max(0, variance.approximate).squareRoot()
  }

  /// Estimates the total.
  ///
  /// - Parameters:
  ///   - sites: how many sites there are to draw from, the certain ones not counted.
  ///   - size: the total of the known sizes over these sites; for the ratio only.
  ///   - drawn: the sites drawn, at least 2 unless all were taken.
  ///   - certain: sites taken without chance, each with its own sample of records.
  /// - Throws: ``SamplingError``: no site; more sites drawn than there are; one of several; a
  ///   ratio without the total size, or with sizes that add to zero or to more than the total.
  public static func estimate(
    _ estimator: Estimator, sites: Int, size: Rational? = nil, drawn: [SiteSample],
    certain: [SiteSample] = []
  ) throws(SamplingError) -> TwoStageEstimate {
    guard sites >= 0, !drawn.isEmpty || !certain.isEmpty else { throw .emptyPopulation }
    guard drawn.count <= sites, drawn.count >= min(2, sites) else {
      throw .sampleSize("\(drawn.count) of \(sites) sites; at least 2 are needed")
    }
    let known = certain.reduce(Rational.zero) { $0 + $1.total }
    let fixed = certain.reduce(Rational.zero) { $0 + $1.variance }
    let scale = Rational(sites).divided(by: max(1, drawn.count))
    let found = drawn.reduce(Rational.zero) { $0 + $1.total }
    var expected = Array(repeating: found.divided(by: max(1, drawn.count)), count: drawn.count)
    var projected = scale * found
    if estimator == .ratio, !drawn.isEmpty {
      let ratio = try ratio(found, drawn: drawn, sites: sites, size: size)
      expected = drawn.map { ratio.slope * $0.size }
      projected = ratio.slope * ratio.size
    }
    let squares = zip(drawn, expected).reduce(Rational.zero) { sum, pair in
      let deviation = pair.0.total - pair.1
      return sum + deviation * deviation
    }
    let between =
      scale * Rational(sites - drawn.count) * squares.divided(by: max(1, drawn.count - 1))
    let within = scale * drawn.reduce(Rational.zero) { $0 + $1.variance } + fixed
    let records = (drawn + certain).reduce(0) { $0 + $1.values.count - 1 }
    return TwoStageEstimate(
      estimator: estimator, total: projected + known, betweenSites: between, withinSites: within,
      degreesOfFreedom: max(1, drawn.count < sites ? drawn.count - 1 : records))
  }

  private static func ratio(
    _ found: Rational, drawn: [SiteSample], sites: Int, size: Rational?
  ) throws(SamplingError) -> (slope: Rational, size: Rational) {
    guard let size else {
      throw .parameter("a ratio needs the total size of all sites that could be drawn")
    }
    let sampled = drawn.reduce(Rational.zero) { $0 + $1.size }
    guard drawn.allSatisfy({ !$0.size.isNegative }), let slope = try? found / sampled else {
      throw .notApplicable("a ratio needs sites whose sizes add to more than zero")
    }
    guard sampled <= size, drawn.count < sites || sampled == size else {
      throw .parameter("the sizes of the sites drawn are \(sampled), those of all are \(size)")
    }
    return (slope, size)
  }
}
