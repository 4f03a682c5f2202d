/// Limits on foreign input. Every one that is met ends the reading with an error that names it.
package struct Bounds: Sendable {
  /// Bytes of one source file.
  package var fileBytesMax = 64 << 30
  /// Nesting of XML elements.
  package var depthMax = 256
  /// Attributes on one XML element.
  package var attributesMax = 1_000
  /// Namespace declarations that are in force at one place of an XML file.
  package var namespacesMax = 1_000
  /// Bytes of one XML name.
  package var nameBytesMax = 1_000
  /// Bytes of a label that a file gives: the name of a sheet or part, a number format, a style.
  package var labelBytesMax = 4_096
  /// Bytes of all text in one row.
  package var rowTextMax = 16 << 20
  /// Columns of a table.
  package var columnsMax = 65_536
  /// Rows with values that a file may say are copies of the row before.
  package var repeatedRowsMax = 1_048_576
  /// Cells with values that a file may say are copies of another.
  package var repeatedCellsMax = 20_000_000
  /// Tables of one file.
  package var tablesMax = 10_000
  /// Distinct element and attribute paths of one XML file.
  package var pathsMax = 20_000
  /// Rows nested in one row of a table, such as the sub-lines of an invoice line.
  package var nestedRowsMax = 10_000
  /// Entries of an Atom feed, and links between them.
  package var feedEntriesMax = 200_000
  /// Contexts of an XBRL file, and of its footnotes and references to them.
  package var contextsMax = 200_000
  /// Bytes of all these paths together.
  package var pathTextMax = 4 << 20
  /// Cell formats of a workbook.
  package var stylesMax = 1_000_000
  /// Number formats of a workbook, hidden table styles of an OpenDocument file.
  package var formatsMax = 20_000
  /// Entries of a zip archive.
  package var zipEntriesMax = 20_000
  /// Bytes of a zip entry's name.
  package var zipNameBytesMax = 1_024
  /// Bytes that one zip entry may inflate to.
  package var zipEntryBytesMax = 32 << 30
  /// How many times larger than the whole archive its entries together may become, past 32 MiB.
  package var zipRatioMax = 250
  /// Bytes of an .xlsx file's shared strings, eight for each string's place among them.
  package var sharedTextMax = 2 << 30
  /// Cells of one spreadsheet that are held while its formulas are checked, 16 bytes each.
  package var inspectedCellsMax = 3_000_000
  /// Formulas that are held for the same, 16 bytes each.
  package var inspectedFormulasMax = 1_000_000
  /// Distinct formulas, copies counted once, that are held for the same.
  package var inspectedShapesMax = 100_000
  /// Bytes of the text of those distinct formulas.
  package var inspectedFormulaBytesMax = 8 << 20
  /// Bytes of a report's file.
  package var reportBytesMax = 1 << 30
  /// Bytes of a report's text: some twenty thousand pages.
  package var reportTextMax = 64 << 20
  /// Seconds that another program may take for a report's text.
  package var reportSecondsMax = 120

  package init() {}
  package static let standard = Bounds()
}
