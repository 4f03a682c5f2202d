import Assurance
import GRDB

/// Which table of a source gave way to which later delivery; the last word on a table counts.
///
/// Every statement that reads records of a dataset leaves out the tables that gave way, by
/// ``condition(_:without:)``. Their records stay where they are.
enum SupersessionTable {
  /// - `table_id`: what is spoken of; `source_id`: the delivery that decides.
  /// - `is_replaced`: 1 when the table gives way, 0 when a delivery puts its own table back.
  static let schema = """
    CREATE TABLE supersession(
      id INTEGER PRIMARY KEY, table_id INTEGER NOT NULL REFERENCES source_table,
      source_id INTEGER NOT NULL REFERENCES source,
      is_replaced INTEGER NOT NULL CHECK(is_replaced IN (0, 1)), at TEXT NOT NULL) STRICT;
    CREATE INDEX supersession_by_table ON supersession(table_id);
    """

  static func insert(
    table: Int64, by source: Int64, isReplaced: Bool, at: String, _ db: Database
  ) throws {
    try db.execute(
      sql: "INSERT INTO supersession(table_id, source_id, is_replaced, at) VALUES (?, ?, ?, ?)",
      arguments: [table, source, isReplaced, at])
  }

  /// The tables that gave way.
  static func replaced(_ db: Database) throws -> [Int64] {
    try Int64.fetchAll(
      db,
      sql: """
        SELECT s.table_id FROM supersession s WHERE s.is_replaced
          AND s.id = (SELECT max(id) FROM supersession WHERE table_id = s.table_id) ORDER BY 1
        """)
  }

  /// An SQL condition that holds for records that count; `1` where nothing gave way.
  static func condition(_ column: String, without tables: [Int64]) -> String {
    tables.isEmpty
      ? "1" : "\(column) NOT IN (\(tables.map(String.init).joined(separator: ", ")))"
  }

  /// Every table of every source, in the order received.
  static func tables(_ db: Database) throws -> [DeliveredTable] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT t.id, t.name, t.dataset, t.accepted, s.id AS source, s.file, s.digest, s.received,
          (SELECT CASE WHEN p.is_replaced THEN p.source_id END FROM supersession p
            WHERE p.table_id = t.id ORDER BY p.id DESC LIMIT 1) AS replaced_by
        FROM source_table t JOIN source s ON s.id = t.source_id ORDER BY s.id, t.ordinal
        """
    ).map { row in
      DeliveredTable(
        id: row["id"], name: row["name"], dataset: row["dataset"], accepted: row["accepted"],
        source: row["source"], file: row["file"], digest: row["digest"],
        received: row["received"], replacedBy: row["replaced_by"])
    }
  }

  /// From each table that gave way to the digest of the source that has its place.
  static func successors(_ db: Database) throws -> [Int64: String] {
    let pairs = try Row.fetchAll(
      db,
      sql: """
        SELECT p.table_id, s.digest FROM supersession p JOIN source s ON s.id = p.source_id
        WHERE p.is_replaced
          AND p.id = (SELECT max(id) FROM supersession WHERE table_id = p.table_id)
        """
    ).map { ($0[0] as Int64, $0[1] as String) }
    return Dictionary(uniqueKeysWithValues: pairs)
  }

  /// Pairs of sources of which one gave way to the other, ever.
  static func links(_ db: Database) throws -> [(old: Int64, new: Int64)] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT DISTINCT t.source_id, p.source_id FROM supersession p
        JOIN source_table t ON t.id = p.table_id WHERE t.source_id <> p.source_id
        """
    ).map { (old: $0[0], new: $0[1]) }
  }
}

/// A table of a source and whether its records count.
struct DeliveredTable {
  let id: Int64
  let name: String
  let dataset: String
  let accepted: Int
  /// The row of its source.
  let source: Int64
  let file: String
  let digest: String
  let received: String
  /// The source that took its place; nil while its records count.
  let replacedBy: Int64?

  var counts: Bool { replacedBy == nil }
  /// `file@digest12#table`, as locators name it.
  var place: String {
    Locator(file: file, source: digest, table: name, place: .table).description
  }
}
