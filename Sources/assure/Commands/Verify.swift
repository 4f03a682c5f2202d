import ArgumentParser
import Assurance
import Pack
import Workbench

struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check an evidence pack from its folder alone.",
    discussion: """
      Says what was found, and of everything that was not checked that it was not. Status 0 if nothing \
      is broken, 1 if something is, 2 if the folder cannot be read.
      """)

  @Argument(help: "The pack's folder.", completion: .directory) var folder: String
  @Option(
    help: "Your own list of who may sign, as for ssh-keygen; else the pack's copy is used.",
    completion: .file()) var signers: String?
  @OptionGroup var common: CommonOptions

  func run() throws {
    let list = try signers.map { try SignoffBasis.signers(Array(Folder.text($0).utf8), $0) }
    let verdict = try PackVerifier.verify(folder, signers: list)
    switch common.format {
    case .json: Terminal.say(json(verdict).text())
    case .text: show(verdict)
    }
    if verdict.word == .broken { throw ExitCode(1) }
  }

  private func show(_ verdict: Verdict) {
    for finding in verdict.findings {
      let place = finding.path.isEmpty ? "" : " \(finding.path)"
      Terminal.say(
        Terminal.printable(
          "\(finding.level) \(finding.weight) \(finding.code)\(place): \(finding.message)"))
    }
    if !common.quiet {
      for line in verdict.checked { Terminal.say("checked: \(Terminal.printable(line))") }
      for line in verdict.notChecked { Terminal.say("not checked: \(Terminal.printable(line))") }
      Terminal.say("pack digest \(verdict.digest)")
    }
    Terminal.say(Terminal.printable(verdict.line))
  }

  private func json(_ verdict: Verdict) -> JSONValue {
    .object([
      ("verdict", .string(verdict.word.rawValue)), ("digest", .string(verdict.digest)),
      (
        "findings",
        .list(
          verdict.findings.map {
            .object([
              ("level", .string("\($0.level)")), ("code", .string($0.code)),
              ("weight", .string("\($0.weight)")), ("path", .string($0.path)),
              ("message", .string($0.message)),
            ])
          })
      ),
      ("checked", .list(verdict.checked.map { .string($0) })),
      ("notChecked", .list(verdict.notChecked.map { .string($0) })),
    ])
  }
}
