package import Assurance
import Exact
import GRDB
import Trail

extension Engagement {
  /// Evaluates the results of a round against the thresholds of today's settings.
  package func evaluate(kpi name: String, round: Int?) throws(AssureError) -> EvaluationFacts {
    try refuseChange("sample.evaluated")
    let kpi = try kpi(abbreviated: name)
    let last = try lastRound(kpi.name)
    let round = round ?? max(1, last)
    guard try isDrawn(kpi: kpi.name, round: round) else {
      throw Self.notDrawn(kpi, round: round)
    }
    let items = try requireUnchanged(kpi, round: round)
    let at = try Moment.now()
    let facts = try evaluation(kpi, round: round, items: items, at: at)
    try store.commit(actor: actor, at: at) { db in
      let body = EvaluationTable.json(facts)
      try EvaluationTable.insert(facts, kpi: kpi.name, body: body.text, db)
      return (
        Event(
          "sample.evaluated",
          [
            "kpi": .string(kpi.name), "round": .integer(Int64(round)), "evaluation": body,
            "settings": .string(settingsDigest),
          ]), ()
      )
    }
    return facts
  }

  static func notDrawn(_ kpi: KPIDefinition, round: Int) -> AssureError {
    AssureError(
      "not-drawn", place: "\(kpi.name) round \(round)", "this round is not drawn",
      remedy: "`assure sample --kpi \(kpi.name) --round \(round) --seed TEXT` first")
  }

  private func evaluation(
    _ kpi: KPIDefinition, round: Int, items: [PopulationItem], at: String
  ) throws(AssureError) -> EvaluationFacts {
    let (plan, draw, results) = try store.read { db in
      (
        try PlanTable.facts(kpi: kpi.name, round: round, db),
        try DrawTable.facts(kpi: kpi.name, round: round, db),
        try ResultTable.facts(kpi: kpi.name, round: round, db)
      )
    }
    guard let plan, let draw else {
      throw Self.notDrawn(kpi, round: round)
    }
    guard let level = policy.sampling.level(settings.level) else {
      throw AssureError("unknown-level", place: "sampling.yaml", "no rules for \(settings.level)")
    }
    let positive = items.filter { $0.value > .zero }
    return try SampleEvaluation(
      kpi: kpi.name, unit: kpi.unit.code, decimalsPrinted: kpi.decimals, plan: plan, draw: draw,
      results: results, total: try Population.sum(positive),
      count: positive.count, materiality: try materiality(of: kpi, items: items),
      confidence: level.confidence
    ).evaluate(at: at)
  }
}
