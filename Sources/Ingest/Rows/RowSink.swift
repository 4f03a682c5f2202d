package import Assurance

/// A table as its format announces it.
package final class TableHead {
  /// Sheet name, or record path from the root.
  package let name: String
  /// Whether rows are records of a record path and columns have names.
  package let isRecordPath: Bool
  /// For records: the name of each column, from column 1; it may grow while rows are read.
  package internal(set) var columnNames: [String] {
    get { columns }
    set { columns = newValue }
  }
  /// How many columns have names so far.
  var columnCount: Int { columns.count }
  // Private: asked for with each row, at no cost then.
  private var columns: [String] = []

  /// For records: how many there are, known before they are read.
  package internal(set) var recordCount = 0
  /// For records: whether a column belongs to a record path nested in this one.
  package internal(set) var nestedColumns: [Bool] = []
  /// Whether the rows stand in a table announced before, in the words of the file's own kind.
  package internal(set) var isRestating = false
  /// Why the rows are no present ones, such as the earlier versions in a diffgram; else nil.
  package internal(set) var supersededBy: String?

  init(name: String, isRecordPath: Bool = false) {
    self.name = name
    self.isRecordPath = isRecordPath
  }

  /// The same as it stands now, for a reader on another thread.
  func copy() -> TableHead {
    let copy = TableHead(name: name, isRecordPath: isRecordPath)
    copy.columnNames = columnNames
    copy.recordCount = recordCount
    copy.nestedColumns = nestedColumns
    copy.isRestating = isRestating
    copy.supersededBy = supersededBy
    return copy
  }

  /// The place of a cell, or of the whole row for column 0.
  package func place(row: Int, column: Int) -> Locator.Place {
    if isRecordPath {
      let known = column > 0 && column <= columnNames.count
      return known ? .field(record: row, name: columnNames[column - 1]) : .record(row)
    }
    return column > 0 ? .cell(row: row, column: column) : .row(row)
  }
}

/// How a sheet shows.
package enum Visibility: String, Sendable {
  case visible, hidden
  /// Hidden so that the program's menu does not offer it.
  case veryHidden = "very-hidden"
}

/// What is known of a table only once all of it is read.
package struct TableTail: Sendable {
  package var visibility = Visibility.visible
  /// The number of merged ranges.
  package var merges = 0
  /// Formulas whose stored value is an empty text.
  package var emptyFormulas = 0
  /// Formulas of any kind, with or without a stored value.
  package var formulas = 0
  /// Remarks about the table as such: code and words.
  package var remarks: [Remark] = []
}

/// Something seen while reading that a reader must know, before it has a locator.
package struct Remark: Sendable {
  package let code: String
  package let message: String
  /// The row it concerns; 0 for the table.
  package var row = 0

  /// Values come from elsewhere.
  static let link = Remark(
    code: "external-link",
    message: "the file refers to other files; none was opened, stored values were read")
}

/// Takes the tables of a file, row by row. A class because C callbacks can't carry generic types.
package class RowSink {
  package init() {}

  /// A table begins. The answer says whether its rows are wanted.
  package func begin(_ table: TableHead) throws -> Bool { true }
  /// A row with at least one cell. The buffer is lent until the call returns.
  package func row(_ row: RowBuffer) throws {}
  package func end(_ tail: TableTail) throws {}
  /// A remark about the file as a whole.
  package func remark(_ remark: Remark) {}

  /// Whether ``restart()`` may be called: a format may then hand on rows before it has seen
  /// everything that decides how the file is read.
  package var canRestart: Bool { false }
  /// All that was told so far does not count; the file is read anew from its start.
  package func restart() throws {}

  /// Whether ``formula(_:)`` is to be called. Formulas cost nothing where nobody asks for them.
  package var wantsFormulas: Bool { false }
  /// Whether ``part(_:)`` is to be called.
  package var wantsParts: Bool { false }
  /// A formula of the row being read, before that row's ``row(_:)``.
  package func formula(_ formula: SourceFormula) throws {}
  /// A part of the table that has begun, or of the workbook.
  package func part(_ part: WorkbookPart) throws {}
}
