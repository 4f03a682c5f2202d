package import Exact

/// Every site of the boundary against every month of the period.
///
/// A month is expected of a site that is open on each of its days. It is covered if taken-in
/// records span at least half of those days: a bill from 18 January to 17 March covers February,
/// not January. Sites without any record are ``RegisterDifference``'s. Where a site has several
/// meters, each is asked for as ``MeterMonths`` says.
package struct SiteMonthGrid: PopulationTest {
  package static let kind = "site-month-grid"
  static let missing = FindingKind(
    "missing-month", .high,
    "A site in the boundary was open the whole month and no record covers half of it.")
  static let before = FindingKind(
    "before-opening", .high, "A counted record lies wholly before the site's opening.")
  static let after = FindingKind(
    "after-closing", .high, "A counted record lies wholly after the site's closing.")
  static let share = FindingKind(
    "estimated-share", .medium, "More of the figure is estimated than policy allows.")
  package static let findings = [missing, before, after, share]

  /// The dataset of sites.
  package let register: String
  /// The largest share of the figure that may be estimated; nil if policy sets none.
  package let estimatedMax: Rational?

  /// What holds of the rows of which records are expected; nil for those of the boundary.
  package let within: RecordCondition?

  package init(_ node: PolicyNode) throws(AssureError) {
    register = try node.required("register").text()
    within = try node.optional("within").map { (node) throws(AssureError) in
      try RecordCondition(node)
    }
    estimatedMax = try node.optional("estimated_max")?.percent()
  }

  package var datasets: [String] { [register] }
  package func problem(in policy: PolicyView) -> String? {
    if let problem = policy.problem(register: register) { return problem }
    return policy.dataset(register).flatMap { within?.problem($0, in: policy) }
  }

  package func run(_ context: TestContext) -> [Exception] {
    let readings = context.readings
    let sites = SiteRow.all(register, context)
    return
      (missingMonths(sites, readings, context) + outsideOpening(sites, readings, context)
      + estimated(readings, context)).inOrder(of: Self.findings)
  }

  /// The grid that the KPI's policy asks for, as pages show it; empty if it asks for none.
  package static func grid(_ context: TestContext) -> [GridRow] {
    guard let test = context.kpi.tests.lazy.compactMap({ $0 as? SiteMonthGrid }).first else {
      return []
    }
    return test.years(context).map(\.facts)
  }

  /// The grid as data: a row for each site of the register, a cell for each month of the period.
  package func years(_ context: TestContext) -> [SiteYear] {
    years(SiteRow.all(register, context), context.readings, context)
  }

  private func years(
    _ sites: [SiteRow], _ readings: [Reading], _ context: TestContext
  ) -> [SiteYear] {
    let bySite = Dictionary(grouping: readings.filter(\.passesFilter)) { $0.site ?? "" }
    let isExpected = SiteRow.expectation(within: within, of: register, context)
    return sites.map { site in
      let own = (bySite[site.name] ?? []).filter { $0.span != nil }
      let isInBoundary = isExpected(site)
      return SiteYear(
        site: site.name, locator: site.locator, open: site.open, isInBoundary: isInBoundary,
        cells: context.period.months.map { month in
          SiteMonth(
            month, expectedIn: isInBoundary ? site.open : nil, period: context.period,
            readings: own)
        })
    }
  }

  private func missingMonths(
    _ sites: [SiteRow], _ readings: [Reading], _ context: TestContext
  ) -> [Exception] {
    let samples = Dictionary(readings.map { ($0.site ?? "", $0) }) { first, _ in first }
    let bySite = Dictionary(grouping: readings.filter { $0.passesFilter && $0.span != nil }) {
      $0.site ?? ""
    }
    let meters = MeterMonths(context: context, finding: Self.missing)
    return years(sites, readings, context).flatMap { row -> [Exception] in
      guard let sample = samples[row.site] else { return [] }
      let ofMeters =
        row.isInBoundary ? meters.missing(row, readings: bySite[row.site] ?? []) : []
      let covered = row.cells.filter { $0.state.isCovered }.compactMap(\.quantity)
      return ofMeters
        + row.cells.filter { $0.state == .missing }.map { cell in
          var effect = Effect.unquantified
          var value = "the gap is not valued, since fewer than 3 other months are there"
          if covered.count >= 3, sample.isSummed, sample.contribution != nil {
            let mean = covered.reduce(.zero, +).divided(by: Rational(covered.count))
            effect = TestContext.amount(mean, decimals: sample.decimals)
            value =
              "the gap is valued by the mean of the site's \(covered.count) other months, "
              + context.text(mean, decimals: sample.decimals)
          }
          return context.exception(
            Self.missing, subject: "\(row.site) \(cell.month)", locators: [row.locator],
            effect: effect,
            message:
              "\(register) \(row.site) was open in \(cell.month) and no record covers half of the "
              + "month; a record was expected, and \(value); ask for the reading or bill")
        }
    }
  }

  private func outsideOpening(
    _ sites: [SiteRow], _ readings: [Reading], _ context: TestContext
  ) -> [Exception] {
    let byName = Dictionary(sites.map { ($0.name, $0) }) { first, _ in first }
    return readings.compactMap { reading in
      guard reading.isInPopulation, let span = reading.span,
        let site = reading.site.flatMap({ byName[$0] })
      else { return nil }
      let finding: FindingKind
      let what: String
      if let opened = site.opened, span.last < opened {
        (finding, what) = (Self.before, "before the \(register) opened on \(opened)")
      } else if let closed = site.closed, span.first > closed {
        (finding, what) = (Self.after, "after the \(register) closed on \(closed)")
      } else {
        return nil
      }
      return context.exception(
        finding, subject: "\(reading.place) \(span)", locators: [reading.locator, site.locator],
        effect: context.effect(removing: [reading]),
        message: "\(context.text(reading)) of \(reading.place) for \(span) is counted, \(what); "
          + "nothing was expected then; ask whether the record or the register is wrong")
    }
  }

  private func estimated(_ readings: [Reading], _ context: TestContext) -> [Exception] {
    let counted = readings.filter(\.isInPopulation)
    let estimated = counted.filter(\.isEstimated)
    func total(_ readings: [Reading]) -> Rational {
      readings.compactMap { $0.contribution?.magnitude }.reduce(.zero, +)
    }
    let whole = total(counted)
    guard let estimatedMax, !whole.isZero, total(estimated) > estimatedMax * whole else {
      return []
    }
    let decimals = counted.map(\.decimals).max() ?? 0
    return [
      context.exception(
        Self.share, subject: context.kpi.name, locators: estimated.map(\.locator),
        effect: .unquantified,
        message: "\(total(estimated).divided(by: whole).percentText) of the figure "
          + "(\(context.text(total(estimated), decimals: decimals)), "
          + "\(numbered(estimated.count, "record"))) "
          + "is estimated; at most \(estimatedMax.percentText) was expected; "
          + "ask for actual readings or for the basis of the estimates")
    ]
  }
}
