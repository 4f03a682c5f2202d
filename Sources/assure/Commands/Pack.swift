import ArgumentParser
import Assurance
import Pack
import Workbench

struct PackCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pack", abstract: "Write an evidence pack: a folder that proves itself.",
    discussion: """
      The folder is a BagIt bag with the KPI, the ratios that rest on it, sources, worksheets, policy \
      and trail. It must not exist yet; it appears whole or not at all. With --redact, a copy of a \
      whole pack in which salted digests stand for what the policy calls personal: it says what is \
      withheld, and it still verifies. It needs the whole pack alone, no engagement.
      """)

  @Option(help: "One KPI and its ratios; else all.") var kpi: String?
  @Option(name: .shortAndLong, help: "The folder to make.", completion: .directory) var output:
    String?
  @Option(help: "Redact this whole pack instead of writing one.", completion: .directory)
  var redact: String?
  @Flag(help: "Also write it as a zip beside the folder, the same bytes each time.") var zip = false
  @OptionGroup var engagement: EngagementOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard redact == nil || kpi == nil else {
      throw ValidationError("A whole pack is redacted, not a KPI: name one of them.")
    }
  }

  func run() throws {
    if let redact {
      let end = redact.hasSuffix("/") ? String(redact.dropLast()) : redact
      let plain = end.hasSuffix(".zip") ? String(end.dropLast(4)) : end
      let receipt = try PackRedaction.write(redact, to: output ?? plain + "-redacted")
      let archive = zip ? try PackZip.write(receipt.pack.folder) : nil
      return RedactionText.show(receipt, zip: archive, common)
    }
    let engagement = try engagement.open()
    let name = try kpi.map { try engagement.kpi(abbreviated: $0).name }
    let folder = output ?? engagement.folder + "/packs/" + (name ?? "all")
    let receipt = try engagement.pack(
      kpis: name.map { [$0] } ?? [], to: folder, tool: "assure \(Version.text)")
    let archive = zip ? try PackZip.write(receipt.folder) : nil
    switch common.format {
    case .json:
      Terminal.say(
        JSONValue.object([
          ("pack", .string(receipt.folder)), ("digest", .string(receipt.digest)),
          ("files", .integer(receipt.payloadCount)), ("bytes", .integer(receipt.payloadSize)),
          ("originalsLeftOut", .list(receipt.originalsLeftOut.map { .string($0) })),
          ("zip", .optional(archive)),
        ]).text())
    case .text:
      Terminal.say("\(receipt.folder): \(receipt.payloadCount) files, \(receipt.payloadSize) bytes")
      Terminal.say("pack digest \(receipt.digest)")
      for name in receipt.originalsLeftOut {
        Terminal.say("left out for its size: \(Terminal.printable(name))")
      }
      if let archive { Terminal.say("zip \(archive)") }
      guard !common.quiet else { return }
      Terminal.say(
        "open \(receipt.folder)/START-HERE.html; check it with `assure verify \(receipt.folder)`")
    }
  }
}
