import Exact
import Sampling
import Testing

/// The slow reference: every sample that a tiny population has, each with its probability.
@Suite("two stages, sites then records")
struct TwoStageTests {
  /// A site's records, and how many of them are drawn.
  struct Site {
    let values: [Int]
    let take: Int

    /// Every sample of the site, all equally probable.
    func samples(size: Rational? = nil) throws -> [SiteSample] {
      try TwoStageTests.subsets(values, take).map { chosen in
        try SiteSample(
          records: values.count, values: chosen.map { Rational($0) },
          size: size ?? Rational(values.count))
      }
    }

    var total: Rational { Rational(values.reduce(0, +)) }
  }

  static let unequal = [
    Site(values: [3, 8, 1, 12], take: 2), Site(values: [5, 7, 40], take: 2),
    Site(values: [9], take: 1), Site(values: [2, 2, 6, -4], take: 3),
  ]
  static let equal = [
    Site(values: [1, 4, 9], take: 2), Site(values: [2, 2, 30], take: 2),
    Site(values: [7, 0, 5], take: 2), Site(values: [3, 8, 8], take: 2),
  ]

  static func subsets<Element>(_ elements: [Element], _ count: Int) -> [[Element]] {
    guard count > 0 else { return [[]] }
    guard elements.count >= count else { return [] }
    let rest = Array(elements.dropFirst())
    return subsets(rest, count - 1).map { [elements[0]] + $0 } + subsets(rest, count)
  }

  /// One sample from each site, in every combination.
  static func combinations(_ sites: [Site]) throws -> [[SiteSample]] {
    try sites.reduce([[]]) { sofar, site in
      let samples = try site.samples()
      return sofar.flatMap { chosen in samples.map { chosen + [$0] } }
    }
  }

  /// Over all samples: the mean estimate is the total, and the mean estimated variance is the
  /// mean squared distance from it; exactly.
  @Test(arguments: [2, 3, 4], [false, true])
  func unbiased(drawn count: Int, withCertain: Bool) throws {
    let certain = withCertain ? [Site(values: [100, 130, 90], take: 2)] : []
    let truth = (Self.unequal + certain).reduce(Rational.zero) { $0 + $1.total }
    let choices = Self.subsets(Self.unequal, count)
    var mean = Rational.zero
    var variance = Rational.zero
    var squares = Rational.zero
    for sites in choices {
      let samples = try Self.combinations(sites + certain)
      let chance = try Rational(1) / Rational(choices.count * samples.count)
      for sample in samples {
        let estimate = try TwoStageEstimate.estimate(
          .meanPerUnit, sites: Self.unequal.count, drawn: Array(sample.prefix(count)),
          certain: Array(sample.dropFirst(count)))
        let distance = estimate.total - truth
        mean = mean + chance * estimate.total
        variance = variance + chance * estimate.variance
        squares = squares + chance * distance * distance
      }
    }
    #expect(mean == truth)
    #expect(variance == squares)
  }

  @Test("sites of equal size: the ratio to size is the mean per unit, sample by sample")
  func equalSizes() throws {
    for sites in Self.subsets(Self.equal, 2) {
      for sample in try Self.combinations(sites) {
        let plain = try TwoStageEstimate.estimate(.meanPerUnit, sites: 4, drawn: sample)
        let ratio = try TwoStageEstimate.estimate(
          .ratio, sites: 4, size: Rational(12), drawn: sample)
        #expect(plain.total == ratio.total)
        #expect(plain.variance == ratio.variance)
        #expect(plain.degreesOfFreedom == 1)
      }
    }
  }

  @Test("sizes in proportion to the totals, all records seen: the ratio is the truth itself")
  func proportional() throws {
    let truth = Self.equal.reduce(Rational.zero) { $0 + $1.total }
    for sites in Self.subsets(Self.equal, 2) {
      let drawn = try sites.map { site in
        try SiteSample(
          records: 3, values: site.values.map { Rational($0) }, size: site.total * Rational(7))
      }
      let ratio = try TwoStageEstimate.estimate(
        .ratio, sites: 4, size: truth * Rational(7), drawn: drawn)
      #expect(ratio.total == truth)
      #expect(ratio.variance == .zero)
      #expect(try ratio.precision(confidence: fraction("0.9")) == 0)
    }
  }

  @Test("what can't be estimated is refused")
  func refusals() throws {
    let site = try SiteSample(records: 3, values: [.one, .zero])
    #expect(throws: SamplingError.self) { try SiteSample(records: 3, values: [.one]) }
    #expect(throws: SamplingError.self) { try SiteSample(records: 1, values: [.one, .one]) }
    #expect(throws: SamplingError.self) { try SiteSample(records: 0, values: []) }
    for (estimator, sites, drawn) in [
      (TwoStageEstimate.Estimator.meanPerUnit, 0, []), (.meanPerUnit, 5, [site]),
      (.meanPerUnit, 1, [site, site]), (.ratio, 4, [site, site]),
    ] {
      #expect(throws: SamplingError.self) {
        try TwoStageEstimate.estimate(estimator, sites: sites, drawn: drawn)
      }
    }
    #expect(throws: SamplingError.self) {
      try TwoStageEstimate.estimate(.ratio, sites: 4, size: Rational(5), drawn: [site, site])
    }
    let all = try TwoStageEstimate.estimate(.meanPerUnit, sites: 2, drawn: [site, site])
    #expect(throws: SamplingError.self) { try all.precision(confidence: .one) }
  }
}
