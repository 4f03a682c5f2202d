import ArgumentParser
import Assurance
import Foundation
import Trail
import Workbench

/// Who signs with which key.
struct SigningOptions: ParsableArguments {
  @Option(name: .customLong("as"), help: "Your name in allowed_signers; else ASSURE_SIGNER.")
  var signer: String?
  @Option(help: "Your key: the private file, or the .pub of one in an agent.", completion: .file())
  var key: String?
  @Option(help: "One line that goes into what you sign.") var comment: String?
  @Flag(help: "Show what would be signed, and stop.") var show = false

  func validate() throws {
    if !show, key == nil { throw ValidationError("Name your key with --key FILE.") }
  }

  func name() throws(AssureError) -> String {
    let name = signer ?? ProcessInfo.processInfo.environment["ASSURE_SIGNER"]
    guard let name, !name.isEmpty else {
      throw AssureError(
        "no-signer", place: "sign", "nobody is named as signing",
        remedy: "add --as NAME or set ASSURE_SIGNER; the name is that in keys/allowed_signers")
    }
    return name
  }

  /// Shows the statement, signs it, and says so.
  func sign(_ wish: SigningWish, _ engagement: Engagement, _ common: CommonOptions) throws {
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
          + (statement.covers.count == 1 ? "1 file" : "\(statement.covers.count) files"))
    }
  }
}

extension SignoffRole: ExpressibleByArgument {}
extension SignoffDecision: ExpressibleByArgument {}
extension EvidenceKind: ExpressibleByArgument {}

extension Day: ExpressibleByArgument {
  package init?(argument: String) { self.init(argument) }
}

extension Period: ExpressibleByArgument {
  /// `YYYY-MM-DD..YYYY-MM-DD`.
  package init?(argument: String) {
    let days = argument.split(separator: ".", omittingEmptySubsequences: true).map {
      Day(String($0))
    }
    guard days.count == 2, let first = days[0], let last = days[1],
      argument == "\(first)..\(last)"
    else { return nil }
    self.init(first, last)
  }
}
