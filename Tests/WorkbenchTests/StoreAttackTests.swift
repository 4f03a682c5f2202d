import Assurance
import Exact
import Foundation
import GRDB
import Pack
import Testing
import Trail

@testable import Workbench

/// An insider with the database: what the store finds by itself, and what a head outside adds.
///
/// "All found with one outside head; without one, what isn't found is reported as unanchored."
@Suite struct StoreAttackTests {
  /// An engagement with rows in every table that it can have, and its database as the insider has
  /// it.
  struct Case {
    let made: MadeEngagement
    let signing: SigningCase
    let database: DatabaseQueue

    init() throws {
      signing = try SigningCase()
      made = signing.made
      try made.setMateriality()
      let engagement = try made.open()
      _ = try made.deliver(
        ["9,2021-03-01,5,a", "x,2021-03-01,nought,a"], file: "more.csv", to: engagement)
      _ = try made.deliver(
        ["9,2021-03-01,6,a"], file: "later.csv",
        as: .replacement(
          of: ["more.csv"], whole: true), to: engagement)
      _ = try engagement.check(kpi: "water")
      if let exception = try engagement.exceptions().first {
        try engagement.resolve(exception: exception.id, state: "explained", reason: "known")
      }
      _ = try engagement.plan(kpi: "water", round: nil, size: 2, method: nil)
      _ = try engagement.draw(kpi: "water", round: 1, seed: "dice", seedOrigin: "given")
      try signing.sign("alice", .preparer)
      _ = try signing.pack()
      database = try DatabaseQueue(path: made.path + "/assure.sqlite")
    }

    func head() throws -> ToldHead {
      let note = try made.open().checkpoint()
      return try ToldHead(parsing: note.bytes)
    }

    /// Findings, with and without a head that was kept outside.
    func codes(_ head: ToldHead? = nil) throws -> Set<String> {
      var trust = ReaderTrust()
      trust.heads = head.map { [$0] } ?? []
      return Set(try made.open().verifyStore(trust: trust).findings.map(\.code))
    }

    /// Runs SQL as somebody who takes the guards away and puts them back.
    func attack(_ sql: String...) throws { try Self.attack(database, sql) }

    static func attack(_ database: DatabaseQueue, _ sql: [String]) throws {
      try database.writeWithoutTransaction { db in
        let guards = try Row.fetchAll(
          db, sql: "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        try db.execute(sql: "PRAGMA foreign_keys = OFF")
        for row in guards { try db.execute(sql: "DROP TRIGGER \"\(row["name"] as String)\"") }
        for line in sql { try db.execute(sql: line) }
        for row in guards { try db.execute(sql: row["sql"]) }
      }
    }

    /// Makes the tree's own tables fit the leaves again.
    func rehash() throws {
      let leaves = try database.read {
        try Data.fetchAll($0, sql: "SELECT leaf FROM trail_event ORDER BY seq").map { Array($0) }
      }
      var lines = ["DELETE FROM trail_node", "DELETE FROM trail_checkpoint"]
      var tree = MemoryHashStore()
      for (seq, leaf) in leaves.enumerated() {
        let hash = MerkleTree.leafHash(leaf)
        lines.append("UPDATE trail_event SET leaf_hash = x'\(hash.hex)' WHERE seq = \(seq)")
        for node in try MerkleTree.nodesToStore(appending: hash, at: seq, reading: tree) {
          lines.append(
            "INSERT INTO trail_node VALUES (\(node.level), \(node.index), x'\(node.hash.hex)')")
        }
        try tree.append(leafHash: hash)
      }
      try database.writeWithoutTransaction { db in
        let guards = try Row.fetchAll(
          db, sql: "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        for row in guards { try db.execute(sql: "DROP TRIGGER \"\(row["name"] as String)\"") }
        for line in lines { try db.execute(sql: line) }
        for row in guards { try db.execute(sql: row["sql"]) }
      }
    }
  }

  @Test func anUntouchedStoreHolds() throws {
    let store = try Case()
    let verdict = try store.made.open().verifyStore()
    #expect(verdict.findings == [])
    #expect(verdict.notChecked.contains { $0.hasPrefix("unanchored: ") })
    var trust = ReaderTrust()
    trust.heads = [try store.head()]
    let anchored = try store.made.open().verifyStore(trust: trust)
    #expect(anchored.findings == [])
    #expect(anchored.tail?.length == 0)
    #expect(!anchored.notChecked.contains { $0.hasPrefix("unanchored: ") })
  }

  @Test func theGuardsRefuse() throws {
    let store = try Case()
    let tables = try store.database.read { db in
      try String.fetchAll(
        db, sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
      )
      .filter { !$0.hasPrefix("grdb") }
    }
    for table in tables {
      let column = try store.database.read { try $0.columns(in: table)[0].name }
      for sql in ["DELETE FROM \"\(table)\"", "UPDATE \"\(table)\" SET \(column) = \(column)"] {
        let count = try store.database.read {
          try Int.fetchOne($0, sql: "SELECT count(*) FROM \"\(table)\"") ?? 0
        }
        guard count > 0 else { continue }
        #expect(throws: DatabaseError.self) {
          try store.database.write { try $0.execute(sql: sql) }
        }
      }
    }
  }

  /// A row of each table changed, deleted and doubled, the guards put back afterwards.
  @Test func everyTableOfTheWork() throws {
    let store = try Case()
    try store.database.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
    let tables = try store.database.read { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
            AND name NOT LIKE 'trail_%' AND name NOT LIKE 'grdb_%' ORDER BY name
          """)
    }
    var tried = 0
    for table in tables {
      let (columns, count) = try store.database.read { db in
        (
          try db.columns(in: table),
          try Int.fetchOne(db, sql: "SELECT count(*) FROM \"\(table)\"") ?? 0
        )
      }
      guard count > 0 else { continue }
      let key = table == "population_item" ? "population_id" : "rowid"
      let first = "\(key) = (SELECT min(\(key)) FROM \"\(table)\")"
      var attacks = ["DELETE FROM \"\(table)\" WHERE \(first)"]
      for column in columns where column.primaryKeyIndex == 0 {
        let value =
          column.type == "INTEGER"
          ? "CASE \(q(column.name)) WHEN 1 THEN 0 ELSE 1 END"
          : "coalesce(\(q(column.name)), '') || 'x'"
        attacks.append("UPDATE \"\(table)\" SET \(q(column.name)) = \(value) WHERE \(first)")
      }
      let copied = columns.map { column -> String in
        guard column.primaryKeyIndex > 0 else { return q(column.name) }
        return column.type == "INTEGER" ? "\(q(column.name)) + 99" : "\(q(column.name)) || 'x'"
      }.joined(separator: ", ")
      if !["source", "statement"].contains(table) {
        attacks.append("INSERT INTO \"\(table)\" SELECT \(copied) FROM \"\(table)\" WHERE \(first)")
      }
      for attack in attacks {
        let copy = NSTemporaryDirectory() + "/store-\(UUID())"
        defer { try? FileManager.default.removeItem(atPath: copy) }
        try FileManager.default.copyItem(atPath: store.made.path, toPath: copy)
        let database = try DatabaseQueue(path: copy + "/assure.sqlite")
        // A CHECK or a key of the table may refuse: then nothing is changed.
        guard
          (try? Case.attack(database, ["PRAGMA ignore_check_constraints = ON", attack])) != nil
        else { continue }
        try database.close()
        tried += 1
        let verdict = try? Engagement(folder: copy, actor: "tester").verifyStore()
        #expect(verdict?.word != .valid && verdict?.word != .validInPart, "\(attack)")
      }
    }
    print("store attacks on rows: \(tried) over \(tables.count) tables")
    #expect(tried > 60)
  }

  private func q(_ name: String) -> String { "\"\(name)\"" }

  @Test func theTrailsOwnTables() throws {
    for (sql, code) in [
      (
        "UPDATE trail_event SET leaf = CAST(replace(leaf, 'tester', 'Tester') AS BLOB) WHERE seq = 2",
        "store-event"
      ),
      ("DELETE FROM trail_event WHERE seq = 3", "store-event"),
      ("UPDATE trail_event SET leaf_hash = zeroblob(32) WHERE seq = 3", "store-event"),
      ("UPDATE trail_node SET hash = zeroblob(32) WHERE level = 1 AND idx = 0", "store-node"),
      ("DELETE FROM trail_node WHERE level = 1 AND idx = 0", "store-node"),
      ("UPDATE trail_checkpoint SET note = replace(note, 'assure', 'Assure')", "store-checkpoint"),
    ] {
      let store = try Case()
      try store.attack(sql)
      #expect(try store.codes().contains(code), "\(sql)")
    }
  }

  @Test func guardsAndTablesOfOthers() throws {
    for sql in [
      "DROP TRIGGER result_no_update", "CREATE TABLE extra(x)", "CREATE VIEW v AS SELECT 1",
      "CREATE TRIGGER mine AFTER INSERT ON source BEGIN SELECT 1; END",
    ] {
      let store = try Case()
      try store.database.write { try $0.execute(sql: sql) }
      #expect(try store.codes().contains("store-schema"), "\(sql)")
    }
  }

  /// The insider cuts the log's end with the rows that belong to it, and makes everything fit.
  @Test func aCutLog() throws {
    let store = try Case()
    let head = try store.head()
    let size = try store.database.read {
      try Int.fetchOne($0, sql: "SELECT count(*) FROM trail_event") ?? 0
    }
    // The last event is that of the pack, which added no row.
    try store.attack("DELETE FROM trail_event WHERE seq = \(size - 1)")
    try store.rehash()
    let alone = try store.made.open().verifyStore()
    #expect(alone.findings == [])
    #expect(alone.notChecked.contains { $0.hasPrefix("unanchored: ") })
    #expect(try store.codes(head) == ["head-ahead"])
  }

  /// An old event rewritten, or the order of two swapped, all hashes made anew.
  @Test(arguments: [1, 3, 5]) func aRewrittenEvent(_ seq: Int) throws {
    let store = try Case()
    let head = try store.head()
    try store.attack(
      """
      UPDATE trail_event SET leaf = CAST(replace(CAST(leaf AS TEXT), '"actor":"tester"',
        '"actor":"nobody"') AS BLOB) WHERE seq = \(seq)
      """)
    try store.rehash()
    let codes = try store.codes(head)
    #expect(codes.contains("head-differs"))
    // The sign-off quotes a head of before: it sees the change by itself.
    #expect(try store.codes().contains("signoff-broken"))
  }

  /// Rolled back to before, gone on differently to a longer log.
  @Test func aRollBack() throws {
    let store = try Case()
    let head = try store.head()
    let size = head.size
    try store.attack("DELETE FROM trail_event WHERE seq = \(size - 1)")
    try store.rehash()
    let engagement = try store.made.open()
    _ = try engagement.check(kpi: "water")
    _ = try engagement.check(kpi: "water")
    #expect(try store.codes() == [])
    #expect(try store.codes(head) == ["head-differs"])
  }

  @Test func aKeptFileChanged() throws {
    let store = try Case()
    let folder = store.made.path + "/.assure/sources"
    let file = try #require(FileManager.default.contentsOfDirectory(atPath: folder).first)
    try Data("x".utf8).write(to: URL(filePath: folder + "/" + file))
    #expect(try store.codes() == ["kept-file-changed"])
    try FileManager.default.removeItem(atPath: folder + "/" + file)
    #expect(try store.codes().contains("kept-file-lost"))
  }

  /// The log's key is its owner's alone, and is made once.
  @Test func theLogsKey() throws {
    let store = try Case()
    let path = store.made.path + "/.assure/log.key"
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    let engagement = try store.made.open()
    let first = try engagement.logSigner().key
    #expect(try engagement.logSigner().key == first)
    #expect(chmod(path, 0o644) == 0)
    #expect(MadeEngagement.code { _ = try engagement.checkpoint() } == "log-key")
  }
}
