package import Assurance
import Exact
import Foundation
import GRDB
import Trail

extension Engagement {
  /// Freezes a KPI's population and the plan for a round, in that order.
  ///
  /// - Parameters:
  ///   - round: the one after the last planned; nil for the first.
  ///   - size: given by the auditor instead of the formula; from 1.
  ///   - method: instead of the policy's.
  package func plan(
    kpi name: String, round: Int?, size: Int?, method: String?
  ) throws(AssureError) -> PlanFacts {
    try refuseChange("plan.frozen")
    let kpi = try kpi(abbreviated: name)
    try requireSensible(kpi, round: round, size: size)
    let last = try lastRound(kpi.name)
    let round = round ?? 1
    guard round == last + 1 else {
      throw AssureError(
        last >= round ? "already-planned" : "round-order", place: "\(kpi.name) round \(round)",
        last >= round
          ? "this round is planned and frozen; a plan is never changed"
          : "the last round planned is \(last)",
        remedy: last >= round
          ? "`assure sample --kpi \(kpi.name)` draws it; a further round is `--round \(last + 1)`"
          : "plan round \(last + 1)")
    }
    guard let level = policy.sampling.level(settings.level) else {
      throw AssureError("unknown-level", place: "sampling.yaml", "no rules for \(settings.level)")
    }
    let items = try records(of: kpi).items()
    let materiality = try materiality(of: kpi, items: items)
    let outcome = try SamplePlanner(
      kpi: kpi, materiality: materiality, level: level, policy: policy.sampling, sizeGiven: size,
      methodGiven: method
    ).plan(items)
    return try freeze(kpi, round: round, items: items, outcome: outcome)
  }

  /// Refuses what would freeze a plan that nothing can be drawn by.
  private func requireSensible(
    _ kpi: KPIDefinition, round: Int?, size: Int?
  ) throws(AssureError) {
    guard kpi.measure.hasPopulation else {
      let sampled = policy.kpis.filter { $0.measure.hasPopulation }.map(\.name)
      throw AssureError(
        "nothing-to-sample", place: "--kpi \(kpi.name)",
        kpi.measure.terms.isEmpty
          ? "the figure is a ratio or taken as stated; it has no records of its own to draw from"
          : "its records have no values in its unit to draw by: factors or things counted once",
        remedy: "draw from one of: \(sampled.joined(separator: ", "))")
    }
    for (name, value) in [("round", round), ("size", size)] {
      guard let value, value < 1 else { continue }
      throw AssureError(
        "below-one", place: "--\(name) \(value)", "a \(name) counts from 1",
        remedy: "give a whole number from 1, or leave the option out")
    }
  }

  /// The thresholds of a KPI: shares are of the printed figure, or of the computed one if none is.
  func materiality(
    of kpi: KPIDefinition, items: [PopulationItem]
  ) throws(AssureError) -> Materiality {
    let printed = reported.first { $0.kpi == kpi.name }
    var figure = Rational(try Population.sum(items))
    if let printed { figure = Rational(printed.number) * (try factor(printed, to: kpi)) }
    return try settings.materiality(
      kpi: kpi.name, figure: figure, decimals: max(0, kpi.decimals), place: "engagement.yaml")
  }

  /// How many of the KPI's unit one of the printed figure's is.
  ///
  /// - Throws: `unit-mismatch`.
  func factor(_ printed: ReportedValue, to kpi: KPIDefinition) throws(AssureError) -> Rational {
    guard let factor = printed.unit.factor(to: kpi.unit) else {
      throw AssureError(
        "unit-mismatch", place: printed.place,
        "`\(kpi.name)` is printed in \(printed.unit.code), which cannot become \(kpi.unit.code)",
        remedy: "correct the unit in reported.csv or in the policy")
    }
    return factor
  }

  /// The highest round planned, 0 if none is.
  func lastRound(_ kpi: String) throws(AssureError) -> Int {
    try store.read { db in
      try Int.fetchOne(db, sql: "SELECT max(round) FROM plan WHERE kpi = ?", arguments: [kpi]) ?? 0
    }
  }

  private func freeze(
    _ kpi: KPIDefinition, round: Int, items: [PopulationItem], outcome: SamplePlanner.Outcome
  ) throws(AssureError) -> PlanFacts {
    let at = try Moment.now()
    let digest = PopulationTable.digest(items, unit: kpi.unit.code)
    let sum = try Population.sum(items)
    let body = PlanTable.body(
      kpi: kpi.name, round: round, outcome: outcome, populationDigest: digest,
      policyDigest: policyDigest, settingsDigest: settingsDigest)
    let plan = PlanFacts(
      round: round, method: outcome.method, size: outcome.size, parameters: outcome.parameters,
      reasons: outcome.reasons, digest: Digest(ofText: body.text).hex, frozen: at)
    try store.commit(actor: actor, at: at) { db in
      try PopulationTable.insert(
        kpi: kpi.name, round: round, items: items, sum: sum, unit: kpi.unit.code, digest: digest,
        at: at, db)
      try PlanTable.insert(kpi: kpi.name, plan: plan, body: body.text, db)
      return (
        Event(
          "plan.frozen",
          [
            "kpi": .string(kpi.name), "round": .integer(Int64(round)),
            "population": [
              "count": .integer(Int64(items.count)), "sum": .string(sum.description),
              "digest": .string(digest),
            ],
            "plan": body, "digest": .string(plan.digest),
          ]), ()
      )
    }
    return plan
  }
}

extension Engagement {
  /// The frozen plan of a round, or nil.
  package func plannedRound(kpi: String, round: Int) throws(AssureError) -> PlanFacts? {
    try store.read { try PlanTable.facts(kpi: kpi, round: round, $0) }
  }

  /// Whether a round is drawn.
  package func isDrawn(kpi: String, round: Int) throws(AssureError) -> Bool {
    try store.read { try DrawTable.facts(kpi: kpi, round: round, $0) != nil }
  }
}
