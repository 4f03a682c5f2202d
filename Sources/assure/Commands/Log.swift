import ArgumentParser
import Workbench

struct Log: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The trail: every event, and the root over all of them.")

  @OptionGroup var engagement: EngagementOptions
  @OptionGroup var common: CommonOptions

  func run() throws {
    let trail = try engagement.open().trail()
    switch common.format {
    case .json:
      Terminal.say("{")
      Terminal.say(
        "  \"size\": \(trail.events.count),\n  \"root\": \"\(trail.root)\",\n  \"events\": [")
      Terminal.say(trail.events.map { "    " + $0.line }.joined(separator: ",\n"))
      Terminal.say("  ]\n}")
    case .text:
      for (seq, event) in trail.events.enumerated() {
        let words = ["\(seq)", event.at, event.actor, event.kind, event.subject]
        Terminal.say(Terminal.printable(words.filter { !$0.isEmpty }.joined(separator: "  ")))
      }
      Terminal.say(
        "\(trail.events.count) \(trail.events.count == 1 ? "event" : "events"), RFC 6962 root \(trail.root)"
      )
    }
  }
}
