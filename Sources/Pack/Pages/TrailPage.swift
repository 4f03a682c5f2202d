import Trail

/// The engagement's log: its head, and its events.
enum TrailPage: PackPage {
  static let name = "trail"
  static let path = "data/pages/trail.html"

  static func documents(_ view: PackView) -> [HTMLDocument] {
    let trail = view.content.trail
    let isCut = trail.events.count > Pages.rowsAll
    let shown = isCut ? Array(trail.told.prefix(Pages.rowsShown)) : trail.told
    let checkpoint = String(decoding: trail.checkpoint, as: UTF8.self)
    return [
      document(
        path: path, title: "Trail", view,
        [
          .h1("Trail"),
          .p(
            .text(
              "Every change of the engagement is one event of an append-only log. The checkpoint "
                + "names the log, its size and the root of the Merkle tree over all events.")),
          .h2("Checkpoint"),
          .element(
            .pre, [],
            BagText.lines(checkpoint).map { HTML.group([.text($0), .lineEnd]) }),
          .p(
            .text(
              "For the signed report, in one line as sign-offs quote it; whoever keeps it can tell "
                + "later that nothing before it was changed:")),
          .element(
            .pre, [],
            [
              .text(
                trail.head.map { "\($0.origin) \($0.size) \($0.root.base64)" }
                  ?? "the checkpoint can’t be read"), .lineEnd,
            ]),
          .note("It is worth what the copies outside this pack are worth: compare it with one."),
          .h2("Events"),
          HTMLTable(
            caption: isCut
              ? "The first \(shown.count) of \(Figures.grouped(trail.events.count)) events."
              : "\(Figures.grouped(trail.events.count)) events.",
            columns: [
              .number("No."), .word("Time"), .word("Kind"), .text("Actor"), .path("Details"),
            ],
            rows: shown.enumerated().map { row($0, $1) }
          ).html, .p("All of them: ", link("events.jsonl", to: PackPaths.events, from: path)),
        ])
    ]
  }

  /// Members by the names that logs use; everything else as details.
  private static func row(_ index: Int, _ event: [UInt8]) -> [HTML] {
    guard let members = (try? CanonicalJSON(parsing: event))?.object?.members else {
      let text = String(decoding: event, as: UTF8.self)
      return [.text(String(index)), "", "", "", .text(text)]
    }
    func member(_ names: [String]) -> String {
      members.first { names.contains($0.key) }?.value.string ?? ""
    }
    let known = times + kinds + actors + ["seq"]
    let rest = members.filter { !known.contains($0.key) }
      .flatMap { details($0.value, name: $0.key == "facts" ? "" : $0.key) }
    return [
      .text(String(index)), .text(member(times)), .code(member(kinds)), .text(member(actors)),
      .text(rest.joined(separator: " · ")),
    ]
  }

  /// Name and value of each leaf of an object; depth is bounded by the parser.
  private static func details(_ value: CanonicalJSON, name: String) -> [String] {
    guard let members = value.object?.members else {
      return ["\(name) \(short(value.string ?? value.text))"]
    }
    let prefix = name.isEmpty ? "" : name + "."
    return members.flatMap { details($0.value, name: prefix + $0.key) }
  }

  /// The file of events has all of it.
  private static func short(_ text: String) -> String {
    text.count > 400 ? text.prefix(400) + "…" : text
  }

  private static let times = ["at", "time"]
  private static let kinds = ["kind", "event", "type"]
  private static let actors = ["actor", "by"]
}
