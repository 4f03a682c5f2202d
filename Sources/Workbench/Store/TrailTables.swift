import Assurance
import Foundation
import GRDB
import Trail

/// The trail in the store: RFC 6962 over the exact bytes of one JSON line an event.
enum TrailTables {
  /// Appends an event. Runs inside the transaction of the change it records.
  ///
  /// What ``PersonalFacts`` names goes beside the leaf, which gets its digest under a salt.
  ///
  /// - Parameters:
  ///   - state: what ``StateDigest`` says of the rows that came with it.
  ///   - salts: the engagement's secret.
  static func append(
    _ event: Event, actor: String, at: String, state: CanonicalJSON.Object = [:],
    salts: SaltSource, to db: Database
  ) throws {
    let seq = try size(db)
    var object: CanonicalJSON.Object = [
      "actor": .string(actor), "at": .string(at), "event": .string(event.kind),
      "facts": .object(event.facts), "seq": .integer(Int64(seq)),
    ]
    if !state.members.isEmpty { object["state"] = .object(state) }
    let (salted, values) = PersonalFacts.salted(object, kind: event.kind, seq: seq, salts)
    try SaltTable.insert(values, db)
    let leaf = salted.bytes
    let hash = MerkleTree.leafHash(leaf)
    try db.execute(
      sql: "INSERT INTO trail_event(seq, leaf, leaf_hash) VALUES (?, ?, ?)",
      arguments: [seq, Data(leaf), Data(hash.bytes)])
    let nodes = try MerkleTree.nodesToStore(
      appending: hash, at: seq, reading: TableHashStore(db: db))
    for node in nodes {
      try db.execute(
        sql: "INSERT INTO trail_node(level, idx, hash) VALUES (?, ?, ?)",
        arguments: [node.level, node.index, Data(node.hash.bytes)])
    }
  }

  /// The number of events.
  static func size(_ db: Database) throws -> Int {
    try Int.fetchOne(db, sql: "SELECT count(*) FROM trail_event") ?? 0
  }

  /// The root over all events.
  static func root(_ db: Database) throws -> Digest {
    try MerkleTree.root(size: size(db), reading: TableHashStore(db: db))
  }

  /// The exact bytes of every leaf in order.
  static func leaves(_ db: Database) throws -> [[UInt8]] {
    try Data.fetchAll(db, sql: "SELECT leaf FROM trail_event ORDER BY seq").map { Array($0) }
  }

  /// Every event in order as it was meant: with the values that stand beside the leaves.
  static func told(_ db: Database) throws -> [[UInt8]] {
    SaltedLeaf.told(try leaves(db), try SaltTable.all(db))
  }

  /// Every leaf in order, as text.
  static func lines(_ db: Database) throws -> [String] {
    try Data.fetchAll(db, sql: "SELECT leaf FROM trail_event ORDER BY seq")
      .map { String(decoding: $0, as: UTF8.self) }
  }
}

/// Hashes of complete subtrees, read from the table.
private struct TableHashStore: HashStore {
  let db: Database

  func hash(level: Int, index: Int) throws -> Digest {
    let bytes = try Data.fetchOne(
      db, sql: "SELECT hash FROM trail_node WHERE level = ? AND idx = ?", arguments: [level, index])
    guard let bytes, let digest = Digest(bytes: bytes) else {
      throw AssureError(
        "trail-broken", place: "trail_node(\(level), \(index))", "a hash of the trail is missing",
        remedy:
          "restore the store from a copy; `assure verify` on the last pack shows what was in it")
    }
    return digest
  }
}
