/// A formula as the file writes it.
package struct SourceFormula: Sendable {
  /// From 1.
  package let row: Int
  package let column: Int
  /// Empty where a shared formula is used again.
  package let text: String
  package let syntax: FormulaSyntax
  /// The number under which an .xlsx sheet shares a formula among cells.
  package var shared: Int?
  /// Whether one formula fills several cells, or is computed over arrays.
  package var isArray = false
}

/// Something of a workbook that is no cell: what it is called, and where.
package enum WorkbookPart: Sendable, Hashable {
  /// A run of rows that do not show, by a filter or by hand; by hand where the file tells no
  /// difference.
  case hiddenRows(ClosedRange<Int>, isFiltered: Bool)
  case hiddenColumns(ClosedRange<Int>)
  /// A merged range, such as `A1:C1`.
  case merge(String)
  /// The range of a filter, and whether it hides rows now.
  case filter(String, isActive: Bool)
  /// A defined name and what it stands for, of the workbook or of one sheet.
  case name(String, formula: String, sheet: String?, syntax: FormulaSyntax, isHidden: Bool)
  /// A table within a sheet (a list object, a database range): name and range.
  case table(String, range: String)
  /// A file that the workbook takes values from, as it names it; never opened. The number is the
  /// one by which formulas of .xlsx speak of it.
  case link(String, number: Int?)
  /// Programs inside the file; never run.
  case macros(String)
  /// Days are counted from 1904, or otherwise than most programs do.
  case unusualDates
  /// Numbers are cut to what cells show before they are computed with.
  case precisionAsShown
  /// Formulas are computed only when a person asks.
  case manualCalculation
}
