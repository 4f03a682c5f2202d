import Assurance
import Exact
import GRDB

extension Engagement {
  /// The way from files to records of every dataset that a measure draws on.
  ///
  /// - Parameter known: what was added up before, by dataset and field.
  /// - Throws: `control-totals` if a record was lost or changed since it was read.
  func controls(
    of kpi: KPIDefinition, _ recalculation: Recalculation, known: inout [String: ControlTotal]
  ) throws(AssureError) -> [ControlTotal] {
    var controls: [ControlTotal] = []
    for (index, term) in kpi.measure.terms.enumerated() {
      guard let dataset = policy.dataset(term.dataset),
        !controls.contains(where: { $0.dataset == dataset.name })
      else { continue }
      let field = term.field.flatMap { dataset.field($0)?.type == .decimal ? $0 : nil }
      let name = dataset.name + "." + (field ?? "")
      var found = known[name]
      if found == nil {
        found = try control(dataset, field: field, added: recalculation.whole(of: kpi, term: index))
      }
      guard let control = found else { continue }
      known[name] = control
      guard control.agrees else {
        throw AssureError(
          "control-totals", place: store.path,
          "`\(dataset.name)` has \(control.records) records, sum "
            + "\(control.sum?.description ?? "none"), which is not what was read and accepted",
          remedy: "restore the store from a copy")
      }
      controls.append(control)
    }
    return controls
  }

  /// Nil if nothing of the dataset was ever ingested.
  ///
  /// - Parameter added: what a pass over all of its records added up already.
  private func control(
    _ dataset: DatasetDefinition, field: String?, added: (count: Int, sum: Rational)?
  ) throws(AssureError) -> ControlTotal? {
    do {
      return try store.read { db in
        guard try db.tableExists("data_" + dataset.name) else { return nil }
        let replaced = try SupersessionTable.replaced(db)
        let tables = try Row.fetchAll(
          db,
          sql: """
            SELECT s.file, s.digest, t.name, t.rows_read, t.accepted, t.rejected, c.total
            FROM source_table t JOIN source s ON s.id = t.source_id
            LEFT JOIN control_total c ON c.table_id = t.id AND c.field = ?
            WHERE t.dataset = ? AND \(SupersessionTable.condition("t.id", without: replaced))
            ORDER BY t.id
            """, arguments: [field ?? "", dataset.name]
        ).map { row in
          ControlTotal.Table(
            place: Locator(file: row[0], source: row[1], table: row[2], place: .table).description,
            rowsRead: row[3], accepted: row[4], rejected: row[5],
            total: (row[6] as String?).flatMap { ExactDecimal($0) })
        }
        if let added {
          return ControlTotal(
            title: dataset.title, dataset: dataset.name, field: field,
            unit: field.flatMap { dataset.field($0)?.unit?.code } ?? "", tables: tables,
            records: added.count, sum: field == nil ? nil : added.sum.decimal)
        }
        var total = RunningTotal()
        let column = field.map { "\"\($0)\"" } ?? "NULL"
        let rows = try Row.fetchCursor(
          db,
          sql: """
            SELECT \(column) FROM \(DatasetTable.name(dataset.name))
            WHERE \(SupersessionTable.condition("_table", without: replaced))
            """)
        while let row = try rows.next() { try total.add(row[0] as String?) }
        return ControlTotal(
          title: dataset.title, dataset: dataset.name, field: field,
          unit: field.flatMap { dataset.field($0)?.unit?.code } ?? "", tables: tables,
          records: total.count, sum: field == nil ? nil : try total.sum())
      }
    } catch { throw Store.explain(error, path: store.path) }
  }
}

/// Counts records and adds up what they have.
private struct RunningTotal {
  private(set) var count = 0
  private var exact = ExactSum()

  mutating func add(_ text: String?) throws {
    count += 1
    if let value = text.flatMap({ ExactDecimal($0) }) { try exact.add(value) }
  }

  func sum() throws -> ExactDecimal { try exact.total("control totals") }
}
