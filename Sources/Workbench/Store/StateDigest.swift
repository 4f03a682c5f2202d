import Assurance
import GRDB
import GRDBSQLite
import Trail

/// What a transaction added to the tables, as counts and digests that go into its event.
///
/// Rows are only ever added, so the tables are the sum of what the events say: whoever changes,
/// drops or adds a row behind the log's back meets the digest of some event. Records of datasets
/// have digests of their own in `source.received`; the trail's own tables need none.
///
/// The digest is SHA-256 over the rows in the order they came. A row is a line for each column that
/// is not NULL, `name type length:bytes`, and an empty line; so a column that a later version adds
/// changes nothing about the rows of before, as long as it is NULL there.
enum StateDigest {
  /// The last row of each table.
  typealias Marks = [String: Int64]

  /// Tables by the column that grows and the table that it counts.
  struct Table {
    let name: String
    /// Grows with every row, or with every group of rows.
    let order: String
    /// What follows it in the order of rows.
    let then: String
    /// Where its highest value stands.
    let counter: String
  }

  /// Every table of the work, sorted by name.
  static func tables(_ db: Database) throws -> [Table] {
    try String.fetchAll(
      db,
      sql: """
        SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'trail_*'
          AND name NOT GLOB 'data_*' AND name NOT GLOB 'sqlite_*' AND name NOT GLOB 'grdb_*'
        ORDER BY name
        """
    ).map { name in
      // The one table without row numbers: its rows come with the row of their population.
      name == "population_item"
        ? Table(
          name: name, order: "population_id", then: ", key",
          counter: "SELECT max(id) FROM population"
        )
        : Table(
          name: name, order: "rowid", then: "", counter: "SELECT max(rowid) FROM \"\(name)\"")
    }
  }

  static func marks(_ db: Database) throws -> Marks {
    var marks: Marks = [:]
    for table in try tables(db) {
      marks[table.name] = try Int64.fetchOne(db, sql: table.counter) ?? 0
    }
    return marks
  }

  /// For each table that grew since, the number of rows and their digest.
  static func added(since marks: Marks, _ db: Database) throws -> CanonicalJSON.Object {
    var state: CanonicalJSON.Object = [:]
    for table in try tables(db) {
      let mark = marks[table.name] ?? 0
      guard try Int64.fetchOne(db, sql: table.counter) ?? 0 > mark else { continue }
      var reader = try StateReader(table, after: mark, db)
      guard let (count, digest) = try reader.next(.max), count > 0 else { continue }
      state[table.name] = ["rows": .integer(Int64(count)), "sha256": .string(digest.hex)]
    }
    return state
  }
}

/// Reads the rows of a table in order and digests them by groups.
struct StateReader {
  private let statement: GRDB.Statement
  private let handle: SQLiteStatement
  private let names: [String]
  private var hasRow = false
  private var hasBegun = false

  init(_ table: StateDigest.Table, after mark: Int64, _ db: Database) throws {
    statement = try db.makeStatement(
      sql: """
        SELECT * FROM "\(table.name)" WHERE \(table.order) > \(mark)
        ORDER BY \(table.order)\(table.then)
        """)
    let handle = statement.sqliteStatement
    self.handle = handle
    names = (0..<sqlite3_column_count(handle)).map { column in
      sqlite3_column_name(handle, column).map { String(cString: $0) } ?? ""
    }
    sqlite3_reset(handle)
  }

  private mutating func step() throws {
    let code = sqlite3_step(handle)
    guard code == SQLITE_ROW || code == SQLITE_DONE else {
      throw DatabaseError(resultCode: ResultCode(rawValue: code), message: nil)
    }
    hasRow = code == SQLITE_ROW
    hasBegun = true
  }

  /// The digest of at most so many of the rows that follow, and how many they are.
  mutating func next(_ limit: Int) throws -> (count: Int, digest: Digest)? {
    if !hasBegun { try step() }
    var stream = DigestStream()
    var count = 0
    while hasRow, count < limit {
      add(to: &stream)
      count += 1
      try step()
    }
    return (count, stream.digest())
  }

  private func add(to stream: inout DigestStream) {
    for (index, name) in names.enumerated() {
      let column = Int32(truncatingIfNeeded: index)
      let type = sqlite3_column_type(handle, column)
      guard type != SQLITE_NULL else { continue }
      let letter = type == SQLITE_INTEGER ? "i" : type == SQLITE_TEXT ? "t" : "b"
      let start: UnsafeRawPointer? =
        type == SQLITE_BLOB
        ? sqlite3_column_blob(handle, column)
        : UnsafeRawPointer(sqlite3_column_text(handle, column))
      let bytes = UnsafeRawBufferPointer(
        start: start, count: start == nil ? 0 : Int(sqlite3_column_bytes(handle, column)))
      stream.update(Array("\(name) \(letter) \(bytes.count):".utf8))
      stream.update(bytes)
      stream.update(CollectionOfOne<UInt8>(0x0A))
    }
    stream.update(CollectionOfOne<UInt8>(0x0A))
  }
}
