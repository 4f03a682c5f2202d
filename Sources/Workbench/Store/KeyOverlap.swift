import GRDB

/// Business keys that stand in one set of tables and in another.
struct KeyOverlap {
  let dataset: String
  let new: [Int64]
  let others: [Int64]

  /// How many keys of the new tables there are, how many of them the others have, and one of those.
  func count(_ db: Database) throws -> (all: Int, shared: Int, example: String?) {
    guard !new.isEmpty, !others.isEmpty else { return (0, 0, nil) }
    let data = DatasetTable.name(dataset)
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT count(*), sum(shared), min(CASE WHEN shared THEN _key END) FROM (
          SELECT n._key, EXISTS (SELECT 1 FROM \(data) o
            WHERE o._key = n._key AND o._table IN (\(Self.list(others)))) AS shared
          FROM (SELECT DISTINCT _key FROM \(data) WHERE _table IN (\(Self.list(new)))) n)
        """)
    return (row?[0] ?? 0, row?[1] ?? 0, row?[2])
  }

  /// Whether it is worth counting: at least half of up to 1000 of the new keys are known.
  func isLikely(_ db: Database) throws -> Bool {
    guard !new.isEmpty, !others.isEmpty else { return false }
    let data = DatasetTable.name(dataset)
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT count(*), sum(EXISTS (SELECT 1 FROM \(data) o
          WHERE o._key = n._key AND o._table IN (\(Self.list(others)))))
        FROM (SELECT _key FROM \(data) WHERE _table IN (\(Self.list(new)))
          ORDER BY _id DESC LIMIT 1000) n
        """)
    let (all, shared): (Int, Int) = (row?[0] ?? 0, row?[1] ?? 0)
    return shared > 0 && 2 * shared >= all
  }

  static func list(_ ids: [Int64]) -> String { ids.map(String.init).joined(separator: ", ") }
}
