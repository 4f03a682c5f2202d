import Assurance
import Foundation
import GRDB
import Pack
import TieOut
import Trail

/// Reports as tied, and what people decided about their numbers; nothing is ever changed.
enum TieOutTable {
  /// A run names its content by digest: the same answer is kept once.
  static let schema = """
    CREATE TABLE tie_body(digest TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT;
    CREATE TABLE tie_run(
      id INTEGER PRIMARY KEY, report TEXT NOT NULL, file TEXT NOT NULL, form TEXT NOT NULL,
      other TEXT NOT NULL, body TEXT NOT NULL REFERENCES tie_body, ran TEXT NOT NULL) STRICT;
    CREATE TABLE tie_decision(
      id INTEGER PRIMARY KEY, report TEXT NOT NULL, context TEXT NOT NULL,
      occurrence INTEGER NOT NULL, printed TEXT NOT NULL, verdict TEXT NOT NULL,
      partner TEXT NOT NULL, reason TEXT NOT NULL, actor TEXT NOT NULL, decided TEXT NOT NULL) STRICT;
    """
  static let tables = ["tie_body", "tie_run", "tie_decision"]

  static func insert(_ report: TiedReport, at: String, _ db: Database) throws -> Event {
    var plain = report
    plain.decisions = []
    let bytes = TieOutText.bytes(plain)
    let digest = Digest(of: bytes).hex
    let isKnown =
      try Int.fetchOne(db, sql: "SELECT 1 FROM tie_body WHERE digest = ?", arguments: [digest])
      != nil
    if !isKnown {
      try db.execute(
        sql: "INSERT INTO tie_body(digest, body) VALUES (?, ?)", arguments: [digest, Data(bytes)])
    }
    try db.execute(
      sql: "INSERT INTO tie_run(report, file, form, other, body, ran) VALUES (?, ?, ?, ?, ?, ?)",
      arguments: [
        report.digest, report.file, report.form, report.edition?.digest ?? "", digest, at,
      ])
    return Event(
      "report.tied",
      [
        "file": .string(report.file), "sha256": .string(report.digest),
        "other": .string(report.edition?.digest ?? ""), "content": .string(digest),
        "numbers": .integer(Int64(report.numbers.count)),
        "aside": .integer(Int64(report.numbers.count { $0.aside != nil })),
        "conflicts": .integer(Int64(report.numbers.count { $0.status == "conflict" })),
        "lints": .integer(Int64(report.lints.count)),
      ])
  }

  /// The report that was tied last, with all decisions; nil if none was.
  static func last(_ db: Database) throws -> TiedReport? {
    guard
      let row = try Row.fetchOne(
        db,
        sql: """
          SELECT b.body FROM tie_run r JOIN tie_body b ON b.digest = r.body
          ORDER BY r.id DESC LIMIT 1
          """)
    else { return nil }
    var report = try TieOutText.read(Array(row["body"] as Data), place: "tie_body")
    report.decisions = try decisions(db)
    return report
  }

  static func decisions(_ db: Database) throws -> [DecisionRecord] {
    try Row.fetchAll(db, sql: "SELECT * FROM tie_decision ORDER BY id").map { row in
      DecisionRecord(
        context: row["context"], occurrence: row["occurrence"], printed: row["printed"],
        verdict: DecisionRecord.Verdict(rawValue: row["verdict"]) ?? .open, to: row["partner"],
        reason: row["reason"], actor: row["actor"], at: row["decided"], digest: row["report"])
    }
  }

  static func insert(_ decision: DecisionRecord, _ db: Database) throws -> Event {
    try db.execute(
      sql: """
        INSERT INTO tie_decision(
          report, context, occurrence, printed, verdict, partner, reason, actor, decided)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        decision.digest, decision.context, decision.occurrence, decision.printed,
        decision.verdict.rawValue, decision.to, decision.reason, decision.actor, decision.at,
      ])
    return Event(
      "tie.decided",
      [
        "report": .string(decision.digest), "context": .string(decision.context),
        "occurrence": .integer(Int64(decision.occurrence)), "printed": .string(decision.printed),
        "verdict": .string(decision.verdict.rawValue), "to": .string(decision.to),
        "reason": .string(decision.reason),
      ])
  }
}
