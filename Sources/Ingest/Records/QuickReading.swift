import Assurance
import Exact

/// The common forms of values, read from bytes to canonical bytes without a `String`.
///
/// ``FieldReading/value(_:_:_:)`` is the reference: what is taken here gives the same canonical
/// text there, without fault or remark, and whatever is unusual in any way is left to it.
final class QuickReading {
  /// How a decimal becomes one in the field's unit.
  private enum Factor {
    case none
    case fixed(UnitFactor)
    /// By the word in another field of the row.
    case byRow(unitField: Int)
  }

  private final class Plan {
    let type: FieldType
    let isRequired: Bool
    let factor: Factor
    /// Whether text in the file may be a plain decimal.
    let takesPlainText: Bool
    /// Whether `1.234` may be thousands for all anybody said.
    let isOpen: Bool
    let choices: [[UInt8]]
    /// From a text to the position of its choice, or of its unit's factor.
    let memo = ByteMemo()

    init(_ field: TableBinding.BoundField, isRecordPath: Bool) {
      type = field.definition.type
      isRequired = field.definition.isRequired
      takesPlainText = field.numbers.point == "."
      isOpen = !field.numbers.isDeclared && !isRecordPath
      choices = field.definition.choices.map { Array($0.id.utf8) }
      if let unitField = field.unitField, field.definition.unit != nil {
        factor = .byRow(unitField: unitField)
      } else {
        factor = field.factor.map { .fixed($0) } ?? .none
      }
    }
  }

  private let plans: [Plan]
  private let binding: TableBinding
  private let nulls: WordSet
  /// The factors that rows named, by their position.
  private var factors: [UnitFactor] = []
  /// What the row that is read takes for granted: field and words.
  var assumptions: [(field: Int, text: String)] = []

  init(_ binding: TableBinding) {
    self.binding = binding
    plans = binding.fields.map { Plan($0, isRecordPath: binding.isRecordPath) }
    nulls = binding.nulls
  }

  /// Puts the value of a field into the record; false, and nothing, if the reference must be asked.
  func take(_ field: Int, _ row: RowBuffer, _ cells: [Int], into record: RecordRow) -> Bool {
    let plan = plans[field]
    guard cells[field] >= 0 else { return none(plan, record) }
    let cell = row[cells[field]]
    let whole = row.text(cell)
    let text = whole.trimmed
    switch cell.kind {
    case .error, .unknown: return false
    case .text, .untyped:
      if text.isEmpty || nulls.contains(text) { return none(plan, record) }
    case .number, .date, .boolean:
      if text.isEmpty { return none(plan, record) }
      // A number with white space around it is left as its format left it.
      if cell.kind == .number, text.count != whole.count { return false }
    }
    switch plan.type {
    case .text: return takeText(cell, text, record)
    case .decimal: return takeDecimal(plan, cell, text, row, cells, record, field)
    case .date: return takeDay(cell, text, record)
    case .month: return takeMonth(cell, text, record)
    case .choice: return takeChoice(field, cell, text, record)
    }
  }

  private func none(_ plan: Plan, _ record: RecordRow) -> Bool {
    if plan.isRequired { return false }
    record.putNone()
    return true
  }

  private func takeText(
    _ cell: Cell, _ text: UnsafeBufferPointer<UInt8>, _ record: RecordRow
  ) -> Bool {
    if cell.kind == .number {
      guard text.isPlainInteger else { return false }
    } else {
      guard text.hasPlainEnds, text.isUTF8 else { return false }
    }
    record.put(text)
    return true
  }

  private func takeDecimal(
    _ plan: Plan, _ cell: Cell, _ text: UnsafeBufferPointer<UInt8>, _ row: RowBuffer,
    _ cells: [Int], _ record: RecordRow, _ field: Int
  ) -> Bool {
    guard let number = PlainDecimal(text) else { return false }
    switch cell.kind {
    // Longer ones are shortened to the 15 digits that a spreadsheet shows.
    case .number: guard number.coefficient < 1_000_000_000_000_000 else { return false }
    case .untyped:
      guard plan.takesPlainText else { return false }
      if plan.isOpen, NumberText.isAmbiguous(text) { return false }
    default: return false
    }
    switch plan.factor {
    case .none: put(number, record)
    case .fixed(let factor):
      return put(number, by: factor, field, record)
    case .byRow(let unitField):
      guard cells[unitField] >= 0 else { return false }
      let cell = row[cells[unitField]]
      guard cell.kind == .text || cell.kind == .untyped else { return false }
      guard let index = factorIndex(plan, field, row.text(cell).trimmed) else { return false }
      return put(number, by: factors[index], field, record)
    }
    return true
  }

  private func put(_ number: PlainDecimal, _ record: RecordRow) {
    record.put(
      digits: number.coefficient, scale: number.scale, isNegative: number.isNegative)
  }

  private func put(
    _ number: PlainDecimal, by factor: UnitFactor, _ field: Int, _ record: RecordRow
  ) -> Bool {
    if factor.isIdentity {
      put(number, record)
    } else {
      guard
        let value = try? ExactDecimal(coefficient: number.signed, scale: number.scale),
        let converted = factor.apply(value),
        let digits = UInt64(exactly: converted.coefficient.magnitude),
        digits < 1_000_000_000_000_000_000
      else { return false }
      record.put(digits: digits, scale: converted.scale, isNegative: converted.isNegative)
    }
    if let assumption = factor.assumption { assumptions.append((field, assumption)) }
    return true
  }

  /// The position of the factor for a unit word; nil where the reference must say what it is.
  private func factorIndex(
    _ plan: Plan, _ field: Int, _ word: UnsafeBufferPointer<UInt8>
  ) -> Int? {
    if let known = plan.memo.find(word) { return known }
    guard word.hasPlainEnds, word.isUTF8, factors.count < 1000,
      let unit = binding.fields[field].definition.unit,
      let from = binding.units.unit(String(decoding: word, as: UTF8.self)),
      let factor = UnitFactor(
        from: from, to: unit, isAssumed: false, conversions: binding.dataset.conversions)
    else { return nil }
    factors.append(factor)
    plan.memo.remember(word, as: factors.count - 1)
    return factors.count - 1
  }

  private func takeDay(
    _ cell: Cell, _ text: UnsafeBufferPointer<UInt8>, _ record: RecordRow
  ) -> Bool {
    guard cell.kind != .number, text.isPlainDay else { return false }
    record.put(text)
    return true
  }

  private func takeMonth(
    _ cell: Cell, _ text: UnsafeBufferPointer<UInt8>, _ record: RecordRow
  ) -> Bool {
    if text.isPlainMonth {
      record.put(text)
      return true
    }
    guard cell.kind != .number, text.isPlainDay else { return false }
    record.put(UnsafeBufferPointer(rebasing: text[..<7]))
    return true
  }

  private func takeChoice(
    _ field: Int, _ cell: Cell, _ text: UnsafeBufferPointer<UInt8>, _ record: RecordRow
  ) -> Bool {
    // The words of numbers are as the spreadsheet shows them.
    guard cell.kind != .number || text.isPlainInteger else { return false }
    let plan = plans[field]
    if let known = plan.memo.find(text) {
      plan.choices[known].withUnsafeBufferPointer { record.put($0) }
      return true
    }
    guard text.hasPlainEnds, text.isUTF8 else { return false }
    let bound = binding.fields[field]
    let word = String(decoding: text, as: UTF8.self)
    guard let choice = bound.choices[word] ?? bound.choices[Folding.fold(word)],
      let index = bound.definition.choices.firstIndex(where: { $0.id == choice })
    else { return false }
    plan.memo.remember(text, as: index)
    record.put(choice)
    return true
  }
}
