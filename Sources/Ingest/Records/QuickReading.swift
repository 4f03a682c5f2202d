import Assurance
import Exact

/// The common forms of values, read from bytes to canonical bytes without a `String`.
///
/// ``FieldReading/value(_:_:_:)`` is the reference: what is taken here gives the same canonical
/// text there, without fault or remark, and whatever is unusual in any way is left to it.
final class QuickReading {
  /// How a decimal becomes one in the field's unit.
  private enum Conversion: UInt8 {
    case none
    case fixed
    /// By the word in another field of the row.
    case byRow
  }

  /// What is known of a field before any row; lies in a block of its own, so that a look at it
  /// counts no references.
  private struct Plan {
    let type: FieldType
    let isRequired: Bool
    let conversion: Conversion
    /// The position of the factor where it is fixed, of the field that names the unit where not.
    let factor: Int
    /// Whether text in the file may be a plain decimal.
    let takesPlainText: Bool
    /// Whether `1.234` may be thousands for all anybody said.
    let isOpen: Bool
    let choices: [[UInt8]]
    /// From a text to the position of its choice, or of its unit's factor.
    let memo = ByteMemo()
  }

  /// The short of a factor.
  private struct Known {
    var isIdentity: Bool
    /// The position of what it takes for granted; -1 for nothing.
    var assumption: Int
  }

  private static let factorsMax = 1000

  private let plans: UnsafeMutablePointer<Plan>
  private let count: Int
  private let binding: TableBinding
  private let nulls: WordSet
  /// Factors of headers and those that rows named, by their position.
  private var factors: [UnitFactor] = []
  private let known: UnsafeMutablePointer<Known>
  private let noted: AssumptionCounts

  init(_ binding: TableBinding, noted: AssumptionCounts = AssumptionCounts()) {
    self.binding = binding
    self.noted = noted
    nulls = binding.nulls
    count = binding.fields.count
    plans = .allocate(capacity: max(count, 1))
    known = .allocate(capacity: Self.factorsMax + count)
    for (index, field) in binding.fields.enumerated() {
      var conversion = Conversion.none
      var factor = -1
      if let unitField = field.unitField, field.definition.unit != nil {
        conversion = .byRow
        factor = unitField
      } else if let fixed = field.factor {
        conversion = .fixed
        factor = add(fixed, index)
      }
      (plans + index).initialize(
        to: Plan(
          type: field.definition.type, isRequired: field.definition.isRequired,
          conversion: conversion, factor: factor, takesPlainText: field.numbers.point == ".",
          isOpen: !field.numbers.isDeclared && !binding.isRecordPath,
          choices: field.definition.choices.map { Array($0.id.utf8) }))
    }
  }

  deinit {
    plans.deinitialize(count: count)
    plans.deallocate()
    known.deallocate()
  }

  private func add(_ factor: UnitFactor, _ field: Int) -> Int {
    let position = factors.count
    factors.append(factor)
    (known + position).initialize(
      to: Known(
        isIdentity: factor.isIdentity,
        assumption: factor.assumption.map { noted.position(field, $0) } ?? -1))
    return position
  }

  /// Puts the value of a field into the record; false, and nothing, if the reference must be asked.
  ///
  /// - Parameter cells: for each field the index of its cell in the row, or -1.
  @inline(__always)
  func take(
    _ field: Int, _ row: RowBuffer, _ cells: UnsafePointer<Int>, into record: RecordRow
  ) -> Bool {
    let plan = plans + field
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
    switch plan.pointee.type {
    case .text: return takeText(cell, text, record)
    case .decimal: return takeDecimal(plan, cell, text, row, cells, record, field)
    case .date: return takeDay(cell, text, record)
    case .month: return takeMonth(cell, text, record)
    case .choice: return takeChoice(plan, field, cell, text, record)
    }
  }

  private func none(_ plan: UnsafeMutablePointer<Plan>, _ record: RecordRow) -> Bool {
    if plan.pointee.isRequired { return false }
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
    _ plan: UnsafeMutablePointer<Plan>, _ cell: Cell, _ text: UnsafeBufferPointer<UInt8>,
    _ row: RowBuffer, _ cells: UnsafePointer<Int>, _ record: RecordRow, _ field: Int
  ) -> Bool {
    guard let number = PlainDecimal(text) else { return false }
    switch cell.kind {
    // Longer ones are shortened to the 15 digits that a spreadsheet shows.
    case .number: guard number.coefficient < 1_000_000_000_000_000 else { return false }
    case .untyped:
      guard plan.pointee.takesPlainText else { return false }
      if plan.pointee.isOpen, NumberText.isAmbiguous(text) { return false }
    default: return false
    }
    switch plan.pointee.conversion {
    case .none:
      put(number, record)
      return true
    case .fixed: return put(number, by: plan.pointee.factor, record)
    case .byRow:
      let unitField = plan.pointee.factor
      guard cells[unitField] >= 0 else { return false }
      let cell = row[cells[unitField]]
      guard cell.kind == .text || cell.kind == .untyped else { return false }
      let word = row.text(cell).trimmed
      guard let index = plan.pointee.memo.find(word) ?? newFactor(plan, field, word) else {
        return false
      }
      return put(number, by: index, record)
    }
  }

  private func put(_ number: PlainDecimal, _ record: RecordRow) {
    record.put(
      digits: number.coefficient, scale: number.scale, isNegative: number.isNegative)
  }

  private func put(_ number: PlainDecimal, by index: Int, _ record: RecordRow) -> Bool {
    if known[index].isIdentity {
      put(number, record)
    } else {
      guard
        let value = try? ExactDecimal(coefficient: number.signed, scale: number.scale),
        let converted = factors[index].apply(value),
        let digits = UInt64(exactly: converted.coefficient.magnitude),
        digits < 1_000_000_000_000_000_000
      else { return false }
      record.put(digits: digits, scale: converted.scale, isNegative: converted.isNegative)
    }
    if known[index].assumption >= 0 { noted.note(known[index].assumption) }
    return true
  }

  /// The position of the factor for a unit word; nil where the reference must say what it is.
  private func newFactor(
    _ plan: UnsafeMutablePointer<Plan>, _ field: Int, _ word: UnsafeBufferPointer<UInt8>
  ) -> Int? {
    guard word.hasPlainEnds, word.isUTF8, factors.count < Self.factorsMax,
      let unit = binding.fields[field].definition.unit,
      let from = binding.units.unit(String(decoding: word, as: UTF8.self)),
      let factor = UnitFactor(
        from: from, to: unit, isAssumed: false, conversions: binding.dataset.conversions)
    else { return nil }
    let index = add(factor, field)
    plan.pointee.memo.remember(word, as: index)
    return index
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
    _ plan: UnsafeMutablePointer<Plan>, _ field: Int, _ cell: Cell,
    _ text: UnsafeBufferPointer<UInt8>, _ record: RecordRow
  ) -> Bool {
    // The words of numbers are as the spreadsheet shows them.
    guard cell.kind != .number || text.isPlainInteger else { return false }
    if let known = plan.pointee.memo.find(text) {
      plan.pointee.choices[known].withUnsafeBufferPointer { record.put($0) }
      return true
    }
    guard text.hasPlainEnds, text.isUTF8 else { return false }
    let bound = binding.fields[field]
    let word = String(decoding: text, as: UTF8.self)
    guard let choice = bound.choices[word] ?? bound.choices[Folding.fold(word)],
      let index = bound.definition.choices.firstIndex(where: { $0.id == choice })
    else { return false }
    plan.pointee.memo.remember(text, as: index)
    record.put(choice)
    return true
  }
}
