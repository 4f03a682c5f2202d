import Assurance

/// The items drawn, what was found for each, and how to draw one again.
enum SamplePage: PackPage {
  static let name = "sample"

  static func documents(_ view: PackView) -> [HTMLDocument] {
    view.papers.compactMap { paper in
      guard let draw = paper.paper.draw else { return nil }
      return document(paper, view, main(paper, draw))
    }
  }

  private static func main(_ paper: PackView.Paper, _ draw: DrawFacts) -> [HTML] {
    let path = path(paper.name)
    let csv = PackPaths.sample(paper.name, draw.round)
    var items: [HTML] = [
      heading(paper, "sample, round \(draw.round)"),
      .facts([
        ("Method", .code(paper.paper.plan?.method ?? "not planned")),
        ("Items", .text(Figures.grouped(draw.items.count))), ("Seed", .text(draw.seed)),
        ("Seed from", .text(draw.seedOrigin)), ("Seed fixed", .text(draw.seedFixed)),
        ("Drawn", .text(draw.drawn)), ("Population SHA-256", .code(draw.populationDigest)),
        ("All columns", link(String(csv.split(separator: "/").last ?? ""), to: csv, from: path)),
      ]), .h2("Items"), table(paper.paper, draw), .h2("Rule"), .list(draw.rule),
    ]
    if let item = draw.items.first, !item.ticket.hasPrefix(Withholder.mark) {
      items += example(item, draw, paper, path)
    }
    return items
  }

  private static func table(_ paper: Workpaper, _ draw: DrawFacts) -> HTML {
    let column = NumberColumn(draw.items.map(\.value))
    let audited = NumberColumn(paper.results.compactMap(\.audited))
    var results: [String: ResultFacts] = [:]
    for result in paper.results { results[result.key] = result }
    return HTMLTable(
      caption: "In the order drawn. Tickets are cut here; the CSV file has all their digits.",
      columns: [
        .number("No."), .path("Key"), .text("Basis"), .word("Ticket"),
        .number("Value, \(paper.kpi.unit)"), .path("Locator"), .text("Found"),
        .number("Audited"), .broad("Reason and evidence"),
      ],
      rows: draw.items.enumerated().map { index, item in
        let result = results[item.key]
        let reason = [result?.reason, result?.evidence].compactMap { $0 }.filter { !$0.isEmpty }
        return [
          .text(String(index + 1)), .text(item.key), .text(item.basis.rawValue),
          .code(item.ticket.utf8.count > 12 ? item.ticket.prefix(12) + "…" : item.ticket),
          column.cell(item.value), .text(item.locator), outcome(result?.outcome),
          audited.cell(result?.audited), .text(reason.joined(separator: "; ")),
        ]
      }
    ).html
  }

  private static func outcome(_ outcome: ResultFacts.Outcome?) -> HTML {
    guard let outcome else { return Mark.of("not tested", strong: true) }
    return Mark.of(outcome.rawValue, strong: outcome == .misstated || outcome == .notSupportable)
  }

  /// A worked ticket with stock tools.
  private static func example(
    _ item: DrawnItem, _ draw: DrawFacts, _ paper: PackView.Paper, _ path: String
  ) -> [HTML] {
    let example = TicketExample(seed: draw.seed, key: item.key)
    let redraw = PackPaths.redraw(paper.name, draw.round)
    return [
      .h2("One item by hand"),
      .p(
        .text(
          "A ticket is the SHA-256 of the seed’s SHA-256 and the key, as a decimal number of at "
            + "least 64 digits, written backwards behind “0.”. For the first item:")),
      .facts([
        ("Key", .code(item.key)), ("SHA-256 of the seed", .code(example.seedDigest)),
        ("SHA-256 of both", .code(example.keyDigest)), ("Ticket", .code(item.ticket)),
      ]), .element(.pre, [], example.commands.map { .group([.text($0), .lineEnd]) }),
      .p(
        "The same in a file: ",
        link(String(redraw.split(separator: "/").last ?? ""), to: redraw, from: path)),
    ]
  }
}
