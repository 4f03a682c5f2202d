package import Exact

/// What a policy asks of one record: every clause must hold.
///
/// A clause names a field, or `register.field` for a register that a field of the dataset names,
/// and what its value must be. An empty value passes no comparison and equals no word.
package struct RecordCondition: Sendable {
  package let clauses: [Clause]

  package struct Clause: Sendable {
    package let field: String
    package let test: Test
  }

  package enum Test: Sendable {
    case words([String])
    case empty
    case present
    case compare(Comparison, Operand)
  }

  package enum Comparison: String, Sendable, CaseIterable {
    case atMost = "<="
    case atLeast = ">="
    case other = "<>"
    case below = "<"
    case above = ">"
    case equal = "="

    func holds<Value: Comparable>(_ a: Value, _ b: Value) -> Bool {
      switch self {
      case .atMost: a <= b
      case .atLeast: a >= b
      case .other: a != b
      case .below: a < b
      case .above: a > b
      case .equal: a == b
      }
    }
  }

  package enum Operand: Sendable {
    case number(ExactDecimal)
    case day(Day)
    /// A day of the period, such as `{last-30y}`.
    case periodDay(String)
    case field(String)
  }
}

extension RecordCondition {
  /// Reads a mapping of fields to what is asked of them.
  package init(_ node: PolicyNode) throws(AssureError) {
    var clauses: [Clause] = []
    for (field, value) in try node.entries() {
      let words = try DatasetDefinition.texts(value)
      var test = Test.words(words)
      if let text = words.first, words.count == 1 {
        if text == "empty" {
          test = .empty
        } else if text == "present" {
          test = .present
        } else if let comparison = Comparison.allCases.first(where: {
          text.hasPrefix($0.rawValue)
        }) {
          let rest = text.dropFirst(comparison.rawValue.count).drop { $0 == " " }
          test = .compare(comparison, try Self.operand(String(rest), value))
        }
      }
      clauses.append(Clause(field: field, test: test))
    }
    guard !clauses.isEmpty else {
      throw node.error(
        "policy-shape", "the condition is empty", remedy: "name at least one field")
    }
    self.clauses = clauses
  }

  private static func operand(
    _ text: String, _ node: PolicyNode
  ) throws(AssureError) -> Operand {
    if let number = ExactDecimal(text) { return .number(number) }
    if let day = Day(text) { return .day(day) }
    if text.hasPrefix("{"), text.hasSuffix("}") {
      let inner = String(text.dropFirst().dropLast())
      if PeriodDay(inner) != nil { return .periodDay(inner) }
    } else if text.first?.isLetter == true {
      return .field(text)
    }
    throw node.error(
      "policy-value", "`\(text)` is nothing to compare with",
      remedy: "write a number, a day, {first}, {last-30y} or a field")
  }

  /// The fields it reads.
  var fields: [String] {
    clauses.flatMap { clause in
      if case .compare(_, .field(let other)) = clause.test {
        [clause.field, other]
      } else {
        [clause.field]
      }
    }
  }

  /// Why it cannot be asked of a dataset; nil if it can.
  package func problem(_ dataset: DatasetDefinition, in policy: PolicyView) -> String? {
    for name in fields where RecordFields.field(name, dataset, { policy.dataset($0) }) == nil {
      return "`\(name)` is no field of `\(dataset.name)` or of a register that it names"
    }
    for clause in clauses {
      guard case .words(let words) = clause.test,
        let field = RecordFields.field(clause.field, dataset, { policy.dataset($0) }),
        field.type == .choice
      else { continue }
      if let odd = words.first(where: { word in !field.choices.contains { $0.id == word } }) {
        return "`\(odd)` is no choice of `\(clause.field)`"
      }
    }
    return nil
  }

  /// Whether a record of the dataset satisfies it.
  func predicate(_ name: String, _ context: TestContext) -> (Record) -> Bool {
    let fields = RecordFields(name, context)
    let tests = clauses.map { clause -> (Record) -> Bool in
      let value = fields.reader(clause.field)
      switch clause.test {
      case .empty: return { value($0) == nil }
      case .present: return { value($0) != nil }
      case .words(let words):
        let words = Set(words)
        return { value($0).map { words.contains($0.canonical) } ?? false }
      case .compare(let comparison, let operand):
        let other = Self.value(of: operand, fields, context.period)
        return { record in
          guard let a = value(record), let b = other(record) else { return false }
          return Self.holds(comparison, a, b)
        }
      }
    }
    return { record in tests.allSatisfy { $0(record) } }
  }

  private static func value(
    of operand: Operand, _ fields: RecordFields, _ period: Period
  ) -> (Record) -> FieldValue? {
    switch operand {
    case .number(let number): return { _ in .decimal(number) }
    case .day(let day): return { _ in .day(day) }
    case .periodDay(let text):
      let day = PeriodDay(text)?.day(in: period)
      return { _ in day.map { .day($0) } }
    case .field(let name): return fields.reader(name)
    }
  }

  /// Numbers with numbers, days and months with each other by their first day, else texts.
  static func holds(_ comparison: Comparison, _ a: FieldValue, _ b: FieldValue) -> Bool {
    if let x = a.decimal, let y = b.decimal { return comparison.holds(x, y) }
    if let x = a.firstDay, let y = b.firstDay { return comparison.holds(x, y) }
    return comparison.holds(a.canonical, b.canonical)
  }
}

extension FieldValue {
  /// The day, or the first day of the month.
  var firstDay: Day? {
    switch self {
    case .day(let day): day
    case .month(let month): month.first
    default: nil
    }
  }
}

/// Reads fields of a dataset's records and of the registers that they name.
struct RecordFields {
  private let dataset: DatasetRecords?
  private let context: TestContext

  init(_ name: String, _ context: TestContext) {
    dataset = context.datasets[name]
    self.context = context
  }

  /// The definition of `field` or `register.field`.
  static func field(
    _ name: String, _ dataset: DatasetDefinition, _ named: (String) -> DatasetDefinition?
  ) -> FieldDefinition? {
    let parts = name.split(separator: ".").map(String.init)
    guard parts.count == 2 else { return dataset.field(name) }
    guard dataset.fields.contains(where: { $0.register == parts[0] }) else { return nil }
    return named(parts[0])?.field(parts[1])
  }

  func reader(_ name: String) -> (Record) -> FieldValue? {
    guard let dataset else { return { _ in nil } }
    let parts = name.split(separator: ".").map(String.init)
    guard parts.count == 2 else {
      guard let index = dataset.definition.index(of: name) else { return { _ in nil } }
      return { $0.values[index] }
    }
    guard let register = context.datasets[parts[0]],
      let link = dataset.definition.fields.firstIndex(where: { $0.register == parts[0] }),
      let index = register.definition.index(of: parts[1])
    else { return { _ in nil } }
    let rows = Dictionary(register.records.map { ($0.key, $0) }, uniquingKeysWith: { _, b in b })
    return { record in
      record.values[link].flatMap { rows[Record.key([$0.canonical])] }?.values[index]
    }
  }
}
