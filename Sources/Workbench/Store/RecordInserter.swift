import Assurance
import GRDB
import GRDBSQLite
import Ingest
import Trail

/// Stores records of one source table as they come, and digests them on the way.
///
/// Records are collected as lines and stored some thousands at a time by one statement, which
/// reads them where they lie: no `String` and no copy is made. The digest is SHA-256 over those
/// lines: row, line, key and values, separated by tabs. ``flush()`` must be called before the
/// table is read or others are written to.
final class RecordInserter {
  private let db: Database
  // Keeps the prepared statement alive; SQLite's own handle is what is used.
  private let statement: GRDB.Statement
  private let lines: RecordLines
  private var stored = 0
  private var stream = DigestStream()

  /// - Parameters:
  ///   - target: the SQL name of the table, quoted.
  ///   - fields: the columns after `_table`, `_row`, `_line` and `_key`.
  ///   - table: the number of the source table.
  init(_ db: Database, into target: String, fields: [String], table: Int64) throws {
    self.db = db
    lines = RecordLines(fields: fields.count)
    let feed = try RecordFeed.register(lines, table: table, db)
    let names = fields.map { ", \"\($0)\"" }.joined()
    statement = try db.makeStatement(
      sql: "INSERT INTO \(target)(_table, _row, _line, _key\(names)) SELECT * FROM \"\(feed)\"")
  }

  /// Records so far.
  var count: Int { stored + lines.count }

  func insert(_ row: RecordRow) throws {
    lines.append(row)
    if lines.isFull { try flush() }
  }

  /// Stores what was collected.
  ///
  /// - Parameter isLast: no more will come; memory is given back.
  func flush(isLast: Bool = false) throws {
    defer { if isLast { lines.empty(isLast: true) } }
    let more = lines.count
    guard more > 0 else { return }
    let handle = statement.sqliteStatement
    let code = sqlite3_step(handle)
    sqlite3_reset(handle)
    let changed = Int(sqlite3_changes(db.sqliteConnection))
    guard code == SQLITE_DONE, changed == more else {
      let message = sqlite3_errmsg(db.sqliteConnection).map { String(cString: $0) }
      throw DatabaseError(
        resultCode: code == SQLITE_DONE ? .SQLITE_ERROR : ResultCode(rawValue: code),
        message: code == SQLITE_DONE ? "\(changed) of \(more) records were stored" : message)
    }
    stored += more
    stream.update(lines.text)
    lines.empty()
  }

  /// The digest of all records, which are stored now.
  func digest() throws -> Digest {
    try flush(isLast: true)
    return stream.digest()
  }
}
