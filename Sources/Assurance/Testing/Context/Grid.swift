package import Exact

/// A site of the register, as tests see it.
package struct SiteRow: Sendable {
  package let record: Record
  /// The register's key, by which the boundary names it.
  package var key: String { record.key }
  /// The name by which records name it.
  package let name: String
  package let locator: String
  /// The first and last day in use; nil where the register has none.
  package let opened: Day?
  package let closed: Day?

  /// Every site of a register, in the register's order; none if the context lacks it.
  package static func all(_ register: String, _ context: TestContext) -> [SiteRow] {
    guard let dataset = context.datasets[register] else { return [] }
    let definition = dataset.definition
    let name =
      definition.index(of: .site) ?? definition.key.first.flatMap { definition.index(of: $0) }
    let opened = definition.index(of: .opened)
    let closed = definition.index(of: .closed)
    var seen: Set<String> = []
    return dataset.records.compactMap { record in
      guard seen.insert(record.key).inserted else { return nil }
      return SiteRow(
        record: record, name: name.flatMap { record.values[$0]?.canonical } ?? record.key,
        locator: record.source.locator.description,
        opened: opened.flatMap { record.values[$0]?.day },
        closed: closed.flatMap { record.values[$0]?.day })
    }
  }

  /// Tells of which rows records are expected: by policy's own condition, or else its boundary.
  static func expectation(
    within condition: RecordCondition?, of register: String, _ context: TestContext
  ) -> (SiteRow) -> Bool {
    guard let holds = condition?.predicate(register, context) else {
      return { context.isInBoundary($0.key, of: register) }
    }
    return { holds($0.record) }
  }

  /// The days in use, as far as the calendar goes; nil if it closed before it opened.
  package var open: Period? {
    Period(opened ?? Day(number: -719_162), closed ?? Day(number: 2_932_896))
  }
}

/// A row of the grid: one site over the months of the period.
package struct SiteYear: Sendable, Hashable {
  package let site: String
  /// The site's row in the register.
  package let locator: String
  package let open: Period?
  package let isInBoundary: Bool
  package let cells: [SiteMonth]

  /// As pages show it: not open and not in the boundary look the same.
  package var facts: GridRow {
    GridRow(subject: site, cells: cells.map { ($0.month.description, $0.state.cell) })
  }
}

/// A site in a month.
package struct SiteMonth: Sendable, Hashable {
  package enum State: String, Sendable, CaseIterable {
    /// Covered by records, none of them estimated.
    case actual
    /// Covered, at least in part by an estimate.
    case estimated
    /// Expected and not covered.
    case missing
    /// Not expected and not covered: outside the boundary, or not open the whole month.
    case notExpected = "not-expected"

    package var isCovered: Bool { self == .actual || self == .estimated }

    var cell: GridRow.Cell {
      switch self {
      case .actual: .actual
      case .estimated: .estimated
      case .missing: .missing
      case .notExpected: .outside
      }
    }
  }

  package let month: Month
  package let state: State
  /// The part of the records' quantities that falls on the month by days, in the KPI's unit; nil
  /// if no record reaches into it.
  package let quantity: Rational?
  /// Places of the records that reach into the month.
  package let locators: [String]

  /// - Parameters:
  ///   - open: the days on which the site is expected to have records; nil for none.
  ///   - readings: those of the site that the filter takes in, each with a span.
  init(_ month: Month, expectedIn open: Period?, period: Period, readings: [Reading]) {
    self.month = month
    let whole = Period(month)
    let asked = Period(max(whole.first, period.first), min(whole.last, period.last)) ?? whole
    let here = readings.filter { $0.span?.overlaps(whole) ?? false }
    let covering = here.filter { $0.span?.overlaps(asked) ?? false }
    let days = Self.daysCovered(asked, covering.compactMap(\.span))
    if 2 * days >= asked.days, days > 0 {
      state = covering.contains { $0.isEstimated } ? .estimated : .actual
    } else {
      state = open?.contains(asked) ?? false ? .missing : .notExpected
    }
    quantity =
      here.isEmpty
      ? nil
      : here.reduce(.zero) { sum, reading in
        guard let span = reading.span, let quantity = reading.quantity else { return sum }
        let share = Rational(span.daysShared(with: whole)).divided(by: Rational(span.days))
        return sum + quantity * share
      }
    locators = here.map(\.locator)
  }

  /// The number of days of `month` that at least one span holds.
  static func daysCovered(_ month: Period, _ spans: [Period]) -> Int {
    var days = 0
    var next = month.first.number
    for span in spans.sorted(by: { $0.first < $1.first }) {
      let first = max(next, span.first.number)
      let last = min(month.last.number, span.last.number)
      if first <= last {
        days += last - first + 1
        next = last + 1
      }
    }
    return days
  }
}
