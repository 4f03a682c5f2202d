import Assurance
import Exact

/// The cells of one worksheet part.
final class SheetHandler: XMLHandler {
  private enum CellType { case number, shared, text, inline, boolean, error, date }
  private enum Place { case outside, row, cell, value, inline, formula }

  var tail = TableTail()
  private let sink: RowSink
  private let row: RowBuffer
  private let styles: StyleDates
  private let strings: SharedStrings
  private let dates: SerialDate
  private var place = Place.outside
  private var type = CellType.number
  private var isDateStyle = false
  private var hasValue = false
  private var isText = false
  private var phoneticDepth = 0
  private var rowNumber = 0
  private var column = 0
  /// The rows that have begun, to tell a second row of one number.
  private var rowsSeen = RowNumbers()
  private var hasTable = false
  private var isInTable = false
  private let wantsFormulas: Bool
  private var formulas: SheetFormulas?
  private var parts: SheetParts?

  private let dayText = UnsafeMutablePointer<UInt8>.allocate(capacity: SerialDate.dayBytes)

  private var nTable, nRow, nCell, nValue, nFormula, nInline, nText, nPhonetic, nMerge: XMLName?
  private var nReference, nType, nStyle, nHidden, nHeight, transitional, strict: XMLName?

  init(
    bounds: Bounds, sink: RowSink, styles: StyleDates, strings: SharedStrings, dates: SerialDate
  ) {
    self.sink = sink
    self.styles = styles
    self.strings = strings
    self.dates = dates
    wantsFormulas = sink.wantsFormulas
    row = RowBuffer(textMax: bounds.rowTextMax)
    super.init(bounds: bounds)
  }

  deinit { dayText.deallocate() }

  override func prepare() {
    nTable = name("sheetData")
    nRow = name("row")
    nCell = name("c")
    nValue = name("v")
    nFormula = name("f")
    nInline = name("is")
    nText = name("t")
    nPhonetic = name("rPh")
    nMerge = name("mergeCell")
    nReference = name("r")
    nType = name("t")
    nStyle = name("s")
    nHidden = name("hidden")
    nHeight = name("ht")
    transitional = name("http://schemas.openxmlformats.org/spreadsheetml/2006/main")
    strict = name("http://purl.oclc.org/ooxml/spreadsheetml/main")
    if sink.wantsFormulas { formulas = SheetFormulas { self.name($0) } }
    if sink.wantsParts { parts = SheetParts { self.name($0) } }
  }

  override func start(_ name: XMLName, _ namespace: XMLName?, _ attributes: XMLAttributes) {
    guard namespace == transitional || namespace == strict || namespace == nil else { return }
    switch place {
    case .cell:
      if name == nValue {
        place = .value
        hasValue = true
      } else if name == nFormula {
        row.markFormula()
        tail.formulas += 1
        if wantsFormulas {
          place = .formula
          formulas?.begin(attributes, row: rowNumber, column: column)
        }
      } else if name == nInline {
        place = .inline
        hasValue = true
      }
    case .row:
      if name == nCell { beginCell(attributes) }
    case .inline:
      if name == nPhonetic { phoneticDepth = depth }
      isText = name == nText && phoneticDepth == 0
    case .outside:
      if isInTable {
        // Rows elsewhere, as in extensions, are no rows of the sheet.
        if name == nRow, depth == 3 { beginRow(attributes) }
      } else if name == nTable, depth == 2 {
        beginTable()
      } else {
        if name == nMerge { tail.merges += 1 }
        if let part = parts?.part(name, attributes, depth: depth) {
          attempt { try sink.part(part) }
        }
      }
    case .value, .formula: break
    }
  }

  override func end(_ name: XMLName, _ namespace: XMLName?) {
    switch place {
    case .value:
      if name == nValue { place = .cell }
    case .inline:
      if name == nPhonetic { phoneticDepth = 0 }
      isText = false
      if name == nInline { place = .cell }
    case .cell:
      if name == nCell {
        endCell()
        place = .row
      }
    case .row:
      if name == nRow {
        place = .outside
        endRow()
      }
    case .formula:
      if name == nFormula {
        place = .cell
        if let formula = formulas?.end() { attempt { try sink.formula(formula) } }
      }
    case .outside:
      if name == nTable, depth == 1 { isInTable = false }
      if let part = parts?.end(name, depth: depth) { attempt { try sink.part(part) } }
    }
  }

  override func text(_ text: UnsafePointer<UInt8>, _ count: Int) {
    if place == .value || (place == .inline && isText) {
      row.append(text, count)
    } else if place == .formula {
      formulas?.append(text, count)
    }
  }

  private func beginTable() {
    guard !hasTable else {
      return fail(
        "xlsx-two-tables", "the sheet has two tables of cells",
        remedy: "programs would show different ones; ask for another export")
    }
    hasTable = true
    isInTable = true
  }

  private func noteOrder(_ number: Int) {
    guard tail.remarks.isEmpty else { return }
    tail.remarks.append(
      Remark(code: "row-order", message: "row \(number) comes after row \(rowNumber)", row: number))
  }

  private func beginRow(_ attributes: XMLAttributes) {
    let number = position(attributes, nReference) ?? rowNumber + 1
    if number <= rowNumber { noteOrder(number) }
    guard rowsSeen.insert(number) else {
      return fail(
        "row-twice", "there are two rows \(number)",
        remedy: "programs would show different ones; ask for another export")
    }
    rowNumber = number
    column = 0
    place = .row
    let hidden = attributes.value(of: nHidden)
    let isHidden =
      hidden?.equals("1") == true || hidden?.equals("true") == true
      || attributes.value(of: nHeight)?.equals("0") == true
    row.start(number: number, line: 0, isHidden: isHidden)
    if isHidden, parts != nil {
      attempt { try sink.part(.hiddenRows(number...number, isFiltered: false)) }
    }
  }

  private func beginCell(_ attributes: XMLAttributes) {
    place = .cell
    type = .number
    isDateStyle = false
    hasValue = false
    var next = column + 1
    for index in 0..<attributes.count {
      let name = attributes.name(index)
      if name == nReference {
        let reference = Self.reference(attributes.value(index))
        next = reference.column ?? next
        if let row = reference.row, row != rowNumber {
          return failPlace("a cell in row \(rowNumber) says that it stands in row \(row)")
        }
      } else if name == nType {
        guard let known = Self.type(attributes.value(index)) else {
          return failType(attributes.value(index))
        }
        type = known
      } else if name == nStyle {
        isDateStyle = Int(asciiDigits: attributes.value(index)).map { styles[$0] } ?? false
      }
    }
    guard next > column else {
      return failPlace(
        "in row \(rowNumber), a cell at column \(next) comes after column \(column)")
    }
    column = next
    guard column <= bounds.columnsMax else {
      return fail(
        "too-many-columns", "column \(column) lies beyond the bound of \(bounds.columnsMax)",
        remedy: "ask who made the file")
    }
    row.open(column: column, kind: .text)
  }

  /// Two cells at one place, or a place that is not the cell's: programs would show different ones.
  private func failPlace(_ message: String) {
    fail(
      "cell-order", message, remedy: "the exporter numbers cells wrongly; ask for another export")
  }

  private func failType(_ type: UnsafeBufferPointer<UInt8>) {
    let word = String(decoding: type.prefix(40), as: UTF8.self)
    fail(
      "xlsx-cell-type", "in row \(rowNumber), a cell is of the unknown type `\(word)`",
      remedy: "open the file in a spreadsheet program and save it again")
  }

  private static func type(_ text: UnsafeBufferPointer<UInt8>) -> CellType? {
    switch text.count {
    case 1:
      switch text[0] {
      case UInt8(ascii: "s"): .shared
      case UInt8(ascii: "b"): .boolean
      case UInt8(ascii: "e"): .error
      case UInt8(ascii: "d"): .date
      case UInt8(ascii: "n"): .number
      default: nil
      }
    case 3 where text.equals("str"): .text
    case 9 where text.equals("inlineStr"): .inline
    default: nil
    }
  }

  /// Column, from 1, and row of a reference such as `AB12`; nil what it does not name.
  private static func reference(
    _ text: UnsafeBufferPointer<UInt8>
  ) -> (column: Int?, row: Int?) {
    var column = 0
    var row = 0
    for byte in text {
      switch byte {
      case 48...57: row = row &* 10 &+ Int(byte - 48)
      case 65...90: column = column * 26 + Int(byte - 64)
      case 97...122: column = column * 26 + Int(byte - 96)
      default: break
      }
      if column > 1_000_000 || row > 1_000_000_000 { break }
    }
    return (column == 0 ? nil : column, row == 0 ? nil : row)
  }

  private func endCell() {
    switch type {
    case .shared: endShared()
    case .text, .inline: endText()
    case .boolean:
      row.retype(.boolean)
      row.normaliseOpen()
    case .error: row.retype(.error)
    case .date:
      row.retype(.date)
      row.normaliseOpen()
    case .number: endNumber()
    }
    if hasValue, row.isOpenCellEmpty {
      // An empty text is a value: a formula that gives "" is not an unknown one.
      if row.count > 0, row[row.count - 1].isFormula { tail.emptyFormulas += 1 }
      row.discard()
    } else {
      row.close()
    }
  }

  private func endShared() {
    guard let index = Int(asciiDigits: row.openText) else {
      if hasValue, !row.openText.isBlank { failString() }
      return
    }
    guard let text = strings.text(index) else { return failString() }
    row.replaceOpenText(text)
  }

  private func failString() {
    fail(
      "xlsx-no-such-string",
      "row \(rowNumber) refers to a shared string that is not in the file (there are"
        + " \(strings.count))", remedy: "open the file in a spreadsheet program and save it again")
  }

  private func endText() { row.resolveEscapes() }

  private func endNumber() {
    row.retype(.number)
    row.normaliseOpen()
    if isDateStyle, dates.day(row.openText, into: dayText) {
      row.retype(.date)
      row.replaceOpenText(UnsafeBufferPointer(start: dayText, count: SerialDate.dayBytes))
      return
    }
    guard isDateStyle, let serial = ExactDecimal(ascii: row.openText),
      let text = dates.iso(serial)
    else {
      if !row.isOpenCellEmpty, !row.openText.looksNumeric { row.retype(.text) }
      return
    }
    row.retype(.date)
    row.replaceOpenText(text)
  }

  private func endRow() {
    guard !row.overflowed else {
      return fail(
        "text-too-long",
        "row \(rowNumber) has more text than the bound of \(bounds.rowTextMax) bytes",
        remedy: "ask who made the file")
    }
    if row.count > 0 { attempt { try sink.row(row) } }
  }
}
