package import Assurance
import Exact
import GRDB

/// What a cell, a row or a record of a source is part of.
package struct CellTrace: Sendable {
  /// How a figure uses the record.
  package enum Role: Sendable {
    /// It is in the figure with this much, in ``Figure/unit``.
    case counted(String)
    case outsidePeriod
    case outsideFilter
    /// It is a row of a register: this many records of the figure name it.
    case register(Int)
    /// The figure is computed of one that uses it.
    case byWayOf(String)
  }

  package struct Figure: Sendable {
    package let kpi: String
    /// The figure's; where factors come after, that of the record's value.
    package let unit: String
    package let role: Role
    /// Whether the very cell is the one that is summed, or the day that takes the record in.
    package let part: String
  }

  package struct Draw: Sendable {
    package let kpi: String
    package let round: Int
    package let item: Int
    package let key: String
    package let result: String?
  }

  /// A record of the same key, in whatever version.
  package struct Version: Sendable {
    package let locator: String
    /// The value of the cell's field there; nil for a whole row or where it has none.
    package let value: String?
    package let counts: Bool
  }

  package var locator: String
  package var dataset = ""
  package var key = ""
  /// The field that the cell feeds; nil for a whole row or a column that feeds none.
  package var field: String?
  package var value: String?
  /// What took the place of its table, as `file@digest12`; nil while it counts.
  package var replacedBy: String?
  package var figures: [Figure] = []
  package var draws: [Draw] = []
  /// Exceptions of the last checks that name the row or one of its cells.
  package var exceptions: [String] = []
  package var versions: [Version] = []
  /// Why the row was not taken in; nil if it was.
  package var rejected: String?
  /// What stands there is neither a record nor a rejected row: a header, a blank, a total, a note.
  package var isOutside = false
}

extension Engagement {
  /// Tells what stands at a place of a source and which figures it is in.
  ///
  /// - Parameter text: a locator as exceptions and receipts print it; the digest decides, the name
  ///   before it is a courtesy.
  /// - Throws: `unknown-locator` if no table of any source is meant.
  package func trace(locator text: String) throws(AssureError) -> CellTrace {
    let tables = try store.read { try SupersessionTable.tables($0) }
    guard let spot = Spot(text, in: tables) else {
      throw AssureError(
        "unknown-locator", place: text, "no table of a source that was taken in is meant",
        remedy: "copy a locator from a receipt, an exception or `assure trace KPI`")
    }
    var trace = CellTrace(locator: text)
    trace.dataset = spot.table.dataset
    trace.replacedBy = tables.first { $0.source == spot.table.replacedBy }
      .map { "\($0.file)@\($0.digest.prefix(12))" }
    do {
      guard let record = try store.read({ try spot.record($0) }) else {
        trace.rejected = try store.read { try spot.reject($0) }
        trace.isOutside = trace.rejected == nil
        return trace
      }
      trace.key = record.key
      trace.field = record.field
      trace.value = record.value
      trace.locator = record.locator
      if spot.table.counts { trace.figures = try figures(spot, record) }
      trace.draws = try draws(key: "\(spot.table.dataset)/\(record.key)")
      trace.exceptions = try exceptions().filter { facts in
        facts.exception.locators.contains { record.locators.contains($0) }
      }.map(\.id)
      let counting = Set(tables.filter(\.counts).map(\.id))
      trace.versions = try store.read { try spot.versions(of: record, counting: counting, $0) }
    } catch { throw Store.explain(error, path: store.path) }
    return trace
  }

  private func figures(_ spot: Spot, _ record: Spot.Record) throws -> [CellTrace.Figure] {
    var figures: [CellTrace.Figure] = []
    let named = try named(register: spot.table.dataset, key: record.key)
    for kpi in policy.kpis {
      for (index, term) in kpi.measure.terms.enumerated() {
        guard let dataset = policy.dataset(term.dataset) else { continue }
        if term.dataset == spot.table.dataset {
          figures += try counted(kpi, term, dataset, spot, record)
        }
        for field in dataset.fields where field.register == spot.table.dataset {
          let count = named[Naming(kpi: kpi.name, term: index, field: field.name)] ?? 0
          figures.append(
            CellTrace.Figure(
              kpi: kpi.name, unit: kpi.unit.code, role: .register(count),
              part: "\(term.dataset).\(field.name) names it"))
        }
      }
    }
    return figures + computed(of: Set(figures.map(\.kpi)))
  }

  /// Ratios and formulas over the KPIs, and those over them, in the policy's order.
  private func computed(of kpis: Set<String>) -> [CellTrace.Figure] {
    var reached = kpis
    var count = 0
    while count < reached.count {
      count = reached.count
      reached.formUnion(
        policy.kpis.filter { !reached.isDisjoint(with: $0.measure.kpis) }.map(\.name))
    }
    return policy.kpis.flatMap { kpi in
      kpi.measure.kpis.filter(reached.contains).map {
        CellTrace.Figure(kpi: kpi.name, unit: kpi.unit.code, role: .byWayOf($0), part: "")
      }
    }
  }

  private func counted(
    _ kpi: KPIDefinition, _ term: MeasureTerm, _ dataset: DatasetDefinition, _ spot: Spot,
    _ record: Spot.Record
  ) throws -> [CellTrace.Figure] {
    var figures: [CellTrace.Figure] = []
    let writer = TraceWriter(kpi: kpi, term: term, dataset: dataset)
    var traced = TracedRecord()
    try RecordQuery(store: store, policy: policy).stream(
      of: dataset, term: term, field: term.field,
      choice: .row(id: record.id), period: settings.period, blame: blame(kpi)
    ) { passing in
      let role: CellTrace.Role
      if !passing.passesFilter {
        role = .outsideFilter
      } else if !passing.isInPeriod {
        role = .outsidePeriod
      } else {
        let value = try writer.write(passing, into: &traced).description
        role = .counted(writer.addsUp ? value : String(decoding: traced.value, as: UTF8.self))
      }
      figures.append(
        CellTrace.Figure(
          kpi: kpi.name, unit: writer.unit, role: role,
          part: part(record.field, of: term, dataset)))
    }
    return figures
  }

  /// What the field is to the figure.
  private func part(
    _ field: String?, of term: MeasureTerm, _ dataset: DatasetDefinition
  ) -> String {
    guard let field else { return "" }
    if field == term.field {
      return term.factors.isEmpty
        ? "\(field) is what is summed"
        : "\(field) is what is summed, times "
          + term.factors.map(\.quantity).joined(separator: ", ")
    }
    if field == term.once { return "\(field) counts once for each value" }
    if field == term.date || field == term.until {
      return "\(field) is the day that decides the period"
    }
    // A word of the filter, not a part of one.
    let words = (term.filter ?? "").split {
      !($0.isLetter || $0.isNumber || $0 == "_" || $0 == ".")
    }
    if words.contains(where: { $0 == field }) { return "the filter asks for \(field)" }
    if let register = dataset.field(field)?.register,
      let asked = words.first(where: { $0.hasPrefix(register + ".") })
    {
      return "the filter asks for \(asked) of the \(register) that \(field) names"
    }
    return "\(field) decides nothing"
  }

  /// By which field the records of a term name a register's row.
  private struct Naming: Hashable {
    let kpi: String
    let term: Int
    let field: String
  }

  /// How many counted records of each term name a row of a register; each dataset is read once.
  private func named(register: String, key: String) throws -> [Naming: Int] {
    var counts: [Naming: Int] = [:]
    let pass = AggregatePass(store: store, blame: "policies/\(settings.policies)/kpis")
    for dataset in policy.datasets {
      let kpis = policy.kpis.filter { $0.measure.terms.contains { $0.dataset == dataset.name } }
      for field in dataset.fields where field.register == register {
        let plans = try AggregationPlan.plans(for: kpis, of: policy, period: settings.period)
        for plan in plans where plan.dataset.name == dataset.name {
          for result in try pass.run(plan, only: (field.name, key)) {
            counts[Naming(kpi: result.kpi, term: result.term, field: field.name)] = result.count
          }
        }
      }
    }
    return counts
  }

  /// Items drawn under a key, in any round; `~2` and so on tell records of one key apart.
  private func draws(key: String) throws(AssureError) -> [CellTrace.Draw] {
    try store.read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT d.kpi, d.round, d.ordinal, d.key, r.outcome FROM draw_item d
          LEFT JOIN result r ON r.kpi = d.kpi AND r.round = d.round AND r.key = d.key
          WHERE d.key = ?1 OR substr(d.key, 1, length(?1) + 1) = ?1 || '~'
          ORDER BY d.kpi, d.round, d.ordinal
          """, arguments: [key]
      ).map {
        CellTrace.Draw(kpi: $0[0], round: $0[1], item: $0[2], key: $0[3], result: $0[4])
      }
    }
  }
}
