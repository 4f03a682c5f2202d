import Assurance
import Exact

/// Holds the values and formulas of a workbook as it is read.
final class InspectionSink: RowSink {
  let book = HeldWorkbook()
  /// Formulas beyond the bound, by table.
  private(set) var beyond: [Int] = []
  private(set) var links: [Int: String] = [:]
  private(set) var isManual = false
  private var bounds = Bounds.standard
  private var rangeSyntax = FormulaSyntax.a1
  private var sheet: HeldSheet?
  private var cells = 0
  private var nameBytes = 0
  private var formulas = 0
  /// Shared formulas of the sheet by number, and their uses before they are written.
  private var shared: [Int: Int32] = [:]
  private var waiting: [(formula: SourceFormula, shared: Int)] = []
  private var relative: [String: Int32] = [:]
  /// Formulas of rows not yet delivered: those without a cell store an empty text.
  private var openFormulas: [(row: Int, column: Int)] = []

  convenience init(file: SourceFile) {
    self.init()
    bounds = file.bounds
    rangeSyntax = file.format == SpreadsheetML2003.id ? .r1c1 : .a1
    book.isOpenDocument = file.format == FlatODF.id || file.format == PackagedODF.id
    if file.format != XLSX.id { book.imageSlack = Slack(5, -15) }
  }

  override var wantsFormulas: Bool { true }
  override var wantsParts: Bool { true }

  override func begin(_ table: TableHead) throws -> Bool {
    guard !table.isRecordPath else { return false }
    sheet = book.begin(sheet: table.name)
    beyond.append(0)
    shared = [:]
    waiting = []
    return true
  }

  override func end(_ tail: TableTail) throws {
    flush(before: Int.max)
    for (formula, number) in waiting { hold(formula, shared[number] ?? -1) }
    waiting = []
    sheet = nil
  }

  // MARK: Parts

  override func part(_ part: WorkbookPart) throws {
    switch part {
    case .hiddenRows(let rows, let isFiltered): sheet?.hide(rows: rows, isFiltered: isFiltered)
    case .hiddenColumns(let columns): sheet?.hide(columns: columns)
    case .filter(let text, let isActive):
      guard isActive, !book.isOpenDocument, let range = range(text) else { return }
      sheet?.filter(range)
    case .name(let name, let text, let sheet, let syntax, _):
      nameBytes += text.utf8.count
      guard book.names.count < bounds.pathsMax, nameBytes <= bounds.inspectedFormulaBytesMax
      else { return }
      book.names[(sheet ?? "").lowercased() + "!" + name.lowercased()] = FormulaParser.parse(
        text, syntax: syntax, row: 1, column: 1)
    case .link(let target, let number):
      if let number { links[number] = target }
    case .unusualDates: book.hasUnusualDates = true
    case .precisionAsShown: book.isPrecisionAsShown = true
    case .manualCalculation: isManual = true
    case .merge, .table, .macros: break
    }
  }

  private func range(_ text: String) -> CellRange? {
    guard
      case .reference(let reference)? = FormulaParser.parse(
        text, syntax: rangeSyntax, row: 1, column: 1)
    else { return nil }
    return reference.range(row: 1, column: 1)
  }

  // MARK: Formulas

  override func formula(_ formula: SourceFormula) throws {
    guard formulas < bounds.inspectedFormulasMax else {
      beyond[beyond.count - 1] += 1
      return
    }
    openFormulas.append((formula.row, formula.column))
    if let number = formula.shared, formula.text.isEmpty {
      formulas += 1
      if let shape = shared[number] {
        hold(formula, shape)
      } else {
        waiting.append((formula, number))
      }
      return
    }
    guard let shape = shape(formula) else {
      beyond[beyond.count - 1] += 1
      return
    }
    formulas += 1
    if let number = formula.shared { shared[number] = shape }
    hold(formula, shape)
  }

  private func hold(_ formula: SourceFormula, _ shape: Int32) {
    sheet?.append(
      HeldFormula(
        row: Int32(truncatingIfNeeded: formula.row),
        column: Int32(truncatingIfNeeded: formula.column), shape: shape,
        isArray: formula.isArray), text: formula.text)
  }

  /// The number of a formula's tree, -1 if it is not understood, nil beyond the bounds.
  private func shape(_ formula: SourceFormula) -> Int32? {
    // R1C1 text means the same in every cell.
    if formula.syntax == .r1c1, let known = relative[formula.text] { return known }
    let tree = FormulaParser.parse(
      formula.text, syntax: formula.syntax, row: formula.row, column: formula.column)
    guard let tree else { return -1 }
    let bytes = formula.text.utf8.count
    guard let number = book.number(of: tree, bytes: bytes, bounds: bounds) else { return nil }
    // A file of that format may carry formulas of OpenDocument, which mean places.
    if formula.syntax == .r1c1, bytes <= 256, !formula.text.hasPrefix("of:"),
      relative.count < bounds.inspectedShapesMax
    {
      relative[formula.text] = number
    }
    return number
  }

  // MARK: Values

  override func row(_ row: RowBuffer) throws {
    guard let sheet else { return }
    flush(before: row.number)
    guard sheet.isComplete, cells + row.count <= bounds.inspectedCellsMax else {
      sheet.isComplete = false
      openFormulas.removeAll(keepingCapacity: true)
      return
    }
    cells += row.count
    for index in 0..<row.count {
      let cell = row[index]
      sheet.column(Int(cell.column)).append(held(cell, row.text(cell), row: row.number))
    }
    if !openFormulas.isEmpty {
      for formula in openFormulas where row.cell(column: formula.column) == nil {
        addEmpty(row: formula.row, column: formula.column)
      }
      openFormulas.removeAll(keepingCapacity: true)
    }
  }

  /// Formulas in rows that had no cell with a value.
  private func flush(before row: Int) {
    guard let first = openFormulas.first, first.row < row else { return }
    for formula in openFormulas where formula.row < row {
      addEmpty(row: formula.row, column: formula.column)
    }
    openFormulas.removeAll { $0.row < row }
  }

  private func addEmpty(row: Int, column: Int) {
    guard let sheet, sheet.isComplete, let text = book.number(of: .init(start: nil, count: 0))
    else { return }
    sheet.column(column).append(
      HeldCell(
        value: text, row: Int32(truncatingIfNeeded: row), kind: .text, isFormula: true))
  }

  private func held(_ cell: Cell, _ text: UnsafeBufferPointer<UInt8>, row: Int) -> HeldCell {
    var held = HeldCell(
      value: 0, row: Int32(truncatingIfNeeded: row), kind: .unknown, isFormula: cell.isFormula)
    switch cell.kind {
    case .number: setNumber(text, &held)
    case .date:
      if !book.hasUnusualDates, let serial = SerialDay.number(of: text) {
        held.kind = .date
        held.value = Int64(serial)
      }
    case .boolean:
      held.kind = .boolean
      held.value = text.first == UInt8(ascii: "t") ? 1 : 0
    case .error, .text, .untyped:
      held.isNumericText = cell.kind == .text && NumericText.matches(text)
      held.kind = cell.kind == .error ? .error : .text
      if let number = book.number(of: text) {
        held.value = number
      } else {
        held.kind = cell.kind == .error ? .unknown : .longText
      }
    case .unknown: break
    }
    return held
  }

  private func setNumber(_ text: UnsafeBufferPointer<UInt8>, _ held: inout HeldCell) {
    guard let value = ExactDecimal(ascii: text) else { return }
    if let small = Int64(exactly: value.coefficient) {
      held.kind = .number
      held.value = small
      held.scale = UInt8(value.scale)
    } else {
      held.kind = .wideNumber
      held.value = book.keep(wide: value)
    }
  }
}

/// Days as spreadsheets count them: 1 is 1900-01-01 and 61 is 1900-03-01.
enum SerialDay {
  /// The number of an ISO day without a time, from 1900-03-01 on; nil for anything else, before
  /// that programs count differently.
  static func number(of text: UnsafeBufferPointer<UInt8>) -> Int? {
    guard text.count == 10, text[4] == 45, text[7] == 45,
      let year = Int(asciiDigits: UnsafeBufferPointer(rebasing: text[0..<4])),
      let month = Int(asciiDigits: UnsafeBufferPointer(rebasing: text[5..<7])),
      let day = Int(asciiDigits: UnsafeBufferPointer(rebasing: text[8..<10])),
      (1...12).contains(month), (1...31).contains(day)
    else { return nil }
    // Days of the civil calendar, years beginning in March (Hinnant, chrono-compatible low-level
    // date algorithms, 2013).
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    let serial = era * 146_097 + dayOfEra - 719_468 + 25_569
    return serial >= 61 ? serial : nil
  }
}

/// Text that a person reads as a number.
enum NumericText {
  /// Digits, perhaps in groups of three, with a sign, a point or a percent sign, half or full
  /// width; no leading zeros, which make a code of it.
  static func matches(_ raw: UnsafeBufferPointer<UInt8>) -> Bool {
    let text = raw.trimmed
    guard let first = text.first, text.count <= 64,
      first == 0xEF || first == 45 || first == 43 || first == 46 || (first >= 48 && first <= 57)
    else { return false }
    if first == 0xEF {
      let folded = String(decoding: text, as: UTF8.self).unicodeScalars.map(Folding.halfWidth)
      var plain = String(String.UnicodeScalarView(folded))
      return plain.withUTF8 { $0.first != 0xEF && matches($0) }
    }
    var digits = 0
    var points = 0
    var sinceGroup = -1
    for (index, byte) in text.enumerated() {
      switch byte {
      case 48...57:
        digits += 1
        if sinceGroup >= 0 { sinceGroup += 1 }
      case UInt8(ascii: "."):
        points += 1
        guard sinceGroup < 0 || sinceGroup == 3 else { return false }
        sinceGroup = -1
      case UInt8(ascii: ","):
        guard points == 0, digits > 0, sinceGroup < 0 ? digits <= 3 : sinceGroup == 3 else {
          return false
        }
        sinceGroup = 0
      case UInt8(ascii: "+"), UInt8(ascii: "-"): guard index == 0 else { return false }
      case UInt8(ascii: "%"): guard index == text.count - 1 else { return false }
      default: return false
      }
    }
    guard digits > 0, points <= 1, sinceGroup < 0 || sinceGroup == 3 else { return false }
    let start = first == 45 || first == 43 ? 1 : 0
    let isCode =
      text[start] == 48 && start + 1 < text.count && text[start + 1] >= 48 && text[start + 1] <= 57
    return !isCode
  }
}
