import Exact

/// A register of sites, or of entities, against those that records name, both ways.
///
/// A site that the register lacks is usually not counted, because no filter on the register takes
/// it in; whether it should be is what has to be asked, so neither way has an amount. Where policy
/// says which rows are within, what is counted of the others is a finding with its amount.
package struct RegisterDifference: PopulationTest {
  package static let kind = "register-difference"
  static let unknown = FindingKind(
    "not-in-register", .high, "Records name a site or entity that the register does not have.")
  static let unused = FindingKind(
    "register-without-records", .high,
    "A site or entity of the boundary that was open in the period has no record at all.")
  static let beyond = FindingKind(
    "counted-beyond-boundary", .high,
    "Records are counted of a site or entity that the basis of control leaves out.")
  package static let findings = [unknown, unused, beyond]

  /// The dataset of sites or entities.
  package let register: String
  /// What holds of the rows of which records are expected; nil for those of the boundary.
  package let within: RecordCondition?

  package init(_ node: PolicyNode) throws(AssureError) {
    register = try node.required("register").text()
    within = try node.optional("within").map { (node) throws(AssureError) in
      try RecordCondition(node)
    }
  }

  package var datasets: [String] { [register] }
  package func problem(in policy: PolicyView) -> String? {
    if let problem = policy.problem(register: register) { return problem }
    return policy.dataset(register).flatMap { within?.problem($0, in: policy) }
  }

  package func run(_ context: TestContext) -> [Exception] {
    let rows = SiteRow.all(register, context)
    let readings = context.readings
    return
      (unknown(rows, readings, context) + unused(rows, readings, context)
      + beyond(rows, readings, context)).inOrder(of: Self.findings)
  }

  private func unknown(
    _ rows: [SiteRow], _ readings: [Reading], _ context: TestContext
  ) -> [Exception] {
    let known = Set(rows.map(\.name))
    let groups = Dictionary(
      grouping: readings.filter { $0.site.map { !known.contains($0) } ?? false }
    ) {
      $0.site ?? ""
    }
    return groups.map { name, readings in
      let sum = readings.compactMap(\.contribution).reduce(.zero, +)
      let counted = readings.count { $0.isInPopulation }
      let decimals = readings.map(\.decimals).max() ?? 0
      return context.exception(
        Self.unknown, subject: name, locators: readings.map(\.locator), effect: .unquantified,
        message:
          "\(numbered(readings.count, "record")) of \(register) \(name) "
          + "(\(context.text(sum, decimals: decimals)) in all, \(counted) of them counted), a "
          + "\(register) that the register does not have; a registered \(register) was expected; ask "
          + "whether it belongs to the boundary"
      )
    }
  }

  private func unused(
    _ rows: [SiteRow], _ readings: [Reading], _ context: TestContext
  ) -> [Exception] {
    let named = Set(readings.compactMap(\.site))
    let isExpected = SiteRow.expectation(within: within, of: register, context)
    return rows.filter { row in
      !named.contains(row.name) && row.open?.overlaps(context.period) ?? false && isExpected(row)
    }.map { row in
      context.exception(
        Self.unused, subject: row.name, locators: [row.locator], effect: .unquantified,
        message: "\(register) \(row.name) is in the boundary and was open in the period, and no "
          + "record names it; records were expected; ask who meters it")
    }
  }

  /// What is counted of rows that policy's own condition leaves out.
  private func beyond(
    _ rows: [SiteRow], _ readings: [Reading], _ context: TestContext
  ) -> [Exception] {
    guard let within else { return [] }
    let isWithin = within.predicate(register, context)
    let counted = Dictionary(grouping: readings.filter(\.isInPopulation)) { $0.site ?? "" }
    return rows.compactMap { row in
      guard let own = counted[row.name], !isWithin(row.record) else { return nil }
      return context.exception(
        Self.beyond, subject: row.name, locators: own.map(\.locator) + [row.locator],
        effect: context.effect(removing: own),
        message: "\(numbered(own.count, "record")) of \(register) \(row.name) "
          + "\(own.count == 1 ? "is" : "are") counted, and by the register it is not within the "
          + "boundary; nothing of it was expected; ask on which basis of control it was taken in")
    }
  }
}
