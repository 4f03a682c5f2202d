import Assurance
import GRDB

/// One table a dataset: a column a field, canonical text, and where each record came from.
///
/// Columns that begin with `_` are ours: `_id`, `_table` (the source table), `_row`, `_line`,
/// `_key`. A field's name begins with a letter, so the two never meet.
struct DatasetTable {
  let definition: DatasetDefinition

  /// The SQL name of a dataset's table, quoted.
  static func name(_ dataset: String) -> String { "\"data_\(quotable(dataset))\"" }

  private static func quotable(_ name: String) -> String {
    name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
  }

  /// Makes the table if it is not there, and adds columns that the policy has gained.
  func prepare(_ db: Database) throws {
    let bare = "data_" + definition.name
    guard try db.tableExists(bare) else {
      let fields = definition.fields.map { "\"\($0.name)\" TEXT" }.joined(separator: ", ")
      try db.execute(
        sql: """
          CREATE TABLE \(Self.name(definition.name))(
            _id INTEGER PRIMARY KEY,
            _table INTEGER NOT NULL REFERENCES source_table DEFERRABLE INITIALLY DEFERRED,
            _row INTEGER NOT NULL, _line INTEGER NOT NULL, _key TEXT NOT NULL, \(fields)) STRICT;
          CREATE INDEX "\(bare)_by_key" ON \(Self.name(definition.name))(_key);
          """)
      try Schema.freeze(db, [bare])
      return
    }
    let columns = Set(try db.columns(in: bare).map(\.name))
    for field in definition.fields where !columns.contains(field.name) {
      try db.execute(
        sql: "ALTER TABLE \(Self.name(definition.name)) ADD COLUMN \"\(field.name)\" TEXT")
    }
  }

  private var index: String { "\"data_\(definition.name)_by_key\"" }

  /// Takes the index by key away before many rows come; ``rebuildIndex(_:)`` makes it again.
  func dropIndex(_ db: Database) throws { try db.execute(sql: "DROP INDEX IF EXISTS \(index)") }

  /// Makes the index by key if it is not there: one sort, not a search a row.
  func rebuildIndex(_ db: Database) throws {
    try db.execute(
      sql: "CREATE INDEX IF NOT EXISTS \(index) ON \(Self.name(definition.name))(_key)")
  }

  /// What stores records of one source table.
  func inserter(_ db: Database, table: Int64) throws -> RecordInserter {
    try RecordInserter(
      db, into: Self.name(definition.name), fields: definition.fields.map(\.name), table: table)
  }
}
