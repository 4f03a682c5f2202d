package import Exact

/// How tests word numbers and effects.
extension TestContext {
  package func exception(
    _ finding: FindingKind, severity: Severity? = nil, subject: String, locators: [String],
    effect: Effect, message: String
  ) -> Exception {
    Exception(
      code: finding.code, severity: severity ?? finding.severity, kpi: kpi.name, subject: subject,
      locators: locators, effect: effect, unit: kpi.unit.code, message: message)
  }

  /// The effect of correcting a counted reading's quantity by `change`: exact if that is a finite
  /// decimal, else rounded half away from zero to the reading's decimals. A count does not move.
  package func effect(changing reading: Reading, by change: Rational) -> Effect {
    guard reading.isInPopulation, reading.isSummed else { return .none }
    guard reading.contribution != nil else { return .unquantified }
    return Self.exact(change, orDecimals: reading.decimals)
  }

  /// The effect of taking readings out of the figure; those not counted change nothing, and where
  /// things count once, neither do those whose thing another counted record names.
  package func effect(removing readings: [Reading]) -> Effect {
    let counted = leaving(readings.filter(\.isInPopulation))
    guard !counted.isEmpty else { return .none }
    var sum = Rational.zero
    for reading in counted {
      guard let contribution = reading.contribution else { return .unquantified }
      sum = sum - contribution
    }
    return Self.amount(sum, decimals: counted.map(\.decimals).max() ?? 0)
  }

  /// The amount itself if it is a finite decimal, else rounded half away from zero.
  package static func exact(_ value: Rational, orDecimals decimals: Int) -> Effect {
    value.decimal.map { .amount($0) } ?? amount(value, decimals: decimals)
  }

  /// An amount, rounded half away from zero; unquantified beyond 38 digits.
  package static func amount(_ value: Rational, decimals: Int) -> Effect {
    guard let amount = try? value.rounded(decimals: decimals) else { return .unquantified }
    return .amount(amount)
  }

  /// A quantity with its unit, rounded to `decimals`: `12.5 t`.
  package func text(_ value: Rational, decimals: Int) -> String {
    let number = (try? value.rounded(decimals: decimals).description) ?? value.description
    return number + " " + unitOfAmounts
  }

  /// The KPI's unit; where factors come after, that of the amounts.
  var unitOfAmounts: String {
    guard kpi.measure.terms.contains(where: { !$0.factors.isEmpty }) else { return kpi.unit.code }
    let units = kpi.measure.terms.compactMap { term in
      term.field.flatMap { datasets[term.dataset]?.definition.field($0)?.unit?.code }
    }
    return Set(units).count == 1 ? units[0] : "in its own unit"
  }

  /// The quantity of a reading with the KPI's unit, exact where it has a finite decimal.
  package func text(_ reading: Reading) -> String {
    reading.quantity.map { text($0, decimals: reading.decimals) } ?? "no quantity"
  }
}

/// A number of things: `1 record`, `2 records`.
func numbered(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

extension [Exception] {
  /// By the order of the test's codes, then subject, locators and message in byte order.
  package func inOrder(of findings: [FindingKind]) -> [Exception] {
    let rank = Dictionary(
      findings.enumerated().map { ($0.element.code, $0.offset) },
      uniquingKeysWith: { first, _ in first })
    return sorted { a, b in
      let (x, y) = (rank[a.code] ?? Int.max, rank[b.code] ?? Int.max)
      if x != y { return x < y }
      for (left, right) in zip(
        [a.subject] + a.locators + [a.message], [b.subject] + b.locators + [b.message])
      where left != right {
        return left.utf8.lexicographicallyPrecedes(right.utf8)
      }
      return a.locators.count < b.locators.count
    }
  }
}
