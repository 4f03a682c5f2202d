import ArgumentParser
import Assurance
import Foundation
import Pack
import Trail
import Workbench

struct Log: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The trail: every event, and the root over all of them.",
    subcommands: [Show.self, Checkpoint.self, Anchor.self, Slip.self],
    defaultSubcommand: Show.self)
}

extension Log {
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Every event, the root, and how much of it nothing fixes yet.")

    @OptionGroup var engagement: EngagementOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
      let engagement = try engagement.open()
      let trail = try engagement.trail()
      let tail = try engagement.unanchoredTail()
      switch common.format {
      case .json:
        Terminal.say("{")
        Terminal.say(
          "  \"size\": \(trail.events.count),\n  \"root\": \"\(trail.root)\",\n"
            + "  \"anchored\": \(tail.anchored),\n  \"anchoredOutside\": \(tail.outside),\n"
            + "  \"events\": [")
        Terminal.say(trail.events.map { "    " + $0.line }.joined(separator: ",\n"))
        Terminal.say("  ]\n}")
      case .text:
        for (seq, event) in trail.events.enumerated() {
          let words = ["\(seq)", event.at, event.actor, event.kind, event.subject]
          Terminal.say(Terminal.printable(words.filter { !$0.isEmpty }.joined(separator: "  ")))
        }
        Terminal.say(tail.words)
        Terminal.say(
          "\(trail.events.count) \(trail.events.count == 1 ? "event" : "events"), RFC 6962 root "
            + trail.root)
      }
    }
  }

  struct Checkpoint: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "checkpoint",
      abstract: "The log's head, signed: to print, send, stamp or witness.",
      discussion: """
        For a time stamp: `openssl ts -query -data FILE -sha512 -cert -out FILE.tsq`, send that to an \
        authority, and take its reply in with `assure log anchor`. A witness adds a line to the file.
        """)

    @Option(
      name: .shortAndLong, help: "The file to write; else it is printed.", completion: .file())
    var output: String?
    @OptionGroup var engagement: EngagementOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
      let note = try engagement.open().checkpoint()
      if let output {
        try Folder.write(note.bytes, to: output)
      }
      let text = String(decoding: note.bytes, as: UTF8.self)
      switch common.format {
      case .json: Terminal.say(JSONValue.object([("checkpoint", .string(text))]).text())
      case .text:
        if output == nil { Terminal.say(String(text.dropLast())) }
      }
    }
  }

  struct Anchor: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "anchor", abstract: "Take in what somebody outside made of a head of the log.",
      discussion: """
        A checkpoint with a witness's signature (its key in keys/policy), an RFC 3161 reply over one, \
        or a proof that the head is in the firm's log. It goes into every later pack.
        """)

    @Argument(help: "The file.", completion: .file()) var file: String
    @OptionGroup var engagement: EngagementOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
      let outcome = try engagement.open().anchor(path: file)
      switch common.format {
      case .json:
        Terminal.say(
          JSONValue.object([
            ("kind", .string(outcome.kind.rawValue)), ("size", .integer(outcome.size)),
            ("time", .string(outcome.time)), ("wasKnown", .bool(outcome.wasKnown)),
          ]).text())
      case .text:
        let time = outcome.time.isEmpty ? "" : " at \(outcome.time)"
        Terminal.say(
          "\(outcome.kind.rawValue): fixes the log's first \(outcome.size) events\(time)"
            + (outcome.wasKnown ? ", known already" : ""))
      }
    }
  }

  struct Slip: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "slip",
      abstract: "What to print on the report: a pack's digest and the log's head.",
      discussion: """
        Three lines, for paper or mail, from the pack alone; with -o also a page with them and the \
        same as a QR code. `assure verify PACK --head FILE` holds the pack against them later.
        """)

    @Argument(help: "The pack, a folder or a zip.", completion: .directory) var pack: String
    @Option(name: .shortAndLong, help: "The page to write, HTML.", completion: .file())
    var output: String?
    @OptionGroup var common: CommonOptions

    func run() throws {
      let slip = try PackSlip(at: pack)
      if let output { try Folder.write(Array(SlipPage.html(slip).utf8), to: output) }
      switch common.format {
      case .json:
        Terminal.say(
          JSONValue.object([
            ("engagement", .string(slip.engagement)), ("digest", .string(slip.digest.hex)),
            ("origin", .string(slip.head.origin)), ("size", .integer(slip.head.size)),
            ("root", .string(slip.head.root.base64)), ("page", .optional(output)),
          ]).text())
      case .text: for line in slip.lines { Terminal.say(Terminal.printable(line)) }
      }
    }
  }
}
