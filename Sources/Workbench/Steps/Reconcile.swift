package import Assurance
import Exact
import Trail

extension Engagement {
  /// Recalculates KPIs and sets them against the printed figures; records each result in the trail.
  ///
  /// - Parameter name: one KPI; nil for all of the policy.
  package func reconcile(kpi name: String?) throws(AssureError) -> [Reconciliation] {
    let kpis =
      try name.map { (name) throws(AssureError) in try related(to: kpi(abbreviated: name)) }
      ?? policy.kpis
    let figures = try figures(of: kpis)
    var results: [Reconciliation] = []
    for kpi in kpis {
      // Of a whole policy, figures that are neither printed nor have records are left out.
      let isPrinted = reported.contains { $0.kpi == kpi.name }
      guard name != nil || isPrinted || figures[kpi.name] != nil else { continue }
      results.append(try reconciliation(of: kpi, figures: figures))
    }
    let at = try Moment.now()
    _ = try store.commit(actor: actor, at: at) { _ in
      (
        Event(
          "figures.reconciled",
          [
            "policy": .string(policyDigest), "reported": .string(reportedDigest),
            "settings": .string(settingsDigest),
            "kpis": .array(
              results.map {
                [
                  "kpi": .string($0.kpi), "computed": .string($0.computedText),
                  "printed": .string($0.printed ?? ""), "status": .string($0.status.rawValue),
                ]
              }),
          ]), ()
      )
    }
    return results
  }

  /// A KPI and the ratios that rest on it.
  private func related(to kpi: KPIDefinition) -> [KPIDefinition] {
    policy.kpis.filter { other in
      if other.name == kpi.name { return true }
      return other.measure.kpis.contains(kpi.name)
    }
  }

  /// One KPI's reconciliation, without recording it.
  func reconciliation(of kpi: KPIDefinition) throws(AssureError) -> Reconciliation {
    try reconciliation(of: kpi, figures: figures(of: [kpi]))
  }

  /// The same, from figures computed for several KPIs at once.
  func reconciliation(
    of kpi: KPIDefinition, figures: [String: ComputedFigure]
  ) throws(AssureError) -> Reconciliation {
    let printed = reported.first { $0.kpi == kpi.name }
    let computed = figures[kpi.name].map {
      Reconciler.Computed(point: $0.point, interval: $0.interval)
    }
    if let printed { _ = try factor(printed, to: kpi) }
    let rule = settings.materiality.first { $0.kpi == kpi.name }
    var result = try Reconciler.compare(
      kpi, computed: computed, reported: printed, tolerance: rule?.tolerance,
      bridge: try bridge(kpi, figures: figures))
    if case .stated = kpi.measure {
      result.status = .notComparable
      result.difference = nil
      result.differenceText = ""
    }
    if let difference = result.difference, !difference.isZero {
      result.bridge.append(
        BridgeItem(
          label: "unexplained: computed less printed", amount: result.differenceText, count: 0,
          counts: false, note: result.status.rawValue))
    }
    return result
  }

  /// From the records to the computed figure; what is left out stands beside with its own sum.
  private func bridge(
    _ kpi: KPIDefinition, figures: [String: ComputedFigure]
  ) throws(AssureError) -> [BridgeItem] {
    switch kpi.measure {
    case .stated:
      return [
        BridgeItem(
          label: "taken as stated, not recalculated", amount: "", count: 0, counts: false, note: "")
      ]
    case .ratio, .formula:
      return try kpi.measure.kpis.map { (name) throws(AssureError) in
        let part = try self.kpi(name)
        return BridgeItem(
          label: part.name,
          amount: figures[name].map { Reconciler.text($0.point, decimals: part.decimals) }
            ?? "none",
          count: 0, counts: true, note: "in \(part.unit.code)")
      }
    case .sum(let terms) where !terms.contains(where: { !$0.factors.isEmpty || $0.once != nil }):
      return try recordLines(kpi)
    case .count: return try recordLines(kpi)
    case .sum, .distinct:
      let figure = figures[kpi.name]
      return (figure?.parts ?? []).map {
        BridgeItem(
          label: $0.label, amount: Reconciler.text($0.amount, decimals: kpi.decimals),
          count: $0.count, counts: true, note: "")
      }
        + (figure?.issues ?? []).map {
          BridgeItem(label: $0.code, amount: "", count: $0.count, counts: false, note: $0.message)
        }
    }
  }

  private func recordLines(_ kpi: KPIDefinition) throws(AssureError) -> [BridgeItem] {
    let records = try records(of: kpi)
    var items: [BridgeItem] = []
    for (term, dataset) in records.terms {
      items += try lines(kpi, term: term, dataset: dataset)
    }
    return items
  }

  /// Counted, outside the period, outside the filter: every accepted record is in one of them.
  private func lines(
    _ kpi: KPIDefinition, term: MeasureTerm, dataset: DatasetRecords
  ) throws(AssureError) -> [BridgeItem] {
    let title = dataset.definition.title
    let outsidePeriod = zip(dataset.passesFilter, dataset.isInPopulation).map { $0 && !$1 }
    let parts: [(String, [Bool], Bool, String)] = [
      (title, dataset.isInPopulation, true, term.filter ?? "all records"),
      ("\(title): outside the period", outsidePeriod, false, "by \(term.date)"),
      ("\(title): outside the filter", dataset.passesFilter.map { !$0 }, false, "not counted"),
    ]
    var lines: [BridgeItem] = []
    let index = term.field.flatMap { dataset.definition.index(of: $0) }
    for (label, all, counts, note) in parts {
      // What is not counted need not have a value: it is counted out, and said.
      let isEmpty = dataset.records.map { record in index.map { record.values[$0] == nil } ?? false
      }
      let without = counts ? 0 : zip(all, isEmpty).count { $0 && $1 }
      let membership = counts ? all : zip(all, isEmpty).map { $0 && !$1 }
      let part = DatasetRecords(
        definition: dataset.definition, records: dataset.records, isInPopulation: membership,
        passesFilter: dataset.passesFilter, summedField: dataset.summedField)
      let items = try Population.items(kpi: kpi, terms: [(term, part)])
      guard counts || items.count + without > 0 else { continue }
      lines.append(
        BridgeItem(
          label: label, amount: try Population.sum(items).description,
          count: items.count + without, counts: counts,
          note: without > 0 ? "\(note); \(without) without a value" : note))
    }
    return lines
  }
}
