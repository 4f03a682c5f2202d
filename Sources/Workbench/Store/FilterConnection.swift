import Assurance
import GRDBSQLite

/// A read-only connection on which a policy's filters run, able to read named tables and no more.
///
/// The authorizer (https://www.sqlite.org/c3ref/set_authorizer.html) allows SELECT, reading the
/// tables given, and deterministic text and number functions. Everything else, attached files and
/// pragmas included, is refused when the statement is prepared.
final class FilterConnection {
  private var handle: OpaquePointer?
  private let guardBox: GuardBox
  private let path: String

  /// - Parameters:
  ///   - path: a path, or a URI as of ``Store/readingName``.
  ///   - tables: unquoted names of the tables that may be read.
  init(path: String, tables: Set<String>) throws(AssureError) {
    self.path = path
    guardBox = GuardBox(tables: tables)
    let flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI
    guard sqlite3_open_v2(path, &handle, flags, nil) == SQLITE_OK else {
      sqlite3_close_v2(handle)
      throw AssureError(
        "store-unreadable", place: path, "the store cannot be opened for reading",
        remedy: "check its permissions")
    }
    // "x" is a field or an error, never a text: a misspelt field must not compare with nothing.
    if let handle { _disableDoubleQuotedStringLiterals(handle) }
    sqlite3_busy_timeout(handle, 10_000)
    sqlite3_set_authorizer(
      handle,
      { box, action, first, second, _, _ in
        guard let box else { return SQLITE_DENY }
        let guardBox = Unmanaged<GuardBox>.fromOpaque(box).takeUnretainedValue()
        return guardBox.allows(action, first, second) ? SQLITE_OK : SQLITE_DENY
      }, Unmanaged.passUnretained(guardBox).toOpaque())
  }

  deinit { sqlite3_close_v2(handle) }

  /// Runs a statement and hands over each of its rows where it stands.
  func scan(_ sql: String, blame: String, each: (OpaquePointer?) throws -> Void) throws {
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK else {
      throw AssureError(
        "filter-refused", place: blame, "SQLite refuses a filter: \(message)",
        remedy: "a filter may name the dataset's fields and `register.field`, nothing else")
    }
    defer { sqlite3_finalize(statement) }
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_ROW: try each(statement)
      case SQLITE_DONE: return
      default:
        throw AssureError(
          "filter-failed", place: blame, "SQLite stops in a filter: \(message)",
          remedy: "simplify the filter")
      }
    }
  }

  private var message: String {
    handle.flatMap { sqlite3_errmsg($0) }.map { String(cString: $0) } ?? ""
  }

  /// Runs a statement and hands over each row's columns as text.
  ///
  /// - Parameters:
  ///   - blame: the policy's place, for what its filter does wrong.
  ///   - each: nil columns are SQL NULL.
  func rows(
    _ sql: String, _ arguments: [String], blame: String, each: ([String?]) throws -> Void
  ) throws {
    var columns: [String?] = []
    try steps(sql, arguments, blame: blame) { row in
      if columns.isEmpty { columns = [String?](repeating: nil, count: row.count) }
      for index in columns.indices { columns[index] = row.text(index) }
      try each(columns)
    }
  }

  /// A row while the statement stands on it.
  struct StoredRow {
    fileprivate let statement: OpaquePointer?

    var count: Int { Int(sqlite3_column_count(statement)) }
    func text(_ column: Int) -> String? {
      sqlite3_column_text(statement, Int32(column)).map { String(cString: $0) }
    }
    func integer(_ column: Int) -> Int64 { sqlite3_column_int64(statement, Int32(column)) }
    /// The bytes of a text; empty for NULL. Valid until the next row.
    func bytes(_ column: Int) -> UnsafeBufferPointer<UInt8> {
      let start = sqlite3_column_text(statement, Int32(column))
      return UnsafeBufferPointer(
        start: start, count: Int(sqlite3_column_bytes(statement, Int32(column))))
    }
  }

  /// Runs a statement and hands over each row as it stands in SQLite's memory.
  func steps(
    _ sql: String, _ arguments: [String], blame: String, each: (StoredRow) throws -> Void
  ) throws {
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK else {
      throw AssureError(
        "filter-refused", place: blame, "SQLite refuses the filter: \(message)",
        remedy: "a filter may name the dataset's fields and `register.field`, nothing else")
    }
    defer { sqlite3_finalize(statement) }
    for (index, argument) in arguments.enumerated() {
      sqlite3_bind_text(
        statement, Int32(index + 1), argument, -1,
        unsafeBitCast(-1, to: sqlite3_destructor_type.self))
    }
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_ROW: try each(StoredRow(statement: statement))
      case SQLITE_DONE: return
      default:
        throw AssureError(
          "filter-failed", place: blame, "SQLite stops in the filter: \(message)",
          remedy: "simplify the filter")
      }
    }
  }
}

/// What the authorizer consults; its address is given to C.
private final class GuardBox {
  private let tables: Set<String>
  private static let functions: Set<String> = [
    "like", "lower", "upper", "length", "substr", "trim", "ltrim", "rtrim", "instr", "replace",
    "abs", "coalesce", "ifnull", "nullif", "min", "max", "iif", "round", "glob",
  ]

  init(tables: Set<String>) { self.tables = tables }

  /// - Parameters:
  ///   - first: for a read, the table.
  ///   - second: for a function, its name.
  func allows(
    _ action: Int32, _ first: UnsafePointer<CChar>?, _ second: UnsafePointer<CChar>?
  ) -> Bool {
    switch action {
    case SQLITE_SELECT: true
    case SQLITE_READ: first.map { tables.contains(String(cString: $0)) } ?? false
    case SQLITE_FUNCTION:
      second.map { Self.functions.contains(String(cString: $0).lowercased()) } ?? false
    default: false
    }
  }
}
