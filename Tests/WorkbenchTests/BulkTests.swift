import Assurance
import Foundation
import GRDB
import Testing

@testable import Workbench

/// What is stored does not depend on how the store is set up for it.
@Suite struct BulkTests {
  private func take(_ made: MadeEngagement, bulkBytes: Int, cutOff: Bool = false) throws
    -> [String]
  {
    var text = "number,day,volume,status\n"
    for row in 0..<3000 {
      text += "B-\(row * 7919 % 3000),2021-0\(row % 9 + 1)-15,\(row).5,actual\n"
    }
    text += cutOff ? "\"B-3000" : "B-x,2021-02-31,1,actual\n"
    let path = made.path + "/sources/bills.csv"
    try MadeEngagement.write(text, to: path)
    // The same salts in both.
    let key = made.path + "/.assure/salt.key"
    try MadeEngagement.write(String(repeating: "5a", count: 32) + "\n", to: key)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key)
    let engagement = try made.open()
    _ = try engagement.ingest(
      path: path, table: nil, dataset: nil, recordPath: nil, bulkBytes: bulkBytes)
    let events = try engagement.store.read { db in
      try String.fetchAll(
        db, sql: "SELECT json_extract(leaf, '$.facts') FROM trail_event ORDER BY seq")
    }
    return Array(events.suffix(1))
      + (try engagement.store.read { db in
        try String.fetchAll(
          db,
          sql: """
            SELECT _id || _table || _row || _line || _key || day || volume FROM data_bill
            UNION ALL SELECT locator || code || reason FROM reject
            UNION ALL SELECT name || coalesce(sql, '') FROM sqlite_master
            """)
      })
      + (try engagement.store.read { db in
        try String.fetchAll(db, sql: "PRAGMA journal_mode")
          + [String(try Int.fetchOne(db, sql: "PRAGMA foreign_keys") ?? -1)]
          + [
            String(try Int.fetchOne(db, sql: "SELECT count(*) FROM pragma_foreign_key_check") ?? -1)
          ]
      })
  }

  @Test func sameAsWithoutIt() throws {
    let plain = try take(MadeEngagement(), bulkBytes: .max)
    let bulk = try take(MadeEngagement(), bulkBytes: 0)
    #expect(plain.count > 3000)
    #expect(Set(plain) == Set(bulk))
    #expect(bulk.suffix(3) == ["wal", "1", "0"])
  }

  @Test func brokenFileLeavesNothing() throws {
    let made = try MadeEngagement()
    #expect(
      MadeEngagement.code { _ = try take(made, bulkBytes: 0, cutOff: true) } == "unclosed-quote")
    let engagement = try made.open()
    let counts = try engagement.store.read { db in
      [
        try Int.fetchOne(db, sql: "SELECT count(*) FROM source"),
        try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master WHERE name LIKE 'data_%'"),
      ]
    }
    #expect(counts == [0, 0])
    let kept = try FileManager.default.contentsOfDirectory(
      atPath: made.path + "/.assure/sources")
    #expect(kept.isEmpty)
  }
}
