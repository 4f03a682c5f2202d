package import Exact

/// A record of the measure as tests see it: its roles read, its quantity in the KPI's unit.
package struct Reading: Sendable {
  package let dataset: String
  package let record: Record
  package let isInPopulation: Bool
  package let passesFilter: Bool
  package let site: String?
  package let meter: String?
  package let parent: String?
  package let tier: String?
  package let isEstimated: Bool
  /// The days it covers; nil if it names none.
  package let span: Period?
  /// The quantity as recorded, in the field's unit; nil if the source has none.
  package let recorded: ExactDecimal?
  /// The quantity in the KPI's unit, or in the field's own where the KPI counts records.
  package let quantity: Rational?
  /// Whether the KPI sums quantities of the dataset; else it counts records.
  package let isSummed: Bool
  /// What one record adds to the figure: its quantity in a sum, 1 in a count; nil where factors
  /// come after.
  package let contribution: Rational?
  /// The field of the quantity; nil if the dataset has none.
  let quantityField: String?
  /// Digits after the point to which amounts of its dataset are rounded, where they must be.
  package let decimals: Int

  /// Where the quantity stands.
  package var locator: String {
    (quantityField.map { record.source.locator(field: $0) } ?? record.source.locator).description
  }

  /// The month that holds most of its days, the earlier of two with as many.
  package var month: Month? {
    guard let span else { return nil }
    if span.first.month == span.last.month { return span.first.month }
    return span.months.enumerated().max { a, b in
      let (x, y) = (
        span.daysShared(with: Period(a.element)), span.daysShared(with: Period(b.element))
      )
      return (x, b.offset) < (y, a.offset)
    }?.element
  }

  /// Dataset, site and meter: what a history is kept for.
  package var series: SeriesName? {
    guard let site else { return nil }
    return SeriesName(dataset: dataset, site: site, meter: meter ?? "")
  }

  /// `site`, `site meter` or the record's key, for messages and subjects.
  package var place: String {
    guard let site else { return record.key }
    return meter.map { "\(site) \($0)" } ?? site
  }
}

/// What names a series of readings.
package struct SeriesName: Hashable, Comparable, Sendable {
  package let dataset: String
  package let site: String
  package let meter: String

  package static func < (a: SeriesName, b: SeriesName) -> Bool {
    for (x, y) in [(a.dataset, b.dataset), (a.site, b.site), (a.meter, b.meter)] where x != y {
      return x.utf8.lexicographicallyPrecedes(y.utf8)
    }
    return false
  }
}

extension TestContext {
  /// The records of the measure's datasets, datasets by name, records in their order.
  package var readings: [Reading] {
    let measured = measured
    guard measured.count != 1 else { return readings(of: measured[0]) }
    return measured.flatMap { readings(of: $0) }
  }

  /// The names of the measure's datasets, each once, sorted.
  package var measured: [String] { Set(kpi.measure.terms.map(\.dataset)).sorted() }

  /// The records of one dataset that the scope takes in; of a dataset outside the measure, all.
  func readings(of name: String, _ scope: Rule.Scope) -> [Reading] {
    let readings = readings(of: name)
    guard kpi.measure.terms.contains(where: { $0.dataset == name }) else { return readings }
    switch scope {
    case .all: return readings
    case .takenIn: return readings.filter(\.passesFilter)
    case .counted: return readings.filter(\.isInPopulation)
    }
  }

  private func readings(of name: String) -> [Reading] {
    guard let dataset = datasets[name] else { return [] }
    return shelf.readings(of: name) {
      let shape = ReadingShape(dataset, kpi: kpi)
      return dataset.records.indices.map { shape.reading(dataset, $0) }
    }
  }
}

/// Where in a dataset's records the roles stand.
private struct ReadingShape {
  private let site: Int?
  private let meter: Int?
  private let parent: Int?
  private let tier: Int?
  private let status: Int?
  private let start: Int?
  private let end: Int?
  /// Fields of which the first with a value tells the day or month.
  private let moments: [Int]
  private let quantity: (index: Int, name: String)?
  private let factor: Rational
  private let isCount: Bool
  private let isWeighted: Bool
  /// Whether the factor is one: most are, and fractions are slow to multiply.
  private let isPlain: Bool
  private let decimals: Int

  init(_ dataset: DatasetRecords, kpi: KPIDefinition) {
    let definition = dataset.definition
    site = definition.index(of: .site)
    meter = definition.index(of: .meter)
    parent = definition.index(of: .parent)
    tier = definition.index(of: .tier)
    status = definition.index(of: .status)
    start = definition.index(of: .start)
    end = definition.index(of: .end)
    let date = kpi.measure.terms.first { $0.dataset == definition.name }
      .flatMap { definition.index(of: $0.date) }
    moments = [definition.index(of: .month), date].compactMap { $0 }
    let name = dataset.summedField ?? definition.roles[.quantity]
    quantity = name.flatMap { name in definition.index(of: name).map { ($0, name) } }
    // Things told apart are counted, whatever their field is.
    isCount = dataset.summedField.map { definition.field($0)?.type != .decimal } ?? true
    // What factors make of an amount is not known record by record: it stays in its own unit.
    isWeighted = kpi.measure.terms.contains {
      $0.dataset == definition.name && !$0.factors.isEmpty
    }
    let unit = name.flatMap { definition.field($0)?.unit }
    factor = isCount || isWeighted ? .one : unit?.factor(to: kpi.unit) ?? .one
    isPlain = factor == .one
    let index = quantity?.index
    let recorded = dataset.records.compactMap { record in
      index.flatMap { record.values[$0]?.decimal }
    }
    let scale = recorded.map(\.scale).max() ?? 0
    // A unit ten times as large needs one digit more; a factor with no finite decimal gets six.
    decimals = factor.decimal.map { min(ExactDecimal.scaleMax, scale + $0.scale) } ?? scale + 6
  }

  func reading(_ dataset: DatasetRecords, _ index: Int) -> Reading {
    let record = dataset.records[index]
    func text(_ index: Int?) -> String? {
      guard let index, let text = record.values[index]?.canonical, !text.isEmpty else { return nil }
      return text
    }
    let recorded = quantity.flatMap { record.values[$0.index]?.decimal }
    let value = recorded.map { isPlain ? Rational($0) : Rational($0) * factor }
    return Reading(
      dataset: dataset.definition.name, record: record,
      isInPopulation: dataset.isInPopulation[index], passesFilter: dataset.passesFilter[index],
      site: text(site), meter: text(meter), parent: text(parent), tier: text(tier),
      isEstimated: text(status) == "estimated", span: span(record), recorded: recorded,
      quantity: value, isSummed: !isCount, contribution: isCount ? .one : isWeighted ? nil : value,
      quantityField: quantity?.name, decimals: decimals)
  }

  private func span(_ record: Record) -> Period? {
    if let start, let end, let first = record.values[start]?.day,
      let last = record.values[end]?.day, let span = Period(first, last)
    {
      return span
    }
    for index in moments {
      switch record.values[index] {
      case .month(let month): return Period(month)
      case .day(let day): return Period(day, day)
      default: continue
      }
    }
    return nil
  }
}

extension FieldValue {
  package var decimal: ExactDecimal? {
    if case .decimal(let value) = self { value } else { nil }
  }
  package var day: Day? {
    if case .day(let value) = self { value } else { nil }
  }
}
