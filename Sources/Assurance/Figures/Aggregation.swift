import Exact

/// Everything that a list of KPIs wants from one dataset, so that one pass over its records serves.
///
/// The pass is a SQL statement whose first column is a whole number: bit `i` says whether condition
/// `i` holds for the record. The other columns are what records are grouped by, summed and told
/// apart by. Its rows go to an ``Aggregator``.
package struct AggregationPlan: Sendable {
  package let dataset: DatasetDefinition
  /// SQL expressions, at most 62, each at most once.
  package let conditions: [String]
  /// Fields, or `register.field`, in the order of the statement's columns after the first.
  package let columns: [String]
  /// Registers to be joined; each must have a table, or the pass cannot run.
  package let registers: [String]
  let cells: [Cell]

  /// What one term of one KPI wants.
  struct Cell: Sendable {
    let kpi: String
    let term: Int
    let part: MeasurePart
    /// The bit of its condition.
    let condition: Int
    let kind: Kind
    /// The columns that its groups are told apart by.
    let groups: [Int]
    /// The column summed or told apart, and the one of whose values each counts once.
    let value: Int?
    let once: Int?
  }

  enum Kind: Sendable { case sum, count, distinct }

  /// The most conditions of one pass.
  static let conditionsMax = 62
}

extension AggregationPlan {
  /// A plan for each dataset that the KPIs draw on; more than one where the conditions are many.
  ///
  /// - Parameter withRest: whether what is not counted is added up, too, for measures whose records
  ///   have values of their own.
  package static func plans(
    for kpis: [KPIDefinition], of policy: PolicySet, period: Period, withRest: Bool = false
  ) throws(AssureError) -> [AggregationPlan] {
    var plans: [AggregationPlan] = []
    for dataset in policy.datasets {
      var builder = AggregationBuilder(dataset: dataset, policy: policy, period: period)
      for kpi in kpis {
        for (index, term) in kpi.measure.terms.enumerated() where term.dataset == dataset.name {
          if builder.isFull {
            plans.append(builder.plan)
            builder = AggregationBuilder(dataset: dataset, policy: policy, period: period)
          }
          try builder.add(kpi, term: index, term, withRest: withRest)
        }
      }
      if !builder.isEmpty { plans.append(builder.plan) }
    }
    return plans
  }

  private static func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "''") + "'"
  }

  /// The statement of the pass.
  ///
  /// A register's latest record of a key is joined. The registers are gathered once, since looking
  /// the latest up for every record costs more than the whole pass.
  ///
  /// - Parameters:
  ///   - table: the SQL name of a dataset's table, quoted.
  ///   - counts: an SQL condition on a column of tables' numbers that holds for records that count.
  ///   - only: a field with the text that records must have there; nil for all records.
  package func sql(
    table: (String) -> String, counts: (_ column: String) -> String = { _ in "1" },
    only: (field: String, text: String)? = nil
  ) -> String {
    let gathered = registers.map { register in
      let name = table(register)
      return """
        "\(register)" AS MATERIALIZED (SELECT * FROM \(name) WHERE _id IN
          (SELECT max(_id) FROM \(name) WHERE \(counts("_table")) GROUP BY _key))
        """
    }
    let joins = registers.compactMap { register -> String? in
      guard let field = dataset.fields.first(where: { $0.register == register }) else { return nil }
      return " LEFT JOIN \"\(register)\" ON \"\(register)\"._key = record.\"\(field.name)\""
    }
    let mask = conditions.enumerated().map { index, condition in
      "((\(condition)) IS TRUE) * \(1 << index)"
    }
    let selected = columns.map { column -> String in
      let parts = column.split(separator: ".")
      return parts.count == 2 ? "\"\(parts[0])\".\"\(parts[1])\"" : "record.\"\(column)\""
    }
    return (gathered.isEmpty ? "" : "WITH " + gathered.joined(separator: ", ") + " ")
      + "SELECT " + ([mask.joined(separator: " + ")] + selected).joined(separator: ", ")
      + " FROM \(table(dataset.name)) AS record" + joins.joined()
      + " WHERE " + counts("record._table")
      + (only.map { " AND record.\"\($0.field)\" = \(Self.quoted($0.text))" } ?? "")
  }
}

/// Gathers the wants of KPIs on one dataset.
private struct AggregationBuilder {
  let dataset: DatasetDefinition
  let policy: PolicySet
  let period: Period
  private var conditions: [String] = []
  private var columns: [String] = []
  private var registers: [String] = []
  private var cells: [AggregationPlan.Cell] = []

  init(dataset: DatasetDefinition, policy: PolicySet, period: Period) {
    self.dataset = dataset
    self.policy = policy
    self.period = period
  }

  var isEmpty: Bool { cells.isEmpty }
  /// Whether another term with its rest might not fit.
  var isFull: Bool { conditions.count > AggregationPlan.conditionsMax - 3 }
  var plan: AggregationPlan {
    AggregationPlan(
      dataset: dataset, conditions: conditions, columns: columns, registers: registers,
      cells: cells)
  }

  mutating func add(
    _ kpi: KPIDefinition, term index: Int, _ term: MeasureTerm, withRest: Bool
  ) throws(AssureError) {
    let timing = term.timing(in: period, dataset: dataset)
    var conditions = [(MeasurePart.counted, timing)]
    if withRest, kpi.measure.hasPopulation {
      conditions.append((.outsidePeriod, "(\(timing)) IS NOT TRUE"))
    }
    if let text = term.filter {
      let filter = try FilterExpression(
        text, dataset: dataset, among: policy.datasets,
        place: policy.kpiFiles[kpi.name] ?? kpi.name)
      for register in filter.registers.sorted() { join(register) }
      let passes = "(\(filter.sql(in: period)))"
      conditions = conditions.map { ($0.0, $0.1 + " AND " + passes) }
      if conditions.count > 1 { conditions.append((.outsideFilter, passes + " IS NOT TRUE")) }
    }
    var groups: [Int] = []
    for use in term.factors {
      for case .field(let name) in use.keys.sorted(by: { $0.key < $1.key }).map(\.value) {
        let column = column(name)
        if !groups.contains(column) { groups.append(column) }
      }
    }
    let kind: AggregationPlan.Kind =
      switch kpi.measure {
      case .count: .count
      case .distinct: .distinct
      default: .sum
      }
    let (value, once) = (term.field.map { column($0) }, term.once.map { column($0) })
    for (part, condition) in conditions {
      cells.append(
        AggregationPlan.Cell(
          kpi: kpi.name, term: index, part: part,
          condition: Self.position(of: condition, in: &self.conditions), kind: kind,
          groups: groups, value: value, once: once))
    }
  }

  private mutating func column(_ name: String) -> Int {
    if let dot = name.firstIndex(of: ".") { join(String(name[..<dot])) }
    return Self.position(of: name, in: &columns)
  }

  private mutating func join(_ register: String) {
    if !registers.contains(register) { registers.append(register) }
  }

  private static func position(of text: String, in list: inout [String]) -> Int {
    if let index = list.firstIndex(of: text) { return index }
    list.append(text)
    return list.count - 1
  }
}
