import Assurance
import GRDB
import Trail

/// The register of exceptions: found once, never removed, decided about in later rows.
enum ExceptionTable {
  /// What can be decided about an exception. `open` takes a decision back.
  static let states = ["open", "explained", "corrected", "misstatement", "accepted"]

  /// Code and the first ten hex digits of a digest over KPI, subject and locators.
  static func id(_ exception: Exception) -> String {
    let text = ([exception.code, exception.kpi, exception.subject] + exception.locators)
      .joined(separator: "\n")
    return exception.code + "-" + Digest(ofText: text).hex.prefix(10)
  }

  /// An identifier for a finding whose plain one stands for the same place seen otherwise before:
  /// with another effect, severity or message. What was decided then was not decided about this.
  private static func id(_ exception: Exception, from plain: String, _ db: Database) throws
    -> String
  {
    guard
      let known = try Row.fetchOne(
        db, sql: "SELECT severity, effect, unit, message FROM exception WHERE id = ?",
        arguments: [plain])
    else { return plain }
    let words = [
      exception.severity.rawValue, exception.effect.text, exception.unit, exception.message,
    ]
    guard words != (0..<4).map({ known[$0] }) else { return plain }
    let text = ([plain] + words).joined(separator: "\n")
    return exception.code + "-" + Digest(ofText: text).hex.prefix(10)
  }

  /// Stores a run and what it found; an exception known already is named again, not stored twice.
  static func record(
    _ found: [Exception], kpi: String, at: String, _ db: Database
  ) throws -> Event {
    try db.execute(
      sql: "INSERT INTO check_run(kpi, ran, found) VALUES (?, ?, ?)",
      arguments: [kpi, at, found.count])
    let run = db.lastInsertedRowID
    var ids: [String] = []
    var seen: Set<String> = []
    for exception in found {
      let id = try id(exception, from: id(exception), db)
      guard seen.insert(id).inserted else { continue }
      let isKnown =
        try Int.fetchOne(db, sql: "SELECT 1 FROM exception WHERE id = ?", arguments: [id]) != nil
      if !isKnown {
        try db.execute(
          sql: """
            INSERT INTO exception(id, code, severity, kpi, subject, locators, effect, unit, message)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
          arguments: [
            id, exception.code, exception.severity.rawValue, exception.kpi, exception.subject,
            exception.locators.joined(separator: "\n"), exception.effect.text, exception.unit,
            exception.message,
          ])
      }
      try db.execute(
        sql: "INSERT INTO check_finding(run_id, ordinal, exception_id) VALUES (?, ?, ?)",
        arguments: [run, ids.count, id])
      ids.append(id)
    }
    return Event(
      "population.checked",
      ["kpi": .string(kpi), "found": .array(ids.map { .string($0) }), "run": .integer(run)])
  }

  /// What the last run of a KPI found, and what the last look at the report found about it.
  static func current(kpi: String, _ db: Database) throws -> [ExceptionFacts] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT e.*, d.state, d.reason FROM check_finding f JOIN exception e ON e.id = f.exception_id
        LEFT JOIN disposition d ON d.id =
          (SELECT max(id) FROM disposition WHERE exception_id = e.id)
        WHERE e.kpi = ?1 AND f.run_id IN (
          (SELECT max(id) FROM check_run WHERE kpi = ?1),
          (SELECT max(id) FROM check_run WHERE kpi = ?2))
        ORDER BY f.run_id = (SELECT max(id) FROM check_run WHERE kpi = ?2), f.ordinal
        """, arguments: [kpi, ReportCheck.name]
    ).map { row in
      ExceptionFacts(
        id: row["id"],
        exception: Exception(
          code: row["code"], severity: Severity(rawValue: row["severity"]) ?? .high,
          kpi: row["kpi"], subject: row["subject"],
          locators: (row["locators"] as String).split(separator: "\n").map(String.init),
          effect: Effect(row["effect"]) ?? .unquantified, unit: row["unit"], message: row["message"]
        ),
        state: row["state"] ?? "open", dispositionReason: row["reason"] ?? "")
    }
  }

  static func decide(
    _ id: String, state: String, reason: String, actor: String, at: String, _ db: Database
  ) throws -> (event: Event, value: Void) {
    guard try Int.fetchOne(db, sql: "SELECT 1 FROM exception WHERE id = ?", arguments: [id]) != nil
    else {
      throw AssureError(
        "unknown-exception", place: id, "there is no such exception",
        remedy: "`assure exceptions` lists them")
    }
    try db.execute(
      sql: """
        INSERT INTO disposition(exception_id, state, reason, actor, decided) VALUES (?, ?, ?, ?, ?)
        """, arguments: [id, state, reason, actor, at])
    return (
      Event(
        "exception.decided",
        ["exception": .string(id), "state": .string(state), "reason": .string(reason)]), ()
    )
  }
}
