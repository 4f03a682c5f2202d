import ArgumentParser
import Assurance
import Workbench

struct Exceptions: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The register of exceptions.",
    subcommands: [List.self, Show.self, Resolve.self, Export.self],
    defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List what the last checks found.")
    @Option(help: "One KPI; else all.") var kpi: String?
    @OptionGroup var engagement: EngagementOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
      let engagement = try engagement.open()
      let kpi = try kpi.map {
        $0 == ReportCheck.name ? $0 : try engagement.kpi(abbreviated: $0).name
      }
      let exceptions = try engagement.exceptions(kpis: kpi.map { [$0] })
      switch common.format {
      case .text: ExceptionList.show(exceptions, quiet: common.quiet)
      case .json: Terminal.say(ExceptionList.json(exceptions).text())
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show one exception.")
    @Argument(help: "Its identifier.") var id: String
    @OptionGroup var engagement: EngagementOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
      let found = try engagement.open().exceptions().filter { $0.id == id }
      guard !found.isEmpty else {
        throw AssureError(
          "unknown-exception", place: id, "there is no such exception in the last checks",
          remedy: "`assure exceptions` lists them")
      }
      switch common.format {
      case .text: ExceptionList.show(found, quiet: false)
      case .json: Terminal.say(ExceptionList.json(found).text())
      }
    }
  }

  struct Resolve: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Decide about an exception; the decision is a new event, nothing is removed.")
    @Argument(help: "Its identifier.") var id: String
    @Option(
      name: .customLong("as"), help: "explained, corrected, misstatement, accepted, or open again.")
    var state: String
    @Option(help: "Why.") var reason: String
    @OptionGroup var engagement: EngagementOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
      try engagement.open().resolve(exception: id, state: state, reason: reason)
      switch common.format {
      case .text: if !common.quiet { Terminal.say("\(id) is now \(state)") }
      case .json:
        Terminal.say(
          JSONValue.object([
            ("id", .string(id)), ("state", .string(state)), ("reason", .string(reason)),
          ]).text())
      }
    }
  }

  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write the register as CSV for a spreadsheet.",
      discussion: """
        Text that a spreadsheet would take for a formula gets an apostrophe before it. A file given \
        with -o begins with a byte order mark, so that every spreadsheet program reads it as UTF-8; \
        standard output has none. With --format json: as `exceptions list`.
        """)
    @Option(help: "One KPI; else all.") var kpi: String?
    @Option(name: .shortAndLong, help: "The file to write; else standard output.") var output:
      String?
    @OptionGroup var engagement: EngagementOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
      let engagement = try engagement.open()
      let kpis = try kpi.map { [try engagement.kpi(abbreviated: $0).name] }
      var bytes = try engagement.exceptionsCSV(kpis: kpis, isMarked: output != nil)
      if common.format == .json {
        bytes = Array(
          (ExceptionList.json(try engagement.exceptions(kpis: kpis)).text() + "\n").utf8)
      }
      guard let output else {
        var out = LineWriter()
        out.put(bytes)
        out.flush()
        return
      }
      try Folder.write(bytes, to: output)
      if !common.quiet { Terminal.say(Terminal.printable(output)) }
    }
  }
}
