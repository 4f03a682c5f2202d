import GRDB

/// The tables of an engagement, as numbered migrations that never change once shipped.
enum Schema {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("0001 trail") { db in
      try db.execute(sql: trail)
      try freeze(db, ["trail_event", "trail_node", "trail_checkpoint", "trail_anchor"])
    }
    migrator.registerMigration("0002 engagement") { db in
      try db.execute(sql: sources)
      try db.execute(sql: work)
      try freeze(
        db,
        [
          "source", "source_table", "control_total", "assumption", "reject", "notice",
          "check_run", "exception", "check_finding", "disposition", "population",
          "population_item", "plan", "draw", "draw_item", "worksheet", "result", "evaluation",
        ])
    }
    migrator.registerMigration("0003 definitions") { db in
      try db.execute(
        sql: "ALTER TABLE source_table ADD COLUMN definition TEXT NOT NULL DEFAULT ''")
    }
    migrator.registerMigration("0004 supersession") { db in
      try db.execute(sql: SupersessionTable.schema)
      try freeze(db, ["supersession"])
    }
    migrator.registerMigration("0005 statements") { db in
      try db.execute(sql: statements)
      try freeze(db, ["statement"])
    }
    migrator.registerMigration("0020 tie-out") { db in
      try db.execute(sql: TieOutTable.schema)
      try freeze(db, TieOutTable.tables)
    }
    migrator.registerMigration("0030 phases") { try PhaseGate.install($0) }
    migrator.registerMigration("0040 salts") { db in
      try db.execute(sql: SaltTable.schema)
      try freeze(db, ["trail_salt"])
    }
    return migrator
  }

  /// Signed statements, byte for byte.
  private static let statements = """
    CREATE TABLE statement(
      number INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, scope TEXT NOT NULL,
      role TEXT NOT NULL, decision TEXT NOT NULL, signer TEXT NOT NULL, made TEXT NOT NULL,
      pack TEXT NOT NULL, body BLOB NOT NULL, signature BLOB NOT NULL) STRICT;
    """

  /// Refuses UPDATE and DELETE; SQLite fires delete triggers for REPLACE only with
  /// `recursive_triggers` on, which ``Store`` switches on.
  static func freeze(_ db: Database, _ tables: [String]) throws {
    for table in tables {
      for verb in ["UPDATE", "DELETE"] {
        let text = guardText(table, verb)
        try db.execute(sql: text)
      }
    }
  }

  /// The trigger that refuses a verb on a table.
  static func guardText(_ table: String, _ verb: String) -> String {
    """
    CREATE TRIGGER "\(table)_no_\(verb.lowercased())" BEFORE \(verb) ON "\(table)"
    BEGIN SELECT RAISE(ABORT, 'nothing is changed or deleted in an engagement'); END
    """
  }

  /// RFC 6962 log: exact leaf bytes, hashes of complete subtrees, signed heads, outside anchors.
  private static let trail = """
    CREATE TABLE trail_event(
      seq INTEGER PRIMARY KEY, leaf BLOB NOT NULL,
      leaf_hash BLOB NOT NULL CHECK(length(leaf_hash) = 32)) STRICT;
    CREATE TABLE trail_node(
      level INTEGER NOT NULL, idx INTEGER NOT NULL, hash BLOB NOT NULL CHECK(length(hash) = 32),
      PRIMARY KEY(level, idx)) STRICT, WITHOUT ROWID;
    CREATE TABLE trail_checkpoint(size INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT;
    CREATE TABLE trail_anchor(
      size INTEGER NOT NULL, kind TEXT NOT NULL, body BLOB NOT NULL, got_at TEXT NOT NULL) STRICT;
    CREATE TRIGGER trail_event_in_order BEFORE INSERT ON trail_event
    WHEN NEW.seq <> (SELECT coalesce(max(seq), -1) + 1 FROM trail_event)
    BEGIN SELECT RAISE(ABORT, 'trail events are appended in order'); END;
    """

  private static let sources = """
    CREATE TABLE source(
      id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, file TEXT NOT NULL,
      bytes INTEGER NOT NULL, format TEXT NOT NULL, received TEXT NOT NULL) STRICT;
    CREATE TABLE source_table(
      id INTEGER PRIMARY KEY, source_id INTEGER NOT NULL REFERENCES source, ordinal INTEGER NOT NULL,
      name TEXT NOT NULL, dataset TEXT NOT NULL, is_record_path INTEGER NOT NULL,
      header_row INTEGER NOT NULL, columns TEXT NOT NULL, rows_read INTEGER NOT NULL,
      accepted INTEGER NOT NULL, rejected INTEGER NOT NULL, blank_rows INTEGER NOT NULL,
      preamble_rows INTEGER NOT NULL, ignored TEXT NOT NULL,
      CHECK(rows_read = accepted + rejected)) STRICT;
    CREATE TABLE control_total(
      table_id INTEGER NOT NULL REFERENCES source_table, field TEXT NOT NULL, unit TEXT NOT NULL,
      count INTEGER NOT NULL, total TEXT NOT NULL, PRIMARY KEY(table_id, field)) STRICT;
    CREATE TABLE assumption(
      table_id INTEGER NOT NULL REFERENCES source_table, ordinal INTEGER NOT NULL,
      text TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY(table_id, ordinal)) STRICT;
    CREATE TABLE reject(
      id INTEGER PRIMARY KEY,
      table_id INTEGER NOT NULL REFERENCES source_table DEFERRABLE INITIALLY DEFERRED,
      locator TEXT NOT NULL, code TEXT NOT NULL, reason TEXT NOT NULL) STRICT;
    CREATE TABLE notice(
      id INTEGER PRIMARY KEY, source_id INTEGER NOT NULL REFERENCES source, dataset TEXT NOT NULL,
      code TEXT NOT NULL, locator TEXT NOT NULL, message TEXT NOT NULL) STRICT;
    """

  private static let work = """
    CREATE TABLE check_run(
      id INTEGER PRIMARY KEY, kpi TEXT NOT NULL, ran TEXT NOT NULL, found INTEGER NOT NULL) STRICT;
    CREATE TABLE exception(
      id TEXT PRIMARY KEY, code TEXT NOT NULL, severity TEXT NOT NULL, kpi TEXT NOT NULL,
      subject TEXT NOT NULL, locators TEXT NOT NULL, effect TEXT NOT NULL, unit TEXT NOT NULL,
      message TEXT NOT NULL) STRICT;
    CREATE TABLE check_finding(
      run_id INTEGER NOT NULL REFERENCES check_run, ordinal INTEGER NOT NULL,
      exception_id TEXT NOT NULL REFERENCES exception, PRIMARY KEY(run_id, ordinal)) STRICT;
    CREATE TABLE disposition(
      id INTEGER PRIMARY KEY, exception_id TEXT NOT NULL REFERENCES exception,
      state TEXT NOT NULL, reason TEXT NOT NULL, actor TEXT NOT NULL, decided TEXT NOT NULL) STRICT;
    CREATE TABLE population(
      id INTEGER PRIMARY KEY, kpi TEXT NOT NULL, round INTEGER NOT NULL, count INTEGER NOT NULL,
      sum TEXT NOT NULL, unit TEXT NOT NULL, digest TEXT NOT NULL, frozen TEXT NOT NULL,
      UNIQUE(kpi, round)) STRICT;
    CREATE TABLE population_item(
      population_id INTEGER NOT NULL REFERENCES population, key TEXT NOT NULL, value TEXT NOT NULL,
      locator TEXT NOT NULL, labels TEXT NOT NULL,
      PRIMARY KEY(population_id, key)) STRICT, WITHOUT ROWID;
    CREATE TABLE plan(
      kpi TEXT NOT NULL, round INTEGER NOT NULL, method TEXT NOT NULL, size INTEGER NOT NULL,
      body TEXT NOT NULL, digest TEXT NOT NULL, frozen TEXT NOT NULL,
      PRIMARY KEY(kpi, round)) STRICT;
    CREATE TABLE draw(
      kpi TEXT NOT NULL, round INTEGER NOT NULL, seed TEXT NOT NULL, seed_origin TEXT NOT NULL,
      drawn TEXT NOT NULL, population_digest TEXT NOT NULL, digest TEXT NOT NULL,
      PRIMARY KEY(kpi, round)) STRICT;
    CREATE TABLE draw_item(
      kpi TEXT NOT NULL, round INTEGER NOT NULL, ordinal INTEGER NOT NULL, key TEXT NOT NULL,
      ticket TEXT NOT NULL, value TEXT NOT NULL, locator TEXT NOT NULL, basis TEXT NOT NULL,
      labels TEXT NOT NULL, PRIMARY KEY(kpi, round, ordinal)) STRICT;
    CREATE TABLE worksheet(
      id INTEGER PRIMARY KEY, kpi TEXT NOT NULL, round INTEGER NOT NULL, direction TEXT NOT NULL,
      file TEXT NOT NULL, digest TEXT NOT NULL, at TEXT NOT NULL) STRICT;
    CREATE TABLE result(
      kpi TEXT NOT NULL, round INTEGER NOT NULL, key TEXT NOT NULL, outcome TEXT NOT NULL,
      recorded TEXT NOT NULL, audited TEXT, reason TEXT NOT NULL, evidence TEXT NOT NULL,
      tester TEXT NOT NULL, tested TEXT NOT NULL, locator TEXT NOT NULL,
      PRIMARY KEY(kpi, round, key)) STRICT;
    CREATE TABLE evaluation(
      id INTEGER PRIMARY KEY, kpi TEXT NOT NULL, round INTEGER NOT NULL, body TEXT NOT NULL,
      evaluated TEXT NOT NULL) STRICT;
    """
}
