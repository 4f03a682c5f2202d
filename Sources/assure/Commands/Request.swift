import ArgumentParser
import Assurance
import Workbench

struct Request: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Requests for evidence: to whom, by when, and how long they are out.",
    discussion: "Evidence attached with --request N ends the request N.",
    subcommands: [List.self, Make.self, Close.self], defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List requests and their age in days; status 1 if one is outstanding.")
    @OptionGroup var engagement: EngagementOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
      let requests = try engagement.open().workflow().requests
      let today = Day(String(try Moment.now().prefix(10))) ?? Day(number: 0)
      switch common.format {
      case .json:
        Terminal.say(
          JSONValue.object([("requests", .list(requests.map { json($0, today) }))]).text())
      case .text:
        if requests.isEmpty { Terminal.say("no requests") }
        for one in requests { show(one, today) }
      }
      if requests.contains(where: { $0.closed == nil }) { throw ExitCode(1) }
    }

    private func show(_ one: EvidenceRequest, _ today: Day) {
      let state =
        one.closed.map { "closed: \($0.text)" } ?? one.overdue(on: today).map {
          "\($0) days overdue"
        }
        ?? "outstanding"
      Terminal.say(
        Terminal.printable(
          "\(one.number)  \(one.kpi)  to \(one.from)  due \(one.due)  \(one.age(on: today)) days  "
            + state))
      if !common.quiet { Terminal.say("   " + Terminal.printable(one.text)) }
    }

    private func json(_ one: EvidenceRequest, _ today: Day) -> JSONValue {
      .object([
        ("request", .integer(one.number)), ("kpi", .string(one.kpi)), ("item", .string(one.item)),
        ("from", .string(one.from)), ("due", .string(one.due)), ("asked", .string(one.at)),
        ("by", .string(one.by)), ("ageDays", .integer(one.age(on: today))),
        ("overdueDays", one.overdue(on: today).map { .integer($0) } ?? .null),
        ("closed", .optional(one.closed?.at)), ("how", .optional(one.closed?.text)),
        ("text", .string(one.text)),
      ])
    }
  }

  struct Make: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "make", abstract: "Ask for something.")
    @Argument(help: "What is asked for.") var text: String
    @Option(help: "The KPI.") var kpi: String
    @Option(help: "The key of a drawn item.") var item: String?
    @Option(help: "Who is asked.") var from: String
    @Option(help: "The day by which it is wanted, as 2022-01-31.") var due: Day
    @OptionGroup var engagement: EngagementOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
      let number = try engagement.open().request(
        kpi: kpi, item: item, from: from, due: due, text: text)
      switch common.format {
      case .text: Terminal.say("request \(number) to \(Terminal.printable(from)), due \(due)")
      case .json: Terminal.say(JSONValue.object([("request", .integer(number))]).text())
      }
    }
  }

  struct Close: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "End a request without evidence, and say why.")
    @Argument(help: "Its number.") var number: Int
    @Argument(help: "Why.") var text: String
    @OptionGroup var engagement: EngagementOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
      try engagement.open().closeRequest(number, text: text)
      switch common.format {
      case .text: if !common.quiet { Terminal.say("request \(number) closed") }
      case .json: Terminal.say(JSONValue.object([("request", .integer(number))]).text())
      }
    }
  }
}
