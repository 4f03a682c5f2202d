import Assurance
import GRDB
import GRDBSQLite
import Ingest
import Trail

/// Stores records of one source table as they come, and digests them on the way.
///
/// Binds bytes straight from the reader's memory: the statement is run before they change, so no
/// `String` and no copy is made. The digest is SHA-256 over a line a record: row, line, key and
/// values, separated by tabs.
final class RecordInserter {
  // Keeps the prepared statement alive; SQLite's own handle is what is used.
  private let statement: GRDB.Statement
  private let handle: SQLiteStatement
  /// Records stored so far.
  private(set) var count = 0
  private var stream = DigestStream()
  private var pending: UnsafeMutablePointer<UInt8>
  private var pendingCapacity = 1 << 16
  private var pendingCount = 0

  init(_ statement: GRDB.Statement, table: Int64) {
    self.statement = statement
    handle = statement.sqliteStatement
    pending = .allocate(capacity: pendingCapacity)
    sqlite3_bind_int64(handle, 1, table)
  }

  deinit { pending.deallocate() }

  func insert(_ row: RecordRow) throws {
    sqlite3_bind_int64(handle, 2, Int64(row.source.row))
    sqlite3_bind_int64(handle, 3, Int64(row.source.line))
    bind(row.key, at: 4)
    for field in 0..<row.count {
      if let text = row.text(field) {
        bind(text, at: Int32(truncatingIfNeeded: field + 5))
      } else {
        sqlite3_bind_null(handle, Int32(truncatingIfNeeded: field + 5))
      }
    }
    let code = sqlite3_step(handle)
    sqlite3_reset(handle)
    guard code == SQLITE_DONE else {
      let message = sqlite3_errmsg(sqlite3_db_handle(handle)).map { String(cString: $0) }
      throw DatabaseError(resultCode: ResultCode(rawValue: code), message: message)
    }
    count += 1
    digest(row)
  }

  private func bind(_ text: UnsafeBufferPointer<UInt8>, at index: Int32) {
    let start = UnsafeRawPointer(text.baseAddress)?.assumingMemoryBound(to: CChar.self)
    sqlite3_bind_text(handle, index, start, Int32(truncatingIfNeeded: text.count), nil)
  }

  private func digest(_ row: RecordRow) {
    append(number: row.source.row)
    reserve(1)
    push(9)
    append(number: row.source.line)
    append(row.key)
    for field in 0..<row.count {
      append(row.text(field) ?? UnsafeBufferPointer(start: nil, count: 0))
    }
    reserve(1)
    push(10)
    if pendingCount >= 1 << 15 { flush() }
  }

  /// Decimal digits.
  private func append(number: Int) {
    var rest = number
    reserve(24)
    let first = pendingCount
    repeat {
      push(48 + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    var turned = UnsafeMutableBufferPointer(start: pending + first, count: pendingCount - first)
    turned.reverse()
  }

  /// A tab and the bytes.
  private func append(_ text: UnsafeBufferPointer<UInt8>) {
    reserve(text.count + 1)
    push(9)
    guard let start = text.baseAddress else { return }
    (pending + pendingCount).update(from: start, count: text.count)
    pendingCount += text.count
  }

  private func push(_ byte: UInt8) {
    pending[pendingCount] = byte
    pendingCount += 1
  }

  private func reserve(_ more: Int) {
    guard pendingCount + more > pendingCapacity else { return }
    while pendingCapacity < pendingCount + more { pendingCapacity *= 2 }
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: pendingCapacity)
    larger.update(from: pending, count: pendingCount)
    pending.deallocate()
    pending = larger
  }

  private func flush() {
    stream.update(UnsafeRawBufferPointer(start: pending, count: pendingCount))
    pendingCount = 0
  }

  /// The digest of all records so far.
  func digest() -> Digest {
    flush()
    return stream.digest()
  }
}
