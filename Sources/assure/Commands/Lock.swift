import ArgumentParser
import Assurance
import Workbench

struct Lock: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lock the file on a pack: from then on additions only.",
    discussion: """
      Signed by the leading role after the report has its date, on a pack that shows the engagement \
      as it is. There is no way back; what is found later goes into an amendment.
      """)

  @Option(help: "The pack that becomes the file.", completion: .directory) var pack: String
  @OptionGroup var signing: SigningOptions
  @OptionGroup var engagement: EngagementOptions
  @OptionGroup var common: CommonOptions

  func run() throws {
    let engagement = try engagement.open()
    let wish = SigningWish(
      scope: .pack, folder: pack, role: .leading(engagement.terms.roles), decision: .locked,
      signer: try signing.name(), comment: signing.comment)
    try signing.sign(wish, engagement, common)
    guard common.format == .text, !common.quiet, !signing.show else { return }
    if let clock = try engagement.standing().clock { Terminal.say(clock) }
  }
}
