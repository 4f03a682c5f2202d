import GRDB
import Trail

@testable import Workbench

extension SigningCase {
  /// Results of a tester for drawn items, put into the store as an import puts them.
  func takeResults(_ results: [(key: String, outcome: String)]) throws {
    let engagement = try open(as: "Alice")
    try engagement.store.commit(actor: "Alice", at: "2022-01-01T00:00:00Z") { db in
      for result in results {
        try db.execute(
          sql: """
            INSERT INTO result(kpi, round, key, outcome, recorded, audited, reason, evidence, tester,
              tested, locator) VALUES ('water', 1, ?, ?, (SELECT value FROM draw_item
              WHERE kpi = 'water' AND round = 1 AND key = ?), NULL, '', '', 'Alice', '', 'x')
            """, arguments: [result.key, result.outcome, result.key])
      }
      return (Event("worksheet.imported", ["kpi": "water", "round": 1]), ())
    }
  }
}
