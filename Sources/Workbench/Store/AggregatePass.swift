import Assurance
import GRDB
import GRDBSQLite

/// Runs one pass over a dataset's records and adds them up.
struct AggregatePass {
  let store: Store
  /// The policy's place, for what its filters do wrong.
  let blame: String

  /// What the plan's terms add up to; nothing if the dataset has no table yet.
  ///
  /// - Throws: `no-register` if a filter or a factor asks for a register of which nothing is
  ///   ingested; `filter-refused`, `filter-failed`.
  ///
  /// - Parameter only: a field with the text that records must have there; nil for all records.
  func run(
    _ plan: AggregationPlan, only: (field: String, text: String)? = nil
  ) throws(AssureError) -> [AggregateResult] {
    let name = plan.dataset.name
    guard try store.read({ try $0.tableExists("data_" + name) }) else { return [] }
    try requireSameDefinition(plan.dataset)
    for register in plan.registers {
      guard try store.read({ try $0.tableExists("data_" + register) }) else {
        throw AssureError(
          "no-register", place: blame,
          "the figures ask for `\(register)`, of which nothing is ingested",
          remedy: "ingest the register first")
      }
    }
    let replaced = try store.read(SupersessionTable.replaced)
    let statement = plan.sql(
      table: DatasetTable.name,
      counts: { column -> String in SupersessionTable.condition(column, without: replaced) },
      only: only)
    let connection = try FilterConnection(
      path: store.readingName, tables: Set((plan.registers + [name]).map { "data_" + $0 }))
    var aggregator = Aggregator(plan)
    do {
      try connection.scan(statement, blame: blame) { row in
        let mask = UInt64(bitPattern: sqlite3_column_int64(row, 0))
        try aggregator.add(mask: mask) { column in
          let index = Int32(column + 1)
          guard let text = sqlite3_column_text(row, index) else { return nil }
          return UnsafeBufferPointer(start: text, count: Int(sqlite3_column_bytes(row, index)))
        }
      }
    } catch { throw Store.explain(error, path: store.path) }
    return try aggregator.results()
  }

  /// Stored values mean what the policy said when they came in.
  private func requireSameDefinition(_ dataset: DatasetDefinition) throws(AssureError) {
    let stored = try store.read { db in
      try GRDB.Row.fetchAll(
        db,
        sql: """
          SELECT t.definition, s.file FROM source_table t JOIN source s ON s.id = t.source_id
          WHERE t.dataset = ?
          """, arguments: [dataset.name]
      ).map { (definition: $0[0] as String, file: $0[1] as String) }
    }
    for table in stored {
      try StoredDefinition.requireSame(table.definition, dataset, file: table.file)
    }
  }
}
