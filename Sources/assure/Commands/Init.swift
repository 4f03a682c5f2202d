import ArgumentParser
import Assurance
import Workbench

struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make a new engagement folder.",
    discussion: """
      Writes engagement.yaml to fill in, copies the policy set into the folder, so that the \
      engagement stands alone, and opens the trail. An engagement.yaml that is there already is \
      kept as it is.
      """)

  @Argument(help: "The folder to make.") var folder: String
  @Option(help: "A policy set: its name, or the path of its folder.") var policies: String
  @Option(help: "Who works; else ASSURE_ACTOR, else the login name.") var actor: String?
  @OptionGroup var common: CommonOptions

  func run() throws {
    let set = try PolicyLibrary.find(policies)
    let summary = try EngagementFolder.create(
      folder: folder, policies: set, actor: Actor.name(actor))
    switch common.format {
    case .json:
      Terminal.say(
        JSONValue.object([
          ("engagement", .string(summary.id)), ("folder", .string(folder)),
          ("policies", .string(summary.policySet)), ("policyDigest", .string(summary.policyDigest)),
        ]).text())
    case .text:
      Terminal.say("made the engagement \(summary.id) in \(folder)")
      Terminal.say("policy set \(summary.policySet), SHA-256 \(summary.policyDigest.prefix(12))…")
      guard !common.quiet else { return }
      Terminal.say(
        "next: fill in engagement.yaml and reported.csv, then `assure ingest FILE…` there")
    }
  }
}
