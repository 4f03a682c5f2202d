import ArgumentParser
import Assurance
import Ingest
import Workbench

struct IngestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ingest",
    abstract: "Take sources in, unchanged, and give a receipt.",
    discussion: """
      Each file is kept under its SHA-256, its tables are read into the policy's datasets, and every \
      row ends in exactly one place: accepted, or rejected with place and reason. Files are taken in \
      one by one; one that cannot be taken in changes nothing and stops the command. Status 1 means \
      that rows were rejected other than totals that agree.
      """)

  @Argument(help: "The files.", completion: .file()) var files: [String]
  @Option(help: "The only table to take, where several fit.") var table: String?
  @Option(help: "The dataset to read into, where several fit.") var dataset: String?
  @Option(help: "For record XML: the record path.") var recordPath: String?
  @OptionGroup var text: TextOptions
  @OptionGroup var engagement: EngagementOptions
  @OptionGroup var common: CommonOptions

  func run() throws {
    let engagement = try engagement.open()
    var outcomes: [IngestOutcome] = []
    for file in files.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      let outcome = try engagement.ingest(
        path: file, table: table, dataset: dataset, recordPath: recordPath,
        options: text.options())
      outcomes.append(outcome)
      if common.format == .text { show(outcome) }
    }
    if common.format == .json { Terminal.say(json(outcomes).text()) }
    // A row of totals that agrees with the rows above it is no finding.
    let rejects = outcomes.filter { !$0.wasKnown }.flatMap(\.facts.tables).flatMap(\.rejects)
    if rejects.contains(where: { !["total-row", "repeated-header"].contains($0.code) }) {
      throw ExitCode(1)
    }
  }

  private func show(_ outcome: IngestOutcome) {
    let facts = outcome.facts
    let head =
      "\(Terminal.printable(facts.file))  \(facts.format), SHA-256 \(facts.digest.prefix(12))…"
    guard !outcome.wasKnown else {
      Terminal.say(head + ": taken in before, nothing to do")
      return
    }
    Terminal.say(head)
    for table in facts.tables {
      Terminal.say(
        """
          \(Terminal.printable(table.name)) → \(table.dataset): \(table.rowsRead) rows read = \
        \(table.accepted) accepted + \(table.rejected) rejected
        """)
      guard !common.quiet else { continue }
      for total in table.controlTotals {
        let unit = total.unit.isEmpty ? "" : " " + total.unit
        Terminal.say("    sum of \(total.field) \(total.total)\(unit)")
      }
      for assumption in table.assumptions {
        Terminal.say(
          "    assumed \(assumption.count) times: \(Terminal.printable(assumption.text))")
      }
      if table.blankRows + table.preambleRows > 0 {
        Terminal.say(
          "    beside: \(table.preambleRows) rows above the header, \(table.blankRows) blank")
      }
      let ignored = outcome.ignoredColumns[table.name] ?? []
      if !ignored.isEmpty {
        Terminal.say(
          "    columns not asked for: \(Terminal.printable(ignored.joined(separator: ", ")))")
      }
    }
    for reject in facts.tables.flatMap(\.rejects) {
      Terminal.say(
        "    rejected \(Terminal.printable("\(reject.locator): \(reject.reason) (\(reject.code))"))"
      )
    }
    for table in outcome.ignoredTables where !common.quiet {
      Terminal.say("  \(Terminal.printable("\(table.name): not taken: \(table.reason)"))")
    }
    for notice in outcome.notices where !common.quiet {
      Terminal.say(
        "  note \(Terminal.printable("\(notice.locator): \(notice.message) (\(notice.code))"))")
    }
  }

  private func json(_ outcomes: [IngestOutcome]) -> JSONValue {
    .object([
      (
        "sources",
        .list(
          outcomes.map { outcome in
            .object([
              ("file", .string(outcome.facts.file)), ("sha256", .string(outcome.facts.digest)),
              ("format", .string(outcome.facts.format)), ("known", .bool(outcome.wasKnown)),
              ("tables", .list(outcome.facts.tables.map(json))),
              (
                "ignoredTables",
                .list(
                  outcome.ignoredTables.map {
                    .object([("name", .string($0.name)), ("reason", .string($0.reason))])
                  })
              ),
            ])
          })
      )
    ])
  }

  private func json(_ table: TableFacts) -> JSONValue {
    .object([
      ("name", .string(table.name)), ("dataset", .string(table.dataset)),
      ("rowsRead", .integer(table.rowsRead)), ("accepted", .integer(table.accepted)),
      ("rejected", .integer(table.rejected)), ("blankRows", .integer(table.blankRows)),
      ("preambleRows", .integer(table.preambleRows)),
      ("controlTotals", .object(table.controlTotals.map { ($0.field, .string($0.total)) })),
      (
        "rejects",
        .list(
          table.rejects.map {
            .object([
              ("locator", .string($0.locator)), ("code", .string($0.code)),
              ("reason", .string($0.reason)),
            ])
          })
      ),
    ])
  }
}
