import ArgumentParser
import Assurance
import Workbench

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run the population tests; what they find goes into the register of exceptions.",
    discussion: """
      With --kpi, one figure's records are tested. Without it those of every figure of the \
      engagement are, and the printed figures and what the report says of them are tried: relations, \
      targets, restatements, the index, notes. Figures whose records no test looked at are named. \
      Status 0 if nothing is open and everything was looked at, else 1.
      """)

  @Option(help: "One KPI; else the whole engagement.") var kpi: String?
  @OptionGroup var engagement: EngagementOptions
  @OptionGroup var common: CommonOptions

  func run() throws {
    let engagement = try engagement.open()
    guard let kpi else { return try runAll(engagement) }
    let exceptions = try engagement.check(kpi: kpi)
    switch common.format {
    case .text: ExceptionList.show(exceptions, quiet: common.quiet)
    case .json: Terminal.say(ExceptionList.json(exceptions).text())
    }
    if exceptions.contains(where: { $0.state == "open" }) { throw ExitCode(1) }
  }

  private func runAll(_ engagement: Engagement) throws {
    let outcome = try engagement.checkAll()
    switch common.format {
    case .text:
      ExceptionList.show(outcome.exceptions, quiet: common.quiet)
      Terminal.say("tested: \(outcome.checked.joined(separator: ", ")), and the printed figures")
      for (kpi, reason) in outcome.unchecked { Terminal.say("nothing to check: \(kpi): \(reason)") }
    case .json: Terminal.say(ExceptionList.json(outcome).text())
    }
    if outcome.exceptions.contains(where: { $0.state == "open" }) || !outcome.unchecked.isEmpty {
      throw ExitCode(1)
    }
  }
}
