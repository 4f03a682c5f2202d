package import Assurance
package import Exact

/// A figure of this period and of the one before, on the sites that were in both whole periods.
package struct LikeForLike: Sendable {
  package struct Series: Sendable {
    package let kpi: KPIDefinition
    /// Of comparable sites; nil where no record of the period counts.
    package let before: Rational?
    package let now: Rational?
    /// Of all sites.
    package let allBefore: Rational?
    package let allNow: Rational?
    /// How many comparable sites have records that count, before and now.
    package let sites: (before: Int, now: Int)
    /// The earlier figure as the report restates it; nil if it does not.
    package let restated: Restatement?

    /// From before to now on comparable sites, in percent; nil without a figure to count from.
    package var change: Rational? {
      guard let before, let now else { return nil }
      return (try? (now - before) / before.magnitude).map { $0 * Rational(100) }
    }
  }

  package let before: Period
  package let now: Period
  package let register: String
  /// Rows of the register inside the boundary at any time of the two periods that are comparable.
  package let comparable: [String]
  /// The others, with why they are not.
  package let others: [(site: String, reason: String)]
  package let series: [Series]
  /// Figures that have no such series, with why.
  package let without: [(kpi: String, reason: String)]
}

extension Engagement {
  /// Sets figures of this period against those of a year before, like for like; writes nothing.
  ///
  /// Both years are computed with the policy's factors, so that what changes is what was used and
  /// not what a unit of it emits.
  ///
  /// - Parameter name: one KPI; nil for all that are printed or have records here.
  /// - Throws: `no-boundary`; `no-series` if the KPI named does not rest on records of sites.
  package func likeForLike(kpi name: String?) throws(AssureError) -> LikeForLike {
    guard let before = ComparableSites.before(settings.period) else {
      throw AssureError(
        "no-boundary", place: "engagement.yaml", "there is no period a year before",
        remedy: "correct `period:`")
    }
    let sites = try ComparableSites(policy: policy, from: before.first, to: settings.period.last)
    var asked: [KPIDefinition] = []
    var without: [(kpi: String, reason: String)] = []
    let candidates: [KPIDefinition]
    if let name {
      candidates = [try kpi(abbreviated: name)]
    } else {
      candidates = try inScope().map(\.kpi).filter { $0.status != .supporting }
    }
    for kpi in candidates {
      guard let problem = sites.problem(kpi, in: policy) else {
        asked.append(kpi)
        continue
      }
      guard name == nil else {
        throw AssureError(
          "no-series", place: kpi.name, "`\(kpi.name)` has no series like for like: \(problem)",
          remedy: "ask for a figure whose records name a site")
      }
      without.append((kpi.name, problem))
    }
    let (comparable, others) = try compared(sites, before)
    return LikeForLike(
      before: before, now: settings.period, register: sites.register, comparable: comparable,
      others: others, series: try series(asked, sites, before), without: without)
  }

  private func series(
    _ kpis: [KPIDefinition], _ sites: ComparableSites, _ before: Period
  ) throws(AssureError) -> [LikeForLike.Series] {
    let narrow = sites.narrowing(policy)
    let own = kpis.compactMap { narrow.kpi($0.name) }
    let all = (
      before: try recalculation(of: kpis, withRest: false, in: before),
      now: try recalculation(of: kpis, withRest: false)
    )
    let like = (
      before: try recalculation(of: own, withRest: false, in: before, by: narrow),
      now: try recalculation(of: own, withRest: false, by: narrow)
    )
    let restatements = try statements().restatements
    let year = before.last.civil.year
    var series: [LikeForLike.Series] = []
    for kpi in kpis {
      series.append(
        LikeForLike.Series(
          kpi: kpi, before: like.before.point(of: kpi, policy),
          now: like.now.point(of: kpi, policy),
          allBefore: all.before.point(of: kpi, policy), allNow: all.now.point(of: kpi, policy),
          sites: (
            try count(of: kpi, sites, before, narrow),
            try count(of: kpi, sites, settings.period, narrow)
          ),
          restated: restatements.first { $0.kpi == kpi.name && $0.year == year }))
    }
    return series
  }

  /// The rows of the register that were in the boundary in either period, by whether they are
  /// comparable.
  private func compared(
    _ sites: ComparableSites, _ before: Period
  ) throws(AssureError) -> (comparable: [String], others: [(site: String, reason: String)]) {
    let query = RecordQuery(store: store, policy: policy)
    guard let register = policy.dataset(sites.register) else { return ([], []) }
    let rows = try query.rows(
      of: register, term: nil, period: settings.period, blame: "policy.yaml (boundary)")
    let inside = try query.sitesInBoundary()
    var comparable: [String] = []
    var others: [(site: String, reason: String)] = []
    // The latest row of a site is the one that figures join.
    let latest = Dictionary(rows.map { ($0.record.key, $0.record) }, uniquingKeysWith: { $1 })
    for (key, record) in latest.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) })
    where inside?.contains(key) ?? true {
      let (opened, closed) = (
        register.index(of: .opened).flatMap { record.values[$0]?.day },
        register.index(of: .closed).flatMap { record.values[$0]?.day }
      )
      let isGone = closed.map { $0 < before.first } ?? false
      let isYet = opened.map { $0 > settings.period.last } ?? false
      if let reason = sites.reason(opened: opened, closed: closed) {
        if !isGone, !isYet { others.append((key, reason)) }
      } else {
        comparable.append(key)
      }
    }
    return (comparable, others)
  }

  /// How many comparable sites a figure's counted records name.
  private func count(
    of kpi: KPIDefinition, _ sites: ComparableSites, _ period: Period, _ narrow: PolicySet
  ) throws(AssureError) -> Int {
    var names: Set<String> = []
    var pending = [kpi.name]
    var seen: Set<String> = []
    while let name = pending.popLast() {
      guard seen.insert(name).inserted, let part = narrow.kpi(name) else { continue }
      pending += part.measure.kpis
      for term in part.measure.terms {
        names.formUnion(
          try RecordQuery(store: store, policy: narrow).names(
            of: sites.register, term: term, period: period, blame: place(of: part)))
      }
    }
    return names.count
  }
}

extension Recalculation {
  /// A figure; nil where none of the records that it rests on counts.
  fileprivate func point(of kpi: KPIDefinition, _ policy: PolicySet) -> Rational? {
    hasRecords(kpi, policy) ? figures[kpi.name]?.point : nil
  }

  private func hasRecords(_ kpi: KPIDefinition, _ policy: PolicySet) -> Bool {
    let own = kpi.measure.terms.indices.contains {
      (part(.counted, of: kpi, term: $0)?.count ?? 0) > 0
    }
    return own
      || kpi.measure.kpis.contains { policy.kpi($0).map { hasRecords($0, policy) } ?? false }
  }
}
