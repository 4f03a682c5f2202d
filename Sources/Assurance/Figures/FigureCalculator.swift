import Exact

/// Computes KPIs from what their records add up to: factors, ratios and arithmetic, with units.
package struct FigureCalculator: Sendable {
  private let policy: PolicySet
  private let period: Period
  private let results: [String: [Int: AggregateResult]]
  private let reported: [ReportedValue]
  /// A factor set that stands in for every other of the same quantities.
  private let substitute: FactorSet?

  /// - Parameters:
  ///   - results: of all passes over all datasets.
  ///   - substitute: for the question what another factor set would give.
  package init(
    policy: PolicySet, period: Period, results: [AggregateResult], reported: [ReportedValue],
    substitute: FactorSet? = nil
  ) {
    self.policy = policy
    self.period = period
    self.reported = reported
    self.substitute = substitute
    var byTerm: [String: [Int: AggregateResult]] = [:]
    for result in results where result.part == .counted {
      byTerm[result.kpi, default: [:]][result.term] = result
    }
    self.results = byTerm
  }

  /// The figure, or nil if there is nothing to compute it from.
  ///
  /// - Throws: `division-by-zero`, `overflow`; `figure-unit` where a unit does not become the
  ///   KPI's, which a policy that was checked cannot bring about.
  package func figure(_ kpi: KPIDefinition) throws(AssureError) -> ComputedFigure? {
    switch kpi.measure {
    case .sum, .count, .distinct: return try summed(kpi)
    case .stated: return try stated(kpi)
    case .ratio(let top, let bottom):
      return try arithmetic(kpi, .quotient(.figure(top), .figure(bottom)))
    case .formula(let expression): return try arithmetic(kpi, expression)
    }
  }

  private func stated(_ kpi: KPIDefinition) throws(AssureError) -> ComputedFigure? {
    guard let value = reported.first(where: { $0.kpi == kpi.name }) else { return nil }
    let factor = try scale(from: value.unit, to: kpi)
    do {
      let interval = try value.interval
      return ComputedFigure(
        point: Rational(value.number) * factor,
        interval: Interval(interval.low * factor, interval.high * factor),
        parts: [], issues: [])
    } catch {
      throw AssureError(
        "overflow", place: value.place, error.description, remedy: "check the figure")
    }
  }

  /// Each group's sum times its factors, in the KPI's unit.
  private func summed(_ kpi: KPIDefinition) throws(AssureError) -> ComputedFigure? {
    // No record that counts is a figure of zero; no record at all is none.
    guard let results = results[kpi.name], results.values.contains(where: { $0.rows > 0 }) else {
      return nil
    }
    var total = Rational.zero
    var parts: [ComputedFigure.Part] = []
    var issues: [FigureIssue] = []
    for (index, term) in kpi.measure.terms.enumerated() {
      guard let result = results[index], let dataset = policy.dataset(term.dataset) else {
        continue
      }
      var unit = Unit.one
      var isCount = true
      if case .sum = kpi.measure, let field = term.field.flatMap({ dataset.field($0)?.unit }) {
        (unit, isCount) = (field, false)
      }
      for group in result.groups.sorted(by: { Self.order($0.keys, $1.keys) }) {
        let chain = FactorChain(
          sets: policy.factorSets, period: period, substitute: substitute, keys: group.keys)
        let (product, chained) = chain.product(of: term.factors, into: &issues, group: group.count)
        // A product that broke off at a missing factor is zero, in whatever unit it had by then.
        let scale = isCount || product.isZero ? .one : try scale(from: unit * chained, to: kpi)
        let amount = Rational(group.sum) * product * scale
        total = total + amount
        parts.append(
          ComputedFigure.Part(
            label: Self.label(dataset.title, group.keys), amount: amount, count: group.count))
      }
      issues += result.issues(kpi: kpi.name, field: term.field ?? "")
    }
    return ComputedFigure(
      point: total, interval: Interval(total), parts: parts, issues: FigureIssue.merged(issues))
  }

  private static func order(_ a: [String: String?], _ b: [String: String?]) -> Bool {
    label("", a).utf8.lexicographicallyPrecedes(label("", b).utf8)
  }

  private static func label(_ title: String, _ keys: [String: String?]) -> String {
    let values = keys.sorted { $0.key < $1.key }.map { $0.value ?? "none" }
    return values.isEmpty ? title : title + ": " + values.joined(separator: ", ")
  }

  /// Ratios and formulas: in base units, so that every part may have a unit of its own.
  private func arithmetic(
    _ kpi: KPIDefinition, _ expression: RelationExpression
  ) throws(AssureError) -> ComputedFigure? {
    var parts: [ComputedFigure.Part] = []
    var issues: [FigureIssue] = []
    var values: [String: ComputedFigure] = [:]
    for name in kpi.measure.kpis {
      guard let part = policy.kpi(name), let figure = try figure(part) else { return nil }
      values[name] = figure
      parts.append(ComputedFigure.Part(label: name, amount: figure.point, count: 0))
      issues += figure.issues
    }
    guard let (point, interval) = try value(expression, values, kpi) else { return nil }
    let scale: Rational
    do { scale = try .one / kpi.unit.scale } catch { throw misfit(kpi.unit, kpi) }
    return ComputedFigure(
      point: point * scale, interval: Interval(interval.low * scale, interval.high * scale),
      parts: parts, issues: FigureIssue.merged(issues))
  }

  /// What turns amounts of a unit into the KPI's.
  private func scale(from unit: Unit, to kpi: KPIDefinition) throws(AssureError) -> Rational {
    guard let scale = unit.factor(to: kpi.unit) else { throw misfit(unit, kpi) }
    return scale
  }

  private func misfit(_ unit: Unit, _ kpi: KPIDefinition) -> AssureError {
    AssureError(
      "figure-unit", place: policy.kpiFiles[kpi.name] ?? kpi.name,
      "amounts in \(unit.code) do not become the figure's \(kpi.unit.code)",
      remedy: "correct the unit of the KPI, of the field or of the factors")
  }

  private func value(
    _ expression: RelationExpression, _ values: [String: ComputedFigure], _ kpi: KPIDefinition
  ) throws(AssureError) -> (Rational, Interval)? {
    func both(
      _ a: RelationExpression, _ b: RelationExpression
    ) throws(AssureError) -> (a: (Rational, Interval), b: (Rational, Interval))? {
      guard let a = try value(a, values, kpi), let b = try value(b, values, kpi) else { return nil }
      return (a, b)
    }
    switch expression {
    case .number(let number): return (number, Interval(number))
    case .figure(let name):
      guard let figure = values[name], let unit = policy.kpi(name)?.unit else { return nil }
      let scale = Interval(unit.scale)
      return (figure.point * unit.scale, figure.interval * scale)
    case .negated(let a):
      return try value(a, values, kpi).map { (-$0.0, Interval(-$0.1.low, -$0.1.high)) }
    case .sum(let a, let b): return try both(a, b).map { ($0.a.0 + $0.b.0, $0.a.1 + $0.b.1) }
    case .difference(let a, let b):
      return try both(a, b).map { ($0.a.0 - $0.b.0, $0.a.1 - $0.b.1) }
    case .product(let a, let b): return try both(a, b).map { ($0.a.0 * $0.b.0, $0.a.1 * $0.b.1) }
    case .quotient(let a, let b):
      guard let (a, b) = try both(a, b) else { return nil }
      guard let point = try? a.0 / b.0, let interval = try? a.1 / b.1 else {
        throw AssureError(
          "division-by-zero", place: policy.kpiFiles[kpi.name] ?? kpi.name,
          "`\(kpi.name)` divides by what is zero or may be", remedy: "check the denominator")
      }
      return (point, interval)
    case .relation, .unknown, .lines, .names, .date, .part: return nil
    }
  }
}
