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
    let recalculation = try recalculation(of: kpis, withRest: true)
    let figures = recalculation.figures
    var results: [Reconciliation] = []
    var known: [String: ControlTotal] = [:]
    // Sums of amounts as they are first: what factors multiply need not be added up again.
    for kpi in kpis where kpi.measure.hasPopulation {
      _ = try controls(of: kpi, recalculation, known: &known)
    }
    for kpi in kpis {
      // Of a whole policy, figures that are neither printed nor have records are left out.
      let isPrinted = reported.contains { $0.kpi == kpi.name }
      guard name != nil || isPrinted || figures[kpi.name] != nil else { continue }
      var result = try reconciliation(of: kpi, recalculation)
      result.controls = try controls(of: kpi, recalculation, known: &known)
      results.append(result)
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
    try reconciliation(of: kpi, recalculation(of: [kpi], withRest: true))
  }

  /// The same, from figures computed for several KPIs at once.
  func reconciliation(
    of kpi: KPIDefinition, _ recalculation: Recalculation
  ) throws(AssureError) -> Reconciliation {
    let figures = recalculation.figures
    let printed = reported.first { $0.kpi == kpi.name }
    let computed = figures[kpi.name].map {
      Reconciler.Computed(point: $0.point, interval: $0.interval)
    }
    if let printed { _ = try factor(printed, to: kpi) }
    let rule = settings.materiality.first { $0.kpi == kpi.name }
    var result = try Reconciler.compare(
      kpi, computed: computed, reported: printed, tolerance: rule?.tolerance,
      bridge: try bridge(kpi, recalculation))
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
    _ kpi: KPIDefinition, _ recalculation: Recalculation
  ) throws(AssureError) -> [BridgeItem] {
    let figures = recalculation.figures
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
      return try recordLines(kpi, recalculation)
    case .count: return try recordLines(kpi, recalculation)
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

  /// Counted, outside the period, outside the filter: every accepted record is in one of them.
  private func recordLines(
    _ kpi: KPIDefinition, _ recalculation: Recalculation
  ) throws(AssureError) -> [BridgeItem] {
    var items: [BridgeItem] = []
    for (index, term) in kpi.measure.terms.enumerated() {
      guard let dataset = policy.dataset(term.dataset) else { continue }
      let lines: [(MeasurePart, String, String)] = [
        (.counted, dataset.title, term.filter ?? "all records"),
        (.outsidePeriod, "\(dataset.title): outside the period", "by \(term.date)"),
        (.outsideFilter, "\(dataset.title): outside the filter", "not counted"),
      ]
      for (part, label, note) in lines {
        let result = recalculation.part(part, of: kpi, term: index)
        let counts = part == .counted
        guard counts || (result?.count ?? 0) > 0 else { continue }
        // Read one by one, the records say which of them it is.
        if counts, (result?.missing ?? 0) > 0 { _ = try records(of: kpi).items() }
        let missing = result?.missing ?? 0
        items.append(
          BridgeItem(
            label: label, amount: try amount(result, kpi, term, dataset), count: result?.count ?? 0,
            counts: counts, note: missing > 0 ? "\(note); \(missing) without a value" : note))
      }
    }
    return items
  }

  /// What a part adds up to, in the KPI's unit.
  private func amount(
    _ result: AggregateResult?, _ kpi: KPIDefinition, _ term: MeasureTerm,
    _ dataset: DatasetDefinition
  ) throws(AssureError) -> String {
    var scale = Rational.one
    if let unit = term.field.flatMap({ dataset.field($0)?.unit }) {
      guard let own = unit.factor(to: kpi.unit) else {
        throw AssureError(
          "figure-unit", place: place(of: kpi),
          "amounts in \(unit.code) do not become the figure's \(kpi.unit.code)",
          remedy: "correct the unit of the KPI or of the field")
      }
      scale = own
    }
    let sum = (result?.groups ?? []).reduce(Rational.zero) { $0 + Rational($1.sum) } * scale
    return sum.decimal?.description ?? Reconciler.text(sum, decimals: kpi.decimals)
  }
}
