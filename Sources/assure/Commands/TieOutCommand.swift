import ArgumentParser
import Assurance
import TieOut
import Workbench

struct TieOutCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tie-out", abstract: "Tie every number of a report's text to the figures.",
    subcommands: [Run.self, Decide.self, Decisions.self], defaultSubcommand: Run.self)

  struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Read a report, tie its numbers, say what does not tie.",
      discussion: """
        FILE is text, HTML, inline XBRL, .docx, or PDF where pdftotext is installed. Every number is \
        in exactly one list: exact, within rounding, bound holds, conflict, different scope, \
        unmatched, or set aside with the reason. In an engagement it ties to reported.csv and to the \
        figures recalculated from records, and the answer is kept; elsewhere to --figures, or only \
        to the report's own numbers and tags. Status 1 if there is a conflict, an assured figure \
        that is not printed, a difference between editions, or anything else a person must look at.
        """)

    @Argument(help: "The report.", completion: .file()) var file: String
    @Option(name: .customLong("with"), help: "The edition in the other language.") var other:
      String?
    @Option(help: "Figures as CSV: kpi, printed, unit, and name, period, assured; no engagement.")
    var figures: String?
    @Flag(help: "Print every number, not only what someone must look at.") var all = false
    @OptionGroup var engagement: EngagementOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
      let report = try tied()
      switch common.format {
      case .json: TieOutJSON.write(report)
      case .text: TieOutLines(isQuiet: common.quiet, showsAll: all).write(report)
      }
      if !TieOutFindings.exceptions(report).isEmpty { throw ExitCode(1) }
    }

    private func tied() throws(AssureError) -> TiedReport {
      if figures == nil, let engagement = try engagement.openIfThere() {
        return try engagement.tieOut(path: file, with: other)
      }
      var list: [ReportedFigure] = []
      if let figures { list = try FigureFile.read(csv: Folder.text(figures), file: figures) }
      let source = try ReportSource.read(path: file)
      let second = try other.map { (path) throws(AssureError) in try ReportSource.read(path: path) }
      return TieOut.report(source, other: second, reported: list)
    }
  }

  struct Decide: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Decide about a number of the report that was tied last.",
      discussion: """
        A decision is kept with its reason, is never changed, and is remembered for the next edition \
        of the report, where the number is known again by the words around it. --open takes an \
        earlier decision back.
        """)

    enum Choice: String, EnumerableFlag {
      case accept, reject, aside, open
    }

    @Argument(help: "The number: its place in the list, or LINE:COLUMN.") var number: String
    @Flag(help: "What is decided.") var choice: Choice
    @Option(help: "The partner: kpi:NAME or LINE:COLUMN; else the best candidate.") var to: String?
    @Option(help: "Why.") var reason: String
    @OptionGroup var engagement: EngagementOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
      let (record, decision) = try engagement.open().decide(
        number: number, verdict: verdict, partner: to, reason: reason)
      switch common.format {
      case .text:
        if !common.quiet {
          Terminal.say(
            Terminal.printable(
              "\(record.line):\(record.column) \(record.printed): \(decision.verdict.rawValue)"))
        }
      case .json: Terminal.say(TieOutJSON.decision(decision).text())
      }
    }

    private var verdict: DecisionRecord.Verdict {
      switch choice {
      case .accept: .accepted
      case .reject: .rejected
      case .aside: .aside
      case .open: .open
      }
    }
  }

  struct Decisions: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List what was decided about numbers of the report, first to last.")
    @OptionGroup var engagement: EngagementOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
      let decisions = try engagement.open().lastTieOut()?.decisions ?? []
      switch common.format {
      case .json:
        Terminal.say(
          JSONValue.object([("decisions", .list(decisions.map(TieOutJSON.decision)))]).text())
      case .text:
        for decision in decisions {
          Terminal.say(
            Terminal.printable(
              "\(decision.at)  \(decision.actor)  \(decision.verdict.rawValue)  "
                + "\(decision.printed)  \(decision.reason)"))
        }
        if decisions.isEmpty { Terminal.say("no decisions") }
      }
    }
  }
}
