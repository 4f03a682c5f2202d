import ArgumentParser
import Assurance
import Ingest

struct Tables: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what is in a file: tables, columns, formulas, hidden parts. Writes nothing.",
    discussion: """
      Columns with the header where one is plain, the types seen and the unit the header names; \
      rows, columns and sheets that do not show; formulas and what their recalculation gives; \
      names, links to other files and macros (never opened, never run). Faults of spreadsheets are \
      listed with their place. --quiet leaves out all but the list of tables and the faults.
      """)

  @Argument(help: "A spreadsheet, XML export or delimited text.", completion: .file())
  var file: String
  @Option(help: "For record XML: the record path, such as /Export/Reading.") var recordPath: String?
  @OptionGroup var text: TextOptions
  @OptionGroup var common: CommonOptions

  func run() throws {
    let source = try SourceFile.open(path: file)
    var options = try text.options()
    options.recordPath = recordPath
    let summary = try FileSummary.read(source, options: options)
    switch common.format {
    case .json: Terminal.say(TablesJSON.object(source, summary).text())
    case .text: TablesText(source: source, summary: summary, quiet: common.quiet).show()
    }
  }
}
