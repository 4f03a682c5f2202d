import ArgumentParser
import Workbench

struct Seal: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write every sign-off of a pack into its seal/ folder, from the log.",
    discussion: """
      Signing does it already. This is for a copy of the pack that was made before, and for a \
      folder whose seal/ was lost; giving it twice changes nothing.
      """)

  @Argument(help: "The folder of a pack or an amendment.", completion: .directory)
  var folder: String
  @OptionGroup var engagement: EngagementOptions
  @OptionGroup var common: CommonOptions

  func run() throws {
    let names = try engagement.open().seal(folder)
    switch common.format {
    case .json:
      Terminal.say(
        JSONValue.object([
          ("folder", .string(folder)), ("signoffs", .list(names.map { .string($0) })),
        ]).text())
    case .text:
      Terminal.say("\(folder)/seal: \(names.count) sign-offs")
      if !common.quiet { for name in names { Terminal.say("  \(name)") } }
    }
  }
}
