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
  /// By column, from the first to the last with a value.
  package internal(set) var columnSummaries: [ColumnSummary] = []
  /// The row that heads the table; 0 where it is not plain which.
  package internal(set) var headerRow = 0
  /// Rows that do not show, with or without values, in runs; by hand or by a filter.
  package internal(set) var hiddenRowRuns: [ClosedRange<Int>] = []
  /// Of the hidden rows, those that a filter hides.
  package internal(set) var filteredRows = 0
  package internal(set) var hiddenColumns: [ClosedRange<Int>] = []
  /// Merged ranges such as `A1:C1`, at most a thousand; ``merges`` counts them all.
  package internal(set) var mergedRanges: [String] = []
  /// Ranges of filters, whether they hide rows or not.
  package internal(set) var filters: [String] = []
  /// Tables within the sheet: name and range.
  package internal(set) var namedTables: [NamedTable] = []
  /// What the formulas came to; nil where there is none.
  package internal(set) var inspection: WorkbookInspection.Table?

  /// A table within a sheet: a list object, a database range.
  package struct NamedTable: Sendable, Hashable {
    package let name: String
    package let range: String
  }

  init(name: String, isRecordPath: Bool) {
    self.name = name
    self.isRecordPath = isRecordPath
  }

  /// Reads every table of a file, writing nothing.
  package static func read(
    _ file: SourceFile, options: ReadOptions = ReadOptions()
  ) throws(AssureError) -> [TableSummary] {
    try FileSummary.read(file, options: options).tables
  }
}

/// One cell as a sample of its table.
package struct CellSample: Sendable, Hashable {
  /// `C7`, or the record's number and the column's name: `12/Volume`.
  package let address: String
  /// At most 200 characters.
  package let value: String
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
