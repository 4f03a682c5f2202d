import Assurance
import Ingest

/// What `assure tables` gives to programs. Keys are only ever added.
enum TablesJSON {
  static func object(_ source: SourceFile, _ summary: FileSummary) -> JSONValue {
    .object([
      ("file", .string(source.name)), ("format", .string(source.format)),
      ("sha256", .string(source.sha256)), ("bytes", .integer(source.bytes)),
      ("tables", .list(summary.tables.map(table))),
      (
        "names",
        .list(
          summary.names.map {
            .object([
              ("name", .string($0.name)), ("formula", .string($0.formula)),
              ("table", .optional($0.sheet)), ("hidden", .bool($0.isHidden)),
            ])
          })
      ),
      ("links", .list(summary.links.map { .string($0) })),
      ("macros", .list(summary.macros.map { .string($0) })),
    ])
  }

  private static func table(_ table: TableSummary) -> JSONValue {
    .object([
      ("name", .string(table.name)), ("rows", .integer(table.rows)),
      ("columns", .integer(table.columns)),
      ("nonEmptyCells", .integer(table.nonEmptyCells)),
      ("textCells", .integer(table.textCells)),
      ("numberCells", .integer(table.numberCells)),
      ("dateCells", .integer(table.dateCells)),
      ("booleanCells", .integer(table.booleanCells)),
      ("errorCells", .integer(table.errorCells)),
      ("numericSum", .string(table.numericSum)), ("firstCell", cell(table.firstCell)),
      ("lastCell", cell(table.lastCell)), ("hidden", .string(table.visibility.rawValue)),
      ("hiddenRows", .integer(table.hiddenRows)), ("formulas", .integer(table.formulas)),
      ("merges", .integer(table.merges)),
      ("notices", .list(table.notices.map(notice))),
      ("headerRow", .integer(table.headerRow)),
      ("columnList", .list(table.columnSummaries.map(column))),
      ("hiddenRowRanges", .list(table.hiddenRowRuns.prefix(1_000).map { rows($0) })),
      ("filteredRows", .integer(table.filteredRows)),
      ("hiddenColumns", .list(table.hiddenColumns.map { .string(Self.columns($0)) })),
      ("filters", .list(table.filters.map { .string($0) })),
      ("mergedRanges", .list(table.mergedRanges.map { .string($0) })),
      (
        "namedTables",
        .list(
          table.namedTables.map {
            .object([("name", .string($0.name)), ("range", .string($0.range))])
          })
      ),
      ("unknownCells", .integer(table.unknownCells)),
      ("recalculation", table.inspection.map(inspection) ?? .null),
    ])
  }

  private static func inspection(_ table: WorkbookInspection.Table) -> JSONValue {
    .object([
      ("formulas", .integer(table.formulas)), ("distinct", .integer(table.distinct)),
      ("recalculated", .integer(table.recalculated)), ("differing", .integer(table.differing)),
      ("withoutValue", .integer(table.withoutValue)),
      (
        "notRecalculated",
        .list(
          table.notRecalculated.map {
            .object([("reason", .string($0.reason)), ("count", .integer($0.count))])
          })
      ),
      ("notChecked", .integer(table.notChecked)),
      (
        "samples",
        .list(
          table.samples.map {
            .object([
              ("cell", .string($0.cell)), ("formula", .string($0.text)),
              ("count", .integer($0.count)),
            ])
          })
      ),
    ])
  }

  private static func column(_ column: ColumnSummary) -> JSONValue {
    .object([
      ("column", .string(column.name)), ("header", .optional(column.header)),
      ("unit", .optional(column.unit)),
      ("textCells", .integer(column.textCells)), ("numberCells", .integer(column.numberCells)),
      ("dateCells", .integer(column.dateCells)), ("booleanCells", .integer(column.booleanCells)),
      ("errorCells", .integer(column.errorCells)), ("formulas", .integer(column.formulas)),
      ("numbersAsText", .integer(column.numericTexts)), ("daysAsText", .integer(column.isoDays)),
      ("hidden", .bool(column.isHidden)),
    ])
  }

  private static func notice(_ notice: Notice) -> JSONValue {
    .object([
      ("code", .string(notice.code)), ("locator", .string(notice.locator.description)),
      ("message", .string(notice.message)),
    ])
  }

  private static func rows(_ run: ClosedRange<Int>) -> JSONValue {
    .string("\(run.lowerBound):\(run.upperBound)")
  }

  /// `C:D`.
  static func columns(_ run: ClosedRange<Int>) -> String {
    Locator.letters(column: run.lowerBound) + ":" + Locator.letters(column: run.upperBound)
  }

  private static func cell(_ cell: CellSample?) -> JSONValue {
    cell.map { .object([("address", .string($0.address)), ("value", .string($0.value))]) } ?? .null
  }
}
