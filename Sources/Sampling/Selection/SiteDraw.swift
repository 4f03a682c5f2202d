public import Exact

/// A site with what it reports of each figure.
public struct Site: Hashable, Sendable {
  /// Names the site; each key once.
  public let key: String
  /// What the site adds to each KPI, by the KPI's name; a KPI left out counts as zero.
  public let totals: [String: ExactDecimal]

  /// A site.
  public init(key: String, totals: [String: ExactDecimal]) {
    self.key = key
    self.totals = totals
  }
}

/// The first of two stages: which sites, and how much of each KPI lies in them.
///
/// Sites named, and sites with a large share of any KPI, are certain; the others are drawn by
/// ticket, so that sites added later do not disturb the rest. The second stage draws records within
/// each site, by ticket too; ``TwoStageEstimate`` evaluates. Source: Cochran, Sampling techniques
/// (1977), chapter 11; tickets from Rivest (2018).
public struct SiteDraw: Hashable, Sendable {
  /// How much of one KPI lies in the sites visited.
  public struct Coverage: Hashable, Sendable {
    /// The KPI's name.
    public let kpi: String
    /// The total of all sites.
    public let total: ExactDecimal
    /// The total of the certain sites.
    public let certain: ExactDecimal
    /// The total of the sites drawn by ticket.
    public let drawn: ExactDecimal
    /// `(certain + drawn) / total`; nil if the total is zero. A share seen, not a confidence.
    public let share: Rational?
  }

  /// Sites visited without chance, in the order given.
  public let certain: [Site]
  /// Sites drawn by ticket, the smallest ticket first.
  public let drawn: [Site]
  /// The tickets of the sites drawn.
  public let tickets: [Ticket]
  /// Sites left, in the order given.
  public let left: [Site]

  /// Sites that there were to draw from: `N` of the estimate.
  public var drawnFrom: Int { drawn.count + left.count }

  /// Draws sites.
  ///
  /// - Parameters:
  ///   - take: sites by ticket, beside the certain ones; at least 0 and at most those left.
  ///   - certain: keys of sites that are visited in any case.
  ///   - certainShare: sites with at least this share of any KPI's total are certain,
  ///     `0 < s ≤ 1`; nil for none.
  /// - Throws: ``SamplingError``: no site, a key twice, an unknown certain site, too many wanted.
  public init(
    seed: String, sites: [Site], take: Int, certain: Set<String> = [],
    certainShare: Rational? = nil
  ) throws(SamplingError) {
    guard !sites.isEmpty else { throw .emptyPopulation }
    var byKey: [String: Site] = [:]
    for site in sites where byKey.updateValue(site, forKey: site.key) != nil {
      throw .duplicateKey(site.key)
    }
    if let unknown = certain.sorted().first(where: { byKey[$0] == nil }) {
      throw .parameter("no site is called '\(unknown)'")
    }
    if let certainShare, certainShare <= .zero || certainShare > .one {
      throw .parameter("a share lies in 0 < s <= 1; it is \(certainShare)")
    }
    let large = try certainShare.map { (share) throws(SamplingError) in
      try Self.large(sites, share: share)
    }
    let isCertain = { certain.contains($0) || large?.contains($0) == true }
    let open = sites.filter { !isCertain($0.key) }
    guard take >= 0, take <= open.count else {
      throw .sampleSize("\(take) sites of \(open.count) that are not certain")
    }
    let found =
      take == 0
      ? [] : try ConsistentSample.draw(seed: seed, keys: open.map(\.key), take: take)
    let keys = Set(found.map(\.key))
    self.certain = sites.filter { isCertain($0.key) }
    drawn = found.compactMap { byKey[$0.key] }
    tickets = found.map(\.ticket)
    left = open.filter { !keys.contains($0.key) }
  }

  /// How much of each KPI lies in the sites visited, by name.
  public func coverage() throws(SamplingError) -> [Coverage] {
    let all = certain + drawn + left
    let names = Set(all.flatMap(\.totals.keys)).sorted()
    return try names.map { (kpi) throws(SamplingError) in
      let total = try Self.sum(all, kpi)
      let (fixed, found) = (try Self.sum(certain, kpi), try Self.sum(drawn, kpi))
      let seen = Rational(fixed) + Rational(found)
      return Coverage(
        kpi: kpi, total: total, certain: fixed, drawn: found, share: try? seen / Rational(total))
    }
  }

  /// The second stage: records of one site, by ticket; all if there are fewer than `take`.
  ///
  /// The ticket of a record depends on seed and its own key, which must name one record over all
  /// sites.
  /// - Throws: ``SamplingError``: no record, a key twice, `take` below 1.
  public static func records(
    seed: String, keys: [String], take: Int
  ) throws(SamplingError) -> [Drawn] {
    guard take >= 1 else { throw .sampleSize("\(take) is below 1") }
    return try ConsistentSample.draw(seed: seed, keys: keys, take: min(take, keys.count))
  }

  private static func large(
    _ sites: [Site], share: Rational
  ) throws(SamplingError) -> Set<String> {
    var large = Set<String>()
    for kpi in Set(sites.flatMap(\.totals.keys)) {
      let limit = share * Rational(try sum(sites, kpi))
      guard limit > .zero else { continue }
      for site in sites where Rational(site.totals[kpi] ?? .zero) >= limit {
        large.insert(site.key)
      }
    }
    return large
  }

  private static func sum(_ sites: [Site], _ kpi: String) throws(SamplingError) -> ExactDecimal {
    var total = ExactDecimal.zero
    for site in sites {
      total = try ModifiedSieve.Apart.sum(total, site.totals[kpi] ?? .zero)
    }
    return total
  }
}
