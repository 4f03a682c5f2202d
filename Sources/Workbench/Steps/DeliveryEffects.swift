import Assurance
package import Exact
import GRDB
import Trail

/// What a re-delivery means for work that was done on the earlier version.
package struct DeliveryEffects: Sendable {
  /// A frozen population of a KPI that rests on the records replaced.
  package struct Round: Sendable {
    package let kpi: String
    package let round: Int
    package let unit: String
    package let countThen: Int
    package let sumThen: ExactDecimal
    package let countNow: Int
    package let sumNow: ExactDecimal
    /// Whether keys, values and labels are all as frozen.
    package let holds: Bool
    package let isDrawn: Bool
    package let isEvaluated: Bool
    /// Drawn items whose record is gone or differs.
    package let items: [Item]
  }

  /// A drawn item that is no longer what was drawn.
  package struct Item: Sendable {
    package let key: String
    package let then: ExactDecimal
    /// Nil if the record is no longer in the population.
    package let now: ExactDecimal?
    /// The tester's result, if there is one.
    package let result: String?
  }

  /// KPIs that rest on the records, in the policy's order.
  package let kpis: [String]
  package let rounds: [Round]
  /// Packs written before that have one of these KPIs.
  package let packs: [(name: String, digest: String)]
  /// Exceptions that were decided about and name a cell of a replaced file.
  package let decisions: [String]
}

extension Engagement {
  /// Works out what `redelivery` means for populations, draws, evaluations, packs and decisions.
  func effects(of redelivery: Redelivery) throws(AssureError) -> DeliveryEffects {
    let kpis = kpis(resting: Set(redelivery.parts.map(\.dataset)))
    var rounds: [DeliveryEffects.Round] = []
    for kpi in kpis {
      for comparison in try comparisons(of: kpi) {
        rounds.append(try round(kpi, comparison))
      }
    }
    let names = Set(kpis.map(\.name))
    let marks = Set(redelivery.parts.flatMap(\.replaced))
    return try store.read { [rounds] db in
      DeliveryEffects(
        kpis: kpis.map(\.name), rounds: rounds, packs: try Self.packs(of: names, db),
        decisions: try Self.decisions(kpis: names, on: marks, db))
    }
  }

  /// KPIs whose measure, registers, boundary or tests read one of the datasets, and what is
  /// computed of those.
  func kpis(resting datasets: Set<String>) -> [KPIDefinition] {
    var names: Set<String> = []
    for kpi in policy.kpis {
      let measured = kpi.measure.terms.map(\.dataset)
      var read = Set(measured + kpi.tests.flatMap(\.datasets))
      for dataset in measured.compactMap({ policy.dataset($0) }) {
        read.formUnion(dataset.fields.compactMap(\.register))
      }
      if let boundary = policy.boundary, !measured.isEmpty { read.insert(boundary.register) }
      if !read.isDisjoint(with: datasets) { names.insert(kpi.name) }
    }
    var known = 0
    while known < names.count {
      known = names.count
      for kpi in policy.kpis where !names.isDisjoint(with: kpi.measure.kpis) {
        names.insert(kpi.name)
      }
    }
    return policy.kpis.filter { names.contains($0.name) }
  }

  private func round(
    _ kpi: KPIDefinition, _ comparison: PopulationComparison
  ) throws(AssureError) -> DeliveryEffects.Round {
    let number = comparison.frozen.round
    let (draw, results, evaluation) = try store.read { db in
      (
        try DrawTable.facts(kpi: kpi.name, round: number, db),
        try ResultTable.facts(kpi: kpi.name, round: number, db),
        try EvaluationTable.facts(kpi: kpi.name, round: number, db)
      )
    }
    let drawn = (draw?.items ?? []).filter { comparison.touched.contains($0.key) }
    let keys = Set(drawn.map(\.key))
    let now = Dictionary(
      comparison.now.lazy.filter { keys.contains($0.key) }.map { ($0.key, $0.value) }
    ) { first, _ in first }
    return DeliveryEffects.Round(
      kpi: kpi.name, round: number, unit: kpi.unit.code, countThen: comparison.frozen.count,
      sumThen: comparison.frozen.sum, countNow: comparison.now.count,
      sumNow: try Population.sum(comparison.now), holds: comparison.standing != .differs,
      isDrawn: draw != nil, isEvaluated: evaluation != nil,
      items: drawn.map { item in
        DeliveryEffects.Item(
          key: item.key, then: item.value, now: now[item.key],
          result: results.first { $0.key == item.key }?.outcome.rawValue)
      })
  }

  /// Packs in the trail that have one of the KPIs.
  private static func packs(
    of kpis: Set<String>, _ db: Database
  ) throws -> [(name: String, digest: String)] {
    try String.fetchAll(
      db,
      sql: """
        SELECT line FROM (SELECT seq, CAST(leaf AS TEXT) AS line FROM trail_event)
        WHERE json_extract(line, '$.event') = 'pack.written' ORDER BY seq
        """
    ).compactMap { line in
      let facts = try CanonicalJSON(parsing: Array(line.utf8))["facts"]
      let names = (facts?["kpis"]?.array ?? []).compactMap(\.string)
      guard !kpis.isDisjoint(with: names) else { return nil }
      return (name: facts?["pack"]?.string ?? "", digest: facts?["digest"]?.string ?? "")
    }
  }

  /// Decided exceptions of the KPIs whose places begin with one of `places`.
  private static func decisions(
    kpis: Set<String>, on places: Set<String>, _ db: Database
  ) throws -> [String] {
    try kpis.sorted().flatMap { kpi in
      try ExceptionTable.current(kpi: kpi, db).filter { facts in
        facts.state != "open"
          && facts.exception.locators.contains { locator in
            places.contains { locator.hasPrefix($0) }
          }
      }.map(\.id)
    }
  }
}
