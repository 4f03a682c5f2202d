package import Assurance

/// What is in a file: its tables, and what stands beside them.
package struct FileSummary: Sendable {
  package internal(set) var tables: [TableSummary] = []
  /// Defined names, in the order of the file.
  package internal(set) var names: [DefinedName] = []
  /// Files that the workbook takes values from, as it names them; never opened.
  package internal(set) var links: [String] = []
  /// Programs inside the file; never run.
  package internal(set) var macros: [String] = []

  /// A name for a cell, a range or a formula.
  package struct DefinedName: Sendable, Hashable {
    package let name: String
    /// As the file writes it.
    package let formula: String
    /// The sheet it is confined to; nil for one of the workbook.
    package let sheet: String?
    /// Whether the program's list of names leaves it out.
    package let isHidden: Bool
  }

  /// Reads every table of a file, writing nothing. A spreadsheet that has formulas is read twice.
  package static func read(
    _ file: SourceFile, options: ReadOptions = ReadOptions()
  ) throws(AssureError) -> FileSummary {
    let sink = SummarySink(file: file)
    do { try SourceFormats.read(file, options: options, into: sink) } catch {
      throw (error as? AssureError)
        ?? AssureError("file-unreadable", place: file.name, String(describing: error))
    }
    var summary = FileSummary(
      tables: sink.summaries, names: sink.names, links: sink.links, macros: sink.macros)
    guard summary.tables.contains(where: { $0.formulas > 0 }) else { return summary }
    let inspected = try WorkbookInspection.read(file, options: options)
    for index in summary.tables.indices where index < inspected.count {
      guard inspected[index].formulas > 0 else { continue }
      summary.tables[index].inspection = inspected[index]
      summary.tables[index].notices += inspected[index].notices
    }
    return summary
  }
}

/// Sums up the tables of a file as they are read.
private final class SummarySink: RowSink {
  private(set) var summaries: [TableSummary] = []
  private(set) var names: [FileSummary.DefinedName] = []
  private(set) var links: [String] = []
  private(set) var macros: [String] = []
  private let file: SourceFile
  private var summary = TableSummary(name: "", isRecordPath: false)
  private var head = TableHead(name: "")
  private var sum = DecimalSum()
  private var fileRemarks: [Remark] = []
  private var last: (row: Int, column: UInt32, text: [UInt8])?

  private var columns: [ColumnSummary] = []
  private var headers = HeaderGuess()
  private var hiddenRuns: [(rows: ClosedRange<Int>, isFiltered: Bool)] = []
  private var activeFilters: [CellRange] = []
  private var isTableOpen = false

  init(file: SourceFile) { self.file = file }

  override var wantsParts: Bool { true }

  override func begin(_ table: TableHead) throws -> Bool {
    head = table
    summary = TableSummary(name: table.name, isRecordPath: table.isRecordPath)
    sum = DecimalSum()
    last = nil
    columns = []
    headers = HeaderGuess()
    hiddenRuns = []
    activeFilters = []
    isTableOpen = true
    return true
  }

  override func row(_ row: RowBuffer) throws {
    if row.isHidden { summary.hiddenRows += 1 }
    if head.isRecordPath { summary.rows = row.number } else { headers.see(row) }
    for index in 0..<row.count {
      let cell = row[index]
      if cell.isFormula { summary.formulas += 1 }
      if cell.kind == .unknown {
        summary.unknownCells += 1
        continue
      }
      summary.rows = max(summary.rows, row.number)
      summary.columns = max(summary.columns, Int(cell.column))
      summary.nonEmptyCells += 1
      count(cell, row.text(cell))
      while columns.count < Int(cell.column) { columns.append(column(columns.count + 1)) }
      columns[Int(cell.column) - 1].count(cell, row.text(cell), row: row.number)
      if summary.firstCell == nil { summary.firstCell = sample(row.number, cell, row.text(cell)) }
    }
    // Kept as bytes: only the very last becomes text.
    if let cell = row.lastFilled {
      last = (row.number, cell.column, Array(row.text(cell).prefix(1024)))
    }
  }

  private func count(_ cell: Cell, _ text: UnsafeBufferPointer<UInt8>) {
    switch cell.kind {
    case .text: summary.textCells += 1
    case .date: summary.dateCells += 1
    case .boolean: summary.booleanCells += 1
    case .error: summary.errorCells += 1
    case .number:
      summary.numberCells += 1
      if !sum.add(text) {
        remark("number-not-summed", "a number is not in a form that can be summed")
      }
    case .untyped:
      if text.looksNumeric, sum.add(text) {
        summary.numberCells += 1
      } else {
        summary.textCells += 1
      }
    case .unknown: break
    }
  }

  private func remark(_ code: String, _ message: String) {
    guard !summary.notices.contains(where: { $0.code == code }) else { return }
    summary.notices.append(
      Notice(
        code: code, locator: file.locator(table: head.name, place: .table), message: message))
  }

  private func sample(_ row: Int, _ cell: Cell, _ text: UnsafeBufferPointer<UInt8>) -> CellSample {
    sample(row, cell.column, String(decoding: text.prefix(1024), as: UTF8.self))
  }

  private func sample(_ row: Int, _ column: UInt32, _ text: String) -> CellSample {
    let column = Int(column)
    let address =
      head.isRecordPath
      ? "\(row)/\(head.columnNames[column - 1])" : Locator.letters(column: column) + String(row)
    return CellSample(address: address, value: String(text.prefix(200)))
  }

  override func end(_ tail: TableTail) throws {
    summary.visibility = tail.visibility
    summary.merges = tail.merges
    summary.formulas += tail.emptyFormulas
    summary.numericSum = sum.text
    summary.columnNames = head.columnNames
    if head.isRecordPath { summary.columns = head.columnNames.count }
    endColumns()
    endHidden()
    isTableOpen = false
    if let last {
      summary.lastCell = sample(
        last.row, last.column, String(decoding: last.text, as: UTF8.self))
    }
    for remark in fileRemarks + tail.remarks {
      let place: Locator.Place = remark.row > 0 ? head.place(row: remark.row, column: 0) : .table
      summary.notices.append(
        Notice(
          code: remark.code, locator: file.locator(table: head.name, place: place),
          message: remark.message))
    }
    summaries.append(summary)
  }

  private func column(_ number: Int) -> ColumnSummary {
    let isNamed = head.isRecordPath && number <= head.columnNames.count
    return ColumnSummary(
      name: isNamed ? head.columnNames[number - 1] : Locator.letters(column: number))
  }

  /// Headers, units and numbers kept as text, by column.
  private func endColumns() {
    let header = head.isRecordPath ? nil : headers.found()
    summary.headerRow = header?.row ?? 0
    for index in columns.indices {
      let word = head.isRecordPath ? columns[index].name : header?.words[index + 1]
      columns[index].header = head.isRecordPath ? nil : word
      columns[index].unit = word.flatMap { HeaderUnit.find(in: $0) }
      columns[index].isHidden = summary.hiddenColumns.contains { $0.contains(index + 1) }
      guard columns[index].keepsNumbersAsText else { continue }
      let place = head.place(row: columns[index].firstNumericText, column: index + 1)
      summary.notices.append(
        Notice(
          code: "number-as-text", locator: file.locator(table: head.name, place: place),
          message:
            "\(columns[index].numericTexts) numbers of this column are kept as text, this one"
            + " first"))
    }
    summary.columnSummaries = columns
  }

  // MARK: Parts

  override func part(_ part: WorkbookPart) throws {
    switch part {
    case .hiddenRows(let rows, let isFiltered):
      if let last = hiddenRuns.last, last.isFiltered == isFiltered,
        last.rows.upperBound + 1 == rows.lowerBound
      {
        hiddenRuns[hiddenRuns.count - 1].rows = last.rows.lowerBound...rows.upperBound
      } else {
        hiddenRuns.append((rows, isFiltered))
      }
    case .hiddenColumns(let columns):
      if summary.hiddenColumns.count < 1_000 { summary.hiddenColumns.append(columns) }
    case .merge(let range):
      if summary.mergedRanges.count < 1_000 { summary.mergedRanges.append(range) }
    case .filter(let text, let isActive):
      guard summary.filters.count < 100 else { return }
      summary.filters.append(SheetRange.shown(text))
      if isActive, let range = SheetRange.read(text) { activeFilters.append(range) }
    case .name(let name, let formula, let sheet, _, let isHidden):
      guard names.count < file.bounds.pathsMax else { return }
      names.append(
        FileSummary.DefinedName(name: name, formula: formula, sheet: sheet, isHidden: isHidden))
    case .table(let name, let range): add(TableSummary.NamedTable(name: name, range: range))
    case .link(let target, _):
      if !links.contains(target), links.count < 1_000 { links.append(target) }
    case .macros(let name): if macros.count < 1_000 { macros.append(name) }
    case .unusualDates, .precisionAsShown, .manualCalculation: break
    }
  }

  /// OpenDocument lists tables after all sheets, with the sheet in the range.
  private func add(_ table: TableSummary.NamedTable) {
    if isTableOpen {
      if summary.namedTables.count < 1_000 { summary.namedTables.append(table) }
      return
    }
    let sheet = table.range.split(separator: ".").first.map(String.init) ?? ""
    let plain = sheet.filter { $0 != "'" && $0 != "$" }
    guard let index = summaries.firstIndex(where: { $0.name == plain }) else { return }
    summaries[index].namedTables.append(table)
  }

  /// Hidden rows inside a filter that is on are filtered ones.
  private func endHidden() {
    summary.hiddenRowRuns = hiddenRuns.map(\.rows)
    for run in hiddenRuns {
      if run.isFiltered {
        summary.filteredRows += run.rows.count
        continue
      }
      for filter in activeFilters where filter.firstRow <= run.rows.upperBound {
        let low = max(filter.firstRow, run.rows.lowerBound)
        let high = min(filter.lastRow, run.rows.upperBound)
        if low <= high {
          summary.filteredRows += high - low + 1
          break
        }
      }
    }
  }

  override func remark(_ remark: Remark) {
    if !fileRemarks.contains(where: { $0.code == remark.code }) { fileRemarks.append(remark) }
  }
}
