import Assurance

/// SpreadsheetML 2003: the XML of Excel 2002 and 2003, and of many exporters since.
///
/// Read: `ss:Index` on rows, columns and cells, `MergeAcross`, `ss:Span` on rows and columns, typed
/// data, formulas with their stored values, hidden rows, columns and sheets, filters, names, links
/// to other files. Text inside `Comment` and `PhoneticText`, pivot
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
  private enum Place {
    case outside, worksheet, table, row, cell, data, options, word, names, filter, skipped
  }
  /// The places of the elements that are open, the innermost being ``place``.
  private let stack: UnsafeMutablePointer<Place>
  private var open = 0
  private var place = Place.outside
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
  private var isTextData = false
  /// The text of one short element outside the cells.
  private var wordText: [UInt8] = []
  private var sheetName: String?
  private var sheetNames: Set<String> = []
  private var listColumn = 0
  private var hasTable = false
  private var filter: (range: String, isActive: Bool) = ("", false)
  private let wantsFormulas: Bool
  private let wantsParts: Bool
  private var names = SpreadsheetMLNames()

  init(bounds: Bounds, sink: RowSink) {
    self.sink = sink
    wantsFormulas = sink.wantsFormulas
    wantsParts = sink.wantsParts
    row = RowBuffer(textMax: bounds.rowTextMax)
    stack = .allocate(capacity: bounds.depthMax + 1)
    super.init(bounds: bounds)
  }

  deinit { stack.deallocate() }

  override func prepare() { names = SpreadsheetMLNames { self.name($0) } }

  override func start(_ name: XMLName, _ namespace: XMLName?, _ attributes: XMLAttributes) {
    let ours = namespace == names.spreadsheet || namespace == nil
    // The reader sees to it that no more are open than the bound allows.
    stack[open] = place
    open += 1
    let outer = place
    place = .skipped
    switch outer {
    case .outside:
      if open == 1 {
        place = .outside
      } else if ours, name == names.worksheet {
        place = .worksheet
        beginTable(attributes)
      } else {
        place = beginPart(name)
      }
    case .worksheet:
      if ours, name == names.table {
        if hasTable { failTwice("two tables in one worksheet") }
        hasTable = true
        place = .table
        listColumn = 0
      } else if name == names.filter {
        place = .filter
        filter = (attributes.text(of: names.range) ?? "", false)
      } else {
        place = beginPart(name)
      }
    case .options: place = name == names.linked ? .options : .word
    case .names: addName(attributes)
    case .filter:
      filter.isActive = true
    case .table:
      if ours, name == names.row {
        place = .row
        beginRow(attributes)
      } else if ours, name == names.column {
        addColumn(attributes)
      }
    case .row:
      if ours, name == names.cell {
        place = .cell
        beginCell(attributes)
      } else if ours, name == names.row {
        failTwice("a row inside row \(rowNumber)")
      }
    case .cell:
      if ours, name == names.data {
        if cellHasData { failTwice("two values in one cell of row \(rowNumber)") }
        place = .data
        beginData(attributes)
      } else if ours, name == names.cell || name == names.row {
        failTwice("a cell or row inside a cell of row \(rowNumber)")
      }
    // Rich text: elements inside the data are formatting, their text is the cell's.
    case .data: place = .data
    case .word, .skipped: break
    }
    if place == .word { wordText.removeAll(keepingCapacity: true) }
  }

  /// Elements beside the cells, of the workbook or of a sheet.
  private func beginPart(_ name: XMLName) -> Place {
    if name == names.options || name == names.book { return .options }
    return name == names.namesList ? .names : .skipped
  }

  override func end(_ name: XMLName, _ namespace: XMLName?) {
    guard open > 0 else { return }
    let inner = place
    open -= 1
    place = stack[open]
    switch inner {
    case .worksheet:
      attempt { try sink.end(tail) }
      sheetName = nil
    case .row: endRow()
    case .cell:
      if !cellHasData { row.close() }
    case .data:
      if place == .cell { endData() }
    case .word: endWord(name)
    case .filter:
      if wantsParts {
        attempt { try sink.part(.filter(filter.range, isActive: filter.isActive)) }
      }
    case .outside, .table, .options, .names, .skipped: break
    }
  }

  override func text(_ text: UnsafePointer<UInt8>, _ count: Int) {
    switch place {
    case .data: row.append(text, count)
    case .word:
      if wordText.count < 1024 {
        wordText.append(contentsOf: UnsafeBufferPointer(start: text, count: min(count, 1024)))
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
    hasTable = false
    let head = TableHead(name: label(attributes, names.name) ?? "Sheet\(tables)")
    guard sheetNames.insert(head.name).inserted else { return failSheet(head.name) }
    sheetName = head.name
    tail = TableTail()
    rowNumber = 0
    rowSpan = 0
    wanted = false
    attempt { wanted = try sink.begin(head) }
  }

  private func beginRow(_ attributes: XMLAttributes) {
    let next = rowNumber + rowSpan + 1
    rowNumber = position(attributes, names.index) ?? next
    if rowNumber < next {
      fail(
        "row-order", "row \(rowNumber) comes after row \(next - 1)",
        remedy: "the exporter numbers rows wrongly; ask for another export")
    }
    rowSpan = position(attributes, names.span) ?? 0
    column = 0
    columnSpan = 0
    let isHidden = isHidden(attributes)
    row.start(number: rowNumber, line: line, isHidden: isHidden)
    if isHidden, wantsParts {
      let rows = rowNumber...max(rowNumber, rowNumber + rowSpan)
      attempt { try sink.part(.hiddenRows(rows, isFiltered: false)) }
    }
  }

  /// Rows and columns do not show if they say so, or have no height or width.
  private func isHidden(_ attributes: XMLAttributes) -> Bool {
    if attributes.value(of: names.hidden)?.equals("1") == true { return true }
    let size = attributes.value(of: names.height) ?? attributes.value(of: names.width)
    return size?.equals("0") ?? false
  }

  private func addColumn(_ attributes: XMLAttributes) {
    let first = attributes.integer(of: names.index) ?? (listColumn + 1)
    listColumn = first + (attributes.integer(of: names.span) ?? 0)
    guard wantsParts, isHidden(attributes), first >= 1, listColumn <= bounds.columnsMax else {
      return
    }
    attempt { try sink.part(.hiddenColumns(first...max(first, listColumn))) }
  }

  private func addName(_ attributes: XMLAttributes) {
    guard wantsParts, let name = attributes.text(of: names.name),
      let formula = attributes.text(of: names.refersTo)
    else { return }
    let isHidden = attributes.value(of: names.hidden)?.equals("1") ?? false
    attempt {
      try sink.part(
        .name(name, formula: formula, sheet: sheetName, syntax: .r1c1, isHidden: isHidden))
    }
  }

  private func beginCell(_ attributes: XMLAttributes) {
    var index: Int?
    var across = 0
    var down = 0
    var formula: UnsafeBufferPointer<UInt8>?
    var isArray = false
    for attribute in 0..<attributes.count {
      let name = attributes.name(attribute)
      if name == names.index {
        index = position(attributes.value(attribute))
      } else if name == names.across {
        across = position(attributes.value(attribute)) ?? 0
      } else if name == names.down {
        down = Int(asciiDigits: attributes.value(attribute)) ?? 0
      } else if name == names.formula {
        formula = attributes.value(attribute)
      } else if name == names.arrayRange {
        isArray = true
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
    row.open(column: column, kind: .text, isFormula: formula != nil)
    if across > 0 || down > 0, wantsParts {
      addMerge(across: across, down: down)
    }
    if let formula {
      tail.formulas += 1
      if wantsFormulas { add(formula, isArray: isArray) }
    }
  }

  private func addMerge(across: Int, down: Int) {
    let first = Locator.letters(column: column) + String(rowNumber)
    let last = Locator.letters(column: column + across) + String(rowNumber + down)
    attempt { try sink.part(.merge("\(first):\(last)")) }
  }

  private func add(_ text: UnsafeBufferPointer<UInt8>, isArray: Bool) {
    let formula = SourceFormula(
      row: rowNumber, column: column, text: String(decoding: text, as: UTF8.self), syntax: .r1c1,
      isArray: isArray)
    attempt { try sink.formula(formula) }
  }

  /// What the schema does not allow, and programs read differently.
  private func failTwice(_ what: String) {
    fail(
      "spreadsheetml-structure", "the file has \(what)",
      remedy: "programs would show different values; ask for another export")
  }

  /// Two cells at one place: programs would show different ones.
  private func failOrder(_ index: Int) {
    fail(
      "cell-order", "in row \(rowNumber), a cell at column \(index) comes after column \(column)",
      remedy: "the exporter numbers cells wrongly; ask for another export")
  }

  private func beginData(_ attributes: XMLAttributes) {
    cellHasData = true
    isTextData = false
    guard let type = attributes.value(of: names.type) else { return }
    switch type.first {
    case UInt8(ascii: "S"): isTextData = type.equals("String")
    case UInt8(ascii: "N"): if type.equals("Number") { row.retype(.number) }
    case UInt8(ascii: "D"): if type.equals("DateTime") { row.retype(.date) }
    case UInt8(ascii: "B"): if type.equals("Boolean") { row.retype(.boolean) }
    case UInt8(ascii: "E"): if type.equals("Error") { row.retype(.error) }
    default: break
    }
  }

  private func endData() {
    row.normaliseOpen()
    if row.isOpenCellEmpty, isTextData, row.count > 0, row[row.count - 1].isFormula {
      // An empty text is a value: a formula that gives "" is not an unknown one.
      tail.emptyFormulas += 1
      row.discard()
    } else {
      row.close()
    }
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

  /// A short element of the workbook's or a sheet's options.
  private func endWord(_ name: XMLName) {
    if name == names.visible {
      switch String(decoding: wordText, as: UTF8.self) {
      case "SheetHidden": tail.visibility = .hidden
      case "SheetVeryHidden": tail.visibility = .veryHidden
      default: break
      }
    }
    if name == names.path { sink.remark(.link) }
    guard wantsParts else { return }
    if name == names.path {
      let path = String(decoding: wordText, as: UTF8.self)
      attempt { try sink.part(.link(path, number: nil)) }
    } else if name == names.date1904 {
      attempt { try sink.part(.unusualDates) }
    } else if name == names.precision {
      attempt { try sink.part(.precisionAsShown) }
    } else if name == names.calculation, wordText == Array("ManualCalculation".utf8) {
      attempt { try sink.part(.manualCalculation) }
    }
  }
}
