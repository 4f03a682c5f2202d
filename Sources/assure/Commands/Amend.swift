import ArgumentParser
import Workbench

struct Amend: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Add to a locked file: a folder of its own that changes nothing in it.",
    discussion: """
      The folder names the digest of the locked pack, what is added, by whom, why, and what it \
      changes in the conclusion. Sign it with `assure sign --amendment DIR --decision amended`, and \
      have it reviewed by somebody else with `assure sign --amendment DIR --role reviewer`.
      """)

  @Argument(help: "Files to add, if any.", completion: .file()) var files: [String] = []
  @Option(help: "The locked pack.", completion: .directory) var pack: String
  @Option(help: "Why something is added.") var reason: String
  @Option(help: "What it changes in the conclusion; `none` if nothing.") var effect: String
  @Option(name: .shortAndLong, help: "The folder to make.", completion: .directory) var output:
    String
  @OptionGroup var engagement: EngagementOptions
  @OptionGroup var common: CommonOptions

  func run() throws {
    let receipt = try engagement.open().amend(
      pack: pack, files: files, reason: reason, effect: effect, to: output,
      tool: "assure \(Version.text)")
    switch common.format {
    case .json:
      Terminal.say(
        JSONValue.object([
          ("amendment", .integer(receipt.number)), ("folder", .string(receipt.folder)),
          ("digest", .string(receipt.digest)), ("amends", .string(receipt.amends)),
        ]).text())
    case .text:
      Terminal.say("amendment \(receipt.number) in \(receipt.folder), digest \(receipt.digest)")
      Terminal.say("amends the pack \(receipt.amends)")
    }
  }
}
