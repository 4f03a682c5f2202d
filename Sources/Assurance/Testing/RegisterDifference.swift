import Exact

/// The register of sites against the sites that records name, both ways.
///
/// A site that the register lacks is usually not counted, because no filter on the register takes
/// it in; whether it should be is what has to be asked, so neither way has an amount.
package struct RegisterDifference: PopulationTest {
  package static let kind = "register-difference"
  static let unknown = FindingKind(
    "not-in-register", .high, "Records name a site that the register does not have.")
  static let unused = FindingKind(
    "register-without-records", .high,
    "A site of the boundary that was open in the period has no record at all.")
  package static let findings = [unknown, unused]

  /// The dataset of sites.
  package let register: String

  package init(_ node: PolicyNode) throws(AssureError) {
    register = try node.required("register").text()
  }

  package var datasets: [String] { [register] }
  package func problem(in policy: PolicyView) -> String? { policy.problem(register: register) }

  package func run(_ context: TestContext) -> [Exception] {
    let sites = SiteRow.all(register, context)
    let readings = context.readings
    return (unknown(sites, readings, context) + unused(sites, readings, context))
      .inOrder(of: Self.findings)
  }

  private func unknown(
    _ sites: [SiteRow], _ readings: [Reading], _ context: TestContext
  ) -> [Exception] {
    let known = Set(sites.map(\.name))
    let groups = Dictionary(
      grouping: readings.filter { $0.site.map { !known.contains($0) } ?? false }
    ) {
      $0.site ?? ""
    }
    return groups.map { site, readings in
      let sum = readings.compactMap(\.contribution).reduce(.zero, +)
      let counted = readings.count { $0.isInPopulation }
      let decimals = readings.map(\.decimals).max() ?? 0
      return context.exception(
        Self.unknown, subject: site, locators: readings.map(\.locator), effect: .unquantified,
        message:
          "\(numbered(readings.count, "record")) of site \(site) "
          + "(\(context.text(sum, decimals: decimals)) in all, \(counted) of them counted), a site "
          + "that the register does not have; a registered site was expected; ask "
          + "whether it belongs to the boundary"
      )
    }
  }

  private func unused(
    _ sites: [SiteRow], _ readings: [Reading], _ context: TestContext
  ) -> [Exception] {
    let named = Set(readings.compactMap(\.site))
    return sites.filter { site in
      context.isInBoundary(site.key) && !named.contains(site.name)
        && site.open?.overlaps(context.period) ?? false
    }.map { site in
      context.exception(
        Self.unused, subject: site.name, locators: [site.locator], effect: .unquantified,
        message: "site \(site.name) is in the boundary and was open in the period, and no record "
          + "names it; records were expected; ask who meters it")
    }
  }
}
