import ArgumentParser
import Assurance
import Workbench

struct WorksheetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "worksheet", abstract: "Worksheets for testers: out again, and back in.",
    subcommands: [Import.self, Export.self])

  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take a filled worksheet's results in.",
      discussion: """
        A result that was given before is never overwritten: what differs is listed as a conflict \
        with its cell. Status 1 if there are conflicts.
        """)
    @Argument(help: "The .xlsx file that came back.", completion: .file()) var file: String
    @OptionGroup var engagement: EngagementOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
      let facts = try engagement.open().importWorksheet(path: file)
      switch common.format {
      case .json: Terminal.say(json(facts).text())
      case .text:
        if facts.wasKnown { Terminal.say("taken in before, nothing to do") }
        Terminal.say(
          """
          \(facts.kpi) round \(facts.round): \(facts.taken) results taken in, \(facts.same) known \
          already, \(facts.open) \(facts.open == 1 ? "item" : "items") still open
          """)
        for conflict in facts.conflicts {
          Terminal.say(
            "conflict \(Terminal.printable("\(conflict.locator): \(conflict.reason) (\(conflict.code))"))"
          )
        }
      }
      if !facts.conflicts.isEmpty { throw ExitCode(1) }
    }

    private func json(_ facts: WorksheetOutcomeFacts) -> JSONValue {
      .object([
        ("kpi", .string(facts.kpi)), ("round", .integer(facts.round)),
        ("taken", .integer(facts.taken)), ("same", .integer(facts.same)),
        ("open", .integer(facts.open)),
        ("known", .bool(facts.wasKnown)),
        (
          "conflicts",
          .list(
            facts.conflicts.map {
              .object([
                ("locator", .string($0.locator)), ("code", .string($0.code)),
                ("reason", .string($0.reason)),
              ])
            })
        ),
      ])
    }
  }

  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write the worksheet of a drawn round again.")
    @Option(help: "The KPI.") var kpi: String
    @Option(help: "The round.") var round = 1
    @OptionGroup var engagement: EngagementOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
      let path = try engagement.open().writeWorksheet(kpi: kpi, round: round)
      Terminal.say(
        common.format == .json ? JSONValue.object([("worksheet", .string(path))]).text() : path)
    }
  }
}
