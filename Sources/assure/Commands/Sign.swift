import ArgumentParser
import Assurance
import Foundation
import Trail
import Workbench

struct Sign: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Sign a workpaper or a pack with your SSH key.",
    discussion: """
      Writes a short text that lists what you sign by digest, shows it, and has `ssh-keygen` sign it; \
      your key stays where it is. The engagement's keys/allowed_signers says who may sign in which \
      role. The time is the computer's; nobody can type one.
      """)

  @Option(help: "The KPI whose workpaper you sign.") var kpi: String?
  @Option(help: "The pack that you sign as a whole.", completion: .directory) var pack: String?
  @Option(help: "preparer, reviewer, partner or eqr.") var role: SignoffRole
  @Option(name: .customLong("as"), help: "Your name in allowed_signers; else ASSURE_SIGNER.")
  var signer: String?
  @Option(help: "Your key: the private file, or the .pub of one in an agent.", completion: .file())
  var key: String?
  @Option(help: "rejected or withdrawn; else what the role says.") var decision: SignoffDecision?
  @Option(help: "The number of the statement that you withdraw.") var withdraws: Int?
  @Option(help: "One line that goes into what you sign.") var comment: String?
  @Flag(help: "Show what would be signed, and stop.") var show = false
  @OptionGroup var engagement: EngagementOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if (kpi == nil) == (pack == nil) {
      throw ValidationError("Name either a workpaper with --kpi or a pack with --pack.")
    }
    if (decision == .withdrawn) != (withdraws != nil) {
      throw ValidationError("--decision withdrawn and --withdraws NUMBER go together.")
    }
    if !show, key == nil { throw ValidationError("Name your key with --key FILE.") }
  }

  func run() throws {
    let engagement = try engagement.open()
    let name = signer ?? ProcessInfo.processInfo.environment["ASSURE_SIGNER"]
    guard let name, !name.isEmpty else {
      throw AssureError(
        "no-signer", place: "sign", "nobody is named as signing",
        remedy: "add --as NAME or set ASSURE_SIGNER; the name is that in keys/allowed_signers")
    }
    let wish = SigningWish(
      kpi: kpi, pack: pack, role: role, decision: decision ?? role.decision, withdraws: withdraws,
      signer: name, comment: comment)
    let statement = try engagement.statement(wish)
    if common.format == .text, !common.quiet {
      for line in statement.text.split(separator: "\n") {
        Terminal.say(Terminal.printable(String(line)))
      }
    }
    guard !show, let key else { return }
    let signoff = try engagement.sign(statement, wish: wish, key: key)
    let fields = statement.fields
    switch common.format {
    case .json:
      Terminal.say(
        JSONValue.object([
          ("number", .integer(fields.number)), ("statement", .string(statement.digest.hex)),
          ("scope", .string(fields.scope)), ("role", .string(fields.role)),
          ("decision", .string(fields.decision)), ("signer", .string(fields.signer)),
          ("covers", .integer(statement.covers.count)), ("name", .string(signoff.name)),
        ]).text())
    case .text:
      Terminal.say(
        "statement \(fields.number): \(fields.scope) \(fields.decision) by \(fields.signer), "
          + "\(statement.covers.count) files")
    }
  }
}

extension SignoffRole: ExpressibleByArgument {}
extension SignoffDecision: ExpressibleByArgument {}
