import Exact

/// The same thing taken in twice.
///
/// Within a dataset the business key decides; across keys, a document counts as the same if site,
/// meter, days and quantity are; across datasets, if site, months and quantity are. Two meters of
/// one site that show the same number by chance are not duplicates.
package struct Duplicates: PopulationTest {
  package static let kind = "duplicates"
  static let key = FindingKind(
    "duplicate-key", .high, "One business key was accepted more than once.")
  static let document = FindingKind(
    "duplicate-document", .high,
    "Counted records under different keys agree in site, time and quantity.")
  package static let findings = [key, document]

  package init(_ node: PolicyNode) throws(AssureError) {}

  package func run(_ context: TestContext) -> [Exception] {
    let readings = context.readings
    return (sameKey(readings, context) + sameRegisterKey(context) + sameDocument(readings, context))
      .inOrder(of: Self.findings)
  }

  private func sameKey(_ readings: [Reading], _ context: TestContext) -> [Exception] {
    grouped(readings) { Record.key([$0.dataset, $0.record.key]) }.map { copies in
      let counted = copies.filter(\.isInPopulation)
      let extra = Array(counted.dropFirst())
      let agree = Set(copies.map(\.quantity)).count == 1
      return context.exception(
        Self.key, subject: "\(copies[0].dataset) \(copies[0].record.key)",
        locators: copies.map(\.locator),
        effect: agree || extra.isEmpty ? context.effect(removing: extra) : .unquantified,
        message: "\(copies[0].record.key) of \(copies[0].dataset) was accepted \(copies.count) "
          + "times, \(agree ? "with the same quantity" : "with different quantities"); once was "
          + "expected; ask which of the files is current and withdraw the other")
    }
  }

  /// Registers and other datasets that the measure does not use itself.
  private func sameRegisterKey(_ context: TestContext) -> [Exception] {
    let measured = Set(context.kpi.measure.terms.map(\.dataset))
    return context.datasets.keys.filter { !measured.contains($0) }.sorted().flatMap { name in
      grouped(context.datasets[name]?.records ?? [], by: \.key).map { copies in
        context.exception(
          Self.key, subject: "\(name) \(copies[0].key)",
          locators: copies.map { $0.source.locator.description }, effect: .unquantified,
          message: "\(copies[0].key) of \(name) was accepted \(copies.count) times; once was "
            + "expected; ask which row is current")
      }
    }
  }

  private func sameDocument(_ readings: [Reading], _ context: TestContext) -> [Exception] {
    let counted = readings.filter {
      $0.isInPopulation && $0.site != nil && $0.span != nil && !($0.quantity?.isZero ?? true)
    }
    let within = grouped(counted) { reading in
      Record.key([
        reading.dataset, reading.site ?? "", reading.meter ?? "",
        reading.span?.description ?? "", reading.quantity?.description ?? "",
      ])
    }
    // Between datasets only where there are several.
    let isOne = counted.allSatisfy { $0.dataset == counted.first?.dataset }
    let across = grouped(isOne ? [] : counted) { reading in
      Record.key([
        reading.site ?? "", reading.quantity?.description ?? "",
        Self.months(reading).map(\.description).joined(separator: " "),
      ])
    }.filter { Set($0.map(\.dataset)).count > 1 }
    return (within + across).filter { Set($0.map(\.record.key)).count > 1 || spansDatasets($0) }
      .map { copies in exception(copies, context) }
  }

  private func spansDatasets(_ copies: [Reading]) -> Bool { Set(copies.map(\.dataset)).count > 1 }

  /// One representative of each dataset and key: repeated keys are another finding.
  private func exception(_ copies: [Reading], _ context: TestContext) -> Exception {
    var seen: Set<String> = []
    let distinct = copies.filter { seen.insert(Record.key([$0.dataset, $0.record.key])).inserted }
    let removed =
      spansDatasets(distinct)
      ? distinct.filter { $0.dataset != distinct[0].dataset }
      : Array(distinct.dropFirst())
    let names = distinct.map { "\($0.dataset) \($0.record.key)" }.joined(separator: ", ")
    return context.exception(
      Self.document, subject: names, locators: distinct.map(\.locator),
      effect: context.effect(removing: removed),
      message: "\(names) show \(context.text(distinct[0])) each for site \(distinct[0].site ?? "") "
        + "and \(distinct[0].span?.description ?? ""); one of them was expected; ask for the "
        + "documents and whether they are the same")
  }

  /// The months of which a reading covers at least half of the days, else the month it lies in.
  static func months(_ reading: Reading) -> [Month] {
    guard let span = reading.span else { return [] }
    let covered = span.months.filter { 2 * span.daysShared(with: Period($0)) >= $0.days }
    return covered.isEmpty ? reading.month.map { [$0] } ?? [] : covered
  }

  /// Groups of two or more, in the order of their first elements.
  private func grouped<Element>(
    _ elements: [Element], by name: (Element) -> String
  ) -> [[Element]] {
    var order: [String] = []
    var groups: [String: [Element]] = [:]
    for element in elements {
      let name = name(element)
      if groups[name] == nil { order.append(name) }
      groups[name, default: []].append(element)
    }
    return order.compactMap { groups[$0] }.filter { $0.count > 1 }
  }
}
