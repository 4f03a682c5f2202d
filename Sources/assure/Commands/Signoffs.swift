import ArgumentParser
import Assurance
import Trail
import Workbench

struct Signoffs: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List who signed what, and how it stands now.",
    discussion: """
      States are computed from the files as they are: current, stale, scope grew, signed again, \
      withdrawn, void, out of order, not independent, broken. Status 1 if one neither holds nor was \
      withdrawn or signed again.
      """)

  @OptionGroup var engagement: EngagementOptions
  @OptionGroup var common: CommonOptions

  func run() throws {
    let board = try engagement.open().signoffBoard()
    switch common.format {
    case .json:
      Terminal.say(
        JSONValue.object([("signoffs", .list(board.entries.map(json)))]).text())
    case .text:
      if board.entries.isEmpty { Terminal.say("nobody has signed anything yet") }
      for entry in board.entries { show(entry) }
    }
    guard board.entries.allSatisfy({ holds($0.state) }) else { throw ExitCode(1) }
  }

  private func holds(_ state: SignoffState) -> Bool {
    switch state {
    case .current, .withdrawn, .superseded, .elsewhere: true
    default: false
    }
  }

  private func show(_ entry: SignoffBoard.Entry) {
    let fields = entry.signoff.statement.fields
    Terminal.say(
      Terminal.printable(
        "\(fields.number)  \(fields.scope)  \(fields.role) \(fields.decision)  \(entry.person)  "
          + "\(fields.made)  \(entry.state.word)"))
    guard !common.quiet else { return }
    if !entry.state.detail.isEmpty { Terminal.say("   " + Terminal.printable(entry.state.detail)) }
    if let comment = fields.comment { Terminal.say("   “\(Terminal.printable(comment))”") }
  }

  private func json(_ entry: SignoffBoard.Entry) -> JSONValue {
    let fields = entry.signoff.statement.fields
    return .object([
      ("number", .integer(fields.number)), ("scope", .string(fields.scope)),
      ("role", .string(fields.role)), ("decision", .string(fields.decision)),
      ("signer", .string(fields.signer)), ("person", .string(entry.person)),
      ("made", .string(fields.made.description)), ("state", .string(entry.state.word)),
      ("detail", .string(entry.state.detail)),
      ("comment", fields.comment.map { .string($0) } ?? .null),
      ("statement", .string(entry.signoff.statement.digest.hex)),
    ])
  }
}
