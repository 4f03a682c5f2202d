import Assurance
import Exact
import GRDB
import Ingest

/// Sources and their receipts.
enum SourceTables {
  static func insert(_ file: SourceFile, at: String, _ db: Database) throws -> Int64 {
    try db.execute(
      sql: "INSERT INTO source(digest, file, bytes, format, received) VALUES (?, ?, ?, ?, ?)",
      arguments: [file.sha256, file.name, file.bytes, file.format, at])
    return db.lastInsertedRowID
  }

  static func insert(
    _ table: TableReceipt, id: Int64, source: Int64, ordinal: Int, definition: DatasetDefinition,
    _ db: Database
  ) throws {
    try db.execute(
      sql: """
        INSERT INTO source_table(id, source_id, ordinal, name, dataset, is_record_path, header_row,
          columns, rows_read, accepted, rejected, blank_rows, preamble_rows, ignored,
          definition)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        id, source, ordinal, table.name, table.dataset, table.source.isRecordPath, table.headerRow,
        ColumnMap.encode(table.source.columns), table.rowsRead, table.accepted, table.rejected,
        table.blankRows, table.preambleRows, table.ignoredColumns.joined(separator: "\n"),
        StoredDefinition.encode(definition),
      ])
    for total in table.controlTotals {
      try db.execute(
        sql:
          "INSERT INTO control_total(table_id, field, unit, count, total) VALUES (?, ?, ?, ?, ?)",
        arguments: [id, total.field, total.unit, total.count, total.sum.description])
    }
    for (ordinal, assumption) in table.assumptions.enumerated() {
      try db.execute(
        sql: "INSERT INTO assumption(table_id, ordinal, text, count) VALUES (?, ?, ?, ?)",
        arguments: [id, ordinal, "\(assumption.field): \(assumption.text)", assumption.count])
    }
  }

  /// Sources with their tables, in the order received; one if a digest is given.
  static func facts(digest: String?, _ db: Database) throws -> [SourceFacts] {
    let successors = try SupersessionTable.successors(db)
    return try Row.fetchAll(
      db, sql: "SELECT * FROM source WHERE ?1 IS NULL OR digest = ?1 ORDER BY id",
      arguments: [digest]
    ).map { row in
      SourceFacts(
        file: row["file"], digest: row["digest"], bytes: row["bytes"], format: row["format"],
        received: row["received"], tables: try tables(source: row["id"], successors: successors, db)
      )
    }
  }

  private static func tables(
    source: Int64, successors: [Int64: String], _ db: Database
  ) throws -> [TableFacts] {
    try Row.fetchAll(
      db, sql: "SELECT * FROM source_table WHERE source_id = ? ORDER BY ordinal",
      arguments: [source]
    ).map { row in
      let id: Int64 = row["id"]
      return TableFacts(
        name: row["name"], dataset: row["dataset"], rowsRead: row["rows_read"],
        accepted: row["accepted"], rejected: row["rejected"], blankRows: row["blank_rows"],
        preambleRows: row["preamble_rows"],
        controlTotals: try Row.fetchAll(
          db, sql: "SELECT field, total, unit FROM control_total WHERE table_id = ? ORDER BY field",
          arguments: [id]
        ).map { ($0[0], $0[1], $0[2]) },
        assumptions: try Row.fetchAll(
          db, sql: "SELECT text, count FROM assumption WHERE table_id = ? ORDER BY ordinal",
          arguments: [id]
        ).map { ($0[0], $0[1]) },
        rejects: try Row.fetchAll(
          db, sql: "SELECT locator, code, reason FROM reject WHERE table_id = ? ORDER BY id",
          arguments: [id]
        ).map { ($0[0], $0[1], $0[2]) },
        replacedBy: successors[id] ?? "")
    }
  }
}
