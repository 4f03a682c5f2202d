import Exact

/// Sub-meters counted together with the meter that already measures them.
package struct MeterTree: PopulationTest {
  package static let kind = "meter-tree"
  static let finding = FindingKind(
    "sub-meter-in-total", .high,
    "A sub-meter is counted in a month in which a meter above it is counted too.")
  package static let findings = [finding]

  package init(_ node: PolicyNode) throws(AssureError) {}

  package func problem(in policy: PolicyView) -> String? {
    let isTree = policy.measured.contains { dataset in
      dataset.roles[.meter] != nil && dataset.roles[.site] != nil
        && (dataset.roles[.parent] != nil || dataset.roles[.tier] != nil)
    }
    return isTree ? nil : "no dataset of the measure has the roles site, meter and parent or tier"
  }

  package func run(_ context: TestContext) -> [Exception] {
    let groups = Dictionary(grouping: context.readings.filter { $0.meter != nil }) {
      Record.key([$0.dataset, $0.site ?? ""])
    }
    return groups.values.flatMap { site($0, context) }.inOrder(of: Self.findings)
  }

  /// The meters of one site in one dataset.
  private func site(_ readings: [Reading], _ context: TestContext) -> [Exception] {
    let tree = Tree(readings)
    var countedMonths: [String: Set<Month>] = [:]
    for reading in readings where reading.isInPopulation {
      countedMonths[reading.meter ?? "", default: []].formUnion(Duplicates.months(reading))
    }
    var found: [String: (above: Set<String>, readings: [Reading])] = [:]
    for reading in readings where reading.isInPopulation {
      let meter = reading.meter ?? ""
      let months = Set(Duplicates.months(reading))
      let above = tree.above(meter).filter { !(countedMonths[$0] ?? []).isDisjoint(with: months) }
      if !above.isEmpty {
        found[meter, default: ([], [])].above.formUnion(above)
        found[meter, default: ([], [])].readings.append(reading)
      }
    }
    return found.map { meter, found in
      let place = found.readings[0].place
      return context.exception(
        Self.finding, subject: place, locators: found.readings.map(\.locator),
        effect: context.effect(removing: found.readings),
        message:
          "\(numbered(found.readings.count, "record")) of sub-meter \(place): counted in months in "
          + "which \(found.above.sorted().joined(separator: ", ")) above it is counted too; the "
          + "upper meter alone was expected; ask for the plan of the meters")
    }
  }

  /// Which meters stand above which, at one site.
  private struct Tree {
    private var parents: [String: Set<String>] = [:]

    init(_ readings: [Reading]) {
      var mains: Set<String> = []
      var subs: Set<String> = []
      for reading in readings {
        guard let meter = reading.meter else { continue }
        if let parent = reading.parent, parent != meter {
          parents[meter, default: []].insert(parent)
        }
        if reading.tier == "main" { mains.insert(meter) }
        if reading.tier == "sub" { subs.insert(meter) }
      }
      // A sub-meter that names no parent hangs under every main meter of its site.
      for sub in subs where parents[sub] == nil { parents[sub] = mains.subtracting(subs) }
    }

    /// Every meter above one, itself excluded even if the tree runs in a circle.
    func above(_ meter: String) -> Set<String> {
      var above: Set<String> = []
      var pending = Array(parents[meter] ?? [])
      while let next = pending.popLast() {
        if next != meter, above.insert(next).inserted { pending += parents[next] ?? [] }
      }
      return above
    }
  }
}
