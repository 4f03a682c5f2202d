package import Assurance

/// Something worth knowing about a value that was taken, with its place.
package struct Notice: Sendable, Hashable {
  /// A stable short name in kebab case, such as `number-as-text`.
  package let code: String
  package let locator: Locator
  package let message: String

  package init(code: String, locator: Locator, message: String) {
    self.code = code
    self.locator = locator
    self.message = message
  }
}

/// What is in one table of a file: what `assure tables` shows.
package struct TableSummary: Sendable {
  package let name: String
  /// Whether rows are records of a record path.
  package let isRecordPath: Bool
  /// The last row with a non-empty cell, from 1; for record paths the number of records.
  package internal(set) var rows = 0
  /// The last column with a non-empty cell; for record paths the number of distinct columns.
  package internal(set) var columns = 0
  package internal(set) var nonEmptyCells = 0
  package internal(set) var textCells = 0
  /// Numbers, dates not among them; in formats without types, text that reads as a plain number.
  package internal(set) var numberCells = 0
  package internal(set) var dateCells = 0
  package internal(set) var booleanCells = 0
  package internal(set) var errorCells = 0
  /// Cells whose value a formula made, with or without a stored value.
  package internal(set) var formulas = 0
  /// Formulas without a stored value, whose value is therefore unknown.
  package internal(set) var unknownCells = 0
  package internal(set) var merges = 0
  package internal(set) var hiddenRows = 0
  /// The exact sum of the numbers as written in the file.
  package internal(set) var numericSum = "0"
  package internal(set) var firstCell: CellSample?
  package internal(set) var lastCell: CellSample?
  package internal(set) var visibility = Visibility.visible
  /// For record paths: the columns' names in order of first appearance.
  package internal(set) var columnNames: [String] = []
  package internal(set) var notices: [Notice] = []

  init(name: String, isRecordPath: Bool) {
    self.name = name
    self.isRecordPath = isRecordPath
  }

  /// Reads every table of a file, writing nothing.
  package static func read(
    _ file: SourceFile, options: ReadOptions = ReadOptions()
  ) throws(AssureError) -> [TableSummary] {
    let sink = SummarySink(file: file)
    do { try SourceFormats.read(file, options: options, into: sink) } catch {
      throw (error as? AssureError)
        ?? AssureError("file-unreadable", place: file.name, String(describing: error))
    }
    return sink.summaries
  }
}

/// One cell as a sample of its table.
package struct CellSample: Sendable, Hashable {
  /// `C7`, or the record's number and the column's name: `12/Volume`.
  package let address: String
  /// At most 200 characters.
  package let value: String
}

private final class SummarySink: RowSink {
  var summaries: [TableSummary] = []
  private let file: SourceFile
  private var summary = TableSummary(name: "", isRecordPath: false)
  private var head = TableHead(name: "")
  private var sum = DecimalSum()
  private var fileRemarks: [Remark] = []
  private var last: (row: Int, column: UInt32, text: [UInt8])?

  init(file: SourceFile) { self.file = file }

  override func begin(_ table: TableHead) throws -> Bool {
    head = table
    summary = TableSummary(name: table.name, isRecordPath: table.isRecordPath)
    sum = DecimalSum()
    last = nil
    return true
  }

  override func row(_ row: RowBuffer) throws {
    if row.isHidden { summary.hiddenRows += 1 }
    if head.isRecordPath { summary.rows = row.number }
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

  override func remark(_ remark: Remark) {
    if !fileRemarks.contains(where: { $0.code == remark.code }) { fileRemarks.append(remark) }
  }
}

extension RowBuffer {
  /// The rightmost cell with a value; for records the last one read.
  var lastFilled: Cell? {
    for index in stride(from: count - 1, through: 0, by: -1) where self[index].kind != .unknown {
      return self[index]
    }
    return nil
  }
}

extension UnsafeBufferPointer where Element == UInt8 {
  /// Whether the text can be a plain number: digits, signs, a point, an exponent.
  var looksNumeric: Bool {
    guard let first, first == 45 || first == 43 || first == 46 || (first >= 48 && first <= 57)
    else { return false }
    return allSatisfy {
      ($0 >= 48 && $0 <= 57) || $0 == 46 || $0 == 45 || $0 == 43 || $0 == 69 || $0 == 101
    }
  }
}
