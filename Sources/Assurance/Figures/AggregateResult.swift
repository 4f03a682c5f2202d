package import Exact

/// What the records of one term add up to, by the values that factors are looked up by.
package struct AggregateResult: Sendable {
  package let kpi: String
  /// The term's position in the measure.
  package let term: Int
  /// Column to value, and the sum and number of the records that have them.
  package private(set) var groups: [(keys: [String: String?], sum: ExactDecimal, count: Int)] = []
  /// Which of the dataset's records are added up.
  package let part: MeasurePart
  /// Records of the dataset that were looked at, counted or not.
  package let rows: Int
  /// Records without a value to sum.
  package var missing = 0
  /// Things that should count once and have two values.
  package var problems: [AggregateProblem] = []

  package init(kpi: String, term: Int, part: MeasurePart = .counted, rows: Int) {
    self.rows = rows
    self.part = part
    self.kpi = kpi
    self.term = term
  }

  package var count: Int { groups.reduce(0) { $0 + $1.count } }

  mutating func add(
    _ keys: [String: String?], sum: ExactDecimal, count: Int
  ) throws(AssureError) {
    guard let index = groups.firstIndex(where: { $0.keys == keys }) else {
      groups.append((keys, sum, count))
      return
    }
    groups[index].count += count
    do { groups[index].sum = try groups[index].sum + sum } catch {
      throw AssureError("overflow", place: kpi, error.description, remedy: "look at the values")
    }
  }

  /// For things that count once: the sum is not that of the records.
  mutating func replaceSum(_ sum: ExactDecimal) {
    groups = [([:], sum, count)]
  }
}

/// How a record stands to a measure: every record of its datasets is in one part.
package enum MeasurePart: Sendable {
  case counted
  /// The filter takes it in, the period does not.
  case outsidePeriod
  case outsideFilter
}

/// A thing that should count once and stands with different values.
package struct AggregateProblem: Sendable, Hashable {
  package let kpi: String
  package let name: String
  package let values: [String]
}
