import Assurance

/// The tables of an OpenDocument spreadsheet, flat or from `content.xml`.
final class ODFHandler: XMLHandler {
  static let officeNamespace = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"

  private enum Place { case outside, style, table, group, row, cell, paragraph, skipped }

  private let sink: RowSink
  private let hasLines: Bool
  private let row: RowBuffer
  private var names = ODFNames()
  private var stack: [Place] = []
  private var hiddenStyles: Set<String> = []
  private var styleName = ""
  private var wanted = false
  private var tail = TableTail()
  private var tables = 0
  private var sheetNames: Set<String> = []
  private var rowNumber = 0
  private var rowRepeats = 1
  private var column = 0
  private var cellRepeats = 1
  private var hasAttributeText = false
  private var isTextCell = false
  private var paragraphs = 0
  private var spaces = ODFSpaces.leading
  /// The first bytes of what a cell shows beside its value.
  private var shown: [UInt8] = []
  /// In all tables of the file so far.
  private var rowsRepeated = 0
  private var formulasRepeated = 0
  private var tableColumns = 0
  private let wantsFormulas: Bool
  private let wantsParts: Bool
  private var parts: ODFParts?
  /// The formulas of the row that is open, with how often each is repeated.
  private var rowFormulas: [(formula: SourceFormula, repeats: Int)] = []
  private var cellsRepeated = 0

  init(bounds: Bounds, sink: RowSink, hasLines: Bool) {
    self.sink = sink
    self.hasLines = hasLines
    wantsFormulas = sink.wantsFormulas
    wantsParts = sink.wantsParts
    row = RowBuffer(textMax: bounds.rowTextMax)
    super.init(bounds: bounds)
  }

  override func prepare() {
    names = ODFNames { self.name($0) }
    if wantsParts { parts = ODFParts(names) }
  }

  override func start(_ name: XMLName, _ namespace: XMLName?, _ attributes: XMLAttributes) {
    var place = Place.skipped
    let isTable = namespace == names.tableSpace
    if let part = parts?.part(name, attributes) { attempt { try sink.part(part) } }
    switch stack.last ?? .outside {
    case .outside:
      if isTable, name == names.table {
        place = .table
        beginTable(attributes)
      } else if name == names.style {
        place = .style
        styleName = label(attributes, names.name) ?? ""
      } else if name == names.module || name == names.listener {
        sink.remark(
          Remark(code: "macros-present", message: "the file holds macros; none was run"))
      } else if name == names.database || name == names.tracked {
        place = .skipped
      } else {
        place = .outside
      }
    case .style:
      if name == names.tableProperties,
        attributes.value(of: names.display)?.equals("false") == true
      {
        hide(styleName)
      }
      place = .style
    case .table, .group:
      if isTable, name == names.row {
        place = .row
        beginRow(attributes)
      } else if isTable,
        name == names.rowGroup || name == names.headerRows || name == names.rows
          || name == names.columnGroup || name == names.headerColumns || name == names.columns
      {
        place = .group
      } else if isTable, name == names.columnElement {
        addColumn(attributes)
      } else if isTable, name == names.source {
        sink.remark(.link)
      }
    case .row:
      if isTable, name == names.cell || name == names.covered {
        place = .cell
        beginCell(attributes)
      }
    case .cell:
      if namespace == names.textSpace, name == names.paragraph {
        place = .paragraph
        if paragraphs > 0, !hasAttributeText { row.append("\n") }
        paragraphs += 1
        spaces = .leading
      } else if isTable, name == names.table {
        fail(
          "odf-table-in-cell", "row \(rowNumber + 1) has a table inside a cell",
          remedy: "move the inner table to a sheet of its own")
      }
    case .paragraph: place = beginInline(name, namespace, attributes)
    case .skipped: break
    }
    stack.append(place)
  }

  private func hide(_ style: String) {
    guard hiddenStyles.count < bounds.formatsMax else {
      return fail(
        "too-many-styles",
        "the file hides more table styles than the bound of \(bounds.formatsMax)",
        remedy: "ask who made the file")
    }
    hiddenStyles.insert(style)
  }

  /// Elements inside a paragraph: formatting is passed through, white space is spelt out, and
  /// annotations, shapes and reading guides are left out.
  private func beginInline(
    _ name: XMLName, _ namespace: XMLName?, _ attributes: XMLAttributes
  ) -> Place {
    guard namespace == names.textSpace, name != names.ruby else { return .skipped }
    if !hasAttributeText {
      if name == names.space || name == names.tab || name == names.lineBreak { spaces.spell(row) }
      if name == names.space {
        let count = min(attributes.integer(of: names.spaceCount) ?? 1, 10_000)
        row.append(String(repeating: " ", count: count))
      } else if name == names.tab {
        row.append("\t")
      } else if name == names.lineBreak {
        row.append("\n")
      }
    }
    return .paragraph
  }

  override func text(_ text: UnsafePointer<UInt8>, _ count: Int) {
    guard stack.last == .paragraph else { return }
    if !hasAttributeText {
      spaces.append(text, count, to: row)
    } else if shown.count < 16 {
      shown.append(contentsOf: UnsafeBufferPointer(start: text, count: min(count, 16)))
    }
  }

  override func end(_ name: XMLName, _ namespace: XMLName?) {
    switch stack.popLast() {
    case .table:
      attempt { try sink.end(tail) }
      parts?.sheet = nil
    case .row: endRow()
    case .cell: endCell()
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
    tail = TableTail()
    if let style = attributes.text(of: names.styleName), hiddenStyles.contains(style) {
      tail.visibility = .hidden
    }
    rowNumber = 0
    wanted = false
    let head = TableHead(name: label(attributes, names.name) ?? "Sheet\(tables)")
    guard sheetNames.insert(head.name).inserted else { return failSheet(head.name) }
    attempt { wanted = try sink.begin(head) }
    tableColumns = 0
    parts?.sheet = head.name
  }

  private func addColumn(_ attributes: XMLAttributes) {
    let first = tableColumns + 1
    tableColumns += max(1, attributes.integer(of: names.columnsRepeated) ?? 1)
    guard wantsParts, let visibility = attributes.value(of: names.visibility),
      visibility.equals("collapse") || visibility.equals("filter")
    else { return }
    let last = min(tableColumns, bounds.columnsMax)
    if first <= last { attempt { try sink.part(.hiddenColumns(first...last)) } }
  }

  private func beginRow(_ attributes: XMLAttributes) {
    rowRepeats = max(1, position(attributes, names.rowsRepeated) ?? 1)
    let visibility = attributes.value(of: names.visibility)
    column = 0
    let isFiltered = visibility?.equals("filter") == true
    let isHidden = isFiltered || visibility?.equals("collapse") == true
    row.start(number: rowNumber + 1, line: hasLines ? line : 0, isHidden: isHidden)
    if isHidden, wantsParts {
      let last = min(rowNumber + rowRepeats, FormulaReference.rowsMax * 16)
      let rows = rowNumber + 1...max(rowNumber + 1, last)
      attempt { try sink.part(.hiddenRows(rows, isFiltered: isFiltered)) }
    }
  }

  private func beginCell(_ attributes: XMLAttributes) {
    cellRepeats = 1
    hasAttributeText = false
    isTextCell = false
    paragraphs = 0
    shown.removeAll(keepingCapacity: true)
    row.open(column: column + 1, kind: .text)
    var type: UnsafeBufferPointer<UInt8>?
    var value: UnsafeBufferPointer<UInt8>?
    var spans = (columns: 1, rows: 1)
    var isError = false
    var formula: UnsafeBufferPointer<UInt8>?
    for index in 0..<attributes.count {
      let name = attributes.name(index)
      let isOffice = attributes.namespace(index) == names.officeSpace
      if name == names.valueType {
        if isOffice { type = attributes.value(index) }
        if attributes.value(index).equals("error") { isError = true }
      } else if isOffice, names.values.contains(name) {
        value = attributes.value(index)
      } else if name == names.formula {
        row.markFormula()
        formula = attributes.value(index)
      } else if name == names.columnsRepeated {
        cellRepeats = max(1, position(attributes.value(index)) ?? 1)
      } else if name == names.columnsSpanned {
        spans.columns = Int(asciiDigits: attributes.value(index)) ?? 1
      } else if name == names.rowsSpanned {
        spans.rows = Int(asciiDigits: attributes.value(index)) ?? 1
      }
    }
    if spans.columns > 1 || spans.rows > 1 { addMerge(spans) }
    if let formula { add(formula, isArray: attributes.value(of: names.arrayRows) != nil) }
    isTextCell = type?.equals("string") ?? false
    if isError {
      row.retype(.error)
    } else if let type, !type.equals("string") {
      row.retype(Self.kind(type))
      if let value { setValue(value) }
    } else if let value, type != nil {
      setValue(value)
    }
  }

  private func addMerge(_ spans: (columns: Int, rows: Int)) {
    tail.merges += 1
    guard wantsParts else { return }
    let first = Locator.letters(column: column + 1) + String(rowNumber + 1)
    let last =
      Locator.letters(column: column + max(1, spans.columns))
      + String(rowNumber + max(1, spans.rows))
    attempt { try sink.part(.merge("\(first):\(last)")) }
  }

  private func add(_ text: UnsafeBufferPointer<UInt8>, isArray: Bool) {
    tail.formulas += cellRepeats
    guard wantsFormulas else { return }
    let formula = SourceFormula(
      row: rowNumber + 1, column: column + 1, text: String(decoding: text, as: UTF8.self),
      syntax: .openFormula, isArray: isArray)
    rowFormulas.append((formula, min(cellRepeats, bounds.columnsMax)))
  }

  /// Hands the row's formulas on; a repeated cell's formula has the same text in every copy.
  private func deliverFormulas(row: Int) {
    formulasRepeated += rowFormulas.reduce(0) { $0 + $1.repeats - 1 }
    if row > rowNumber + 1 { formulasRepeated += rowFormulas.count }
    guard formulasRepeated <= bounds.repeatedRowsMax else {
      return fail(
        "too-many-repeats",
        "formulas are repeated more often than the bound of \(bounds.repeatedRowsMax)",
        remedy: "ask who made the file")
    }
    for (formula, repeats) in rowFormulas {
      for step in 0..<repeats {
        let copy = SourceFormula(
          row: row, column: formula.column + step, text: formula.text, syntax: formula.syntax,
          isArray: formula.isArray)
        attempt { try sink.formula(copy) }
        if failure != nil || foreign != nil { return }
      }
    }
  }

  private func setValue(_ value: UnsafeBufferPointer<UInt8>) {
    row.append(value)
    hasAttributeText = true
  }

  private static func kind(_ type: UnsafeBufferPointer<UInt8>) -> CellKind {
    if type.equals("float") || type.equals("percentage") || type.equals("currency") {
      return .number
    }
    if type.equals("date") || type.equals("time") { return .date }
    return type.equals("boolean") ? .boolean : .text
  }

  private func endCell() {
    let first = column + 1
    column += cellRepeats
    row.normaliseDuration()
    settleError()
    if isTextCell, row.isOpenCellEmpty, row.count > 0, row[row.count - 1].isFormula {
      // An empty text is a value: a formula that gives "" is not an unknown one.
      tail.emptyFormulas += cellRepeats
      row.discard()
      return
    }
    let before = row.count
    row.close()
    guard row.count == before, before > 0 else { return }
    guard first + cellRepeats - 1 <= bounds.columnsMax else {
      return fail(
        "too-many-columns",
        "row \(rowNumber + 1) fills column \(first + cellRepeats - 1), beyond the bound of"
          + " \(bounds.columnsMax)", remedy: "ask who made the file")
    }
    cellsRepeated += cellRepeats - 1
    guard cellsRepeated <= bounds.repeatedCellsMax else { return failRepeats("cells") }
    for _ in 1..<max(1, cellRepeats) { row.repeatLast() }
  }

  /// Some programs write a formula's error as the number 0 that shows as `#NAME?`, others as text
  /// of an error type. Either is an error; a type without such a text is none.
  private func settleError() {
    guard row.count > 0 else { return }
    let kind = row[row.count - 1].kind
    if kind == .number, shown.first == UInt8(ascii: "#") || shown.first == UInt8(ascii: "E") {
      let text = String(decoding: shown, as: UTF8.self)
      if CellError.isError(text) {
        row.retype(.error)
        row.replaceOpenText(text)
      }
    } else if kind == .error, !row.isOpenCellEmpty {
      if !CellError.isError(String(decoding: row.openText.prefix(16), as: UTF8.self)) {
        row.retype(.text)
      }
    }
  }

  private func endRow() {
    guard !row.overflowed else {
      return fail(
        "text-too-long",
        "row \(rowNumber + 1) has more text than the bound of \(bounds.rowTextMax) bytes",
        remedy: "ask who made the file")
    }
    defer {
      rowNumber += rowRepeats
      rowFormulas.removeAll(keepingCapacity: true)
    }
    guard row.count > 0, wanted else { return }
    rowsRepeated += rowRepeats - 1
    guard rowsRepeated <= bounds.repeatedRowsMax else { return failRepeats("rows") }
    cellsRepeated += (rowRepeats - 1) * row.count
    guard cellsRepeated <= bounds.repeatedCellsMax else { return failRepeats("cells") }
    for step in 0..<rowRepeats {
      row.renumber(rowNumber + 1 + step)
      if !rowFormulas.isEmpty { deliverFormulas(row: rowNumber + 1 + step) }
      attempt { try sink.row(row) }
      if failure != nil || foreign != nil { return }
    }
  }

  private func failRepeats(_ what: String) {
    let bound = what == "rows" ? bounds.repeatedRowsMax : bounds.repeatedCellsMax
    fail(
      "too-many-repeats",
      "\(what) with values are repeated more often than the bound of \(bound), by row"
        + " \(rowNumber + 1) of table \(tables)", remedy: "ask who made the file")
  }
}
