import ArgumentParser
import Assurance
import Workbench

struct Sign: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Sign a workpaper, a section, a pack or an amendment with your SSH key.",
    discussion: """
      Writes a short text that lists what you sign by digest, shows it, and has `ssh-keygen` sign it; \
      your key stays where it is. The engagement's keys/allowed_signers says who may sign in which \
      role. The time is the computer's; nobody can type one. A section is all workpapers that \
      engagement.yaml lists under it.
      """)

  @Option(help: "The KPI whose workpaper you sign.") var kpi: String?
  @Option(help: "The section whose workpapers you sign together.") var section: String?
  @Option(help: "The pack that you sign as a whole.", completion: .directory) var pack: String?
  @Option(help: "The amendment that you sign.", completion: .directory) var amendment: String?
  @Option(help: "preparer, reviewer, partner or eqr.") var role: SignoffRole
  @Option(help: "rejected, withdrawn or, for an amendment, amended; else what the role says.")
  var decision: SignoffDecision?
  @Option(help: "The number of the statement that you withdraw.") var withdraws: Int?
  @OptionGroup var signing: SigningOptions
  @OptionGroup var engagement: EngagementOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if [kpi, section, pack, amendment].count(where: { $0 != nil }) != 1 {
      throw ValidationError("Name one of --kpi, --section, --pack and --amendment.")
    }
    if (decision == .withdrawn) != (withdraws != nil) {
      throw ValidationError("--decision withdrawn and --withdraws NUMBER go together.")
    }
  }

  func run() throws {
    let engagement = try engagement.open()
    let wish = SigningWish(
      scope: try scope(engagement), folder: pack ?? amendment, role: role, decision: decision,
      withdraws: withdraws, signer: try signing.name(), comment: signing.comment)
    try signing.sign(wish, engagement, common)
  }

  private func scope(_ engagement: Engagement) throws(AssureError) -> SignoffScope {
    if let kpi { return .workpaper(try engagement.kpi(abbreviated: kpi).name) }
    if let section { return .section(section) }
    if let amendment { return .amendment(try engagement.amendmentNumber(of: amendment)) }
    return .pack
  }
}
