import Foundation
import GRDB
import Trail

/// Salted values beside the leaves that have their digests.
enum SaltTable {
  /// Migration 0040. Events of before have no salts and hold their facts in the open.
  static let schema = """
    CREATE TABLE trail_salt(
      seq INTEGER NOT NULL, path TEXT NOT NULL, salt BLOB NOT NULL CHECK(length(salt) = 16),
      value TEXT NOT NULL, PRIMARY KEY(seq, path)) STRICT;
    """

  static func insert(_ values: [SaltedValue], _ db: Database) throws {
    for one in values {
      try db.execute(
        sql: "INSERT INTO trail_salt(seq, path, salt, value) VALUES (?, ?, ?, ?)",
        arguments: [
          one.event, one.path, Data(one.salt), String(decoding: one.bytes, as: UTF8.self),
        ])
    }
  }

  /// All of them, in the order of events and paths. A value that is no JSON any more is null, and
  /// fits its digest no more.
  static func all(_ db: Database) throws -> [SaltedValue] {
    try Row.fetchAll(db, sql: "SELECT seq, path, salt, value FROM trail_salt ORDER BY seq, path")
      .map { row in
        let text: String = row[3]
        return SaltedValue(
          event: row[0], path: row[1], salt: Array(row[2] as Data),
          value: (try? CanonicalJSON(parsing: Array(text.utf8))) ?? .null)
      }
  }
}
