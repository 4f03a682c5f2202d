import GRDBSQLite
import Glibc

/// A table of keys in an SQLite file, read through the raw handle.
struct KeyTable: Sendable {
  enum Failure: Error { case sqlite(Int32, String) }

  let path: String
  let keys: Int

  /// Writes `item(key TEXT)` with keys as long as those of meters and bills.
  init(path: String, keys: Int) throws {
    self.path = path
    self.keys = keys
    let connection = try Connection(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
    try connection.run("PRAGMA page_size = 8192")
    try connection.run("PRAGMA journal_mode = OFF")
    try connection.run("PRAGMA synchronous = OFF")
    try connection.run("CREATE TABLE item(id INTEGER PRIMARY KEY, key TEXT NOT NULL) STRICT")
    // The multiplier has no factor in common with 10⁸: each key comes once, in no order.
    try connection.run(
      """
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(keys))
      INSERT INTO item SELECT i, format('meter-%08d/2026-01', i * 48271 % 100000000) FROM n
      """)
  }

  /// Feeds the keys of one half of the table to `use`, as bytes that live for the call alone.
  func read(half: Int, _ use: (UnsafeRawBufferPointer) -> Void) throws {
    let connection = try Connection(path, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX)
    let middle = keys / 2
    let (first, count) = half == 0 ? (1, middle) : (middle + 1, keys - middle)
    var statement: OpaquePointer?
    defer { sqlite3_finalize(statement) }
    let query = "SELECT key FROM item WHERE id >= \(first) ORDER BY id"
    try connection.check(sqlite3_prepare_v2(connection.handle, query, -1, &statement, nil))
    for _ in 0..<count {
      let code = sqlite3_step(statement)
      guard code == SQLITE_ROW else { return try connection.check(code) }
      // As a blob the text is not copied to end it with a zero.
      let text = sqlite3_column_blob(statement, 0)
      use(UnsafeRawBufferPointer(start: text, count: Int(sqlite3_column_bytes(statement, 0))))
    }
  }

  func remove() { unlink(path) }
}

/// One SQLite connection, closed when it is let go.
private final class Connection {
  private(set) var handle: OpaquePointer?

  init(_ path: String, _ flags: Int32) throws {
    try check(sqlite3_open_v2(path, &handle, flags, nil))
  }

  func run(_ text: String) throws { try check(sqlite3_exec(handle, text, nil, nil, nil)) }

  func check(_ code: Int32) throws {
    guard code == SQLITE_OK || code == SQLITE_DONE else {
      throw KeyTable.Failure.sqlite(code, String(cString: sqlite3_errmsg(handle)))
    }
  }

  deinit { sqlite3_close(handle) }
}
