import Assurance
import Exact
import GRDB
import Trail

/// Frozen populations.
enum PopulationTable {
  /// SHA-256 of the population as canonical CSV.
  static func digest(_ items: [PopulationItem], unit: String) -> String {
    var stream = DigestStream()
    stream.update(PopulationCSV.header)
    for item in items { stream.update(PopulationCSV.line(item, unit: unit)) }
    return stream.digest().hex
  }

  static func insert(
    kpi: String, round: Int, items: [PopulationItem], sum: ExactDecimal, unit: String,
    digest: String, at: String, _ db: Database
  ) throws {
    try db.execute(
      sql: """
        INSERT INTO population(kpi, round, count, sum, unit, digest, frozen)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """, arguments: [kpi, round, items.count, sum.description, unit, digest, at])
    let id = db.lastInsertedRowID
    let statement = try db.makeStatement(
      sql: """
        INSERT INTO population_item(population_id, key, value, locator, labels)
        VALUES (?, ?, ?, ?, ?)
        """)
    for item in items {
      try statement.execute(
        arguments: [id, item.key, item.value.description, item.locator, Labels.encode(item.labels)])
    }
  }

  /// A frozen population, its items included; nil if that round has none.
  static func facts(kpi: String, round: Int, _ db: Database) throws -> PopulationFacts? {
    guard
      let row = try Row.fetchOne(
        db, sql: "SELECT * FROM population WHERE kpi = ? AND round = ?", arguments: [kpi, round])
    else { return nil }
    let items = try Row.fetchAll(
      db,
      sql:
        "SELECT key, value, locator, labels FROM population_item WHERE population_id = ? ORDER BY key",
      arguments: [row["id"] as Int64]
    ).map { item in
      PopulationItem(
        key: item[0], value: try Stored.decimal(item[1]), locator: item[2],
        labels: try Labels.decode(item[3]))
    }
    return PopulationFacts(
      round: round, count: row["count"], sum: try Stored.decimal(row["sum"]), digest: row["digest"],
      frozen: row["frozen"], items: items)
  }
}

/// Values as they are stored.
enum Stored {
  /// A stored decimal; anything else means that the store was changed from outside.
  static func decimal(_ text: String) throws -> ExactDecimal {
    guard let value = ExactDecimal(text) else {
      throw AssureError(
        "store-damaged", place: "assure.sqlite", "a stored number is not as it was written",
        remedy: "restore the store from a copy")
    }
    return value
  }
}

/// Field and value pairs as a JSON list of lists.
enum Labels {
  static func encode(_ labels: [(field: String, value: String)]) -> String {
    CanonicalJSON.array(labels.map { .array([.string($0.field), .string($0.value)]) }).text
  }

  static func decode(_ text: String) throws -> [(field: String, value: String)] {
    try (CanonicalJSON(parsing: Array(text.utf8)).array ?? []).map { pair in
      (pair.array?.first?.string ?? "", pair.array?.last?.string ?? "")
    }
  }
}
