/// Sizes that a rule prescribes. None is a statement of confidence: label them as what they are.
public enum StatutorySizes {
  /// 40 CFR 80.127(b)(1): attest engagements under the fuels programme.
  ///
  /// 1-25 items: the smaller of all and 19; 26-40: 20; 41-65: 25; 66 or more: 29.
  /// - Parameter population: number of items, at least 1.
  public static func attestEngagement(population: Int) throws(SamplingError) -> Int {
    guard population >= 1 else { throw .emptyPopulation }
    return switch population {
    case ...25: min(population, 19)
    case ...40: 20
    case ...65: 25
    default: 29
    }
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
    guard sites >= 1 else { throw .emptyPopulation }
    guard sites <= 1_000_000_000_000 else { throw .population("\(sites) sites") }
    let tenths =
      switch audit {
      case .initial: 10
      case .surveillance: 6
      case .recertification: 8
      }
    // ceil(f √x / 10) is the smallest m with (10 m)² ≥ f² x, in whole numbers.
    let bound = tenths * tenths * sites
    return CountSearch.smallest(1, 1_000_001) { 100 * $0 * $0 >= bound }
  }

  /// At least a quarter of the sites of a draw are to be drawn at random, IAF MD 1, 6.1.
  public static func randomSites(of drawn: Int) -> Int { (drawn + 3) / 4 }
}
