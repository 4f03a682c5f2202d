import ArgumentParser
import Assurance
import Foundation
import Pack
import Workbench

struct Rerun: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make pages, tables and draws of a pack again from its own files; compare bytes.",
    discussion: """
      Needs the pack alone, a folder or a zip. Status 0 if everything came out the same, 1 if \
      something did not.
      """)

  @Argument(help: "The pack: a folder or a zip.", completion: .directory) var pack: String
  @Option(
    name: .shortAndLong, help: "A new folder for what was made again.", completion: .directory)
  var output: String?
  @OptionGroup var common: CommonOptions

  func run() throws {
    let tree = try PackOpening.tree(at: pack)
    if let output {
      guard !FileManager.default.fileExists(atPath: output) else {
        throw AssureError(
          "pack-exists", place: output, "there is something of this name already",
          remedy: "name a new folder with -o")
      }
      try Folder.make(output)
    }
    let report = try PackRerun.run(tree) { path, bytes in
      guard let output else { return }
      let target = output + "/" + path
      try Folder.make(URL(fileURLWithPath: target).deletingLastPathComponent().path)
      try Folder.write(bytes, to: target)
    }
    switch common.format {
    case .json: Terminal.say(json(report).text())
    case .text: show(report)
    }
    if !report.isSame { throw ExitCode(1) }
  }

  private func show(_ report: PackRerun.Report) {
    for part in report.parts where part.state != .same || (part.kind == .draw && !common.quiet) {
      Terminal.say(Terminal.printable("\(part.state.rawValue): \(part.kind.rawValue) \(part.name)"))
    }
    for line in report.notMade { Terminal.say(Terminal.printable("not made again: \(line)")) }
    let same = report.parts.count { $0.state == .same }
    Terminal.say(
      "\(report.isSame ? "the same" : "not the same"): \(same) of \(report.parts.count) files and "
        + "draws made again, byte for byte")
  }

  private func json(_ report: PackRerun.Report) -> JSONValue {
    .object([
      ("same", .bool(report.isSame)),
      (
        "parts",
        .list(
          report.parts.map {
            .object([
              ("kind", .string($0.kind.rawValue)), ("name", .string($0.name)),
              ("state", .string($0.state.rawValue)),
            ])
          })
      ), ("notMade", .list(report.notMade.map { .string($0) })),
    ])
  }
}
