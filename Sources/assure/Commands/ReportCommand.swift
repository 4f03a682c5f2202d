import ArgumentParser
import Assurance
import Pack
import TieOut
import Workbench

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Draft the assurance report, or check what a draft claims.",
    subcommands: [DraftVerb.self, Claims.self], defaultSubcommand: DraftVerb.self)

  struct DraftVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "draft",
      abstract: "Write the draft of a limited assurance report, in English and Chinese.",
      discussion: """
        HTML and .docx, from the wording in the policy set. Only procedures that the file shows are \
        claimed; words in brackets are for a person. Refused, with the list of what stands in the \
        way and status 1, while anything is open.
        """)

    @Option(help: "The day that the report will bear, YYYY-MM-DD; else left open.") var date:
      String?
    @Option(
      help:
        "The pack that the report rests on: its digest and the log's head are printed, with a QR code.",
      completion: .directory)
    var pack: String?
    @Option(name: .shortAndLong, help: "The folder to write to.", completion: .directory)
    var output: String?
    @OptionGroup var engagement: EngagementOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
      var day: Day?
      if let date {
        guard let read = Day(date) else {
          throw ValidationError("--date is a day such as 2022-03-31")
        }
        day = read
      }
      let engagement = try engagement.open()
      let result = try engagement.reportDrafts(date: day, pack: pack)
      let target = output ?? engagement.folder + "/report/draft"
      let paths =
        result.drafts.isEmpty ? [] : try engagement.write(result.drafts, to: target)
      let open = result.drafts.flatMap { draft in
        draft.toComplete.map { "\(draft.language): \($0)" }
      }
      switch common.format {
      case .json:
        Terminal.say(
          JSONValue.object([
            ("files", .list(paths.map { .string($0) })),
            ("blockers", .list(result.blockers.map { .string($0) })),
            ("toComplete", .list(open.map { .string($0) })),
            ("wordingConfirmed", .bool(result.isConfirmed)),
          ]).text())
      case .text:
        for blocker in result.blockers { Terminal.say(Terminal.printable("blocked: \(blocker)")) }
        for path in paths { Terminal.say(Terminal.printable(path)) }
        guard !common.quiet, !paths.isEmpty else { break }
        for words in open { Terminal.say(Terminal.printable("to complete: \(words)")) }
        if !result.isConfirmed {
          Terminal.say("the wording was not compared with the text of the standard")
        }
      }
      if !result.blockers.isEmpty { throw ExitCode(1) }
    }
  }

  struct Claims: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Set the procedures that a draft claims against those in the file.",
      discussion: """
        FILE is a draft assurance report in any form that tie-out reads. Status 1 if it claims work \
        of which the file shows nothing.
        """)

    @Argument(help: "The draft.", completion: .file()) var file: String
    @OptionGroup var engagement: EngagementOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
      let text = try ReportSource.read(path: file).text
      let claims = try engagement.open().workClaims(in: text)
      switch common.format {
      case .json:
        Terminal.say(
          JSONValue.object([
            (
              "claims",
              .list(
                claims.map {
                  .object([
                    ("procedure", .string($0.procedure)),
                    ("standing", .string($0.standing.rawValue)),
                    ("line", .integer($0.line)), ("sentence", .string($0.sentence)),
                  ])
                })
            )
          ]).text())
      case .text:
        for claim in claims {
          let place = claim.line > 0 ? "  line \(claim.line): \(claim.sentence)" : ""
          Terminal.say(
            Terminal.printable("\(claim.procedure): \(claim.standing.rawValue)\(place)"))
        }
        if claims.isEmpty { Terminal.say("no procedure is claimed, and the file shows none") }
      }
      if claims.contains(where: { $0.standing == .notInFile }) { throw ExitCode(1) }
    }
  }
}
