import Assurance
import GRDB
import GRDBSQLite
import Pack
import Trail

/// The records of each dataset are those that were read from the sources, by the digests in
/// `source.received`.
struct StoreRecordCheck {
  let db: Database
  let log: StoreLog

  private struct Claim {
    let dataset: String
    let accepted: Int
    let digest: String
  }

  func run(_ verdict: inout Verdict) throws {
    let before = verdict.findings.count
    var records = 0
    var known: [String: Int] = [:]
    for event in log.events where event["event"]?.string == "source.received" {
      let source = event["facts"]?["sha256"]?.string ?? ""
      let tables = event["facts"]?["tables"]?.array ?? []
      for (ordinal, table) in tables.enumerated() {
        let claim = Claim(
          dataset: table["dataset"]?.string ?? "", accepted: Int(table["accepted"]?.integer ?? -1),
          digest: table["records"]?.string ?? "")
        try check(claim, source: source, ordinal: ordinal, &verdict)
        records += claim.accepted
        known[claim.dataset, default: 0] += claim.accepted
      }
    }
    for name in try Self.datasets(db) {
      let total = try Int.fetchOne(db, sql: "SELECT count(*) FROM \"data_\(name)\"") ?? 0
      if total != known[name] ?? 0 {
        verdict.add(
          "store-records", .content, "data_\(name)",
          "\(total) records, sources brought \(known[name] ?? 0)")
      }
    }
    if verdict.findings.count == before {
      verdict.hold(.content, "\(records) records are those that were read from the sources")
    }
  }

  static func datasets(_ db: Database) throws -> [String] {
    try String.fetchAll(
      db,
      sql: """
        SELECT substr(name, 6) FROM sqlite_master WHERE type = 'table' AND name GLOB 'data_*'
        ORDER BY name
        """)
  }

  private func check(
    _ claim: Claim, source: String, ordinal: Int, _ verdict: inout Verdict
  ) throws {
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT t.id, t.definition FROM source_table t JOIN source s ON s.id = t.source_id
        WHERE s.digest = ? AND t.ordinal = ?
        """, arguments: [source, ordinal])
    guard let row else {
      verdict.add(
        "store-records", .content, "source_table", "the table \(ordinal) of \(source) is missing")
      return
    }
    let definition: String = row["definition"]
    let fields = definition.split(separator: "\n").filter { $0.hasPrefix("field ") }
      .map { String($0.split(separator: " ")[1]) }
    guard !fields.isEmpty, try Self.datasets(db).contains(claim.dataset) else {
      verdict.leave(.content, "records of \(source.prefix(12)), read by an earlier version")
      return
    }
    let (count, digest) = try records(of: row["id"], claim.dataset, fields)
    if count != claim.accepted || digest.hex != claim.digest {
      verdict.add(
        "store-records", .content, "data_\(claim.dataset)",
        "the \(claim.accepted) records of \(source.prefix(12)) are not as they were read")
    }
  }

  /// The digest that `RecordInserter` made when they came. A field that the dataset got later must
  /// be empty in them.
  private func records(
    of table: Int64, _ dataset: String, _ fields: [String]
  ) throws -> (Int, Digest) {
    let own = try db.columns(in: "data_" + dataset).map(\.name).filter { !$0.hasPrefix("_") }
    let later = own.filter { !fields.contains($0) }
    let columns = (["_row", "_line", "_key"] + fields + later).map { "\"\($0)\"" }
      .joined(separator: ", ")
    let statement = try db.makeStatement(
      sql: "SELECT \(columns) FROM \"data_\(dataset)\" WHERE _table = \(table) ORDER BY _id")
    let handle = statement.sqliteStatement
    var (count, stream) = (0, DigestStream())
    var line: [UInt8] = []
    try withExtendedLifetime(statement) {
      sqlite3_reset(handle)
      while true {
        let code = sqlite3_step(handle)
        if code == SQLITE_DONE { break }
        guard code == SQLITE_ROW else {
          throw DatabaseError(resultCode: ResultCode(rawValue: code))
        }
        line.removeAll(keepingCapacity: true)
        for column in 0..<(fields.count + 3 + later.count) {
          let text = Self.text(handle, column)
          if column >= fields.count + 3 {
            if !text.isEmpty { line.append(0) }
          } else {
            if column > 0 { line.append(0x09) }
            line.append(contentsOf: text)
          }
        }
        line.append(0x0A)
        stream.update(line)
        count += 1
      }
    }
    return (count, stream.digest())
  }

  private static func text(_ handle: SQLiteStatement, _ column: Int) -> UnsafeRawBufferPointer {
    let index = Int32(truncatingIfNeeded: column)
    let start = UnsafeRawPointer(sqlite3_column_text(handle, index))
    return UnsafeRawBufferPointer(
      start: start, count: start == nil ? 0 : Int(sqlite3_column_bytes(handle, index)))
  }
}
