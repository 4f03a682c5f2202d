import Assurance
import Foundation
import GRDB
import Pack
import Trail

/// What from outside fixes heads of the log, as it was taken in.
enum AnchorTable {
  /// - Parameter time: that it gives, as text; empty if it gives none that could be read here.
  static func insert(
    _ anchor: AnchorFile, root: Digest, time: String, at: String, _ db: Database
  ) throws -> Event {
    try db.execute(
      sql: "INSERT INTO trail_anchor(size, kind, body, got_at) VALUES (?, ?, ?, ?)",
      arguments: [anchor.size, anchor.kind.rawValue, Data(anchor.body), at])
    return Event(
      "trail.anchored",
      [
        "kind": .string(anchor.kind.rawValue), "size": .integer(Int64(anchor.size)),
        "root": .string(root.base64), "sha256": .string(Digest(of: anchor.body).hex),
        "time": .string(time),
      ])
  }

  static func all(_ db: Database) throws -> [AnchorFile] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT a.size, a.kind, a.body, c.note FROM trail_anchor a
        LEFT JOIN trail_checkpoint c ON c.size = a.size ORDER BY a.rowid
        """
    ).compactMap { row in
      guard let kind = AnchorFile.Kind(rawValue: row["kind"]) else { return nil }
      let note: String? = row["note"]
      return AnchorFile(
        kind: kind, size: row["size"], body: Array(row["body"] as Data),
        stamped: kind == .token ? Array((note ?? "").utf8) : [])
    }
  }
}
