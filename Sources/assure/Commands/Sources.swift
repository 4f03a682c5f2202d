import ArgumentParser
import Assurance
import Workbench

struct Sources: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "What was taken in, which versions count, and what a later one changed.",
    discussion: """
      A table whose place a later delivery took is listed with it; its records stay in the store and \
      its file under .assure/sources, and no figure counts them. --changes lists every record that a \
      delivery added, removed or changed, with field, old and new value and both places.
      """)

  @Option(help: "A file's name, or 8 or more digits of its SHA-256: what it changed.")
  var changes: String?
  @OptionGroup var engagement: EngagementOptions
  @OptionGroup var common: CommonOptions

  func run() throws {
    let engagement = try engagement.open()
    if let changes {
      try show(changes, in: engagement)
      return
    }
    let versions = try engagement.versions()
    switch common.format {
    case .json: Terminal.say(json(versions).text())
    case .text: show(versions)
    }
  }

  private func show(_ versions: [SourceVersion]) {
    var table = TextTable([
      ("file", .left), ("table", .left), ("dataset", .left), ("records", .right),
      ("SHA-256", .left), ("received", .left), ("standing", .left),
    ])
    for version in versions {
      let successor = version.replacedBy.map { "replaced by \($0.file) \($0.digest.prefix(12))" }
      table.add([
        version.file, version.table, version.dataset, String(version.accepted),
        String(version.digest.prefix(12)), version.received, successor ?? "counts",
      ])
    }
    guard !versions.isEmpty else {
      Terminal.say("nothing was taken in")
      return
    }
    for line in table.lines { Terminal.say(line) }
  }

  private func json(_ versions: [SourceVersion]) -> JSONValue {
    .object([
      (
        "tables",
        .list(
          versions.map { version in
            .object([
              ("file", .string(version.file)), ("sha256", .string(version.digest)),
              ("received", .string(version.received)), ("table", .string(version.table)),
              ("dataset", .string(version.dataset)), ("records", .integer(version.accepted)),
              ("replacedBy", .optional(version.replacedBy?.digest)),
            ])
          })
      )
    ])
  }

  /// One change at a time: there may be as many as records.
  private func show(_ name: String, in engagement: Engagement) throws {
    var out = LineWriter()
    var isFirst = true
    let isJSON = common.format == .json
    if isJSON { out.say("{\n  \"changes\": [") }
    let source = try engagement.changes(by: name) { change in
      if isJSON {
        out.put(isFirst ? "    " : ",\n    ")
        out.put(RedeliveryText.json(change).text(indent: "    "))
      } else {
        for line in RedeliveryText.lines(change) { out.say(line) }
      }
      isFirst = false
    }
    if isJSON {
      out.say(isFirst ? "  ]," : "\n  ],")
      out.say("  \"file\": \(JSONValue.string(source.file).text()),")
      out.say("  \"sha256\": \(JSONValue.string(source.digest).text())\n}")
    } else if isFirst {
      out.say("nothing changed")
    }
    out.flush()
  }
}
