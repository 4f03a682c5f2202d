import ArgumentParser
import Assurance
import Workbench

struct Declare: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Declare that you are independent of the entity in this engagement.",
    discussion: """
      With --key it is signed, in your role; without, it is recorded under your name. An engagement \
      quality reviewer also declares --cooling-off: that she was not partner of the engagement in \
      the two before. The report can't be dated until everyone of the team has declared.
      """)

  @Flag(help: "You were not the partner of the two engagements before this one.")
  var coolingOff = false
  @Option(help: "Your role, where you have several.") var role: SignoffRole?
  @Option(name: .customLong("as"), help: "Your name in allowed_signers; else ASSURE_SIGNER.")
  var signer: String?
  @Option(help: "Your key, to sign it; else it is recorded.", completion: .file())
  var key: String?
  @Option(help: "One line about what you considered.") var comment: String?
  @OptionGroup var engagement: EngagementOptions
  @OptionGroup var common: CommonOptions

  func run() throws {
    let engagement = try engagement.open()
    guard let key else {
      let (person, role) = try engagement.declareIndependence(
        coolingOff: coolingOff, text: comment)
      return said(person, role)
    }
    var signing = SigningOptions()
    (signing.signer, signing.key, signing.comment, signing.show) = (signer, key, comment, false)
    let name = try signing.name()
    let person = engagement.settings.signers.first { $0.signer == name }?.person
    let own = engagement.settings.team.first { $0.name == person }
      .flatMap { SignoffRole(rawValue: $0.role) }
    guard let role = role ?? own else {
      throw AssureError(
        "sign-role", place: name, "the team has no role for this name",
        remedy: "name the role with --role")
    }
    let wish = SigningWish(
      scope: .independence(coolingOff: coolingOff), role: role, signer: name, comment: comment)
    try signing.sign(wish, engagement, common)
  }

  private func said(_ person: String, _ role: String) {
    switch common.format {
    case .text:
      Terminal.say(
        Terminal.printable(
          "\(person), \(role), declared independence"
            + (coolingOff ? " and two engagements of cooling-off" : "")))
    case .json:
      Terminal.say(
        JSONValue.object([
          ("person", .string(person)), ("role", .string(role)), ("coolingOff", .bool(coolingOff)),
        ]).text())
    }
  }
}
