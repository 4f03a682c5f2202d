package import Exact

/// A target of the report, with the status that the report gives it.
package struct Target: Sendable {
  package let id: String
  package let text: String
  /// The KPI that measures it; empty if none is printed.
  package let kpi: String
  /// The population the target is about, and that of the KPI, in words; compared as written.
  package let population: String
  package let kpiPopulation: String
  package let comparison: RelationOperator
  /// In the KPI's unit; for a target against a base year, the change in percent.
  package let threshold: Rational
  /// The year that a change is counted from; nil for a level.
  package let baseYear: Int?
  /// The last year to reach it; nil if it is due every year.
  package let deadline: Int?
  package let claim: Claim
  package let place: String

  /// What the report says of it.
  package enum Claim: String, Sendable, CaseIterable {
    case achieved
    case interimAchieved = "interim-achieved"
    case new
    case notAchieved = "not-achieved"
  }

  /// What the printed figures say of it.
  package enum Status: String, Sendable, CaseIterable {
    case met
    case notMet = "not met"
    /// The figure's rounding leaves it open.
    case withinRounding = "open within rounding"
    case notDue = "not due"
    /// No figure, no base, or a figure about something else.
    case cannotTell = "cannot tell"
  }
}

/// A target with its status recomputed, and what is wrong with the status that is printed.
package struct TargetResult: Sendable {
  package let target: Target
  package let status: Target.Status
  /// Codes: `target-without-figure`, `target-without-base`, `target-other-population`,
  /// `target-not-met`, `target-no-interim-value`.
  package let findings: [DisclosureFinding]
}

extension Target {
  /// Reads `id,text,kpi,population,kpi_population,operator,threshold,base_year,deadline,claim`.
  package static func read(csv: String, file: String) throws(AssureError) -> [Target] {
    let table = try HeadedRows(csv: csv, file: file, code: "target")
    try table.require(["id", "text", "operator", "threshold", "claim"])
    return try table.rows.map { (row) throws(AssureError) in
      guard let comparison = RelationOperator(rawValue: row["operator"]),
        let threshold = Rational(row["threshold"]), let claim = Claim(rawValue: row["claim"])
      else {
        throw AssureError(
          "target-value", place: row.place, "the operator, the threshold or the claim is not known",
          remedy: "operators: =, >=, >, <=, <; claims: "
            + Claim.allCases.map(\.rawValue).joined(separator: ", "))
      }
      return Target(
        id: row["id"], text: row["text"], kpi: row["kpi"], population: row["population"],
        kpiPopulation: row["kpi_population"], comparison: comparison, threshold: threshold,
        baseYear: Int(row["base_year"]), deadline: Int(row["deadline"]), claim: claim,
        place: row.place)
    }
  }

  /// Recomputes the status from printed figures.
  ///
  /// A claim of achievement is never taken over: without a figure for the target's own population
  /// it cannot be told, and that is a finding.
  package func result(figures: FigureBook, year: Int) -> TargetResult {
    var findings: [DisclosureFinding] = []
    let claimsSuccess = claim == .achieved || claim == .interimAchieved
    func find(_ code: String, _ message: String) {
      findings.append(DisclosureFinding(code: code, subject: id, message: message, place: place))
    }
    guard let figure = figures[kpi] else {
      if claimsSuccess {
        find("target-without-figure", "is called achieved and no figure is printed that shows it")
      }
      return TargetResult(
        target: self, status: isDue(year) ? .cannotTell : .notDue, findings: findings)
    }
    if claim == .interimAchieved {
      find(
        "target-no-interim-value", "an interim target is called achieved; its value is not printed")
    }
    var level = (face: figure.value, reach: figure.reach)
    if let baseYear {
      guard let base = figures["\(kpi)@\(baseYear)"], let face = try? figure.value / base.value,
        let interval = try? figure.rounded / base.rounded
      else {
        find("target-without-base", "counts from \(baseYear), of which no figure is printed")
        return TargetResult(target: self, status: .cannotTell, findings: findings)
      }
      let hundred = Rational(100)
      level = (
        (face - .one) * hundred,
        Reach(low: (interval.low - .one) * hundred, high: (interval.high - .one) * hundred)
      )
    }
    if population != kpiPopulation {
      find(
        "target-other-population",
        "is about \(population), and the figure about \(kpiPopulation)")
      return TargetResult(
        target: self, status: isDue(year) ? .cannotTell : .notDue, findings: findings)
    }
    let status = status(level.face, level.reach, year: year)
    if claimsSuccess, status == .notMet || status == .notDue {
      find("target-not-met", "is called achieved; the figure printed does not reach it")
    }
    return TargetResult(target: self, status: status, findings: findings)
  }

  private func isDue(_ year: Int) -> Bool { deadline.map { $0 <= year } ?? true }

  private func status(_ face: Rational, _ reach: Reach, year: Int) -> Status {
    let all = [reach.low, reach.high].allSatisfy { $0.map(meets) ?? false }
    if all { return .met }
    guard isDue(year) else { return .notDue }
    let some = [reach.low, reach.high, face].contains { $0.map(meets) ?? false }
    return some ? (comparison == .equal && meets(face) ? .met : .withinRounding) : .notMet
  }

  private func meets(_ value: Rational) -> Bool {
    switch comparison {
    case .equal: value == threshold
    case .atLeast: value >= threshold
    case .above: value > threshold
    case .atMost: value <= threshold
    case .below: value < threshold
    }
  }
}
