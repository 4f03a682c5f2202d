/// A sample size that a rule prescribes: data with its edition, and no statement of confidence.
public struct SizeRule: Sendable {
  /// How a rule goes from items to a size.
  enum Form: Sendable {
    /// Up to so many items, so many of them; nil stands for all. The last step has no end.
    case steps([(upTo: Int, size: Int)])
    /// `ceil(tenths / 10 × √x)`.
    case root(tenths: Int)
  }

  /// The name used on the command line, such as `iaf-md1-initial`.
  public let id: String
  /// The rule in words.
  public let title: String
  /// The text that prescribes it, with its clause.
  public let source: String
  /// Which edition of that text, and what of it could not be confirmed.
  public let edition: String
  /// What the rule is for, and what else it asks.
  public let limits: String
  let form: Form

  /// The prescribed size.
  ///
  /// - Parameter population: items or sites, `1...10¹²`.
  public func size(of population: Int) throws(SamplingError) -> Int {
    guard population >= 1 else { throw .emptyPopulation }
    guard population <= 1_000_000_000_000 else { throw .population("\(population) items") }
    switch form {
    case .steps(let steps):
      return min(population, steps.first { population <= $0.upTo }?.size ?? population)
    case .root(let tenths):
      // ceil(f √x / 10) is the smallest m with (10 m)² ≥ f² x, in whole numbers.
      let bound = tenths * tenths * population
      return CountSearch.smallest(1, 1_000_001) { 100 * $0 * $0 >= bound }
    }
  }

  /// The rule of that name.
  public static func named(_ id: String) throws(SamplingError) -> SizeRule {
    guard let rule = all.first(where: { $0.id == id }) else {
      throw .parameter(
        "no rule is called '\(id)'; there are \(all.map(\.id).joined(separator: ", "))")
    }
    return rule
  }

  /// Every rule.
  public static let all: [SizeRule] =
    [
      SizeRule(
        id: "40cfr80.127", title: "1-25 items: at most 19; 26-40: 20; 41-65: 25; more: 29",
        source: "40 CFR 80.127(b)(1), attest engagements under the US fuels programme",
        edition: """
          text before part 80 was superseded by part 1090 (2020); that part 1090 keeps the table \
          is not confirmed
          """,
        limits: "a legal minimum; at few items it is larger, at many smaller than the exact size",
        form: .steps([(25, 19), (40, 20), (65, 25), (.max, 29)]))
    ] + sites

  private static let sites: [SizeRule] = [
    ("initial", 10), ("surveillance", 6), ("recertification", 8),
  ]
  .map { audit, tenths in
    SizeRule(
      id: "iaf-md1-\(audit)", title: "ceil(\(tenths == 10 ? "" : "0.\(tenths) × ")√x) sites",
      source: "IAF MD 1, clause 6.1",
      edition: """
        factors as in EA's answer 46.5 (March 2023) and BSI AudS 4.3.1; the issue of IAF MD 1 \
        itself was not read
        """,
      limits: """
        a rule for management systems; the central function is always added, and at least a \
        quarter of the sites is drawn at random
        """,
      form: .root(tenths: tenths))
  }
}

/// The rules by name, for those who know which they want.
public enum StatutorySizes {
  /// 40 CFR 80.127(b)(1): attest engagements under the fuels programme.
  ///
  /// 1-25 items: the smaller of all and 19; 26-40: 20; 41-65: 25; 66 or more: 29.
  /// - Parameter population: number of items, at least 1.
  public static func attestEngagement(population: Int) throws(SamplingError) -> Int {
    try SizeRule.named("40cfr80.127").size(of: population)
  }

  /// The kind of audit under the site rule.
  public enum SiteAudit: String, Sendable, CaseIterable {
    case initial, surveillance, recertification
  }

  /// IAF MD 1, clause 6.1: `ceil(√x)` sites, × 0.6 in surveillance, × 0.8 in recertification; the
  /// central function is always added, and at least a quarter is drawn at random.
  ///
  /// A rule for management systems, not a confidence statement.
  /// - Parameter sites: at least 1.
  public static func sites(_ sites: Int, audit: SiteAudit) throws(SamplingError) -> Int {
    try SizeRule.named("iaf-md1-\(audit.rawValue)").size(of: sites)
  }

  /// At least a quarter of the sites of a draw are to be drawn at random, IAF MD 1, 6.1.
  public static func randomSites(of drawn: Int) -> Int { (drawn + 3) / 4 }
}
