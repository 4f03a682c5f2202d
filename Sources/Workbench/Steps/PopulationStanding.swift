import Assurance
import Exact

/// A frozen population set against what the records give now.
struct PopulationComparison {
  /// How far the two agree.
  enum Standing {
    /// The same bytes, places included.
    case same
    /// The same keys, values and labels, at other places: a file was sent again, and what is in
    /// this population did not change.
    case otherPlaces
    case differs
  }

  let frozen: PopulationFacts
  let now: [PopulationItem]
  let standing: Standing
  /// Keys that are in one of them only, or whose value or labels differ.
  let touched: Set<String>

  init(frozen: PopulationFacts, now: [PopulationItem], unit: String) {
    self.frozen = frozen
    self.now = now
    guard frozen.digest != PopulationTable.digest(now, unit: unit) else {
      (standing, touched) = (.same, [])
      return
    }
    var before = Dictionary(frozen.items.map { ($0.key, $0) }) { first, _ in first }
    var touched: Set<String> = []
    for item in now {
      let isSame = before.removeValue(forKey: item.key).map { Self.same($0, item) } ?? false
      if !isSame { touched.insert(item.key) }
    }
    touched.formUnion(before.keys)
    self.touched = touched
    standing = touched.isEmpty ? .otherPlaces : .differs
  }

  private static func same(_ a: PopulationItem, _ b: PopulationItem) -> Bool {
    a.value == b.value && a.labels.elementsEqual(b.labels) { $0 == $1 }
  }
}

extension Engagement {
  /// Each frozen population of a KPI against the records of now, by round.
  func comparisons(of kpi: KPIDefinition) throws(AssureError) -> [PopulationComparison] {
    let last = try lastRound(kpi.name)
    guard last > 0 else { return [] }
    let items = try records(of: kpi).items()
    return try store.read { db in
      try (1...last).compactMap { round in
        try PopulationTable.facts(kpi: kpi.name, round: round, db).map {
          PopulationComparison(frozen: $0, now: items, unit: kpi.unit.code)
        }
      }
    }
  }

  /// Checks that the population is still what was frozen, and gives it as it was frozen.
  ///
  /// A file that was sent again with the same records changes their places and nothing else; what
  /// was planned, drawn and tested holds.
  ///
  /// - Throws: `population-changed` with what moved.
  func requireUnchanged(_ kpi: KPIDefinition, round: Int) throws(AssureError) -> [PopulationItem] {
    let items = try records(of: kpi).items()
    let frozen = try store.read { try PopulationTable.facts(kpi: kpi.name, round: round, $0) }
    if let frozen {
      let comparison = PopulationComparison(frozen: frozen, now: items, unit: kpi.unit.code)
      if comparison.standing != .differs { return frozen.items }
    }
    let sum = try Population.sum(items)
    throw AssureError(
      "population-changed", place: "\(kpi.name) round \(round)",
      """
      the population has changed since it was frozen: \(frozen?.count ?? 0) items, sum \
      \(frozen?.sum.description ?? "none") then; \(items.count) items, sum \(sum) now
      """,
      remedy:
        "plan a further round with `assure plan --kpi \(kpi.name) --round \(round + 1)`; "
        + "round \(round) stays as it is"
    )
  }
}
