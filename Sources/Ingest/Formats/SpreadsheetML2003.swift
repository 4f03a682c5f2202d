import Assurance

/// SpreadsheetML 2003: the XML of Excel 2002 and 2003, and of many exporters since.
///
/// Read: `ss:Index` on rows and cells, `MergeAcross`, `ss:Span` on rows, typed data, formulas with
/// their stored values, hidden rows and sheets. Text inside `Comment` and `PhoneticText`, pivot
/// caches and anything of another namespace is not part of a cell.
package enum SpreadsheetML2003: SourceFormat {
  package static let id = "spreadsheetml-2003"
  static let namespace = "urn:schemas-microsoft-com:office:spreadsheet"

  package static func recognises(_ head: SourceHead, root: XMLRoot?) -> Bool {
    root?.name == "Workbook" && (root?.namespace == namespace || root?.namespace == "")
  }

  package static func read(
    _ file: SourceFile, options: ReadOptions, into sink: RowSink
  ) throws {
    let handler = SpreadsheetMLHandler(bounds: file.bounds, sink: sink)
    try XMLReader.parse(try FileInput.xml(file, sink: sink), handler: handler, place: file.name)
  }
}

private final class SpreadsheetMLHandler: XMLHandler {
  private enum Place { case outside, worksheet, table, row, cell, data, visible, skipped }
  private var stack: [Place] = []
  private let sink: RowSink
  private let row: RowBuffer
  private var wanted = false
  private var tail = TableTail()
  private var tables = 0
  private var rowNumber = 0
  private var rowSpan = 0
  private var column = 0
  private var columnSpan = 0
  private var cellHasData = false
  private var visibleText: [UInt8] = []

  private var nWorksheet, nTable, nRow, nCell, nData, nVisible, nOptions: XMLName?
  private var nIndex, nName, nType, nFormula, nHidden, nSpan, nAcross, nDown: XMLName?
  private var spreadsheet: XMLName?

  init(bounds: Bounds, sink: RowSink) {
    self.sink = sink
    row = RowBuffer(textMax: bounds.rowTextMax)
    super.init(bounds: bounds)
  }

  override func prepare() {
    nWorksheet = name("Worksheet")
    nTable = name("Table")
    nRow = name("Row")
    nCell = name("Cell")
    nData = name("Data")
    nVisible = name("Visible")
    nOptions = name("WorksheetOptions")
    nIndex = name("Index")
    nName = name("Name")
    nType = name("Type")
    nFormula = name("Formula")
    nHidden = name("Hidden")
    nSpan = name("Span")
    nAcross = name("MergeAcross")
    nDown = name("MergeDown")
    spreadsheet = name("urn:schemas-microsoft-com:office:spreadsheet")
  }

  override func start(_ name: XMLName, _ namespace: XMLName?, _ attributes: XMLAttributes) {
    let ours = namespace == spreadsheet || namespace == nil
    var place = Place.skipped
    switch stack.last ?? .outside {
    case .outside:
      if stack.isEmpty {
        place = .outside
      } else if ours, name == nWorksheet {
        place = .worksheet
        beginTable(attributes)
      }
    case .worksheet:
      if ours, name == nTable { place = .table } else if name == nOptions { place = .visible }
    case .visible:
      if name == nVisible {
        visibleText = []
        place = .visible
      }
    case .table:
      if ours, name == nRow {
        place = .row
        beginRow(attributes)
      }
    case .row:
      if ours, name == nCell {
        place = .cell
        beginCell(attributes)
      }
    case .cell:
      if ours, name == nData, !cellHasData {
        place = .data
        beginData(attributes)
      }
    // Rich text: elements inside the data are formatting, their text is the cell's.
    case .data: place = .data
    case .skipped: break
    }
    stack.append(place)
  }

  override func end(_ name: XMLName, _ namespace: XMLName?) {
    guard let place = stack.popLast() else { return }
    switch place {
    case .worksheet: attempt { try sink.end(tail) }
    case .row: endRow()
    case .cell:
      if !cellHasData { row.close() }
    case .data:
      if stack.last == .cell { endData() }
    case .visible:
      if name == nVisible { endVisible() }
    case .outside, .table, .skipped: break
    }
  }

  override func text(_ text: UnsafePointer<UInt8>, _ count: Int) {
    switch stack.last {
    case .data: row.append(text, count)
    case .visible:
      if visibleText.count < 64 {
        visibleText.append(contentsOf: UnsafeBufferPointer(start: text, count: min(count, 64)))
      }
    default: break
    }
  }

  private func beginTable(_ attributes: XMLAttributes) {
    tables += 1
    guard tables <= bounds.tablesMax else {
      return fail(
        "too-many-tables", "the file has more tables than the bound of \(bounds.tablesMax)",
        remedy: "split it")
    }
    let head = TableHead(name: label(attributes, nName) ?? "Sheet\(tables)")
    tail = TableTail()
    rowNumber = 0
    rowSpan = 0
    wanted = false
    attempt { wanted = try sink.begin(head) }
  }

  private func beginRow(_ attributes: XMLAttributes) {
    let next = rowNumber + rowSpan + 1
    rowNumber = position(attributes, nIndex) ?? next
    if rowNumber < next {
      fail(
        "row-order", "row \(rowNumber) comes after row \(next - 1)",
        remedy: "the exporter numbers rows wrongly; ask for another export")
    }
    rowSpan = position(attributes, nSpan) ?? 0
    column = 0
    columnSpan = 0
    row.start(
      number: rowNumber, line: line,
      isHidden: attributes.value(of: nHidden)?.equals("1") ?? false)
  }

  private func beginCell(_ attributes: XMLAttributes) {
    var index: Int?
    var across = 0
    var down = 0
    var formula = false
    for attribute in 0..<attributes.count {
      let name = attributes.name(attribute)
      if name == nIndex {
        index = position(attributes.value(attribute))
      } else if name == nAcross {
        across = position(attributes.value(attribute)) ?? 0
      } else if name == nDown {
        down = Int(asciiDigits: attributes.value(attribute)) ?? 0
      } else if name == nFormula {
        formula = true
      }
    }
    let next = column + columnSpan + 1
    if let index, index <= column { return failOrder(index) }
    column = index ?? next
    columnSpan = across
    if across > 0 || down > 0 { tail.merges += 1 }
    cellHasData = false
    guard column >= 1, column <= bounds.columnsMax else {
      return fail(
        "too-many-columns", "column \(column) lies beyond the bound of \(bounds.columnsMax)",
        remedy: "ask who made the file")
    }
    row.open(column: column, kind: .text, isFormula: formula)
  }

  /// Two cells at one place: programs would show different ones.
  private func failOrder(_ index: Int) {
    fail(
      "cell-order", "in row \(rowNumber), a cell at column \(index) comes after column \(column)",
      remedy: "the exporter numbers cells wrongly; ask for another export")
  }

  private func beginData(_ attributes: XMLAttributes) {
    cellHasData = true
    guard let type = attributes.value(of: nType) else { return }
    if type.equals("Number") {
      row.retype(.number)
    } else if type.equals("DateTime") {
      row.retype(.date)
    } else if type.equals("Boolean") {
      row.retype(.boolean)
    } else if type.equals("Error") {
      row.retype(.error)
    }
  }

  private func endData() {
    row.normaliseOpen()
    row.close()
  }

  private func endRow() {
    guard !row.overflowed else { return failText() }
    if row.count > 0, wanted { attempt { try sink.row(row) } }
  }

  private func failText() {
    fail(
      "text-too-long",
      "row \(rowNumber) has more text than the bound of \(bounds.rowTextMax) bytes",
      remedy: "ask who made the file")
  }

  private func endVisible() {
    switch String(decoding: visibleText, as: UTF8.self) {
    case "SheetHidden": tail.visibility = .hidden
    case "SheetVeryHidden": tail.visibility = .veryHidden
    default: break
    }
  }
}
