package import Exact

/// Sums the rows of an ``AggregationPlan``'s statement: exact, in one pass, in memory that grows
/// with the groups and not with the rows.
package struct Aggregator {
  private let plan: AggregationPlan
  /// The columns that any cell groups by, and those that any cell sums.
  private let groupColumns: [Int]
  private let sumColumns: [Int]
  private let keyed: [AggregationPlan.Cell]
  private var groups: [[UInt8]: Int] = [:]
  private var tallies: [Tally] = []
  private var key: [UInt8] = []
  private var distinct: [Int: Set<[UInt8]>] = [:]
  private var onceValues: [Int: [[UInt8]: ExactDecimal]] = [:]
  private var problems: [AggregateProblem] = []
  /// Rows taken in.
  package private(set) var rows = 0

  /// One group of records: those with the same conditions and group values.
  private struct Tally {
    let mask: UInt64
    let values: [String?]
    var count = 0
    var sums: [ExactSum]
    var missing: [Int]
  }

  package init(_ plan: AggregationPlan) {
    self.plan = plan
    groupColumns = Array(Set(plan.cells.flatMap(\.groups))).sorted()
    sumColumns = Array(
      Set(plan.cells.filter { $0.kind == .sum && $0.once == nil }.compactMap(\.value))
    ).sorted()
    keyed = plan.cells.filter { $0.kind == .distinct || $0.once != nil }
  }

  /// Takes one row.
  ///
  /// - Parameters:
  ///   - mask: the statement's first column.
  ///   - column: the text of a further column, from 0, as UTF-8; nil for NULL. The bytes must stay
  ///     where they are until the next call.
  /// - Throws: `overflow` beyond 38 digits, `store-damaged` for a value that is no decimal.
  package mutating func add(
    mask: UInt64, column: (Int) -> UnsafeBufferPointer<UInt8>?
  ) throws(AssureError) {
    rows += 1
    guard mask != 0 else { return }
    key.removeAll(keepingCapacity: true)
    withUnsafeBytes(of: mask) { key.append(contentsOf: $0) }
    for index in groupColumns {
      if let bytes = column(index) {
        key.append(1)
        key.append(contentsOf: bytes)
      }
      key.append(0)
    }
    let position = groups[key] ?? newGroup(mask, column)
    tallies[position].count += 1
    for (offset, index) in sumColumns.enumerated() {
      guard let bytes = column(index) else {
        tallies[position].missing[offset] += 1
        continue
      }
      guard let value = ExactDecimal(ascii: bytes) else { throw damaged(index) }
      do { try tallies[position].sums[offset].add(value) } catch { throw overflow(index) }
    }
    for (index, cell) in keyed.enumerated() where mask >> UInt64(cell.condition) & 1 == 1 {
      try keep(index, cell, column)
    }
  }

  private mutating func newGroup(
    _ mask: UInt64, _ column: (Int) -> UnsafeBufferPointer<UInt8>?
  ) -> Int {
    let values = plan.columns.indices.map { index in
      groupColumns.contains(index) ? column(index).map { String(decoding: $0, as: UTF8.self) } : nil
    }
    tallies.append(
      Tally(
        mask: mask, values: values,
        sums: Array(repeating: ExactSum(), count: sumColumns.count),
        missing: Array(repeating: 0, count: sumColumns.count)))
    groups[key] = tallies.count - 1
    return tallies.count - 1
  }

  /// A value that counts once however often it stands.
  private mutating func keep(
    _ index: Int, _ cell: AggregationPlan.Cell, _ column: (Int) -> UnsafeBufferPointer<UInt8>?
  ) throws(AssureError) {
    guard let named = (cell.once ?? cell.value).flatMap(column) else { return }
    let name = Array(named)
    guard cell.kind == .sum, let value = cell.value else {
      distinct[index, default: []].insert(name)
      return
    }
    guard let bytes = column(value) else { return }
    guard let number = ExactDecimal(ascii: bytes) else { throw damaged(value) }
    let known = onceValues[index, default: [:]].updateValue(number, forKey: name)
    if let known, known != number {
      problems.append(
        AggregateProblem(
          kpi: cell.kpi, name: String(decoding: name, as: UTF8.self),
          values: [known.description, number.description]))
    }
  }

  private func damaged(_ column: Int) -> AssureError {
    AssureError(
      "store-damaged", place: plan.dataset.name,
      "a stored value of `\(plan.columns[column])` is no decimal",
      remedy: "restore the store from a copy")
  }

  private func overflow(_ column: Int) -> AssureError {
    AssureError(
      "overflow", place: plan.dataset.name,
      "the sum of `\(plan.columns[column])` has more than 38 digits", remedy: "look at the values")
  }

  /// What the rows taken so far add up to, for each term.
  package func results() throws(AssureError) -> [AggregateResult] {
    var results: [AggregateResult] = []
    for cell in plan.cells {
      var result = AggregateResult(
        kpi: cell.kpi, term: cell.term, part: cell.part, rows: rows)
      result.problems = problems.filter { $0.kpi == cell.kpi }
      for tally in tallies where tally.mask >> UInt64(cell.condition) & 1 == 1 {
        let keys = Dictionary(
          cell.groups.map { (plan.columns[$0], tally.values[$0]) }, uniquingKeysWith: { a, _ in a })
        var sum = ExactDecimal(tally.count)
        if cell.kind == .sum, cell.once == nil, let value = cell.value,
          let offset = sumColumns.firstIndex(of: value)
        {
          sum = try tally.sums[offset].total(plan.dataset.name)
          result.missing += tally.missing[offset]
        }
        try result.add(keys, sum: sum, count: tally.count)
      }
      if let index = keyed.firstIndex(where: { $0.kpi == cell.kpi && $0.term == cell.term }) {
        try result.replaceSum(keyedSum(index, cell))
      }
      results.append(result)
    }
    return results
  }

  private func keyedSum(
    _ index: Int, _ cell: AggregationPlan.Cell
  ) throws(AssureError) -> ExactDecimal {
    guard cell.kind == .sum else { return ExactDecimal(distinct[index]?.count ?? 0) }
    var sum = ExactSum()
    for value in (onceValues[index] ?? [:]).values {
      do { try sum.add(value) } catch { throw overflow(cell.value ?? 0) }
    }
    return try sum.total(plan.dataset.name)
  }
}

/// A running sum of decimals: one 128-bit total at the finest scale met.
package struct ExactSum: Sendable {
  private var coefficient: Int128 = 0
  private var scale = 0

  package init() {}

  package mutating func add(_ value: ExactDecimal) throws(ExactError) {
    var addend = value.coefficient
    if value.scale != scale {
      if value.scale > scale {
        for _ in scale..<value.scale {
          let (total, over) = coefficient.multipliedReportingOverflow(by: 10)
          guard !over else { throw .overflow }
          coefficient = total
        }
        scale = value.scale
      } else {
        for _ in value.scale..<scale {
          let (raised, over) = addend.multipliedReportingOverflow(by: 10)
          guard !over else { throw .overflow }
          addend = raised
        }
      }
    }
    let (total, over) = coefficient.addingReportingOverflow(addend)
    guard !over else { throw .overflow }
    coefficient = total
  }

  package func total(_ place: String) throws(AssureError) -> ExactDecimal {
    do { return try ExactDecimal(coefficient: coefficient, scale: scale) } catch {
      throw AssureError("overflow", place: place, error.description, remedy: "look at the values")
    }
  }
}
