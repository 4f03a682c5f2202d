import Assurance
import Exact
import GRDB

extension EvaluationFacts {
  /// Whether results came in since; results are never removed, so their number tells.
  func isOlder(than results: [ResultFacts]) -> Bool { tested + replaced != results.count }
}

extension Engagement {
  /// Everything about one KPI, from the store and the records.
  func workpaper(_ kpi: KPIDefinition) throws(AssureError) -> Workpaper {
    var paper = Workpaper(kpi: facts(of: kpi))
    paper.evidence = try workflow().evidence(of: kpi.name)
    paper.reconciliation = try reconciliation(of: kpi)
    guard kpi.measure.hasPopulation else {
      paper.exceptions = try exceptions(kpis: [kpi.name])
      return paper
    }
    let records = try records(of: kpi)
    let context = TestContext(
      kpi: kpi, period: settings.period, datasets: records.all,
      sitesInBoundary: records.sitesInBoundary, boundaryRegister: policy.boundary?.register)
    let items = try records.items()
    let round = try lastRound(kpi.name)
    // A pack shows one state: the records, and a sample of these records.
    if round > 0 { _ = try requireUnchanged(kpi, round: round) }
    paper.byMonth = try byMonth(items, kpi: kpi)
    paper.bySubject = try bySubject(items, kpi: kpi)
    if kpi.tests.contains(where: { $0 is SiteMonthGrid }) {
      paper.grid = SiteMonthGrid.grid(context)
    }
    let state = try store.read { db in
      (
        try PopulationTable.facts(kpi: kpi.name, round: round, db),
        try PlanTable.facts(kpi: kpi.name, round: round, db),
        try DrawTable.facts(kpi: kpi.name, round: round, db),
        try ResultTable.facts(kpi: kpi.name, round: round, db),
        try EvaluationTable.facts(kpi: kpi.name, round: round, db),
        try ExceptionTable.current(kpi: kpi.name, db)
      )
    }
    (paper.population, paper.plan, paper.draw, paper.results, paper.evaluation, paper.exceptions) =
      state
    return paper
  }

  private func facts(of kpi: KPIDefinition) -> KPIFacts {
    let measure: [String] =
      switch kpi.measure {
      case .sum(let terms):
        terms.map {
          "sum of \($0.field ?? "") in \($0.dataset) by \($0.date), where \($0.filter ?? "all")"
        }
      case .count(let terms):
        terms.map {
          "number of records in \($0.dataset) by \($0.date), where \($0.filter ?? "all")"
        }
      case .distinct(let terms):
        terms.map {
          "number of different \($0.field ?? "") in \($0.dataset) by \($0.date), where "
            + ($0.filter ?? "all")
        }
      case .ratio(let top, let bottom): ["\(top) divided by \(bottom)"]
      case .formula: ["arithmetic over " + kpi.measure.kpis.joined(separator: ", ")]
      case .stated: ["as stated in reported.csv, not recalculated"]
      }
    return KPIFacts(
      name: kpi.name, titles: kpi.titles, unit: kpi.unit.code, decimals: kpi.decimals,
      kind: kpi.kind.rawValue, status: kpi.status.rawValue, measure: measure,
      criteria: kpi.criteria.compactMap { id in
        policy.criteria.first { $0.id == id }.map { ($0.id, $0.text, $0.source) }
      })
  }

  /// The field that gives a role's value among an item's labels, by its dataset.
  private func label(_ item: PopulationItem, _ field: String?) -> String? {
    item.labels.first { $0.field == field }?.value
  }

  private func term(of item: PopulationItem, kpi: KPIDefinition) -> MeasureTerm? {
    kpi.measure.terms.first { item.key.hasPrefix($0.dataset + "/") }
  }

  /// Totals by the month of the day that takes the record into the period; every month is there.
  private func byMonth(
    _ items: [PopulationItem], kpi: KPIDefinition
  ) throws(AssureError) -> [(month: String, total: ExactDecimal)] {
    var totals: [String: ExactDecimal] = [:]
    for item in items {
      let month = String((label(item, term(of: item, kpi: kpi)?.date) ?? "").prefix(7))
      totals[month] = try added(totals[month], item)
    }
    return settings.period.months.map { ($0.description, totals[$0.description] ?? .zero) }
  }

  /// Totals by site, largest first.
  private func bySubject(
    _ items: [PopulationItem], kpi: KPIDefinition
  ) throws(AssureError) -> [(subject: String, total: ExactDecimal)] {
    var totals: [String: ExactDecimal] = [:]
    for item in items {
      let dataset = term(of: item, kpi: kpi).flatMap { policy.dataset($0.dataset) }
      let subject = label(item, dataset?.roles[.site]) ?? "no subject"
      totals[subject] = try added(totals[subject], item)
    }
    return totals.sorted { a, b in
      a.value != b.value ? a.value > b.value : a.key.utf8.lexicographicallyPrecedes(b.key.utf8)
    }.map { ($0.key, $0.value) }
  }

  private func added(
    _ total: ExactDecimal?, _ item: PopulationItem
  ) throws(AssureError) -> ExactDecimal {
    guard let sum = try? (total ?? .zero) + item.value else {
      throw AssureError("overflow", place: item.locator, ExactError.overflow.description)
    }
    return sum
  }
}
