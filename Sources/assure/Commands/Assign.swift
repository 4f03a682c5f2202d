import ArgumentParser
import Assurance
import Workbench

struct Assign: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Sign who does what: the team, its keys and its sections.",
    discussion: """
      Signed by the role that answers for the engagement, the partner where it has one. It covers \
      people, roles, sections and rules of engagement.yaml and the list keys/allowed_signers; when \
      one of them changes, it is stale and must be signed again before the report.
      """)

  @OptionGroup var signing: SigningOptions
  @OptionGroup var engagement: EngagementOptions
  @OptionGroup var common: CommonOptions

  func run() throws {
    let engagement = try engagement.open()
    let wish = SigningWish(
      scope: .team, role: .leading(engagement.terms.roles), signer: try signing.name(),
      comment: signing.comment)
    try signing.sign(wish, engagement, common)
  }
}
