import Assurance
import Foundation
import GRDB
import Pack
import Trail

/// The log of a store as it was read for checking.
struct StoreLog {
  let leaves: [[UInt8]]
  /// Each event as it was meant, salted values in their places; `null` for one that is none.
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
    let values = try SaltTable.all(db)
    check(values, events, &verdict)
    events = SaltedLeaf.told(leaves, values).map { (try? CanonicalJSON(parsing: $0)) ?? .null }
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

  /// Every value beside a leaf is the one whose digest the leaf has, and none is missing.
  private static func check(
    _ values: [SaltedValue], _ events: [CanonicalJSON], _ verdict: inout Verdict
  ) {
    let byEvent = Dictionary(grouping: values, by: \.event)
    var (held, gone) = (0, 0)
    for (place, event) in events.enumerated() {
      let own = byEvent[place] ?? []
      for (path, digest) in SaltedLeaf.places(event) {
        switch own.first(where: { $0.path == path })?.digest {
        case digest: held += 1
        case nil: gone += 1
        default:
          verdict.add(
            "store-value", .trail, "trail_salt",
            "event \(place) has the digest of another value at \(path)")
        }
      }
    }
    let wanted = events.reduce(0) { $0 + SaltedLeaf.places($1).count }
    if values.count > wanted - gone {
      verdict.add(
        "store-value", .trail, "trail_salt",
        "\(values.count) values, events have digests of \(wanted - gone) of them")
    }
    if gone > 0 {
      verdict.leave(.trail, "\(gone) values of events: they are not there, only their digests are")
    }
    if held > 0, held == values.count {
      verdict.hold(.trail, "\(held) values beside the log are those whose digests it has")
    }
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
