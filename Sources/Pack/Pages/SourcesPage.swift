import Assurance

/// Files as received, and what became of every row.
enum SourcesPage: PackPage {
  static let name = "sources"
  static let path = "data/pages/sources.html"

  static func documents(_ view: PackView) -> [HTMLDocument] {
    let sources = view.content.sources
    var items: [HTML] = [
      .h1("Sources and receipts"), .p("Rows read are rows accepted and rows rejected, always."),
      originals(view), receipts(sources), .h2("Control totals"), controlTotals(sources),
      .h2("Assumptions"), assumptions(sources), .h2("Rejected rows"),
    ]
    items += rejects(sources)
    return [document(path: path, title: "Sources", view, items)]
  }

  private static func originals(_ view: PackView) -> HTML {
    let rows = view.content.sources.map { source -> [HTML] in
      let place = view.taken.path(ofSource: source.digest)
      return [
        .text(source.file), .text(source.format), .text(Figures.grouped(source.bytes)),
        .text(source.received), .text(source.digest),
        place.map { link("in the pack", to: $0, from: path) }
          ?? Mark.of("left out", strong: true),
      ]
    }
    let size = Figures.grouped(view.taken.originalsSize)
    return .group([
      HTMLTable(
        caption: "Source files.",
        columns: [
          .text("File"), .word("Format"), .number("Bytes"), .word("Received"), .path("SHA-256"),
          .text("Original"),
        ], rows: rows
      ).html,
      .note(
        view.taken.includesOriginals
          ? "The originals given for the pack (\(size) bytes) are in it."
          : "The originals (\(size) bytes) were left out of the pack; the digests say what "
            + "they must be."),
    ])
  }

  private static func receipts(_ sources: [SourceFacts]) -> HTML {
    HTMLTable(
      caption: "Receipt: what was read from each table.",
      columns: [
        .text("File"), .text("Table"), .text("Dataset"), .number("Rows read"),
        .number("Accepted"), .number("Rejected"), .number("Blank"), .number("Before header"),
      ],
      rows: sources.flatMap { source in
        source.tables.map { table in
          [.text(source.file), .text(table.name), dataset(table)]
            + [
              table.rowsRead, table.accepted, table.rejected, table.blankRows, table.preambleRows,
            ].map { HTML.text(Figures.grouped($0)) }
        }
      }
    ).html
  }

  /// The dataset; of a table whose records count no more also what took its place.
  private static func dataset(_ table: TableFacts) -> HTML {
    guard !table.replacedBy.isEmpty else { return .text(table.dataset) }
    return .group([
      .text(table.dataset + " "),
      Mark.of("counts no more, replaced by \(table.replacedBy.prefix(12))", strong: true),
    ])
  }

  private static func controlTotals(_ sources: [SourceFacts]) -> HTML {
    HTMLTable(
      caption: "Sums over accepted rows.",
      columns: [
        .text("File"), .text("Table"), .text("Field"), .number("Total"), .text("Unit"),
      ],
      rows: perTable(sources) { $0.controlTotals.map { [$0.field, $0.total, $0.unit] } }.map {
        [$0[0], $0[1], $0[2], $0[3], $0[4]].enumerated().map { index, text in
          HTML.text(index == 3 ? Figures.grouped(text) : text)
        }
      }
    ).html
  }

  private static func assumptions(_ sources: [SourceFacts]) -> HTML {
    HTMLTable(
      caption: "Conversions and readings that were assumed.",
      columns: [.text("File"), .text("Table"), .text("Assumption"), .number("Times")],
      rows: perTable(sources) { $0.assumptions.map { [$0.text, Figures.grouped($0.count)] } }
        .map { $0.map { HTML.text($0) } }
    ).html
  }

  private static func rejects(_ sources: [SourceFacts]) -> [HTML] {
    let all = perTable(sources) { $0.rejects.map { [$0.locator, $0.code, $0.reason] } }
    let isCut = all.count > Pages.rowsAll
    let shown = isCut ? Array(all.prefix(Pages.rowsShown)) : all
    let csv = "data/ledger/rejects.csv"
    return [
      HTMLTable(
        caption: isCut
          ? "The first \(shown.count) of \(Figures.grouped(all.count)) rejected rows."
          : "Rows that no record was made from.",
        columns: [.path("Locator"), .word("Code"), .broad("Reason"), .text("Table")],
        rows: shown.map { [.text($0[2]), .code($0[3]), .text($0[4]), .text($0[1])] }
      ).html, .p("All of them: ", link("rejects.csv", to: csv, from: path)),
    ]
  }

  private static func perTable(
    _ sources: [SourceFacts], _ rows: (TableFacts) -> [[String]]
  ) -> [[String]] {
    sources.flatMap { source in
      source.tables.flatMap { table in rows(table).map { [source.file, table.name] + $0 } }
    }
  }
}
