package import Assurance
package import Exact

/// A row that was not taken, with its place and the reason.
package struct Reject: Sendable, Hashable {
  /// The cell at fault, or the row.
  package let locator: Locator
  /// The row as a whole.
  package let row: Locator
  /// A stable short name: `missing-value`, `not-a-number`, `not-a-date`, `date-out-of-range`,
  /// `unknown-choice`, `unknown-unit`, `error-cell`, `formula-without-value`, `repeated-value`,
  /// `repeated-header`, `total-row`, `number-out-of-range`, `ambiguous-number`, `out-of-order`.
  package let code: String
  package let reason: String
}

/// Takes what a table holds. Nothing given to it counts until the reading returns: a parser may
/// find a file broken at its last byte.
package protocol RecordSink {
  mutating func begin(_ table: SourceTable, dataset: DatasetDefinition) throws
  mutating func accept(_ record: Record) throws
  /// A record as bytes, lent until the call returns; if not implemented, made a record.
  mutating func accept(_ row: RecordRow) throws
  /// Whether ``restart()`` may be called.
  var canRestart: Bool { get }
  /// What was given so far does not count; the file is read anew from its start.
  mutating func restart() throws
  mutating func reject(_ reject: Reject) throws
  /// A remark about a value or row that was taken all the same.
  mutating func notice(_ notice: Notice) throws
}

extension RecordSink {
  package mutating func begin(_ table: SourceTable, dataset: DatasetDefinition) throws {}
  package mutating func notice(_ notice: Notice) throws {}
  package mutating func accept(_ row: RecordRow) throws { try accept(row.record) }
  package var canRestart: Bool { false }
  package mutating func restart() throws {}
}

/// The sum of one decimal field over the accepted records of a table.
package struct ControlTotal: Sendable, Hashable {
  package let field: String
  /// The code of the unit values are stored in; empty if the field has none.
  package let unit: String
  /// Records with a value.
  package internal(set) var count: Int
  package internal(set) var sum: ExactDecimal
}

/// Something taken for granted while reading: a declared conversion, a unit nobody wrote down.
package struct Assumption: Sendable, Hashable {
  package let field: String
  package let text: String
  /// Values it was used for.
  package internal(set) var count: Int
}

/// What became of the rows of one table.
package struct TableReceipt: Sendable {
  package let name: String
  package let dataset: String
  package let source: SourceTable
  /// The row of the headers; 0 for record paths, whose names are the headers.
  package let headerRow: Int
  /// Rows after the header that are not blank: always ``accepted`` + ``rejected``.
  package internal(set) var rowsRead = 0
  package internal(set) var accepted = 0
  package internal(set) var rejected = 0
  /// Rows after the header whose cells are all blank, or that the file skips between filled ones.
  package internal(set) var blankRows = 0
  /// Rows above the header with anything in them.
  package internal(set) var preambleRows = 0
  package internal(set) var controlTotals: [ControlTotal] = []
  package internal(set) var rejectCounts: [String: Int] = [:]
  package internal(set) var noticeCounts: [String: Int] = [:]
  /// The first hundred of each code; every one went to the sink.
  package internal(set) var notices: [Notice] = []
  package internal(set) var assumptions: [Assumption] = []
  /// Columns that feed no field, such as `F (Remarks)`.
  package internal(set) var ignoredColumns: [String] = []
}

/// A table that no dataset fits, in a file of which another table was taken.
package struct IgnoredTable: Sendable, Hashable {
  package let name: String
  /// Rows with anything in them.
  package let rows: Int
  package let reason: String
}

/// What became of a file.
package struct SourceReceipt: Sendable {
  package internal(set) var tables: [TableReceipt] = []
  package internal(set) var ignoredTables: [IgnoredTable] = []
  /// Remarks about the file, such as the encoding found.
  package internal(set) var notices: [Notice] = []
}
