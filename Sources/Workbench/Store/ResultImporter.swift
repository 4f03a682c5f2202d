import Assurance
import Exact
import GRDB
import Ingest
import Trail

/// Takes a worksheet's rows into the result table; a result once given is never overwritten.
struct ResultImporter {
  let kpi: String
  let round: Int
  let draw: DrawFacts
  /// Digest of the worksheet.
  let worksheet: String
  var conflicts: [(locator: String, code: String, reason: String)] = []
  private(set) var taken: [CanonicalJSON] = []
  private var same = 0

  init(kpi: String, round: Int, draw: DrawFacts, worksheet: String) {
    self.kpi = kpi
    self.round = round
    self.draw = draw
    self.worksheet = worksheet
  }

  /// The row number of a cell or row locator.
  static func row(_ locator: Locator) -> Int? {
    switch locator.place {
    case .cell(let row, _), .row(let row): row
    default: nil
    }
  }

  /// Takes every row of a worksheet.
  mutating func takeAll(of sheet: WorksheetReturn, _ db: Database) throws -> WorksheetOutcomeFacts {
    let spoiled = Set(sheet.problems.map(\.locator).compactMap(Self.row))
    for row in sheet.rows {
      try take(row, isSpoiled: Self.row(row.locator).map(spoiled.contains) ?? false, db)
    }
    return try facts(db)
  }

  /// - Parameter isSpoiled: a cell of the row could not be read; the row is left out as a whole.
  mutating func take(_ row: WorksheetRow, isSpoiled: Bool, _ db: Database) throws {
    guard let outcome = row.outcome, !isSpoiled else { return }
    func conflict(_ code: String, _ reason: String) {
      conflicts.append((row.locator.description, code, reason))
    }
    guard let item = draw.items.first(where: { $0.key.utf8.elementsEqual(row.key.utf8) }) else {
      return conflict("unknown-key", "`\(row.key)` is no item of this draw")
    }
    guard ExactDecimal(row.recorded) == item.value else {
      return conflict(
        "recorded-changed",
        "the recorded value is \(row.recorded) here and \(item.value) in the draw")
    }
    guard let kept = ResultFacts.Outcome(rawValue: outcome.rawValue) else { return }
    let result = ResultFacts(
      round: round, key: row.key, outcome: kept, recorded: item.value, audited: row.audited,
      reason: row.reason, evidence: row.evidence, tester: row.tester,
      tested: row.tested?.description ?? "", locator: row.locator.description)
    if let earlier = try ResultTable.fact(kpi: kpi, round: round, key: row.key, db) {
      guard ResultTable.sameAnswer(earlier, result) else {
        return conflict(
          "already-answered",
          "the result was given as `\(earlier.outcome.rawValue)` at \(earlier.locator) and is kept")
      }
      same += 1
      return
    }
    try ResultTable.insert(result, kpi: kpi, db)
    taken.append(ResultTable.json(result))
  }

  func facts(_ db: Database) throws -> WorksheetOutcomeFacts {
    let done = try ResultTable.facts(kpi: kpi, round: round, db).count
    return WorksheetOutcomeFacts(
      kpi: kpi, round: round, taken: taken.count, same: same, open: draw.items.count - done,
      conflicts: conflicts)
  }
}

/// Testers' results, one an item and round.
enum ResultTable {
  static func insert(_ result: ResultFacts, kpi: String, _ db: Database) throws {
    try db.execute(
      sql: """
        INSERT INTO result(kpi, round, key, outcome, recorded, audited, reason, evidence, tester,
          tested, locator) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        kpi, result.round, result.key, result.outcome.rawValue, result.recorded.description,
        result.audited?.description, result.reason, result.evidence, result.tester, result.tested,
        result.locator,
      ])
  }

  static func facts(kpi: String, round: Int, _ db: Database) throws -> [ResultFacts] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT r.* FROM result r JOIN draw_item d USING (kpi, round, key)
        WHERE r.kpi = ? AND r.round = ? ORDER BY d.ordinal
        """, arguments: [kpi, round]
    ).map(fact)
  }

  static func fact(kpi: String, round: Int, key: String, _ db: Database) throws -> ResultFacts? {
    try Row.fetchOne(
      db, sql: "SELECT * FROM result WHERE kpi = ? AND round = ? AND key = ?",
      arguments: [kpi, round, key]
    ).map(fact)
  }

  private static func fact(_ row: Row) throws -> ResultFacts {
    ResultFacts(
      round: row["round"], key: row["key"],
      outcome: ResultFacts.Outcome(rawValue: row["outcome"]) ?? .notSupportable,
      recorded: try Stored.decimal(row["recorded"]),
      audited: try (row["audited"] as String?).map(Stored.decimal), reason: row["reason"],
      evidence: row["evidence"], tester: row["tester"], tested: row["tested"],
      locator: row["locator"])
  }

  /// Whether two results say the same, wherever they stand.
  static func sameAnswer(_ a: ResultFacts, _ b: ResultFacts) -> Bool {
    a.outcome == b.outcome && a.audited == b.audited && a.reason == b.reason
      && a.evidence == b.evidence && a.tester == b.tester && a.tested == b.tested
  }

  static func json(_ result: ResultFacts) -> CanonicalJSON {
    [
      "key": .string(result.key), "outcome": .string(result.outcome.rawValue),
      "recorded": .string(result.recorded.description),
      "audited": result.audited.map { .string($0.description) } ?? .null,
      "reason": .string(result.reason), "evidence": .string(result.evidence),
      "tester": .string(result.tester), "tested": .string(result.tested),
    ]
  }
}
