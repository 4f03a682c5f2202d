import Assurance
import GRDB
import Pack

/// The database has the tables and guards that this version makes, and nothing besides.
enum StoreSchemaCheck {
  static func run(_ db: Database, _ verdict: inout Verdict) throws {
    let before = verdict.findings.count
    let fresh = try DatabaseQueue()
    try Schema.migrator.migrate(fresh)
    let wanted = try fresh.read { try parts($0) }
    let there = try parts(db)
    for (name, text) in wanted where there[name] != text {
      verdict.add(
        "store-schema", .structure, name,
        there[name] == nil ? "it is missing" : "it is not as this version makes it")
    }
    var allowed = Set(wanted.keys)
    for dataset in try StoreRecordCheck.datasets(db) {
      let bare = "data_" + dataset
      allowed.formUnion(["table \(bare)", "index \(bare)_by_key"])
      for verb in ["update", "delete"] {
        let name = "trigger \(bare)_no_\(verb)"
        allowed.insert(name)
        let text = Schema.guardText(bare, verb.uppercased())
        if there[name] != text {
          verdict.add("store-schema", .structure, name, "it is missing or changed")
        }
      }
    }
    for name in there.keys where !allowed.contains(name) {
      verdict.add("store-schema", .structure, name, "nothing of ours is called so")
    }
    if verdict.findings.count == before {
      verdict.hold(.structure, "tables and the guards on them are as this version makes them")
    }
  }

  /// Every part of a schema with its text, by type and name.
  private static func parts(_ db: Database) throws -> [String: String] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT type || ' ' || name, sql FROM sqlite_master
        WHERE sql IS NOT NULL AND name NOT GLOB 'sqlite_*' AND name NOT GLOB 'grdb_*'
        """)
    return Dictionary(
      rows.map { ($0[0] as String, $0[1] as String) }, uniquingKeysWith: { first, _ in first })
  }
}
