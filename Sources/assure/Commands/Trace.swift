import ArgumentParser
import Assurance
import Exact
import Workbench

struct Trace: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "From a figure to the cells it stands on, or from a cell to the figures it is in.",
    discussion: """
      Give a KPI to have every record that makes up its figure, with the value it adds and the cell \
      it stands in, dataset by dataset, with exact sums; a ratio is followed to the figures it rests \
      on. Give a locator, as receipts and exceptions print it, to have the figures that use its \
      record, the draws it is in, exceptions that name it, and other versions of it.
      """)

  @Argument(help: "A KPI, or a locator such as bills.csv@0123456789ab#bills.csv!C7.")
  var subject: String
  @OptionGroup var engagement: EngagementOptions
  @OptionGroup var common: CommonOptions

  func run() throws {
    let engagement = try engagement.open()
    if subject.contains("@"), subject.contains("#") {
      let trace = try engagement.trace(locator: subject)
      switch common.format {
      case .json: Terminal.say(CellTraceText.json(trace).text())
      case .text: CellTraceText.show(trace)
      }
      return
    }
    switch common.format {
    case .json:
      var writer = FigureTraceJSON()
      try engagement.trace(kpi: subject) { writer.write($0) }
      writer.finish()
    case .text:
      var writer = FigureTraceText(isQuiet: common.quiet)
      try engagement.trace(kpi: subject) { writer.write($0) }
      writer.finish()
    }
  }
}
