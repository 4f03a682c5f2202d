package import Assurance
import GRDB

/// How far a KPI has come, and what stands in its way.
package struct KPIReadiness: Sendable {
  package let kpi: String
  package let status: String
  package let reconciliation: String
  package let openExceptions: Int
  /// `planned`, `drawn`, … of the last round; `no plan` before it.
  package let sample: String
  package let conclusion: String
  /// What must be done next, in order; empty when nothing is.
  package let blockers: [String]
}

extension Engagement {
  /// Readiness of every KPI in the policy's order.
  package func status() throws(AssureError) -> [KPIReadiness] {
    try status(settings.signers.isEmpty ? nil : try signoffBoard())
  }

  /// - Parameter board: nil where nobody signs.
  func status(_ board: SignoffBoard?) throws(AssureError) -> [KPIReadiness] {
    var all: [KPIReadiness] = []
    let recalculation = try recalculation(of: policy.kpis, withRest: true)
    let figures = recalculation.figures
    for kpi in policy.kpis {
      // What is neither printed nor has records is no part of this engagement.
      let isPrinted = reported.contains { $0.kpi == kpi.name }
      guard isPrinted || figures[kpi.name] != nil, kpi.status != .supporting else { continue }
      all.append(try readiness(of: kpi, recalculation, board))
    }
    return all
  }

  /// Whether a source was received after the last check of a KPI, by the trail.
  private func isCheckOlderThanSources(_ kpi: String) throws(AssureError) -> Bool {
    try store.read { db in
      try Bool.fetchOne(
        db,
        sql: """
          WITH event AS (SELECT seq, CAST(leaf AS TEXT) AS line FROM trail_event)
          SELECT coalesce(
            (SELECT max(seq) FROM event
              WHERE json_extract(line, '$.event') IN ('source.received', 'source.replaced'))
            > (SELECT max(seq) FROM event WHERE json_extract(line, '$.event') = 'population.checked'
              AND json_extract(line, '$.facts.kpi') = ?), 0)
          """, arguments: [kpi]) ?? false
    }
  }

  /// Signatures that the team owes, once it has people who sign; the engagement quality reviewer
  /// looks at the whole.
  func unsigned(_ kpi: String, _ board: SignoffBoard?) -> [String] {
    guard let board else { return [] }
    return SignoffRole.allCases.compactMap { role in
      let people = names(role)
      guard role != .eqr, !people.isEmpty else { return nil }
      return switch board.last(role, about: kpi)?.state {
      case .current: nil
      case nil: "\(people) has not signed as \(role.rawValue)"
      case .some(let state): "the signature of \(people) as \(role.rawValue) is \(state.word)"
      }
    }
  }

  /// Who has a role, in words; empty if nobody has.
  func names(_ role: SignoffRole) -> String {
    settings.team.filter { $0.role == role.rawValue }.map(\.name).joined(separator: " or ")
  }

  private func readiness(
    of kpi: KPIDefinition, _ recalculation: Recalculation, _ board: SignoffBoard?
  ) throws(AssureError) -> KPIReadiness {
    let reconciliation = try reconciliation(of: kpi, recalculation)
    let round = try lastRound(kpi.name)
    let state = try store.read { db in
      (
        checked: try Int.fetchOne(
          db, sql: "SELECT count(*) FROM check_run WHERE kpi = ?", arguments: [kpi.name]) ?? 0,
        open: try ExceptionTable.current(kpi: kpi.name, db).count { $0.state == "open" },
        draw: try DrawTable.facts(kpi: kpi.name, round: round, db),
        results: try ResultTable.facts(kpi: kpi.name, round: round, db),
        evaluation: try EvaluationTable.facts(kpi: kpi.name, round: round, db)
      )
    }
    var blockers: [String] = []
    let isStated = if case .stated = kpi.measure { true } else { false }
    switch reconciliation.status {
    case .outside: blockers.append("the figure does not agree: explain the difference")
    case .notComparable where !isStated:
      blockers.append("ingest its sources or give the printed figure")
    default: break
    }
    if !kpi.tests.isEmpty, state.checked == 0 {
      blockers.append("run `assure check --kpi \(kpi.name)`")
    }
    if state.checked > 0, try isCheckOlderThanSources(kpi.name) {
      blockers.append("sources came in since the last check: run `assure check --kpi \(kpi.name)`")
    }
    if state.open > 0 { blockers.append("decide about \(state.open) open exceptions") }
    var sample = "none"
    // What was drawn and concluded is about the records that were frozen.
    let isOutdated = try comparisons(of: kpi).last?.standing == .differs
    if isOutdated {
      blockers.append(
        "its records changed since round \(round) was frozen: "
          + "run `assure plan --kpi \(kpi.name) --round \(round + 1)`")
    }
    if kpi.measure.hasPopulation {
      let selected = state.draw?.items.count ?? 0
      if round == 0 {
        sample = "no plan"
        blockers.append("run `assure sample --kpi \(kpi.name) --seed TEXT`")
      } else if state.draw == nil {
        sample = "round \(round) planned"
        if !isOutdated { blockers.append("draw round \(round)") }
      } else {
        sample = "round \(round): \(state.results.count) of \(selected) tested"
        if state.results.count < selected, !isOutdated {
          blockers.append("test \(selected - state.results.count) items and import the worksheet")
        }
        if state.results.count == selected, !isOutdated,
          state.evaluation?.isOlder(than: state.results) ?? true
        {
          blockers.append("run `assure evaluate --kpi \(kpi.name)`")
        }
      }
      if state.evaluation?.conclusion.hasSuffix("above-materiality") == true {
        blockers.append("the evaluation asks for more work")
      }
    }
    if kpi.status == .assured { blockers += unsigned(kpi.name, board) }
    return KPIReadiness(
      kpi: kpi.name, status: kpi.status.rawValue, reconciliation: reconciliation.status.rawValue,
      openExceptions: state.open, sample: sample,
      conclusion: (state.evaluation?.conclusion ?? "none")
        + (isOutdated && state.evaluation != nil ? ", of earlier records" : ""),
      blockers: blockers)
  }
}
