package import Assurance
import GRDB
import Trail

/// What a check of the whole engagement looked at, and what it found.
package struct CheckOutcome: Sendable {
  package let exceptions: [ExceptionFacts]
  /// KPIs whose records were tested.
  package let checked: [String]
  /// Figures of the engagement whose records no test looked at, and why.
  package let unchecked: [(kpi: String, reason: String)]
}

extension PolicySet {
  /// Whether other KPIs test the records that a KPI rests on.
  fileprivate func isTestedElsewhere(_ kpi: KPIDefinition) -> Bool {
    let others = kpis.filter { $0.name != kpi.name && !$0.tests.isEmpty }
    let tested = Set(others.flatMap(\.measure.terms).map(\.dataset))
    return kpi.measure.terms.allSatisfy { tested.contains($0.dataset) }
  }

  /// Whether what ingest noticed is told at other figures: where factors come after the amounts,
  /// it is at those of the amounts.
  fileprivate func leavesNotices(_ kpi: KPIDefinition) -> Bool {
    kpi.measure.terms.contains { !$0.factors.isEmpty } && isTestedElsewhere(kpi)
  }
}

extension KPIRecords {
  /// A part of a family sees its own records only; those of its siblings are theirs.
  var own: [String: DatasetRecords] {
    guard !kpi.family.isEmpty, !kpi.dimension.isEmpty else { return all }
    let measured = Set(kpi.measure.terms.map(\.dataset))
    return all.mapValues { measured.contains($0.definition.name) ? $0.passing : $0 }
  }
}

extension DatasetRecords {
  fileprivate var passing: DatasetRecords {
    let kept = records.indices.filter { passesFilter[$0] }
    return DatasetRecords(
      definition: definition, records: kept.map { records[$0] },
      isInPopulation: kept.map { isInPopulation[$0] }, passesFilter: kept.map { _ in true },
      summedField: summedField)
  }
}

extension Engagement {
  /// Runs the population tests of one KPI and adds what they find to the register.
  ///
  /// - Returns: the exceptions found in this run, those of ingest among them, with their state.
  package func check(kpi name: String) throws(AssureError) -> [ExceptionFacts] {
    try refuseChange("population.checked")
    let kpi = try kpi(abbreviated: name)
    try record(findings(of: kpi), kpi: kpi.name)
    return try exceptions(kpis: [kpi.name])
  }

  /// Runs the population tests of every figure of the engagement, tries the printed figures and
  /// what the report says of them, and adds what is found to the register.
  ///
  /// - Throws: `nothing-to-check` if there is nothing to look at at all.
  package func checkAll() throws(AssureError) -> CheckOutcome {
    try refuseChange("population.checked")
    var unchecked: [(kpi: String, reason: String)] = []
    var checked: [KPIDefinition] = []
    for (kpi, hasRecords) in try inScope() {
      if !hasRecords, !kpi.measure.terms.isEmpty {
        unchecked.append((kpi.name, "no records"))
      } else if kpi.tests.isEmpty, hasRecords, !policy.isTestedElsewhere(kpi) {
        unchecked.append((kpi.name, "the policy declares no tests of its records"))
      } else if !kpi.tests.isEmpty {
        checked.append(kpi)
      }
    }
    guard !checked.isEmpty || !reported.isEmpty else {
      throw AssureError(
        "nothing-to-check", place: folder,
        "nothing is ingested and no figure is printed: tests that looked at nothing would find nothing",
        remedy: "`assure ingest FILE…` first")
    }
    let shelf = RecordShelf()
    for (index, kpi) in checked.enumerated() {
      try record(findings(of: kpi, shelf), kpi: kpi.name)
      // What no later figure asks for need not be kept.
      shelf.keep(checked[(index + 1)...].reduce(into: []) { $0.formUnion(datasets(of: $1)) })
    }
    try record(reportFindings(), kpi: ReportCheck.name)
    return CheckOutcome(
      exceptions: try exceptions(), checked: checked.map(\.name), unchecked: unchecked)
  }

  private func record(_ found: [Exception], kpi: String) throws(AssureError) {
    let at = try Moment.now()
    _ = try store.commit(actor: actor, at: at) { db in
      (try ExceptionTable.record(found, kpi: kpi, at: at, db), ())
    }
  }

  /// What the tests of a KPI find, and what ingest noticed in its datasets.
  private func findings(
    of kpi: KPIDefinition, _ shelf: RecordShelf? = nil
  ) throws(AssureError) -> [Exception] {
    let records = try records(of: kpi, shelf)
    let datasets = records.all.values
    guard datasets.contains(where: { !$0.records.isEmpty }) || kpi.measure.terms.isEmpty else {
      throw AssureError(
        "nothing-to-check", place: kpi.name,
        "nothing is ingested for it: tests that looked at nothing would find nothing",
        remedy: "`assure ingest FILE…` first")
    }
    // Records that are in no part of a family are looked at once, at its first.
    let isHead = policy.kpis.first { $0.family == kpi.family }?.name == kpi.name
    let context = TestContext(
      kpi: kpi, period: settings.period, datasets: isHead ? records.all : records.own,
      sitesInBoundary: records.sitesInBoundary, boundaryRegister: policy.boundary?.register,
      factorSets: policy.factorSets)
    var found: [Exception] = []
    for test in kpi.tests {
      do { found += try test.run(context) } catch { throw Store.explain(error, path: kpi.name) }
    }
    if policy.leavesNotices(kpi) { return found }
    let names = Set(kpi.measure.terms.map(\.dataset)).union(context.datasets.keys)
    return try found + noticed(datasets: names, kpi: kpi)
  }

  /// Faults of a spreadsheet that can make a figure in it wrong.
  private static let figureFaults: Set<String> = [
    "formula-hard-coded", "sum-stops-short", "cached-value-differs", "error-in-range",
  ]

  /// Notices and rejected rows of ingest, as exceptions of the KPI that rests on the dataset.
  private func noticed(
    datasets: Set<String>, kpi: KPIDefinition
  ) throws(AssureError) -> [Exception] {
    try store.read { db in
      var found: [Exception] = []
      let replaced = try SupersessionTable.replaced(db)
      let counts = SupersessionTable.condition("t.id", without: replaced)
      let rejects = try Row.fetchAll(
        db,
        sql: """
          SELECT r.code, r.locator, r.reason, t.dataset FROM reject r
          JOIN source_table t ON t.id = r.table_id WHERE \(counts) ORDER BY r.id
          """)
      for row in rejects where datasets.contains(row["dataset"]) {
        let code: String = row["code"]
        // Totals that agree and headers said again lose nothing.
        guard code != "total-row", code != "repeated-header" else { continue }
        let isTotal = code == "total-mismatch"
        found.append(
          Exception(
            code: code, severity: isTotal ? .medium : .high, kpi: kpi.name,
            subject: row["locator"], locators: [row["locator"]],
            effect: isTotal ? .none : .unquantified, unit: kpi.unit.code,
            message: isTotal
              ? "the table's own total is not the sum of its rows: \(row["reason"] as String)"
              : "the row was not taken in: \(row["reason"] as String)"))
      }
      // What was found in a file beside its datasets concerns every KPI that rests on the file.
      let feeding = try Row.fetchAll(db, sql: "SELECT source_id, dataset FROM source_table")
        .filter { datasets.contains($0["dataset"]) }
      let sources = Set(feeding.map { $0["source_id"] as Int64 })
      let notices = try Row.fetchAll(
        db,
        sql: """
          SELECT source_id, code, locator, message, dataset FROM notice n WHERE EXISTS (
            SELECT 1 FROM source_table t WHERE t.source_id = n.source_id
              AND (t.dataset = n.dataset OR n.dataset = '') AND \(counts)) ORDER BY id
          """)
      for row in notices {
        let dataset: String = row["dataset"]
        guard datasets.contains(dataset) || (dataset.isEmpty && sources.contains(row["source_id"]))
        else { continue }
        let isOfFigures = Self.figureFaults.contains(row["code"])
        found.append(
          Exception(
            code: row["code"], severity: isOfFigures ? .medium : .low, kpi: kpi.name,
            subject: row["locator"], locators: [row["locator"]],
            effect: isOfFigures ? .unquantified : .none, unit: kpi.unit.code,
            message: row["message"]))
      }
      return found
    }
  }

  /// The register: what the last check of each KPI found, with what was decided.
  package func exceptions(kpis: [String]? = nil) throws(AssureError) -> [ExceptionFacts] {
    let names = kpis ?? policy.kpis.map(\.name) + [ReportCheck.name, TieOutFindings.register]
    return try store.read { db in
      var all: [ExceptionFacts] = []
      for name in names { all += try ExceptionTable.current(kpi: name, db) }
      return all
    }
  }

  /// The register named: a KPI, or the one of the tie-out.
  package func register(abbreviated name: String) throws(AssureError) -> String {
    [TieOutFindings.register, ReportCheck.name].contains(name)
      ? name : try kpi(abbreviated: name).name
  }

  /// Decides about an exception; an earlier decision stays in the register.
  package func resolve(
    exception id: String, state: String, reason: String
  ) throws(AssureError) {
    try refuseChange("exception.decided")
    guard ExceptionTable.states.contains(state) else {
      throw AssureError(
        "unknown-state", place: "--as \(state)", "this is no disposition",
        remedy: "one of: \(ExceptionTable.states.joined(separator: ", "))")
    }
    guard !reason.isEmpty else {
      throw AssureError(
        "no-reason", place: id, "a disposition needs a reason", remedy: "add --reason TEXT")
    }
    let at = try Moment.now()
    let actor = actor
    _ = try store.commit(actor: actor, at: at) { db in
      try ExceptionTable.decide(id, state: state, reason: reason, actor: actor, at: at, db)
    }
  }
}
