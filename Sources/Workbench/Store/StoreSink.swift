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
  private let file: SourceFile
  private let received: String
  private let isBulk: Bool
  private var source: Int64?
  private var tables: [Open] = []
  /// What takes the records of the table that is being read, which is the last.
  private var current: RecordInserter?
  private(set) var notices: [Notice] = []

  private struct Open {
    let id: Int64
    let table: SourceTable
    let target: DatasetTable
    let inserter: RecordInserter
  }

  /// - Parameters:
  ///   - received: the time for the record.
  ///   - isBulk: whether so much may come that indices are better made at the end.
  init(db: Database, file: SourceFile, received: String, isBulk: Bool) throws {
    self.db = db
    self.file = file
    self.received = received
    self.isBulk = isBulk
    try db.execute(sql: "SAVEPOINT reading")
  }

  var canRestart: Bool { true }

  /// Waits for what is still being stored; to be called however the reading ends.
  func rest() { current?.rest() }

  mutating func restart() throws {
    rest()
    tables = []
    current = nil
    notices = []
    source = nil
    try db.execute(sql: "ROLLBACK TO reading")
  }

  /// The row of the source, written once it is needed: that waits for the digest.
  private mutating func sourceID() throws -> Int64 {
    if let source { return source }
    let id = try SourceTables.insert(file, at: received, db)
    source = id
    return id
  }

  mutating func begin(_ table: SourceTable, dataset: DatasetDefinition) throws {
    // Records of different tables keep their order.
    try current?.flush(isLast: true)
    let target = DatasetTable(definition: dataset)
    try target.prepare(db)
    if isBulk { try target.dropIndex(db) }
    let last = try Int64.fetchOne(db, sql: "SELECT max(id) FROM source_table") ?? 0
    let id = last + 1 + Int64(tables.count)
    let inserter = try target.inserter(db, table: id)
    tables.append(Open(id: id, table: table, target: target, inserter: inserter))
    current = inserter
  }

  mutating func accept(_ record: Assurance.Record) throws {
    let definition = try tables[index(of: record.source.table)].target.definition
    try accept(RecordRow(record, types: definition.fields.map(\.type)))
  }

  /// A record of the table that was begun last.
  mutating func accept(_ row: RecordRow) throws {
    guard let current else { return try unknown(row.table.name) }
    try current.insert(row)
  }

  mutating func reject(_ reject: Reject) throws {
    try current?.settle()
    let index =
      try tables.lastIndex {
        $0.table.name == reject.row.table && $0.table.source == reject.row.source
      } ?? unknown(reject.row.table)
    try db.execute(
      sql: "INSERT INTO reject(table_id, locator, code, reason) VALUES (?, ?, ?, ?)",
      arguments: [tables[index].id, reject.locator.description, reject.code, reject.reason])
  }

  mutating func notice(_ notice: Notice) throws {
    try current?.settle()
    notices.append(notice)
    let dataset = tables.last { $0.table.name == notice.locator.table }?.target.definition.name
    try db.execute(
      sql: "INSERT INTO notice(source_id, dataset, code, locator, message) VALUES (?, ?, ?, ?, ?)",
      arguments: [
        try sourceID(), dataset ?? "", notice.code, notice.locator.description, notice.message,
      ])
  }

  private func index(of table: SourceTable) throws -> Int {
    if let last = tables.indices.last, tables[last].table === table { return last }
    return try tables.lastIndex { $0.table == table } ?? unknown(table.name)
  }

  private func unknown<Value>(_ name: String) throws -> Value {
    throw AssureError(
      "reader-order", place: name, "a row came before its table", remedy: "report this")
  }

  /// Writes the receipts and returns a digest of each table's records, in their order.
  mutating func finish(_ receipt: SourceReceipt) throws -> [String] {
    try current?.settle()
    let source = try sourceID()
    var digests: [String] = []
    let received = receipt.tables.reduce(0) { $0 + $1.accepted }
    guard tables.reduce(0, { $0 + $1.inserter.count }) == received else {
      return try unknown(file.name)
    }
    for (ordinal, table) in receipt.tables.enumerated() {
      let index = try self.index(of: table.source)
      try SourceTables.insert(
        table, id: tables[index].id, source: source, ordinal: ordinal,
        definition: tables[index].target.definition, db)
      digests.append(try tables[index].inserter.digest().hex)
    }
    for table in tables where isBulk { try table.target.rebuildIndex(db) }
    try db.execute(sql: "RELEASE reading")
    return digests
  }
}
