import Assurance
import Exact

/// A dataset bound to the columns of one table: everything about a field that does not change from
/// row to row.
struct TableBinding {
  struct BoundField {
    let definition: FieldDefinition
    /// From 1; 0 if no column feeds it.
    let column: Int
    let header: String
    /// What a value in the header's unit is multiplied by; nil where each row names its unit.
    let factor: UnitFactor?
    /// The position of the field that names each row's unit.
    let unitField: Int?
    /// Folded word to choice, and each word as declared, which spares folding.
    let choices: [String: String]
    /// How numbers and dates of the field are written.
    let numbers: NumberForm
    let dates: DateForm
  }

  let dataset: DatasetDefinition
  /// Whether the table is a record path, whose numbers XML writes in one way.
  let isRecordPath: Bool
  let fields: [BoundField]
  /// Field position by column; index 0 unused, -1 for columns that feed none.
  let fieldOfColumn: [Int]
  let keyFields: [Int]
  /// Fields the second of which never lies before the first.
  let orders: [(first: Int, second: Int)]
  let nulls: WordSet
  let totals: WordSet
  let units: UnitWords

  init(_ match: HeaderMatch, units: UnitWords, place: (Int) -> String) throws(AssureError) {
    dataset = match.dataset
    isRecordPath = match.row == 0
    self.units = units
    var fields: [BoundField] = []
    for (definition, column) in zip(match.dataset.fields, match.columns) {
      fields.append(
        try Self.bind(definition, column, match: match, units: units, place: place))
    }
    self.fields = fields
    var fieldOfColumn = [Int](repeating: -1, count: (fields.map(\.column).max() ?? 0) + 1)
    for (index, field) in fields.enumerated() where field.column > 0 {
      fieldOfColumn[field.column] = index
    }
    self.fieldOfColumn = fieldOfColumn
    keyFields = match.dataset.key.compactMap { match.dataset.index(of: $0) }
    orders = match.dataset.order.compactMap { pair in
      guard let first = match.dataset.index(of: pair.first),
        let second = match.dataset.index(of: pair.second)
      else { return nil }
      return (first, second)
    }
    nulls = WordSet(match.dataset.nulls)
    totals = WordSet(match.dataset.totals)
  }

  /// Refuses a row whose days or months are in the wrong order: as text, they stand in that order.
  func checkOrder(_ record: RecordRow) throws(RowFault) {
    for (first, second) in orders {
      let type = fields[first].definition.type
      guard type == .date || type == .month, fields[second].definition.type == type,
        let early = record.text(first), let late = record.text(second),
        late.lexicographicallyPrecedes(early)
      else { continue }
      throw RowFault(
        field: second, code: "out-of-order",
        reason: "`\(fields[second].definition.name)` \(String(decoding: late, as: UTF8.self))"
          + " lies before `\(fields[first].definition.name)`"
          + " \(String(decoding: early, as: UTF8.self))")
    }
  }

  private static func bind(
    _ definition: FieldDefinition, _ column: HeaderMatch.Column?, match: HeaderMatch,
    units: UnitWords, place: (Int) -> String
  ) throws(AssureError) -> BoundField {
    var choices: [String: String] = [:]
    for (id, words) in definition.choices {
      for word in words + [id] {
        choices[Folding.fold(word)] = id
        if choices[word] == nil { choices[word] = id }
      }
    }
    let unitField = definition.unitField.flatMap { match.dataset.index(of: $0) }
    let hasUnitColumn = unitField.map { match.columns[$0] != nil } ?? false
    var factor: UnitFactor?
    if let unit = definition.unit, let column, !hasUnitColumn {
      let from = column.unit ?? unit
      factor = UnitFactor(
        from: from, to: unit, isAssumed: column.unit == nil,
        conversions: match.dataset.conversions)
      guard factor != nil else {
        throw AssureError(
          "unit-mismatch", place: place(column.number),
          "`\(column.header)` is in \(from.code), the field `\(definition.name)` in \(unit.code)",
          remedy: "declare the conversion, with its basis, under `convert` in the dataset")
      }
    }
    return BoundField(
      definition: definition, column: column?.number ?? 0, header: column?.header ?? "",
      factor: factor, unitField: hasUnitColumn ? unitField : nil, choices: choices,
      numbers: definition.numbers ?? match.dataset.numbers,
      dates: definition.dates ?? match.dataset.dates)
  }
}

/// How values in one unit become values in another.
struct UnitFactor {
  let factor: Rational
  /// The factor as a decimal, or nil if it has no finite one.
  let decimal: ExactDecimal?
  let isIdentity: Bool
  /// What the receipt says of it; nil where nothing was taken for granted.
  let assumption: String?

  /// Digits after the point where a factor has no finite decimal.
  static let roundedDecimals = 12

  init?(from: Unit, to: Unit, isAssumed: Bool, conversions: [UnitConversion]) {
    var basis: String?
    if let plain = from.factor(to: to) {
      factor = plain
    } else {
      var found: Rational?
      for conversion in conversions {
        guard let before = from.factor(to: conversion.from),
          let after = conversion.to.factor(to: to)
        else { continue }
        found = before * conversion.factor * after
        basis = conversion.basis
        break
      }
      guard let found else { return nil }
      factor = found
    }
    decimal = factor.decimal
    isIdentity = factor == .one
    let size = decimal.map { $0.description } ?? "\(factor)"
    let rounded =
      decimal == nil ? ", rounded to \(Self.roundedDecimals) decimals, halves away from zero" : ""
    if let basis {
      assumption = "1 \(from.code) = \(size) \(to.code)\(rounded): \(basis)"
    } else if !isIdentity {
      assumption = "1 \(from.code) = \(size) \(to.code)\(rounded)"
    } else {
      assumption = isAssumed ? "the source names no unit; taken as \(to.code)" : nil
    }
  }

  /// The value in the other unit; nil if it does not fit.
  func apply(_ value: ExactDecimal) -> ExactDecimal? {
    if isIdentity { return value }
    if let decimal { return try? value * decimal }
    return try? (Rational(value) * factor).rounded(decimals: Self.roundedDecimals)
  }
}
