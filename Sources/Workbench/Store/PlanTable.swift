import Assurance
import GRDB
import Trail

/// Frozen plans.
enum PlanTable {
  /// The plan as canonical JSON; its SHA-256 is the plan's digest.
  static func body(
    kpi: String, round: Int, outcome: SamplePlanner.Outcome, populationDigest: String,
    policyDigest: String, settingsDigest: String
  ) -> CanonicalJSON {
    [
      "kpi": .string(kpi), "round": .integer(Int64(round)), "method": .string(outcome.method),
      "size": .integer(Int64(outcome.size)),
      "parameters": .array(
        outcome.parameters.map { .array([.string($0.name), .string($0.value)]) }),
      "reasons": .array(outcome.reasons.map { .string($0) }),
      "population": .string(populationDigest), "policy": .string(policyDigest),
      "settings": .string(settingsDigest),
    ]
  }

  static func insert(kpi: String, plan: PlanFacts, body: String, _ db: Database) throws {
    try db.execute(
      sql: """
        INSERT INTO plan(kpi, round, method, size, body, digest, frozen) VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [kpi, plan.round, plan.method, plan.size, body, plan.digest, plan.frozen])
  }

  static func facts(kpi: String, round: Int, _ db: Database) throws -> PlanFacts? {
    guard
      let row = try Row.fetchOne(
        db, sql: "SELECT * FROM plan WHERE kpi = ? AND round = ?", arguments: [kpi, round])
    else { return nil }
    let text: String = row["body"]
    let body = try CanonicalJSON(parsing: Array(text.utf8))
    return PlanFacts(
      round: round, method: row["method"], size: row["size"],
      parameters: (body["parameters"]?.array ?? []).map { pair in
        (pair.array?.first?.string ?? "", pair.array?.last?.string ?? "")
      },
      reasons: (body["reasons"]?.array ?? []).compactMap(\.string), digest: row["digest"],
      frozen: row["frozen"])
  }
}
