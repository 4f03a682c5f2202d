import Assurance
import GRDB
import Pack
import Trail

/// Goes through the events and takes, for each, the rows that it says it added: what remains, or
/// has another digest, was changed behind the log's back.
struct StoreFold {
  let db: Database
  let log: StoreLog

  func run(_ verdict: inout Verdict) throws {
    var claims: [String: [(event: Int, rows: Int, digest: String)]] = [:]
    for (place, event) in log.events.enumerated() {
      for (table, said) in event["state"]?.object?.members.map({ ($0.key, $0.value) }) ?? [] {
        guard let rows = said["rows"]?.integer, let digest = said["sha256"]?.string else {
          continue
        }
        claims[table, default: []].append((place, Int(rows), digest))
      }
    }
    let tables = try StateDigest.tables(db)
    let before = verdict.findings.count
    var rows = 0
    for table in tables {
      rows += try fold(table, claims.removeValue(forKey: table.name) ?? [], &verdict)
    }
    for (name, claims) in claims.sorted(by: { $0.key < $1.key }) where !claims.isEmpty {
      verdict.add("store-rows-missing", .content, name, "the table is not there")
    }
    if verdict.findings.count == before {
      verdict.hold(.content, "\(rows) rows of \(tables.count) tables are those that events added")
    }
  }

  /// - Returns: rows that events account for.
  private func fold(
    _ table: StateDigest.Table, _ claims: [(event: Int, rows: Int, digest: String)],
    _ verdict: inout Verdict
  ) throws -> Int {
    let total = try Int.fetchOne(db, sql: "SELECT count(*) FROM \"\(table.name)\"") ?? 0
    let claimed = claims.reduce(0) { $0 + $1.rows }
    var reader = try StateReader(table, after: .min, db)
    if total != claimed {
      // Rows of before events spoke of rows: nobody can tell now what they were.
      let first = claims.first?.event ?? log.events.count
      guard total > claimed, isOld(first) else {
        verdict.add(
          total < claimed ? "store-rows-missing" : "store-rows-extra", .content, table.name,
          "\(total) rows, events added \(claimed)")
        return 0
      }
      verdict.leave(
        .content, "\(total - claimed) rows of \(table.name), written by an earlier version")
      _ = try reader.next(total - claimed)
    }
    var done = 0
    for claim in claims {
      guard let (count, digest) = try reader.next(claim.rows), count == claim.rows,
        digest.hex == claim.digest
      else {
        verdict.add(
          "store-rows-changed", .content, table.name,
          "the \(claim.rows) rows that event \(claim.event) added are not as they were")
        return done
      }
      done += count
    }
    return done
  }

  /// Whether events before this one are of a version whose events said nothing of rows.
  private func isOld(_ first: Int) -> Bool {
    log.events[..<first].contains { event in
      guard event["state"] == nil, let kind = event["event"]?.string else { return false }
      return Self.kindsWithRows.contains(kind)
    }
  }

  /// Events that always come with rows.
  private static let kindsWithRows: Set<String> = [
    "source.received", "population.checked", "exception.decided", "plan.frozen", "sample.drawn",
    "worksheet.imported", "sample.evaluated", "statement.signed",
  ]
}
