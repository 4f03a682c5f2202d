package import Assurance
import Exact

/// A KPI's records with their standing, read once for all that is done with them.
struct KPIRecords {
  let kpi: KPIDefinition
  let terms: [(term: MeasureTerm, records: DatasetRecords)]
  /// The registers that the terms' fields name.
  let registers: [DatasetRecords]
  let sitesInBoundary: Set<String>?

  var all: [String: DatasetRecords] {
    var all: [String: DatasetRecords] = [:]
    for records in terms.map(\.records) + registers { all[records.definition.name] = records }
    return all
  }

  func items() throws(AssureError) -> [PopulationItem] {
    try Population.items(kpi: kpi, terms: terms)
  }
}

extension Engagement {
  /// Reads the records of a KPI's terms, of the registers that these name, of the boundary's and of
  /// datasets that its tests name.
  ///
  /// - Parameter shelf: what was read for other KPIs; nil if nothing is to be kept.
  func records(
    of kpi: KPIDefinition, _ shelf: RecordShelf? = nil
  ) throws(AssureError) -> KPIRecords {
    let query = RecordQuery(store: store, policy: policy, shelf: shelf)
    let blame = place(of: kpi)
    var terms: [(term: MeasureTerm, records: DatasetRecords)] = []
    for term in kpi.measure.terms {
      guard let dataset = policy.dataset(term.dataset) else { continue }
      let rows = try query.rows(of: dataset, term: term, period: settings.period, blame: blame)
      terms.append((term, records(rows, of: dataset, summed: term.field)))
    }
    let measured = Set(kpi.measure.terms.map(\.dataset))
    var registers: [DatasetRecords] = []
    for name in datasets(of: kpi).subtracting(measured).sorted() {
      guard let dataset = policy.dataset(name) else {
        throw AssureError(
          "policy-unknown-dataset", place: blame,
          "a test names the dataset `\(name)`, which is not declared",
          remedy: "one of: \(policy.datasets.map(\.name).joined(separator: ", "))")
      }
      let rows = try query.rows(of: dataset, term: nil, period: settings.period, blame: blame)
      registers.append(records(rows, of: dataset, summed: nil))
    }
    return KPIRecords(
      kpi: kpi, terms: terms, registers: registers, sitesInBoundary: try query.sitesInBoundary())
  }

  /// The datasets of a KPI's measure and tests, the registers that these name, and the boundary's.
  func datasets(of kpi: KPIDefinition) -> Set<String> {
    let own = Set(kpi.measure.terms.map(\.dataset) + kpi.tests.flatMap(\.datasets))
    var all = own.union([policy.boundary?.register].compactMap { $0 })
    for name in own { all.formUnion(policy.dataset(name)?.fields.compactMap(\.register) ?? []) }
    return all
  }

  /// The file that declares a KPI, as seen from the engagement's folder.
  func place(of kpi: KPIDefinition) -> String {
    "policies/\(settings.policies)/" + (policy.kpiFiles[kpi.name] ?? "kpis/\(kpi.name).yaml")
  }

  private func records(
    _ rows: [RecordQuery.Row], of dataset: DatasetDefinition, summed: String?
  ) -> DatasetRecords {
    DatasetRecords(
      definition: dataset, records: rows.map(\.record), isInPopulation: rows.map(\.isInPopulation),
      passesFilter: rows.map(\.passesFilter), summedField: summed)
  }

  /// The figures of KPIs and of all that they rest on, by name; those without records are left out.
  ///
  /// - Parameter factorSet: a set that stands in for all others of its quantities, for the question
  ///   what it would change; nil for the policy's own.
  package func figures(
    of kpis: [KPIDefinition], factorSet: String? = nil
  ) throws(AssureError) -> [String: ComputedFigure] {
    try recalculation(of: kpis, factorSet: factorSet, withRest: false).figures
  }

  /// The figures, and what their records add up to, counted or not.
  ///
  /// Each dataset is read once, however many KPIs draw on it.
  ///
  /// - Parameters:
  ///   - withRest: whether what is not counted is added up, too.
  ///   - period: nil for the engagement's own.
  ///   - other: the same policy with other measures; nil for the engagement's own.
  func recalculation(
    of kpis: [KPIDefinition], factorSet: String? = nil, withRest: Bool, in period: Period? = nil,
    by other: PolicySet? = nil
  ) throws(AssureError) -> Recalculation {
    let policy = other ?? self.policy
    let period = period ?? settings.period
    var substitute: FactorSet?
    if let factorSet {
      guard let set = policy.factorSet(factorSet) else {
        throw AssureError(
          "unknown-factors", place: "--what-if \(factorSet)", "there is no such factor set",
          remedy: "one of: \(policy.factorSets.map(\.name).joined(separator: ", "))")
      }
      substitute = set
    }
    var wanted = kpis
    var seen = Set(kpis.map(\.name))
    var index = 0
    while index < wanted.count {
      wanted += wanted[index].measure.kpis.filter { seen.insert($0).inserted }
        .compactMap { policy.kpi($0) }
      index += 1
    }
    let pass = AggregatePass(store: store, blame: "policies/\(settings.policies)/kpis")
    var results: [AggregateResult] = []
    let plans = try AggregationPlan.plans(
      for: wanted, of: policy, period: period, withRest: withRest)
    for plan in plans {
      results += try pass.run(plan)
    }
    let calculator = FigureCalculator(
      policy: policy, period: period, results: results, reported: reported,
      substitute: substitute)
    var figures: [String: ComputedFigure] = [:]
    for kpi in wanted {
      do { figures[kpi.name] = try calculator.figure(kpi) } catch {
        // One figure without a denominator does not stop the rest.
        guard error.code == "division-by-zero" else { throw error }
      }
    }
    return Recalculation(figures: figures, parts: results)
  }
}

/// Figures, with what they were made of.
struct Recalculation {
  let figures: [String: ComputedFigure]
  let parts: [AggregateResult]

  /// What one term's records add up to; nil if there are none.
  func part(_ part: MeasurePart, of kpi: KPIDefinition, term: Int) -> AggregateResult? {
    parts.first { $0.kpi == kpi.name && $0.term == term && $0.part == part }
  }

  /// All records of a term's dataset, counted or not, and the sum of its field; nil where the pass
  /// did not add up what is not counted.
  func whole(of kpi: KPIDefinition, term: Int) -> (count: Int, sum: Rational)? {
    let own = parts.filter { $0.kpi == kpi.name && $0.term == term }
    guard own.contains(where: { $0.part != .counted }) else { return nil }
    return (
      own.reduce(0) { $0 + $1.count },
      own.flatMap(\.groups).reduce(.zero) { $0 + Rational($1.sum) }
    )
  }
}
