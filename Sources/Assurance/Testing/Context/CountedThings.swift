/// How many counted records of a dataset name each thing that a figure counts once.
struct CountedThings: Sendable {
  /// The field that names the thing; nil where every record counts.
  let field: Int?
  private let holders: [String: Int]

  init(_ dataset: DatasetRecords, kpi: KPIDefinition) {
    let term = kpi.measure.terms.first { $0.dataset == dataset.definition.name }
    let name = if case .distinct = kpi.measure { term?.field } else { term?.once }
    let field = name.flatMap { dataset.definition.index(of: $0) }
    self.field = field
    guard let field else {
      holders = [:]
      return
    }
    var holders: [String: Int] = [:]
    for (record, isCounted) in zip(dataset.records, dataset.isInPopulation) where isCounted {
      if let thing = record.values[field]?.canonical { holders[thing, default: 0] += 1 }
    }
    self.holders = holders
  }

  /// Of counted readings taken out together, one for each thing that nothing names any more.
  func gone(_ readings: [Reading]) -> [Reading] {
    guard let field else { return readings }
    let groups = Dictionary(grouping: readings) { $0.record.values[field]?.canonical ?? "" }
    return readings.filter { reading in
      guard let thing = reading.record.values[field]?.canonical, let group = groups[thing] else {
        return false
      }
      return group.count >= holders[thing] ?? 0
        && group.first?.record.source == reading.record.source
    }
  }
}

extension TestContext {
  /// The counted readings whose removal moves the figure.
  func leaving(_ readings: [Reading]) -> [Reading] {
    guard let name = readings.first?.dataset else { return readings }
    guard readings.allSatisfy({ $0.dataset == name }) else {
      let groups = Dictionary(grouping: readings, by: \.dataset)
      return groups.keys.sorted().flatMap { leaving(groups[$0] ?? []) }
    }
    return things(of: name)?.gone(readings) ?? readings
  }

  /// Whether records of a dataset count by what they name, and not one by one.
  func countsOnce(_ name: String) -> Bool { things(of: name)?.field != nil }

  private func things(of name: String) -> CountedThings? {
    datasets[name].map { dataset in
      shelf.things(of: name) { CountedThings(dataset, kpi: kpi) }
    }
  }
}
