package import Assurance
package import Exact

/// A record that a figure stands on, in bytes that are used again for the next one.
package struct TracedRecord {
  /// `dataset/business key`.
  package fileprivate(set) var key: [UInt8] = []
  /// What it adds, in the part's unit; for things told apart, what is told apart.
  package fileprivate(set) var value: [UInt8] = []
  /// The cell it stands in.
  package fileprivate(set) var locator: [UInt8] = []
}

/// What a figure stands on, in the order in which it is told.
package enum TraceStep {
  /// A figure begins: its own, then those that it is computed of.
  case figure(KPIDefinition, printed: ReportedValue?)
  /// A dataset's part begins; its records' values are in the unit.
  case part(MeasureTerm, title: String, unit: String)
  case record(TracedRecord)
  /// The part just told: its records and their exact sum; nil where they count by what they name.
  case total(count: Int, sum: ExactDecimal?)
  /// What the records add up to once factors are applied or things are counted once.
  case outcome(ComputedFigure)
  /// The figure is taken as stated; it stands on no records here.
  case stated
}

extension Engagement {
  /// Tells what a figure stands on, record by record, without keeping them.
  ///
  /// Records come in the order in which they were taken in. Of records that share a business key
  /// each is told under that key.
  package func trace(
    kpi name: String, _ body: (TraceStep) throws -> Void
  ) throws(AssureError) {
    let kpi = try kpi(abbreviated: name)
    do { try trace(kpi, depth: 0, body) } catch { throw Store.explain(error, path: store.path) }
  }

  private func trace(
    _ kpi: KPIDefinition, depth: Int, _ body: (TraceStep) throws -> Void
  ) throws {
    try body(.figure(kpi, printed: reported.first { $0.kpi == kpi.name }))
    switch kpi.measure {
    case .sum, .count, .distinct:
      for term in kpi.measure.terms { try trace(term, of: kpi, body) }
      if !kpi.measure.hasPopulation, let figure = try figures(of: [kpi])[kpi.name] {
        try body(.outcome(figure))
      }
    case .ratio, .formula:
      // A policy whose figures rest on themselves is refused when it is read.
      guard depth < policy.kpis.count else { return }
      for name in kpi.measure.kpis { try trace(self.kpi(name), depth: depth + 1, body) }
    case .stated: try body(.stated)
    }
  }

  private func trace(
    _ term: MeasureTerm, of kpi: KPIDefinition, _ body: (TraceStep) throws -> Void
  ) throws {
    guard let dataset = policy.dataset(term.dataset) else { return }
    let writer = TraceWriter(kpi: kpi, term: term, dataset: dataset)
    try body(.part(term, title: dataset.title, unit: writer.unit))
    var record = TracedRecord()
    var count = 0
    var sum = ExactDecimal.zero
    try RecordQuery(store: store, policy: policy).stream(
      of: dataset, term: term, field: term.field, choice: .counted, period: settings.period,
      blame: blame(kpi)
    ) { passing in
      sum = try sum + writer.write(passing, into: &record)
      count += 1
      try body(.record(record))
    }
    try body(.total(count: count, sum: writer.addsUp ? sum : nil))
  }

  /// The policy's place, for what a filter does wrong.
  func blame(_ kpi: KPIDefinition) -> String {
    "policies/\(settings.policies)/kpis/\(kpi.name).yaml"
  }
}

/// Writes records as they pass, from bytes to bytes.
final class TraceWriter {
  private let term: MeasureTerm
  private let factor: ExactDecimal?
  /// What the values are in: the KPI's unit, or the field's own where factors come after.
  let unit: String
  /// Whether the values are numbers that are summed, and not things that are told apart.
  let addsUp: Bool
  private let prefix: [UInt8]
  private var table: SourceTable?
  private var place = Place(before: [], after: [])

  /// What stands before and after the row in the locators of a table.
  private struct Place {
    var before: [UInt8]
    var after: [UInt8]
    /// Whether the row stands there twice, as in `!7:7`.
    var isTwice = false
  }

  init(kpi: KPIDefinition, term: MeasureTerm, dataset: DatasetDefinition) {
    self.term = term
    prefix = Array("\(term.dataset)/".utf8)
    let own = term.field.flatMap { dataset.field($0)?.unit }
    if case .distinct = kpi.measure { addsUp = false } else { addsUp = term.once == nil }
    let isPlain = kpi.measure.hasPopulation
    unit = isPlain ? kpi.unit.code : own?.code ?? ""
    factor = isPlain ? own?.factor(to: kpi.unit)?.decimal : ExactDecimal(1)
  }

  /// - Returns: the record's value in ``unit``; zero where values do not add up.
  /// - Throws: `population-value` where it has none.
  func write(
    _ passing: RecordQuery.Passing, into record: inout TracedRecord
  ) throws -> ExactDecimal {
    if table !== passing.table {
      place = place(in: passing.table)
      table = passing.table
    }
    record.key.removeAll(keepingCapacity: true)
    record.key += prefix
    record.key += passing.key
    record.locator.removeAll(keepingCapacity: true)
    record.locator += place.before
    Self.append(passing.row, to: &record.locator)
    record.locator += place.after
    if place.isTwice { Self.append(passing.row, to: &record.locator) }
    record.value.removeAll(keepingCapacity: true)
    guard term.field != nil else {
      record.value.append(UInt8(ascii: "1"))
      return ExactDecimal(1)
    }
    guard addsUp else {
      record.value += passing.text
      return .zero
    }
    guard let factor, let stored = ExactDecimal(ascii: passing.text) else {
      throw AssureError(
        "population-value", place: String(decoding: record.locator, as: UTF8.self),
        "the record has no value that can be summed in the figure's unit",
        remedy: "`assure reconcile` says which field is at fault")
    }
    guard factor != ExactDecimal(1) else {
      record.value += passing.text
      return stored
    }
    let value = try stored * factor
    record.value += value.description.utf8
    return value
  }

  /// The locator of row 7 with the 7 cut out: rows are all that changes within a table.
  private func place(in table: SourceTable) -> Place {
    let source = RecordSource(table: table, row: 7, line: 0)
    let locator = term.field.map { source.locator(field: $0) } ?? source.locator
    let suffix = Array(locator.suffix.utf8)
    let before = Array(locator.description.utf8.dropLast(suffix.count))
    // `!C7`, `!7:7`, `[7]` or `[7]/Volume`: the first 7 is the row.
    let parts = suffix.split(
      separator: UInt8(ascii: "7"), maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return Place(before: before + suffix, after: []) }
    let isTwice = Array(parts[1]) == Array(":7".utf8)
    return Place(
      before: before + parts[0], after: isTwice ? [UInt8(ascii: ":")] : Array(parts[1]),
      isTwice: isTwice)
  }

  private static func append(_ number: Int, to bytes: inout [UInt8]) {
    bytes += String(number).utf8
  }
}
