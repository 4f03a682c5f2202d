import Assurance
import GRDB

/// Stops what comes too late: after the report has its date, and after the file is locked.
///
/// Asked for every event in the transaction of its change, so that no verb can go around it; the
/// triggers of migration 0030 say the same to whoever writes without us.
enum PhaseGate {
  static func check(_ kind: String, _ db: Database) throws {
    if !Phase.afterLock.contains(kind), let at = try locked(db) { throw Phase.locked(at) }
    if !Phase.afterReport.contains(kind), kind != "amendment.written", let at = try reported(db) {
      throw Phase.reported(at)
    }
  }

  static func locked(_ db: Database) throws -> String? {
    try String.fetchOne(db, sql: "SELECT made FROM statement WHERE decision = 'locked'")
  }

  static func reported(_ db: Database) throws -> String? {
    try String.fetchOne(
      db, sql: "SELECT made FROM statement WHERE scope = 'report' AND decision = 'approved'")
  }

  /// Migration 0030.
  static func install(_ db: Database) throws {
    try db.execute(sql: triggers)
    for table in tables {
      try db.execute(
        sql: """
          CREATE TRIGGER "\(table)_after_lock" BEFORE INSERT ON "\(table)"
          WHEN EXISTS(SELECT 1 FROM statement WHERE decision = 'locked')
          BEGIN SELECT RAISE(ABORT, 'the file is locked'); END
          """)
    }
  }

  private static let tables = [
    "source", "source_table", "check_run", "exception", "disposition", "population", "plan", "draw",
    "worksheet", "result", "evaluation", "supersession",
  ]

  /// `json_extract` is not for triggers where the schema is not trusted. In canonical JSON the text
  /// stands nowhere but at the kind: a quotation mark inside a value is escaped.
  private static func isNone(of kinds: [String]) -> String {
    kinds.map { kind -> String in
      "CAST(NEW.leaf AS TEXT) NOT LIKE '%\"event\":\"\(kind)\"%'"
    }.joined(separator: " AND ")
  }

  private static let triggers = """
    CREATE TRIGGER trail_event_after_lock BEFORE INSERT ON trail_event
    WHEN EXISTS(SELECT 1 FROM statement WHERE decision = 'locked')
      AND \(isNone(of: ["statement.signed", "amendment.written", "trail.anchored"]))
    BEGIN SELECT RAISE(ABORT, 'the file is locked'); END;
    CREATE TRIGGER trail_event_after_report BEFORE INSERT ON trail_event
    WHEN EXISTS(SELECT 1 FROM statement WHERE scope = 'report' AND decision = 'approved')
      AND \(isNone(of: afterReport))
    BEGIN SELECT RAISE(ABORT, 'the report has its date'); END;
    CREATE TRIGGER statement_after_lock BEFORE INSERT ON statement
    WHEN EXISTS(SELECT 1 FROM statement WHERE decision = 'locked')
      AND NEW.scope NOT LIKE 'amendment %'
    BEGIN SELECT RAISE(ABORT, 'the file is locked'); END;
    """

  /// Of the migration, which never changes: not taken from ``Phase``.
  private static let afterReport = [
    "statement.signed", "pack.written", "note.raised", "note.answered", "note.returned",
    "note.cleared", "request.closed", "independence.declared", "trail.anchored",
    "figures.reconciled", "amendment.written",
  ]
}

extension Engagement {
  /// Refuses a change before any work is done for it; the door of the store refuses it anyway.
  func refuseChange(_ kind: String) throws(AssureError) {
    try store.read { try PhaseGate.check(kind, $0) }
  }
}
