package import Exact

/// Two datasets that tell of the same things, entry by entry.
///
/// All accepted records are matched, whatever the period; a record without a value in one of the
/// fields matched `on` matches none.
package struct Match: PopulationTest {
  package static let kind = "match"
  static let difference = FindingKind(
    "match-difference", .high, "Two records of the same thing differ by more than the tolerance.")
  static let leftOnly = FindingKind(
    "match-left-only", .medium, "A record of the left dataset has no counterpart.")
  static let rightOnly = FindingKind(
    "match-right-only", .medium, "A record of the right dataset has no counterpart.")
  static let ambiguous = FindingKind(
    "match-ambiguous", .medium, "Several records of one dataset answer to the same thing.")
  package static let findings = [difference, leftOnly, rightOnly, ambiguous]

  package let left: String
  package let right: String
  /// Fields of both datasets that together name a thing.
  package let on: [String]
  /// The decimal field that is compared.
  package let compare: String
  /// In the unit of the left field.
  package let tolerance: ExactDecimal

  package init(_ node: PolicyNode) throws(AssureError) {
    left = try node.required("left").text()
    right = try node.required("right").text()
    on = try DatasetDefinition.texts(node.required("on"))
    compare = try node.required("compare").text()
    let toleranceNode = try node.optional("tolerance")
    tolerance = try toleranceNode?.value(ExactDecimal.self, "an exact number") ?? .zero
    if let toleranceNode, tolerance.isNegative {
      throw toleranceNode.error(
        "policy-value", "a tolerance cannot be negative", remedy: "write 0 or more")
    }
  }

  package var datasets: [String] { [left, right] }

  package func problem(in policy: PolicyView) -> String? {
    guard left != right else { return "`left` and `right` are the same dataset" }
    guard let a = policy.dataset(left) else { return "the dataset `\(left)` is not declared" }
    guard let b = policy.dataset(right) else { return "the dataset `\(right)` is not declared" }
    for field in on + [compare] {
      guard let x = a.field(field) else { return "`\(left)` has no field `\(field)`" }
      guard let y = b.field(field) else { return "`\(right)` has no field `\(field)`" }
      guard x.type == y.type else {
        return "`\(field)` is \(x.type.rawValue) in `\(left)` and \(y.type.rawValue) in `\(right)`"
      }
    }
    guard let x = a.field(compare), let y = b.field(compare), x.type == .decimal else {
      return "`\(compare)` is not a decimal field"
    }
    if let from = y.unit, let to = x.unit, from.factor(to: to) == nil {
      return "`\(compare)` is in \(to.code) in `\(left)` and in \(from.code) in `\(right)`"
    }
    return on.isEmpty ? "no field is named under `on`" : nil
  }

  package func run(_ context: TestContext) throws -> [Exception] {
    guard let left = Side(left, self, context), let right = Side(right, self, context) else {
      throw AssureError(
        "test-without-dataset", place: context.kpi.name,
        "the test `match` was not given `\(left)` and `\(right)`",
        remedy: "ingest sources for both datasets")
    }
    var found = alone(left, Self.leftOnly, context) + alone(right, Self.rightOnly, context)
    for name in Set(left.groups.keys).union(right.groups.keys) {
      let (a, b) = (left.groups[name] ?? [], right.groups[name] ?? [])
      if a.count > 1 || b.count > 1 {
        found.append(ambiguous(a.map { ($0, left) } + b.map { ($0, right) }, context))
      } else if let a = a.first, let b = b.first {
        if let exception = compare(a, left, b, right, context) { found.append(exception) }
      } else if let a = a.first {
        found.append(only(a, left, Self.leftOnly, context))
      } else if let b = b.first {
        found.append(only(b, right, Self.rightOnly, context))
      }
    }
    return found.inOrder(of: Self.findings)
  }

  private func alone(_ side: Side, _ finding: FindingKind, _ context: TestContext) -> [Exception] {
    side.unnamed.map { only($0, side, finding, context) }
  }

  private func only(
    _ index: Int, _ side: Side, _ finding: FindingKind, _ context: TestContext
  ) -> Exception {
    let other = side.name == left ? right : left
    return context.exception(
      finding, subject: side.subject(index), locators: [side.locator(index)],
      effect: .unquantified,
      message: "\(side.name) has \(side.text(index)) for \(side.subject(index)) and \(other) has "
        + "nothing; a record in both was expected; ask for the missing one")
  }

  private func ambiguous(_ records: [(index: Int, side: Side)], _ context: TestContext) -> Exception
  {
    let counts = [left, right].map { name in
      "\(records.count { $0.side.name == name }) in \(name)"
    }
    return context.exception(
      Self.ambiguous, subject: records[0].side.subject(records[0].index),
      locators: records.map { $0.side.locator($0.index) }, effect: .unquantified,
      message:
        "\(records[0].side.subject(records[0].index)) names \(counts.joined(separator: " and "))"
        + " records; one in each was expected; ask which belong together")
  }

  private func compare(
    _ a: Int, _ left: Side, _ b: Int, _ right: Side, _ context: TestContext
  ) -> Exception? {
    let (x, y) = (left.value(a), right.value(b))
    if x == nil, y == nil { return nil }
    var effect = Effect.unquantified
    if let x, let y {
      let change = y * right.factor(to: left) - x
      guard change.magnitude > Rational(tolerance) else { return nil }
      if left.isSummed != right.isSummed {
        let own = left.isSummed ? change : -change
        let isCounted = left.isSummed ? left.isCounted(a) : right.isCounted(b)
        let unit = left.unit.flatMap { $0.factor(to: context.kpi.unit) } ?? .one
        let decimals = max(left.decimals, right.decimals)
        effect = isCounted ? TestContext.exact(own * unit, orDecimals: decimals) : .none
      }
    }
    return context.exception(
      Self.difference, subject: left.subject(a), locators: [left.locator(a), right.locator(b)],
      effect: effect,
      message: "for \(left.subject(a)) \(self.left) has \(left.text(a)) and \(self.right) has "
        + "\(right.text(b)); the same \(compare) was expected; ask which of the two is right")
  }
}

/// One of the two datasets of a match.
private struct Side {
  let name: String
  let unit: Unit?
  let isSummed: Bool
  let decimals: Int
  /// Record positions by the values matched on.
  private(set) var groups: [String: [Int]] = [:]
  /// Records without one of these values.
  private(set) var unnamed: [Int] = []
  private let dataset: DatasetRecords
  private let fields: [Int]
  private let value: Int
  private let compare: String

  init?(_ name: String, _ match: Match, _ context: TestContext) {
    guard let dataset = context.datasets[name],
      let value = dataset.definition.index(of: match.compare)
    else { return nil }
    self.name = name
    self.dataset = dataset
    self.value = value
    compare = match.compare
    unit = dataset.definition.field(match.compare)?.unit
    isSummed = dataset.summedField == match.compare
    decimals = dataset.records.compactMap { $0.values[value]?.decimal?.scale }.max() ?? 0
    fields = match.on.compactMap { dataset.definition.index(of: $0) }
    for (index, record) in dataset.records.enumerated() {
      let parts = fields.compactMap { record.values[$0]?.canonical }
      if parts.count == match.on.count {
        groups[Record.key(parts), default: []].append(index)
      } else {
        unnamed.append(index)
      }
    }
  }

  func factor(to other: Side) -> Rational {
    guard let unit, let target = other.unit else { return .one }
    return unit.factor(to: target) ?? .one
  }

  func isCounted(_ index: Int) -> Bool { dataset.isInPopulation[index] }
  func value(_ index: Int) -> Rational? {
    dataset.records[index].values[value]?.decimal.map { Rational($0) }
  }
  /// The values matched on, in the order of `on`.
  func subject(_ index: Int) -> String {
    fields.map { dataset.records[index].values[$0]?.canonical ?? "?" }.joined(separator: " ")
  }
  func locator(_ index: Int) -> String {
    dataset.records[index].source.locator(field: compare).description
  }
  func text(_ index: Int) -> String {
    guard let value = dataset.records[index].values[value] else { return "no \(compare)" }
    return value.canonical + (unit.map { " " + $0.code } ?? "")
  }
}
