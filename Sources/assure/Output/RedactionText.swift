import Pack

/// What a redaction withheld.
enum RedactionText {
  static func show(_ receipt: PackRedaction.Receipt, zip: String?, _ common: CommonOptions) {
    switch common.format {
    case .json: Terminal.say(json(receipt, zip: zip).text())
    case .text:
      let pack = receipt.pack
      say("\(pack.folder): redacted, \(pack.payloadCount) files, \(pack.payloadSize) bytes")
      say("pack digest \(pack.digest)")
      say("made from the pack \(receipt.full)")
      let papers = receipt.workpapers.joined(separator: ", ")
      say(
        "withheld: \(receipt.values) values" + (papers.isEmpty ? "" : ", workpapers \(papers)"))
      for file in receipt.leftOut { say("left out: \(file.path): \(file.reason)") }
      for warning in receipt.warnings { say("mind: \(warning)") }
      if let zip { say("zip \(zip)") }
      guard !common.quiet else { return }
      say("data/redaction.csv in it says what, where and why; read it before you give it away")
    }
  }

  private static func say(_ line: String) { Terminal.say(Terminal.printable(line)) }

  private static func json(_ receipt: PackRedaction.Receipt, zip: String?) -> JSONValue {
    .object([
      ("pack", .string(receipt.pack.folder)), ("digest", .string(receipt.pack.digest)),
      ("files", .integer(receipt.pack.payloadCount)),
      ("bytes", .integer(receipt.pack.payloadSize)), ("full", .string(receipt.full)),
      ("workpapers", .list(receipt.workpapers.map { .string($0) })),
      ("values", .integer(receipt.values)),
      (
        "leftOut",
        .list(
          receipt.leftOut.map {
            .object([("path", .string($0.path)), ("reason", .string($0.reason))])
          })
      ), ("warnings", .list(receipt.warnings.map { .string($0) })), ("zip", .optional(zip)),
    ])
  }
}
