import Assurance
import Dispatch
import GRDB
import GRDBSQLite
import Ingest
import Trail

/// Stores records of one source table as they come, and digests them on the way.
///
/// Records are collected as lines and stored some thousands at a time by one statement, which
/// reads them where they lie: no `String` and no copy is made. While one lot is being stored on
/// another thread the next is collected; the database is that thread's until ``settle()``. The
/// digest is SHA-256 over the lines: row, line, key and values, separated by tabs. ``flush()`` must
/// be called before the table is read or others are written to.
final class RecordInserter {
  /// A lot that is being stored.
  private final class Step {
    let lines: RecordLines
    var outcome: Result<Void, any Error> = .success(())

    init(_ lines: RecordLines) { self.lines = lines }
  }

  private let db: Database
  // Keeps the prepared statement alive; SQLite's own handle is what is used.
  private let statement: GRDB.Statement
  private let feed: RecordFeed
  private var lines: RecordLines
  private var spare: RecordLines?
  private var stored = 0
  private var stream = DigestStream()
  private var underWay: (step: Step, item: DispatchWorkItem)?
  private let thread = DispatchQueue(label: "assure.store")

  /// - Parameters:
  ///   - target: the SQL name of the table, quoted.
  ///   - fields: the columns after `_table`, `_row`, `_line` and `_key`.
  ///   - table: the number of the source table.
  init(_ db: Database, into target: String, fields: [String], table: Int64) throws {
    self.db = db
    lines = RecordLines(fields: fields.count)
    feed = RecordFeed(lines, table: table)
    let name = try feed.register(db)
    let names = fields.map { ", \"\($0)\"" }.joined()
    statement = try db.makeStatement(
      sql: "INSERT INTO \(target)(_table, _row, _line, _key\(names)) SELECT * FROM \"\(name)\"")
  }

  deinit { rest() }

  /// Records so far.
  var count: Int { stored + (underWay?.step.lines.count ?? 0) + lines.count }

  func insert(_ row: RecordRow) throws {
    lines.append(row)
    if lines.isFull { try pass() }
  }

  /// Has what was collected stored, while more is collected.
  private func pass() throws {
    try settle()
    let step = Step(lines)
    lines = spare ?? RecordLines(fields: lines.width - 1)
    spare = nil
    let item = DispatchWorkItem { [unowned self] in
      step.outcome = Result { try store(step.lines) }
    }
    underWay = (step, item)
    thread.async(execute: item)
  }

  /// Waits for the other thread; nothing may use the database before.
  func settle() throws {
    guard let (step, item) = underWay else { return }
    item.wait()
    underWay = nil
    try step.outcome.get()
    stored += step.lines.count
    step.lines.empty()
    spare = step.lines
  }

  /// Waits for the other thread, whatever became of its work.
  func rest() { underWay?.item.wait() }

  /// Stores what was collected.
  ///
  /// - Parameter isLast: no more will come; memory is given back.
  func flush(isLast: Bool = false) throws {
    try settle()
    defer {
      if isLast {
        lines.empty(isLast: true)
        spare = nil
      }
    }
    guard lines.count > 0 else { return }
    try store(lines)
    stored += lines.count
    lines.empty()
  }

  /// Stores and digests a lot.
  private func store(_ lot: RecordLines) throws {
    feed.lines = lot
    let handle = statement.sqliteStatement
    let code = sqlite3_step(handle)
    sqlite3_reset(handle)
    let changed = Int(sqlite3_changes(db.sqliteConnection))
    guard code == SQLITE_DONE, changed == lot.count else {
      let message = sqlite3_errmsg(db.sqliteConnection).map { String(cString: $0) }
      throw DatabaseError(
        resultCode: code == SQLITE_DONE ? .SQLITE_ERROR : ResultCode(rawValue: code),
        message: code == SQLITE_DONE ? "\(changed) of \(lot.count) records were stored" : message)
    }
    stream.update(lot.text)
  }

  /// The digest of all records, which are stored now.
  func digest() throws -> Digest {
    try flush(isLast: true)
    return stream.digest()
  }
}
