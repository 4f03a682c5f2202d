import ArgumentParser
import Assurance
import Ingest

struct Tables: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Show what is in a file: tables, rows, columns, numbers, hidden parts. Writes nothing.")

  @Argument(help: "A spreadsheet, XML export or delimited text.", completion: .file())
  var file: String
  @Option(help: "For record XML: the record path, such as /Export/Reading.") var recordPath: String?
  @OptionGroup var text: TextOptions
  @OptionGroup var common: CommonOptions

  func run() throws {
    let source = try SourceFile.open(path: file)
    var options = try text.options()
    options.recordPath = recordPath
    let tables = try TableSummary.read(source, options: options)
    switch common.format {
    case .json: Terminal.say(json(source, tables).text())
    case .text: show(source, tables)
    }
  }

  private func show(_ source: SourceFile, _ tables: [TableSummary]) {
    Terminal.say(
      "\(Terminal.printable(source.name)): \(source.format), \(source.bytes) bytes, SHA-256 \(source.sha256)"
    )
    var table = TextTable([
      ("table", .left), ("rows", .right), ("columns", .right), ("cells", .right),
      ("numbers", .right),
      ("sum of numbers", .right), ("formulas", .right), ("hidden", .left),
    ])
    for summary in tables {
      let hidden =
        summary.hiddenRows > 0
        ? "\(summary.visibility.rawValue), \(summary.hiddenRows) rows" : summary.visibility.rawValue
      table.add([
        summary.name, String(summary.rows), String(summary.columns), String(summary.nonEmptyCells),
        String(summary.numberCells), summary.numericSum, String(summary.formulas), hidden,
      ])
    }
    for line in table.lines { Terminal.say(line) }
    for notice in tables.flatMap(\.notices) {
      Terminal.say("note: \(Terminal.printable("\(notice.locator): \(notice.message)"))")
    }
  }

  private func json(_ source: SourceFile, _ tables: [TableSummary]) -> JSONValue {
    .object([
      ("file", .string(source.name)), ("format", .string(source.format)),
      ("sha256", .string(source.sha256)), ("bytes", .integer(source.bytes)),
      (
        "tables",
        .list(
          tables.map { table in
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
              (
                "notices",
                .list(
                  table.notices.map {
                    .object([
                      ("code", .string($0.code)), ("locator", .string($0.locator.description)),
                      ("message", .string($0.message)),
                    ])
                  })
              ),
            ])
          })
      ),
    ])
  }

  private func cell(_ cell: CellSample?) -> JSONValue {
    cell.map { .object([("address", .string($0.address)), ("value", .string($0.value))]) } ?? .null
  }
}
