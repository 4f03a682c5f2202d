import Assurance
import GRDB
import Ingest
import Trail

/// Takes records and rejects from a reader into the transaction that is open.
///
/// The row of `source_table` is written last, when its counts are known; rows that name it are
/// checked when the transaction ends.
struct StoreSink: RecordSink {
  private let db: Database
  private let source: Int64
  private var tables: [Open] = []
  private(set) var notices: [Notice] = []

  private struct Open {
    let id: Int64
    let table: SourceTable
    let target: DatasetTable
    let insert: GRDB.Statement
    var digest = DigestStream()
  }

  init(db: Database, source: Int64) {
    self.db = db
    self.source = source
  }

  mutating func begin(_ table: SourceTable, dataset: DatasetDefinition) throws {
    let target = DatasetTable(definition: dataset)
    try target.prepare(db)
    let last = try Int64.fetchOne(db, sql: "SELECT max(id) FROM source_table") ?? 0
    tables.append(
      Open(
        id: last + 1 + Int64(tables.count), table: table, target: target,
        insert: try target.inserter(db)))
  }

  mutating func accept(_ record: Assurance.Record) throws {
    let index = try self.index(of: record.source.table)
    let open = tables[index]
    try open.target.insert(record, table: open.id, with: open.insert)
    let values = record.values.map { $0?.canonical ?? "" }.joined(separator: "\t")
    tables[index].digest.update(Array("\(record.source.row)\t\(record.key)\t\(values)\n".utf8))
  }

  mutating func reject(_ reject: Reject) throws {
    let index =
      try tables.lastIndex {
        $0.table.name == reject.row.table && $0.table.source == reject.row.source
      } ?? unknown(reject.row.table)
    try db.execute(
      sql: "INSERT INTO reject(table_id, locator, code, reason) VALUES (?, ?, ?, ?)",
      arguments: [tables[index].id, reject.locator.description, reject.code, reject.reason])
  }

  mutating func notice(_ notice: Notice) throws {
    notices.append(notice)
    let dataset = tables.last { $0.table.name == notice.locator.table }?.target.definition.name
    try db.execute(
      sql: "INSERT INTO notice(source_id, dataset, code, locator, message) VALUES (?, ?, ?, ?, ?)",
      arguments: [
        source, dataset ?? "", notice.code, notice.locator.description, notice.message,
      ])
  }

  private func index(of table: SourceTable) throws -> Int {
    if let last = tables.indices.last, tables[last].table === table { return last }
    return try tables.lastIndex { $0.table == table } ?? unknown(table.name)
  }

  private func unknown(_ name: String) throws -> Int {
    throw AssureError(
      "reader-order", place: name, "a row came before its table", remedy: "report this")
  }

  /// Writes the receipts and returns a digest of each table's records, in their order.
  mutating func finish(_ receipt: SourceReceipt) throws -> [String] {
    var digests: [String] = []
    for (ordinal, table) in receipt.tables.enumerated() {
      let index = try self.index(of: table.source)
      try SourceTables.insert(
        table, id: tables[index].id, source: source, ordinal: ordinal,
        definition: tables[index].target.definition, db)
      digests.append(tables[index].digest.digest().hex)
    }
    return digests
  }
}
