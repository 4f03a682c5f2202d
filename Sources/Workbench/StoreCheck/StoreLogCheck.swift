import Assurance
import Foundation
import GRDB
import Pack
import Trail

/// The log of a store as it was read for checking.
struct StoreLog {
  let leaves: [[UInt8]]
  /// Each event as JSON; `null` for one that is none.
  let events: [CanonicalJSON]
  let index: LogIndex
  let signoffs: [Signoff]
}

/// The trail's own tables: leaves, their hashes, the hashes of complete subtrees.
enum StoreLogCheck {
  static func read(
    _ db: Database, heads: [ToldHead], _ verdict: inout Verdict
  ) throws -> StoreLog {
    let before = verdict.findings.count
    let rows = try Row.fetchAll(
      db, sql: "SELECT seq, leaf, leaf_hash FROM trail_event ORDER BY seq")
    var tree = MemoryHashStore()
    var leaves: [[UInt8]] = []
    var events: [CanonicalJSON] = []
    for (place, row) in rows.enumerated() {
      let leaf = Array(row["leaf"] as Data)
      let hash = MerkleTree.leafHash(leaf)
      let json = (try? CanonicalJSON(parsing: leaf)) ?? .null
      if (row["seq"] as Int) != place || json["seq"]?.integer != Int64(place) {
        verdict.add(
          "store-event", .trail, "trail_event", "event \(place) is missing or out of its order")
      }
      if Digest(bytes: Array(row["leaf_hash"] as Data)) != hash {
        verdict.add(
          "store-event", .trail, "trail_event", "event \(place) has other bytes than were hashed")
      }
      try tree.append(leafHash: hash)
      leaves.append(leaf)
      events.append(json)
    }
    try nodes(db, tree, &verdict)
    let signoffs = (try? StatementTable.all(db).map(\.signoff)) ?? []
    let sizes = try Int.fetchAll(
      db, sql: "SELECT size FROM trail_checkpoint UNION SELECT size FROM trail_anchor")
    var index = LogIndex(
      rootsAt: Set(sizes + heads.map(\.size) + signoffs.map(\.statement.fields.head.size)))
    index.append(leaves)
    if verdict.findings.count == before {
      verdict.hold(.trail, "\(leaves.count) events and the tree over them are as they were hashed")
    }
    return StoreLog(leaves: leaves, events: events, index: index, signoffs: signoffs)
  }

  /// Every stored hash is that of its subtree, and none is missing or left over.
  private static func nodes(
    _ db: Database, _ tree: MemoryHashStore, _ verdict: inout Verdict
  ) throws {
    var count = 0
    for row in try Row.fetchAll(db, sql: "SELECT level, idx, hash FROM trail_node") {
      let (level, place): (Int, Int) = (row[0], row[1])
      count += 1
      guard Digest(bytes: Array(row[2] as Data)) == (try? tree.hash(level: level, index: place))
      else {
        verdict.add(
          "store-node", .trail, "trail_node",
          "the hash at level \(level), place \(place) is not that of the events")
        return
      }
    }
    var wanted = 0
    var size = tree.size
    while size > 0 {
      wanted += size
      size >>= 1
    }
    if count != wanted {
      verdict.add("store-node", .trail, "trail_node", "\(count) hashes, \(wanted) are due")
    }
  }
}
