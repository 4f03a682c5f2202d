import ArgumentParser
import Assurance
import Workbench

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run the population tests; what they find goes into the register of exceptions.",
    discussion: "Status 0 if nothing is open, 1 if there are open exceptions.")

  @Option(help: "One KPI; else all that have tests.") var kpi: String?
  @OptionGroup var engagement: EngagementOptions
  @OptionGroup var common: CommonOptions

  func run() throws {
    let exceptions = try engagement.open().check(kpi: kpi)
    switch common.format {
    case .text: ExceptionList.show(exceptions, quiet: common.quiet)
    case .json: Terminal.say(ExceptionList.json(exceptions).text())
    }
    if exceptions.contains(where: { $0.state == "open" }) { throw ExitCode(1) }
  }
}
