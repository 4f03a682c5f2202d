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

      A file that is sent again with other content needs --replaces: its tables take the place of \
      those of the same name, or of the same dataset where no name agrees; the receipt says what \
      changed by business key and what that means for populations, drawn items, evaluations and \
      packs. Both versions stay in the store; figures count the current one (`assure sources`). A \
      file of a known name whose keys are there already is refused until --replaces or --adds says \
      what it is. A file taken in before can take its place back with --replaces.
      """)

  @Argument(help: "The files.", completion: .file()) var files: [String]
  @Option(help: "The only table to take, where several fit.") var table: String?
  @Option(help: "The dataset to read into, where several fit.") var dataset: String?
  @Option(help: "For record XML: the record path.") var recordPath: String?
  @Option(
    name: .customLong("replaces"),
    help: "The source it is a new version of: file name, or 8 digits of the SHA-256. Repeatable.")
  var replaced: [String] = []
  @Flag(help: "With --replaces: tables that the new file has nothing for count no more either.")
  var whole = false
  @Flag(help: "It counts beside what is there, whatever its name and keys.")
  var adds = false
  @OptionGroup var text: TextOptions
  @OptionGroup var engagement: EngagementOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if !replaced.isEmpty, adds {
      throw ValidationError("a file takes another's place or counts beside it: not both")
    }
    if whole, replaced.isEmpty { throw ValidationError("--whole goes with --replaces") }
    if !replaced.isEmpty, files.count != 1 {
      throw ValidationError("--replaces goes with one file: give the command for each")
    }
  }

  func run() throws {
    let engagement = try engagement.open()
    let delivery: Delivery =
      adds ? .addition : replaced.isEmpty ? .plain : .replacement(of: replaced, whole: whole)
    var outcomes: [IngestOutcome] = []
    let bar = ProgressBar(isQuiet: common.quiet)
    defer { bar?.clear() }
    for file in files.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      let outcome = try engagement.ingest(
        path: file, table: table, dataset: dataset, recordPath: recordPath,
        options: text.options(), delivery: delivery
      ) { bar?.show($0) }
      bar?.clear()
      outcomes.append(outcome)
      if common.format == .text { show(outcome) }
    }
    if common.format == .json { Terminal.say(json(outcomes).text()) }
    // A row of totals that agrees with the rows above it is no finding.
    let rejects = outcomes.flatMap(\.facts.tables).flatMap(\.rejects)
    if rejects.contains(where: { !["total-row", "repeated-header"].contains($0.code) }) {
      throw ExitCode(1)
    }
  }

  private func show(_ outcome: IngestOutcome) {
    let facts = outcome.facts
    let head =
      "\(Terminal.printable(facts.file))  \(facts.format), SHA-256 \(facts.digest.prefix(12))…"
    guard !outcome.wasKnown else {
      showKnown(outcome, head)
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
    showStanding(outcome)
  }

  private func showKnown(_ outcome: IngestOutcome, _ head: String) {
    let rejects = outcome.facts.tables.reduce(0) { $0 + $1.rejected }
    let words = rejects > 0 ? "; its receipt has \(rejects) rejected" : ""
    guard outcome.redelivery == nil else {
      Terminal.say(head + ": taken in before\(words)")
      showStanding(outcome)
      return
    }
    Terminal.say(head + ": taken in before, nothing to do" + words)
    for successor in outcome.replacedBy {
      Terminal.say(
        Terminal.printable(
          "  replaced by \(successor); --replaces puts it back in its place"))
    }
  }

  /// What gave way to it, and what else has its keys.
  private func showStanding(_ outcome: IngestOutcome) {
    if let redelivery = outcome.redelivery { RedeliveryText.show(redelivery, quiet: common.quiet) }
    for shared in outcome.shared {
      Terminal.say(
        Terminal.printable(
          """
            \(shared.shared) of its \(shared.all) keys of \(shared.dataset) are in \(shared.place) \
          too and count twice; if this is a new version of it, give the command again with \
          --replaces
          """))
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
              ("redelivery", outcome.redelivery.map(RedeliveryText.json) ?? .null),
              ("replacedBy", .list(outcome.replacedBy.map { .string($0) })),
              (
                "sharedKeys",
                .list(
                  outcome.shared.map {
                    .object([
                      ("dataset", .string($0.dataset)), ("table", .string($0.place)),
                      ("shared", .integer($0.shared)), ("keys", .integer($0.all)),
                    ])
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
