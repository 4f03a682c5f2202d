import Assurance
import GRDB

/// A place in a table that was taken in, from the text of a locator.
struct Spot {
  let table: DeliveredTable
  /// The row or the number of the record; from 1.
  let row: Int
  /// The column's letters as a number from 1, or the name of a record's field; nil for all.
  let column: SourceTable.Column?

  /// - Returns: nil if the text means none of the tables, or no row.
  init?(_ text: String, in tables: [DeliveredTable]) {
    for table in tables {
      // From the digest on: `@12 digits#table`, then the place.
      let mark = table.place.dropFirst(table.file.count)
      guard let found = text.ranges(of: mark).last else { continue }
      let rest = text[found.upperBound...]
      if let (row, column) = Self.place(rest) {
        (self.table, self.row, self.column) = (table, row, column)
        return
      }
    }
    return nil
  }

  /// `!C7`, `!7:7`, `[12]`, `[12]/Volume`.
  private static func place(_ text: Substring) -> (Int, SourceTable.Column?)? {
    if text.hasPrefix("!") {
      let place = text.dropFirst()
      let rows = place.split(separator: ":", omittingEmptySubsequences: false)
      if rows.count == 2, rows[0] == rows[1], let row = Int(rows[0]) { return (row, nil) }
      let letters = place.prefix { $0.isASCII && $0.isLetter }
      guard !letters.isEmpty, letters.count <= 3, let row = Int(place.dropFirst(letters.count))
      else { return nil }
      let column = letters.uppercased().utf8.reduce(0) { $0 * 26 + Int($1) - 64 }
      return (row, .number(column))
    }
    guard text.hasPrefix("["), let end = text.firstIndex(of: "]"),
      let row = Int(text[text.index(after: text.startIndex)..<end])
    else { return nil }
    let rest = text[text.index(after: end)...]
    if rest.isEmpty { return (row, nil) }
    return rest.hasPrefix("/") ? (row, .name(String(rest.dropFirst()))) : nil
  }

  /// The record that stands there.
  struct Record {
    /// Its row in the dataset's table.
    let id: Int64
    let key: String
    let field: String?
    let value: String?
    /// The canonical text of the place.
    let locator: String
    /// Of the row and each of its cells.
    let locators: Set<String>
  }

  /// Reads the record; nil if the row is none.
  ///
  /// Found by halving: records are stored table by table, row by row, and never move. An index of
  /// places would cost every ingest more than it saves here.
  func record(_ db: Database) throws -> Record? {
    guard let source = try SourceTables.tables(of: table.dataset, db)[table.id],
      try db.tableExists("data_" + table.dataset)
    else { return nil }
    let fields = try db.columns(in: "data_" + table.dataset).map(\.name)
      .filter { !$0.hasPrefix("_") }
    guard
      let stored = try Row.fetchOne(
        db,
        sql: "SELECT * FROM \(DatasetTable.name(table.dataset)) WHERE _id = ?",
        arguments: [try id(db)])
    else { return nil }
    let place = RecordSource(table: source, row: row, line: stored["_line"])
    let field = column.flatMap { column in
      fields.first { source.columns[$0] == column }
    }
    return Record(
      id: stored["_id"], key: stored["_key"], field: field, value: field.flatMap { stored[$0] },
      locator: locator(in: source, line: stored["_line"]),
      locators: Set(
        [place.locator.description] + fields.map { place.locator(field: $0).description }))
  }

  /// The row of the record in the dataset's table; nil if there is none.
  private func id(_ db: Database) throws -> Int64? {
    let name = DatasetTable.name(table.dataset)
    func place(_ id: Int64) throws -> (id: Int64, table: Int64, row: Int)? {
      try Row.fetchOne(
        db, sql: "SELECT _id, _table, _row FROM \(name) WHERE _id >= ? ORDER BY _id LIMIT 1",
        arguments: [id]
      ).map { ($0[0], $0[1], $0[2]) }
    }
    var low = try Int64.fetchOne(db, sql: "SELECT min(_id) FROM \(name)") ?? 0
    var high = try Int64.fetchOne(db, sql: "SELECT max(_id) FROM \(name)") ?? -1
    while low <= high {
      let middle = low + (high - low) / 2
      guard let here = try place(middle) else { break }
      if here.table == table.id, here.row == row { return here.id }
      if (here.table, here.row) < (table.id, row) { low = here.id + 1 } else { high = middle - 1 }
    }
    // Should the order ever be another, the slow way is still right.
    return try Int64.fetchOne(
      db, sql: "SELECT _id FROM \(name) WHERE _table = ? AND _row = ?", arguments: [table.id, row])
  }

  private func locator(in source: SourceTable, line: Int) -> String {
    let place: Locator.Place =
      switch column {
      case .number(let number): .cell(row: row, column: number)
      case .name(let name): .field(record: row, name: name)
      case nil: source.isRecordPath ? .record(row) : .row(row)
      }
    return Locator(
      file: source.file, source: source.source, table: source.name, place: place, line: line
    ).description
  }

  /// Why the row was rejected; nil if it was not.
  func reject(_ db: Database) throws -> String? {
    let rows = try Row.fetchAll(
      db, sql: "SELECT locator, code, reason FROM reject WHERE table_id = ? ORDER BY id",
      arguments: [table.id])
    return rows.first { rejected in
      guard let spot = Spot(rejected["locator"], in: [table]) else { return false }
      return spot.row == row
    }.map { "\($0["reason"] as String) (\($0["code"] as String))" }
  }

  /// Every record of the same key, in the order taken in.
  func versions(
    of record: Record, counting: Set<Int64>, _ db: Database
  ) throws -> [CellTrace.Version] {
    let sources = try SourceTables.tables(of: table.dataset, db)
    return try Row.fetchAll(
      db, sql: "SELECT * FROM \(DatasetTable.name(table.dataset)) WHERE _key = ? ORDER BY _id",
      arguments: [record.key]
    ).compactMap { row in
      let id: Int64 = row["_table"]
      guard let source = sources[id] else { return nil }
      let place = RecordSource(table: source, row: row["_row"], line: row["_line"])
      return CellTrace.Version(
        locator: (record.field.map { place.locator(field: $0) } ?? place.locator).description,
        value: record.field.flatMap { row[$0] }, counts: counting.contains(id))
    }
  }
}
