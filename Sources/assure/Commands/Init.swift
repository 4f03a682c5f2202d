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
  @Option(help: "A policy set: its name, or the path of its folder.") var policies: String?
  @Option(
    help: "An earlier engagement whose structure is taken over: team, keys, sections, policies.",
    completion: .directory) var from: String?
  @Option(help: "Who works; else ASSURE_ACTOR, else the login name.") var actor: String?
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if (policies == nil) == (from == nil) {
      throw ValidationError(
        "Name either a policy set with --policies or an engagement with --from.")
    }
  }

  func run() throws {
    if let from { return try rollForward(from) }
    guard let policies else { return }
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

  private func rollForward(_ earlier: String) throws {
    let summary = try RollForward.create(
      folder: folder, from: earlier, actor: Actor.name(actor))
    switch common.format {
    case .json:
      Terminal.say(
        JSONValue.object([
          ("engagement", .string(summary.made.id)), ("folder", .string(folder)),
          ("policies", .string(summary.made.policySet)),
          ("policyDigest", .string(summary.made.policyDigest)),
          ("follows", .string(summary.follows)), ("followsPack", .string(summary.pack)),
        ]).text())
    case .text:
      Terminal.say("made the engagement \(summary.made.id) in \(folder)")
      Terminal.say(
        "follows \(summary.follows)"
          + (summary.pack.isEmpty ? ", which has no pack" : ", pack \(summary.pack)"))
      guard !common.quiet else { return }
      Terminal.say(
        "taken over: team, keys, sections, policies; no source, evidence, figure or conclusion")
      Terminal.say("next: decide about materiality in engagement.yaml, fill in reported.csv")
    }
  }
}
