import Assurance
import Exact

/// Why a row can't be taken.
struct RowFault: Error {
  let field: Int
  let code: String
  let reason: String
}

/// Reads the cells of one row as the fields of a dataset.
///
/// Remarks collect in ``remarks`` until the caller takes them: field, code and words.
struct FieldReading {
  let binding: TableBinding
  var remarks: [(field: Int, code: String, message: String)] = []
  /// Factors by field and unit word, for rows that name their units.
  private var factors: [[String: UnitFactor]]
  /// Assumptions used by this row: field and words.
  var assumptions: [(field: Int, text: String)] = []

  init(_ binding: TableBinding) {
    self.binding = binding
    factors = binding.fields.map { _ in [:] }
  }

  /// The value of a field, or nil where the source has none.
  ///
  /// - Parameter cells: for each field the index of its cell in the row, or -1.
  mutating func value(
    _ field: Int, _ row: RowBuffer, _ cells: [Int]
  ) throws(RowFault) -> FieldValue? {
    let bound = binding.fields[field]
    guard cells[field] >= 0 else { return try missing(field) }
    let cell = row[cells[field]]
    let text = row.text(cell)
    switch cell.kind {
    case .error:
      throw RowFault(
        field: field, code: "error-cell",
        reason: "the cell holds the error \(String(decoding: text.prefix(20), as: UTF8.self))")
    case .unknown:
      throw RowFault(
        field: field, code: "formula-without-value",
        reason: "the cell holds a formula without a stored value")
    default: break
    }
    if isNull(text, cell.kind) { return try missing(field) }
    switch bound.definition.type {
    case .text: return .text(plainText(cell, text))
    case .decimal: return .decimal(try decimal(field, cell, text, row, cells))
    case .date: return .day(try day(field, cell, text))
    case .month: return .month(try month(field, cell, text))
    case .choice: return .choice(try choice(field, cell, text))
    }
  }

  private func missing(_ field: Int) throws(RowFault) -> FieldValue? {
    guard binding.fields[field].definition.isRequired else { return nil }
    throw RowFault(
      field: field, code: "missing-value",
      reason: "`\(binding.fields[field].definition.name)` has no value and is required")
  }

  private func isNull(_ text: UnsafeBufferPointer<UInt8>, _ kind: CellKind) -> Bool {
    if text.isBlank { return true }
    return (kind == .text || kind == .untyped) && binding.nulls.contains(text)
  }

  /// Text as it stands, white space at its ends removed; numbers as the spreadsheet shows them.
  private func plainText(_ cell: Cell, _ text: UnsafeBufferPointer<UInt8>) -> String {
    if cell.kind == .number, let value = NumberText.spreadsheet(text) { return value.description }
    var view = String(decoding: text.trimmed, as: UTF8.self)[...]
    while view.first?.isWhitespace == true { view.removeFirst() }
    while view.last?.isWhitespace == true { view.removeLast() }
    return String(view)
  }

  private func excerpt(_ text: UnsafeBufferPointer<UInt8>) -> String {
    let whole = String(decoding: text.prefix(160), as: UTF8.self)
    let short = String(whole.prefix(40))
    let line = short.split(whereSeparator: \.isNewline).joined(separator: " ")
    return "`" + line + (short.count < whole.count ? "…" : "") + "`"
  }

  private mutating func decimal(
    _ field: Int, _ cell: Cell, _ text: UnsafeBufferPointer<UInt8>, _ row: RowBuffer,
    _ cells: [Int]
  ) throws(RowFault) -> ExactDecimal {
    let value: ExactDecimal
    if cell.kind == .number {
      guard let number = NumberText.spreadsheet(text) else {
        throw RowFault(
          field: field, code: "number-out-of-range",
          reason: "\(excerpt(text)) needs more than 38 digits")
      }
      value = number
    } else {
      value = try textNumber(field, cell, text)
    }
    guard let factor = try factor(field, row, cells) else { return value }
    guard let converted = factor.apply(value) else {
      throw RowFault(
        field: field, code: "number-out-of-range",
        reason: "\(excerpt(text)) in the stored unit needs more than 38 digits")
    }
    if let assumption = factor.assumption { assumptions.append((field, assumption)) }
    return converted
  }

  private mutating func textNumber(
    _ field: Int, _ cell: Cell, _ text: UnsafeBufferPointer<UInt8>
  ) throws(RowFault) -> ExactDecimal {
    let isWord = cell.kind == .text || cell.kind == .untyped
    let form = binding.fields[field].numbers
    if isWord, !form.isDeclared, isAmbiguous(cell, text) {
      throw RowFault(
        field: field, code: "ambiguous-number",
        reason: "\(excerpt(text)) may be thousands or a fraction; `numbers: \"1,234.5\"` or"
          + " `numbers: \"1.234,5\"` in the dataset settles it")
    }
    if isWord, cell.kind == .untyped, form.point == ".",
      let value = ExactDecimal(ascii: text.trimmed)
    {
      return value
    }
    guard isWord, let reading = NumberText.read(plainText(cell, text), form: form) else {
      throw RowFault(
        field: field, code: "not-a-number",
        reason: "\(excerpt(text)) is no number in the form \(form.example)"
          + (isWord ? settled(NumberText.declarations(for: plainText(cell, text))) : ""))
    }
    if reading.isFullWidth {
      remarks.append((field, "full-width-digits", "\(excerpt(text)) was read as a number"))
    } else if cell.kind == .text {
      remarks.append((field, "number-as-text", "\(excerpt(text)) is text; it was read as a number"))
    }
    return reading.value
  }

  /// Whether nobody said how numbers are written and the text can be read in two ways. XML has one
  /// way to write a fraction, so that a point in a record is one.
  private func isAmbiguous(_ cell: Cell, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    if text.contains(where: { $0 >= 128 }) {
      var half = Folding.fold(String(decoding: text, as: UTF8.self))
      return half.withUTF8 { NumberText.isAmbiguous($0) }
    }
    return NumberText.isAmbiguous(text)
      && !(binding.isRecordPath && text.contains(UInt8(ascii: ".")))
  }

  /// The words that name the declarations by which a text could be read.
  private func settled(_ declarations: [String]) -> String {
    declarations.isEmpty
      ? "" : "; \(declarations.prefix(3).joined(separator: " or ")) in the dataset would read it"
  }

  /// The factor of the row's own unit, or of the column's.
  private mutating func factor(
    _ field: Int, _ row: RowBuffer, _ cells: [Int]
  ) throws(RowFault) -> UnitFactor? {
    let bound = binding.fields[field]
    guard let unit = bound.definition.unit, let unitField = bound.unitField else {
      return bound.factor
    }
    guard cells[unitField] >= 0 else {
      throw RowFault(
        field: unitField, code: "unknown-unit", reason: "the row names no unit for its value")
    }
    let cell = row[cells[unitField]]
    let word = plainText(cell, row.text(cell))
    if let known = factors[field][word] { return known }
    guard let from = binding.units.unit(word),
      let factor = UnitFactor(
        from: from, to: unit, isAssumed: false, conversions: binding.dataset.conversions)
    else {
      throw RowFault(
        field: unitField, code: "unknown-unit",
        reason: "\(excerpt(row.text(cell))) is no unit that turns into \(unit.code)")
    }
    if factors[field].count < 1000 { factors[field][word] = factor }
    return factor
  }

  private mutating func day(
    _ field: Int, _ cell: Cell, _ text: UnsafeBufferPointer<UInt8>
  ) throws(RowFault) -> Day {
    if cell.kind != .number, let (day, hasTime) = DateText.iso(text.trimmed) {
      if hasTime {
        remarks.append((field, "time-dropped", "the time of \(excerpt(text)) was dropped"))
      }
      return try inRange(field, day, text)
    }
    if cell.kind == .text || cell.kind == .untyped,
      case .day(let day, let hasTime)? = DateText.read(
        plainText(cell, text), form: binding.fields[field].dates)
    {
      if hasTime {
        remarks.append((field, "time-dropped", "the time of \(excerpt(text)) was dropped"))
      }
      return try inRange(field, day, text)
    }
    let why = cell.kind == .number ? " (a number, not formatted as a date)" : ""
    throw RowFault(
      field: field, code: "not-a-date",
      reason: "\(excerpt(text)) is no day\(why); the order declared is"
        + " \(binding.fields[field].dates.rawValue)"
        + (cell.kind == .number ? "" : settled(DateText.declarations(for: plainText(cell, text)))))
  }

  private func inRange(
    _ field: Int, _ day: Day, _ text: UnsafeBufferPointer<UInt8>
  ) throws(RowFault) -> Day {
    guard (1900...2100).contains(day.civil.year) else {
      throw RowFault(
        field: field, code: "date-out-of-range",
        reason: "\(excerpt(text)) lies outside the years 1900 to 2100"
          + (day.civil.year < 200
            ? settled(
              DateText.declarations(for: String(decoding: text.trimmed, as: UTF8.self))) : ""))
    }
    return day
  }

  private mutating func month(
    _ field: Int, _ cell: Cell, _ text: UnsafeBufferPointer<UInt8>
  ) throws(RowFault) -> Month {
    let month: Month
    let bound = binding.fields[field]
    let plain = text.trimmed
    if plain.count == 7, plain[4] == 45, let year = Int(digits: plain[0..<4]),
      let number = Int(digits: plain[5..<7]), year > 0, (1...12).contains(number)
    {
      month = Month(year: year, month: number)
    } else if cell.kind != .number, let (day, _) = DateText.iso(text.trimmed) {
      month = day.month
    } else if cell.kind != .number,
      let reading = DateText.read(plainText(cell, text), form: bound.dates)
    {
      month =
        switch reading {
        case .month(let month): month
        case .day(let day, _): day.month
        }
    } else {
      throw RowFault(
        field: field, code: "not-a-date",
        reason: "\(excerpt(text)) is no month"
          + (cell.kind == .number ? "" : settled(DateText.declarations(for: plainText(cell, text))))
      )
    }
    _ = try inRange(field, month.first, text)
    return month
  }

  private func choice(
    _ field: Int, _ cell: Cell, _ text: UnsafeBufferPointer<UInt8>
  ) throws(RowFault) -> String {
    let bound = binding.fields[field]
    let word = plainText(cell, text)
    if let choice = bound.choices[word] ?? bound.choices[Folding.fold(word)] { return choice }
    let known = bound.definition.choices.map(\.id).joined(separator: ", ")
    throw RowFault(
      field: field, code: "unknown-choice",
      reason: "\(excerpt(text)) is no word for any of: \(known)")
  }
}

extension NumberForm {
  /// `1,234.5` in this form.
  var example: String { "1" + (group.map { String($0) } ?? "") + "234" + String(point) + "5" }
}
