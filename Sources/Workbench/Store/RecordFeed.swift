import GRDB
import GRDBSQLite
import Ingest

/// Lets SQLite read collected records as if they were a table.
///
/// A virtual table without a schema entry (https://www.sqlite.org/vtab.html, section 2.1.2): one
/// statement then stores thousands of records, and what a statement costs is paid once for them.
/// Texts are lent, not copied; they stay until the statement is done.
final class RecordFeed {
  /// What a statement reads that begins now; of one width, always.
  var lines: RecordLines
  fileprivate let table: Int64

  init(_ lines: RecordLines, table: Int64) {
    self.lines = lines
    self.table = table
  }

  /// Makes a table of the lines, as they are whenever it is read; returns its name.
  ///
  /// Columns: source table, row, line, key, and the fields.
  func register(_ db: Database) throws -> String {
    let name = "incoming_\(table)"
    let feed = Unmanaged.passRetained(self)
    // Called, and the feed released, also where this fails or another takes the name.
    let code = sqlite3_create_module_v2(db.sqliteConnection, name, Self.module, feed.toOpaque()) {
      guard let feed = $0 else { return }
      Unmanaged<RecordFeed>.fromOpaque(feed).release()
    }
    guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
    return name
  }

  /// SQLite's own structures come first in ours.
  private struct Table {
    var base = sqlite3_vtab()
    var feed: Unmanaged<RecordFeed>
  }

  private struct Cursor {
    var base = sqlite3_vtab_cursor()
    var texts: UnsafePointer<RecordLines.Span>
    var bytes: UnsafeRawPointer?
    var records: UnsafePointer<(row: Int, line: Int)>
    var width = 0
    var index = 0
    var count = 0
    var table: Int64 = 0
  }

  // Written once, then only read.
  private nonisolated(unsafe) static let module: UnsafePointer<sqlite3_module> = {
    let module = UnsafeMutablePointer<sqlite3_module>.allocate(capacity: 1)
    module.initialize(to: sqlite3_module())
    module.pointee.xConnect = { db, feed, _, _, table, _ in attach(db, feed, table) }
    module.pointee.xDisconnect = { table in
      UnsafeMutableRawPointer(table)?.deallocate()
      return SQLITE_OK
    }
    module.pointee.xBestIndex = { _, plan in
      plan?.pointee.estimatedCost = 1
      return SQLITE_OK
    }
    module.pointee.xOpen = { table, cursor in begin(table, cursor) }
    module.pointee.xClose = { cursor in
      UnsafeMutableRawPointer(cursor)?.deallocate()
      return SQLITE_OK
    }
    module.pointee.xFilter = { cursor, _, _, _, _ in filter(cursor) }
    module.pointee.xNext = { cursor in
      state(cursor)?.pointee.index += 1
      return SQLITE_OK
    }
    module.pointee.xEof = { cursor in
      guard let state = state(cursor) else { return 1 }
      return state.pointee.index < state.pointee.count ? 0 : 1
    }
    module.pointee.xColumn = { cursor, context, column in value(cursor, context, Int(column)) }
    module.pointee.xRowid = { cursor, number in
      number?.pointee = Int64(state(cursor)?.pointee.index ?? 0)
      return SQLITE_OK
    }
    return UnsafePointer(module)
  }()

  private static func state(
    _ cursor: UnsafeMutablePointer<sqlite3_vtab_cursor>?
  ) -> UnsafeMutablePointer<Cursor>? {
    UnsafeMutableRawPointer(cursor)?.assumingMemoryBound(to: Cursor.self)
  }

  private static func attach(
    _ db: OpaquePointer?, _ feed: UnsafeMutableRawPointer?,
    _ table: UnsafeMutablePointer<UnsafeMutablePointer<sqlite3_vtab>?>?
  ) -> Int32 {
    guard let feed, let table else { return SQLITE_MISUSE }
    let lender = Unmanaged<RecordFeed>.fromOpaque(feed)
    let fields = (0..<lender.takeUnretainedValue().lines.width).map { ", v\($0)" }.joined()
    let code = sqlite3_declare_vtab(db, "CREATE TABLE incoming(t, r, l\(fields))")
    guard code == SQLITE_OK else { return code }
    let made = UnsafeMutablePointer<Table>.allocate(capacity: 1)
    // The module keeps the feed at least as long.
    made.initialize(to: Table(feed: lender))
    table.pointee = UnsafeMutableRawPointer(made).assumingMemoryBound(to: sqlite3_vtab.self)
    return SQLITE_OK
  }

  private static func begin(
    _ table: UnsafeMutablePointer<sqlite3_vtab>?,
    _ cursor: UnsafeMutablePointer<UnsafeMutablePointer<sqlite3_vtab_cursor>?>?
  ) -> Int32 {
    guard let table = UnsafeMutableRawPointer(table)?.assumingMemoryBound(to: Table.self),
      let cursor
    else { return SQLITE_MISUSE }
    let feed = table.pointee.feed.takeUnretainedValue()
    let made = UnsafeMutablePointer<Cursor>.allocate(capacity: 1)
    made.initialize(to: Cursor(texts: feed.lines.texts, records: feed.lines.records))
    cursor.pointee =
      UnsafeMutableRawPointer(made).assumingMemoryBound(to: sqlite3_vtab_cursor.self)
    return SQLITE_OK
  }

  /// To the first record, of as many as there are now.
  private static func filter(_ cursor: UnsafeMutablePointer<sqlite3_vtab_cursor>?) -> Int32 {
    guard let state = state(cursor),
      let table = UnsafeMutableRawPointer(state.pointee.base.pVtab)?
        .assumingMemoryBound(to: Table.self)
    else { return SQLITE_MISUSE }
    let feed = table.pointee.feed.takeUnretainedValue()
    state.pointee.texts = feed.lines.texts
    state.pointee.records = feed.lines.records
    state.pointee.bytes = feed.lines.text.baseAddress
    state.pointee.width = feed.lines.width
    state.pointee.count = feed.lines.count
    state.pointee.index = 0
    state.pointee.table = feed.table
    return SQLITE_OK
  }

  private static func value(
    _ cursor: UnsafeMutablePointer<sqlite3_vtab_cursor>?, _ context: OpaquePointer?, _ column: Int
  ) -> Int32 {
    guard let state = state(cursor) else { return SQLITE_MISUSE }
    let index = state.pointee.index
    switch column {
    case 0: sqlite3_result_int64(context, state.pointee.table)
    case 1: sqlite3_result_int64(context, Int64(state.pointee.records[index].row))
    case 2: sqlite3_result_int64(context, Int64(state.pointee.records[index].line))
    default:
      let span = state.pointee.texts[index * state.pointee.width + column - 3]
      guard span.length >= 0, let bytes = state.pointee.bytes else {
        sqlite3_result_null(context)
        break
      }
      // Lent: SQLite is told that the bytes stay where they are.
      sqlite3_result_text(
        context, (bytes + Int(span.offset)).assumingMemoryBound(to: CChar.self), span.length, nil)
    }
    return SQLITE_OK
  }
}
