import Assurance
import Foundation
import GRDB
import Trail

/// Signed statements, in the order in which the log took them in.
enum StatementTable {
  /// - Parameter pack: the digest of the pack that a statement is about; empty for workpapers.
  static func insert(_ signoff: Signoff, pack: String, _ db: Database) throws -> Event {
    let fields = signoff.statement.fields
    try db.execute(
      sql: """
        INSERT INTO statement(
          number, digest, scope, role, decision, signer, made, pack, body, signature)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        fields.number, signoff.statement.digest.hex, fields.scope, fields.role, fields.decision,
        fields.signer, fields.made.description, pack, Data(signoff.statement.bytes),
        Data(signoff.signature),
      ])
    return Event(
      "statement.signed",
      [
        "statement": .string(signoff.statement.digest.hex),
        "number": .integer(Int64(fields.number)), "scope": .string(fields.scope),
        "role": .string(fields.role), "decision": .string(fields.decision),
        "signer": .string(fields.signer), "pack": .string(pack),
        "text": .string(signoff.statement.text),
        "signature": .string(String(decoding: signoff.signature, as: UTF8.self)),
      ])
  }

  static func all(_ db: Database) throws -> [(signoff: Signoff, pack: String)] {
    try Row.fetchAll(db, sql: "SELECT pack, body, signature FROM statement ORDER BY number").map {
      (
        Signoff(
          statement: try Trail.Statement(parsing: Array($0["body"] as Data)),
          signature: Array($0["signature"] as Data)), $0["pack"] as String
      )
    }
  }

  static func last(_ db: Database) throws -> Int {
    try Int.fetchOne(db, sql: "SELECT coalesce(max(number), 0) FROM statement") ?? 0
  }
}
