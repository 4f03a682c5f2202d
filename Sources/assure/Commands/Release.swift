import ArgumentParser
import Assurance
import Workbench

struct Release: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Date the report: the last signature before it goes out.",
    discussion: """
      The leading role signs the pack that the report rests on, and the time of that signature is \
      the report's date. Refused while anything in `status` is open, a note is not cleared, somebody \
      has not declared independence, or the engagement quality reviewer has not concurred with this \
      very pack. From then on nothing but the putting together of the file goes on.
      """)

  @Option(help: "The pack that the report rests on.", completion: .directory) var pack: String
  @OptionGroup var signing: SigningOptions
  @OptionGroup var engagement: EngagementOptions
  @OptionGroup var common: CommonOptions

  func run() throws {
    let engagement = try engagement.open()
    let wish = SigningWish(
      scope: .report, folder: pack, role: .leading(engagement.terms.roles),
      signer: try signing.name(), comment: signing.comment)
    try signing.sign(wish, engagement, common)
    guard common.format == .text, !common.quiet, !signing.show else { return }
    if let clock = try engagement.standing().clock { Terminal.say(clock) }
  }
}
