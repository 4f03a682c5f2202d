/// The sites on which two whole periods can be compared, and figures narrowed to them.
///
/// Like for like: a site is comparable if the register has it in the boundary from the first day of
/// the earlier period to the last day of the later one (GHG Protocol Corporate Standard, chapter 5,
/// on changes that make years incomparable). What opened or closed on the way is left out of both.
package struct ComparableSites: Sendable {
  package let register: String
  /// Days that the whole of must lie in a site's time.
  package let first: Day
  package let last: Day
  private let opened: String
  private let closed: String

  /// The period a year before: the same days of the calendar.
  package static func before(_ period: Period) -> Period? {
    guard let year = PeriodDay("first-1y"), let end = PeriodDay("last-1y") else { return nil }
    // A February of 29 days ends with its month.
    let isMonthEnd = period.last.adding(days: 1).civil.day == 1
    let last = end.day(in: period)
    return Period(
      year.day(in: period), isMonthEnd ? last.month.first.adding(days: last.month.days - 1) : last)
  }

  /// - Throws: `no-boundary` if policy names no register with first and last days.
  package init(policy: PolicySet, from first: Day, to last: Day) throws(AssureError) {
    guard let boundary = policy.boundary, let register = policy.dataset(boundary.register),
      let opened = register.roles[.opened], let closed = register.roles[.closed]
    else {
      throw AssureError(
        "no-boundary", place: "policy.yaml",
        "like for like needs a boundary whose register has first and last days",
        remedy: "declare `boundary:`, and the roles `opened` and `closed` of its register")
    }
    self.register = register.name
    self.first = first
    self.last = last
    self.opened = opened
    self.closed = closed
  }

  /// Why a row of the register is not comparable; nil if it is.
  package func reason(opened: Day?, closed: Day?) -> String? {
    if let opened, opened > first { return "opened \(opened)" }
    if let closed, closed < last { return "closed \(closed)" }
    return nil
  }

  /// The policy with every figure narrowed to comparable sites.
  package func narrowing(_ policy: PolicySet) -> PolicySet {
    let days = """
      (\(register).\(opened) is null or \(register).\(opened) <= '\(first)') and \
      (\(register).\(closed) is null or \(register).\(closed) >= '\(last)')
      """
    return policy.mapping { kpi in
      var kpi = kpi
      kpi.measure = kpi.measure.mapping { term in
        guard names(policy.dataset(term.dataset)) else { return term }
        var term = term
        term.filter = term.filter.map { "(\($0)) and \(days)" } ?? days
        return term
      }
      return kpi
    }
  }

  /// Why a figure has no such series; nil if it has one.
  package func problem(_ kpi: KPIDefinition, in policy: PolicySet) -> String? {
    if case .stated = kpi.measure { return "it is taken as stated" }
    for term in kpi.measure.terms where !names(policy.dataset(term.dataset)) {
      return "`\(term.dataset)` names no \(register)"
    }
    for part in kpi.measure.kpis.compactMap({ policy.kpi($0) }) {
      if let problem = problem(part, in: policy) { return "it rests on `\(part.name)`: \(problem)" }
    }
    return nil
  }

  private func names(_ dataset: DatasetDefinition?) -> Bool {
    dataset?.fields.contains { $0.register == register } ?? false
  }
}

extension PolicySet {
  /// The same set with other figures under the same names.
  func mapping(_ change: (KPIDefinition) -> KPIDefinition) -> PolicySet {
    var other = self
    other.kpis = kpis.map(change)
    return other
  }
}

extension Measure {
  /// The same measure over other terms.
  func mapping(_ change: (MeasureTerm) -> MeasureTerm) -> Measure {
    switch self {
    case .sum(let terms): .sum(terms.map(change))
    case .count(let terms): .count(terms.map(change))
    case .distinct(let terms): .distinct(terms.map(change))
    case .ratio, .formula, .stated: self
    }
  }
}
