import GRDBSQLite
import Glibc

/// What any program that stores the rows in SQLite must spend, done plainly: a prepared INSERT a
/// row in one transaction, an index on the key, a commit that waits for the disk.
///
/// The table is that of `assure ingest`: the fields, the key, and where each row came from. Rows
/// lie ready in memory: what is timed parses and checks nothing.
struct RawStore {
  private static let fields = 8
  private let bytes: [CChar]
  /// Where each field begins and how long it is.
  private let spans: [(offset: Int, length: Int32)]

  /// - Parameter csv: a file of ``BillData``, which quotes nothing; the header is left out.
  init(csv: String) throws {
    guard let file = fopen(csv, "r") else { throw BenchmarkError("cannot read \(csv)") }
    defer { fclose(file) }
    var status = stat()
    fstat(fileno(file), &status)
    var bytes = [CChar](repeating: 0, count: Int(status.st_size))
    let got = fread(&bytes, 1, bytes.count, file)
    guard got == bytes.count else { throw BenchmarkError("cannot read \(csv)") }
    var spans: [(offset: Int, length: Int32)] = []
    var start = (bytes.firstIndex(of: 10) ?? -1) + 1
    for index in start..<bytes.count where bytes[index] == 44 || bytes[index] == 10 {
      spans.append((start, Int32(index - start)))
      start = index + 1
    }
    self.bytes = bytes
    self.spans = spans
  }

  /// The seconds it takes.
  func run(_ path: String) throws -> Double {
    unlink(path)
    var db: OpaquePointer?
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
    guard sqlite3_open_v2(path, &db, flags, nil) == SQLITE_OK else {
      throw BenchmarkError("cannot write \(path)")
    }
    defer {
      sqlite3_close(db)
      unlink(path)
    }
    let columns = (0..<Self.fields).map { "f\($0) TEXT" }.joined(separator: ", ")
    try execute(
      db,
      """
      PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL; PRAGMA cache_size=-8192;
      CREATE TABLE bill(_id INTEGER PRIMARY KEY, _table INTEGER NOT NULL, _row INTEGER NOT NULL,
        _line INTEGER NOT NULL, _key TEXT NOT NULL, \(columns)) STRICT;
      """)
    return ChildProcess.seconds(
      try ContinuousClock().measure {
        try execute(db, "BEGIN IMMEDIATE")
        try insert(db)
        try execute(db, "CREATE INDEX bill_by_key ON bill(_key); COMMIT")
      })
  }

  private func insert(_ db: OpaquePointer?) throws {
    var statement: OpaquePointer?
    let marks = [String](repeating: "?", count: Self.fields + 4).joined(separator: ", ")
    sqlite3_prepare_v2(
      db, "INSERT INTO bill VALUES (NULL, \(marks))", -1, &statement, nil)
    defer { sqlite3_finalize(statement) }
    try bytes.withUnsafeBufferPointer { bytes in
      for row in 0..<spans.count / Self.fields {
        let first = row * Self.fields
        sqlite3_bind_int64(statement, 1, 1)
        sqlite3_bind_int64(statement, 2, Int64(row + 2))
        sqlite3_bind_int64(statement, 3, Int64(row + 2))
        bind(statement, 4, spans[first], bytes)
        for field in 0..<Self.fields {
          bind(statement, Int32(field + 5), spans[first + field], bytes)
        }
        let code = sqlite3_step(statement)
        sqlite3_reset(statement)
        guard code == SQLITE_DONE else { throw BenchmarkError("SQLite: error \(code)") }
      }
    }
  }

  private func bind(
    _ statement: OpaquePointer?, _ index: Int32, _ span: (offset: Int, length: Int32),
    _ bytes: UnsafeBufferPointer<CChar>
  ) {
    sqlite3_bind_text(
      statement, index, bytes.baseAddress.map { $0 + span.offset }, span.length, nil)
  }

  private func execute(_ db: OpaquePointer?, _ sql: String) throws {
    guard sqlite3_exec(db, sql, nil, nil, nil) == SQLITE_OK else {
      throw BenchmarkError(sqlite3_errmsg(db).map { String(cString: $0) } ?? "SQLite refused")
    }
  }
}
