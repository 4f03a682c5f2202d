package import Exact

/// Sites whose months are far from those of their peers.
///
/// The expectation for a site is the median of its peers' mean months, each divided by a size from
/// the register if policy names one. Threshold and place for the explanation as for months.
package struct PeerOutlier: PopulationTest {
  package static let kind = "peer-outlier"
  static let finding = FindingKind(
    "peer-outlier", .low, "A site's months are far from those of its peers.")
  package static let findings = [finding]

  package let register: String
  package let per: String?
  package let group: String?
  package let ratio: Rational
  /// How many other sites make a group of peers.
  package let countMin: Int

  package init(_ node: PolicyNode) throws(AssureError) {
    register = try node.required("register").text()
    per = try node.optional("per")?.text()
    group = try node.optional("group")?.text()
    ratio = try node.optional("ratio")?.ratio() ?? Rational(4)
    countMin = try node.optional("count_min")?.value(Int.self, "a whole number") ?? 5
  }

  package var datasets: [String] { [register] }

  package func problem(in policy: PolicyView) -> String? {
    if let problem = policy.problem(register: register) { return problem }
    if let per, policy.dataset(register)?.field(per)?.type != .decimal {
      return "`\(per)` is no decimal field of `\(register)`"
    }
    if let group, policy.dataset(register)?.field(group) == nil {
      return "`\(group)` is no field of `\(register)`"
    }
    return nil
  }

  private struct Site {
    let row: SiteRow
    let mean: Rational
    let group: String
    let decimals: Int
  }

  package func run(_ context: TestContext) -> [Exception] {
    let groups = Dictionary(grouping: sites(context), by: \.group)
    return groups.values.flatMap { peers -> [Exception] in
      guard peers.count > countMin else { return [] }
      let medians = Median.withoutEach(peers.map(\.mean))
      return zip(peers, medians).compactMap { site, median in
        guard let median, median > .zero, site.mean > .zero,
          site.mean >= ratio * median || site.mean * ratio <= median
        else { return nil }
        return exception(site, median, count: peers.count - 1, context)
      }
    }.inOrder(of: Self.findings)
  }

  /// The sites with counted records, with their mean month.
  private func sites(_ context: TestContext) -> [Site] {
    let readings = Dictionary(
      grouping: context.readings.filter { $0.isInPopulation && $0.quantity != nil },
      by: { $0.site ?? "" })
    let size = per.map { RecordFields(register, context).reader($0) }
    let kind = group.map { RecordFields(register, context).reader($0) }
    let records = Dictionary(
      (context.datasets[register]?.records ?? []).map { ($0.key, $0) },
      uniquingKeysWith: { _, b in b })
    return SiteRow.all(register, context).compactMap { row in
      guard let own = readings[row.name], let record = records[row.key] else { return nil }
      let months = Set(own.flatMap { $0.span?.months ?? [] }).count
      guard months > 0 else { return nil }
      var mean = own.compactMap(\.quantity).reduce(.zero, +).divided(by: Rational(months))
      if let size {
        guard let by = size(record)?.decimal, by > .zero else { return nil }
        mean = mean.divided(by: Rational(by))
      }
      return Site(
        row: row, mean: mean, group: kind?(record)?.canonical ?? "",
        decimals: (own.map(\.decimals).max() ?? 0) + (size == nil ? 0 : 3))
    }
  }

  private func exception(
    _ site: Site, _ median: Rational, count: Int, _ context: TestContext
  ) -> Exception {
    let unit = per.map { " for each of `\($0)`" } ?? ""
    return context.exception(
      Self.finding, subject: site.row.name, locators: [site.row.locator], effect: .unquantified,
      message: "the mean month of \(site.row.name) is "
        + "\(context.text(site.mean, decimals: site.decimals))\(unit), "
        + "\(site.mean.divided(by: median).text(decimals: 2)) times what its "
        + "\(numbered(count, "peer")) let expect, \(context.text(median, decimals: site.decimals)); "
        + "the threshold is \(ratio.text(decimals: 2)) times; ask what is different there, and keep "
        + "the answer with the exception")
  }
}
