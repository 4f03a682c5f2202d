import Assurance
import Exact
import GRDB
import Trail

/// Evaluations: each one a row, the last of a round counts.
enum EvaluationTable {
  static func json(_ facts: EvaluationFacts) -> CanonicalJSON {
    [
      "round": .integer(Int64(facts.round)), "selected": .integer(Int64(facts.selected)),
      "tested": .integer(Int64(facts.tested)), "agreed": .integer(Int64(facts.agreed)),
      "misstated": .integer(Int64(facts.misstated)),
      "notSupportable": .integer(Int64(facts.notSupportable)),
      "replaced": .integer(Int64(facts.replaced)),
      "factual": .string(facts.factual.description),
      "projected": .string(facts.projected.description),
      "upperOver": facts.upperOver.map { .string($0.description) } ?? .null,
      "upperUnder": facts.upperUnder.map { .string($0.description) } ?? .null,
      "confidence": .string(facts.confidence),
      "materiality": [
        "overall": .string(facts.materiality.overall.description),
        "performance": .string(facts.materiality.performance.description),
        "trivial": .string(facts.materiality.trivial.description),
        "reason": .string(facts.materiality.reason),
      ],
      "conclusion": .string(facts.conclusion), "words": .array(facts.words.map { .string($0) }),
    ]
  }

  static func insert(_ facts: EvaluationFacts, kpi: String, body: String, _ db: Database) throws {
    try db.execute(
      sql: "INSERT INTO evaluation(kpi, round, body, evaluated) VALUES (?, ?, ?, ?)",
      arguments: [kpi, facts.round, body, facts.evaluated])
  }

  /// The last evaluation of a round, or nil.
  static func facts(kpi: String, round: Int, _ db: Database) throws -> EvaluationFacts? {
    guard
      let row = try Row.fetchOne(
        db,
        sql:
          "SELECT body, evaluated FROM evaluation WHERE kpi = ? AND round = ? ORDER BY id DESC LIMIT 1",
        arguments: [kpi, round])
    else { return nil }
    let text: String = row["body"]
    let body = try CanonicalJSON(parsing: Array(text.utf8))
    func count(_ key: String) -> Int { Int(body[key]?.integer ?? 0) }
    let thresholds = body["materiality"]
    return EvaluationFacts(
      round: round, selected: count("selected"), tested: count("tested"), agreed: count("agreed"),
      misstated: count("misstated"), notSupportable: count("notSupportable"),
      replaced: count("replaced"), factual: try Stored.decimal(body["factual"]?.string ?? ""),
      projected: try Stored.decimal(body["projected"]?.string ?? ""),
      upperOver: try body["upperOver"]?.string.map(Stored.decimal),
      upperUnder: try body["upperUnder"]?.string.map(Stored.decimal),
      confidence: body["confidence"]?.string ?? "",
      materiality: Materiality(
        overall: try Stored.decimal(thresholds?["overall"]?.string ?? ""),
        performance: try Stored.decimal(thresholds?["performance"]?.string ?? ""),
        trivial: try Stored.decimal(thresholds?["trivial"]?.string ?? ""),
        reason: thresholds?["reason"]?.string ?? ""),
      conclusion: body["conclusion"]?.string ?? "",
      words: (body["words"]?.array ?? []).compactMap(\.string), evaluated: row["evaluated"])
  }
}
