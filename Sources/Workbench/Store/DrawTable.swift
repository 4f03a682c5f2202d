import Assurance
import GRDB
import Trail

/// Draws: never discarded.
enum DrawTable {
  /// SHA-256 over a line an item: key, ticket, value, basis, separated by tabs.
  static func digest(_ draw: DrawFacts) -> String {
    var stream = DigestStream()
    for item in draw.items {
      stream.update(
        Array("\(item.key)\t\(item.ticket)\t\(item.value)\t\(item.basis.rawValue)\n".utf8))
    }
    return stream.digest().hex
  }

  static func insert(kpi: String, draw: DrawFacts, digest: String, _ db: Database) throws {
    try db.execute(
      sql: """
        INSERT INTO draw(kpi, round, seed, seed_origin, drawn, population_digest, digest)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        kpi, draw.round, draw.seed, draw.seedOrigin, draw.drawn, draw.populationDigest, digest,
      ])
    for (ordinal, item) in draw.items.enumerated() {
      try db.execute(
        sql: """
          INSERT INTO draw_item(kpi, round, ordinal, key, ticket, value, locator, basis, labels)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          kpi, draw.round, ordinal + 1, item.key, item.ticket, item.value.description,
          item.locator, item.basis.rawValue, Labels.encode(item.labels),
        ])
    }
  }

  static func facts(kpi: String, round: Int, _ db: Database) throws -> DrawFacts? {
    guard
      let row = try Row.fetchOne(
        db, sql: "SELECT * FROM draw WHERE kpi = ? AND round = ?", arguments: [kpi, round]),
      let plan = try PlanTable.facts(kpi: kpi, round: round, db)
    else { return nil }
    let items = try Row.fetchAll(
      db, sql: "SELECT * FROM draw_item WHERE kpi = ? AND round = ? ORDER BY ordinal",
      arguments: [kpi, round]
    ).map { item in
      DrawnItem(
        key: item["key"], ticket: item["ticket"], value: try Stored.decimal(item["value"]),
        locator: item["locator"], basis: DrawnItem.Basis(rawValue: item["basis"]) ?? .sampled,
        labels: try Labels.decode(item["labels"]))
    }
    let rule = SampleSelection(rawValue: plan.method)?.rule(
      seed: row["seed"], size: plan.size, populationDigest: row["population_digest"])
    return DrawFacts(
      round: round, seed: row["seed"], seedOrigin: row["seed_origin"], seedFixed: row["drawn"],
      drawn: row["drawn"], populationDigest: row["population_digest"], items: items,
      rule: rule ?? [])
  }
}
