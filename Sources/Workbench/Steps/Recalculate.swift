import Assurance
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
  /// Reads the records of a KPI's terms and registers, and of datasets that its tests name.
  func records(of kpi: KPIDefinition) throws(AssureError) -> KPIRecords {
    let query = RecordQuery(store: store, policy: policy)
    let blame = "policies/\(settings.policies)/kpis/\(kpi.name).yaml"
    var terms: [(term: MeasureTerm, records: DatasetRecords)] = []
    for term in kpi.measure.terms {
      guard let dataset = policy.dataset(term.dataset) else { continue }
      let rows = try query.rows(of: dataset, term: term, period: settings.period, blame: blame)
      terms.append((term, records(rows, of: dataset, summed: term.field)))
    }
    let measured = Set(kpi.measure.terms.map(\.dataset))
    var others = Set(policy.datasets.flatMap { $0.fields.compactMap(\.register) })
    others.formUnion(kpi.tests.flatMap(\.datasets))
    var registers: [DatasetRecords] = []
    for name in others.subtracting(measured).sorted() {
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

  private func records(
    _ rows: [RecordQuery.Row], of dataset: DatasetDefinition, summed: String?
  ) -> DatasetRecords {
    DatasetRecords(
      definition: dataset, records: rows.map(\.record), isInPopulation: rows.map(\.isInPopulation),
      passesFilter: rows.map(\.passesFilter), summedField: summed)
  }

  /// The figure that the records give, or that is stated; nil if there is nothing to compute from.
  func compute(_ kpi: KPIDefinition) throws(AssureError) -> Reconciler.Computed? {
    switch kpi.measure {
    case .sum, .count:
      let records = try records(of: kpi)
      guard records.terms.contains(where: { !$0.records.records.isEmpty }) else { return nil }
      return Reconciler.Computed(point: Rational(try Population.sum(records.items())))
    case .stated:
      guard let value = reported.first(where: { $0.kpi == kpi.name }),
        let factor = value.unit.factor(to: kpi.unit)
      else { return nil }
      do {
        let interval = try value.interval
        return Reconciler.Computed(
          point: Rational(value.number) * factor,
          interval: Interval(interval.low * factor, interval.high * factor))
      } catch {
        throw AssureError(
          "overflow", place: value.place, error.description, remedy: "check the figure")
      }
    case .ratio(let top, let bottom):
      return try ratio(kpi, top: self.kpi(top), bottom: self.kpi(bottom))
    }
  }

  private func ratio(
    _ kpi: KPIDefinition, top: KPIDefinition, bottom: KPIDefinition
  ) throws(AssureError) -> Reconciler.Computed? {
    guard let a = try compute(top), let b = try compute(bottom),
      let factor = (top.unit / bottom.unit).factor(to: kpi.unit)
    else { return nil }
    // Nothing can be divided by what is zero or may be; the other figures are not held up by it.
    guard !b.point.isZero, !b.interval.contains(.zero) else { return nil }
    do {
      let interval = try a.interval / b.interval
      return Reconciler.Computed(
        point: try a.point / b.point * factor,
        interval: Interval(interval.low * factor, interval.high * factor))
    } catch {
      throw AssureError(
        "division-by-zero", place: "kpis/\(kpi.name).yaml", "`\(bottom.name)` is zero or may be",
        remedy: "check the denominator")
    }
  }
}
