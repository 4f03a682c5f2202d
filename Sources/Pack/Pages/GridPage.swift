import Assurance

/// Subject by month: which kind of record each has.
enum GridPage: PackPage {
  static let name = "grid"

  static func documents(_ view: PackView) -> [HTMLDocument] {
    view.papers.filter { !$0.paper.grid.isEmpty }.map { paper in
      document(paper, view, [heading(paper, "grid"), counts(paper.paper.grid), key, grid(paper)])
    }
  }

  private static let cells: [GridRow.Cell] = [.actual, .estimated, .missing, .outside]

  private static func letter(_ cell: GridRow.Cell) -> String {
    switch cell {
    case .actual: "A"
    case .estimated: "E"
    case .missing: "M"
    case .outside: "–"
    }
  }

  private static func style(_ cell: GridRow.Cell) -> StyleName {
    switch cell {
    case .actual: .actual
    case .estimated: .estimated
    case .missing: .missing
    case .outside: .outside
    }
  }

  private static func words(_ cell: GridRow.Cell) -> String {
    switch cell {
    case .actual: "actual reading"
    case .estimated: "estimate"
    case .missing: "missing"
    case .outside: "not in boundary, before opening or after closing"
    }
  }

  private static var key: HTML {
    .element(
      .ul, [.style(.key)],
      cells.map {
        .element(
          .li, [],
          [.element(.span, [.style(style($0))], [.text(letter($0))]), .text(words($0))])
      })
  }

  private static func counts(_ grid: [GridRow]) -> HTML {
    let all = grid.flatMap { $0.cells.map(\.cell) }
    let parts = cells.map { cell in "\(all.count { $0 == cell }) \(words(cell))" }
    return .p(.text("\(grid.count) subjects. " + parts.joined(separator: "; ") + "."))
  }

  private static func grid(_ paper: PackView.Paper) -> HTML {
    let months = paper.paper.grid.first?.cells.map(\.month) ?? []
    var heads: [HTML] = [.element(.th, [.columnScope], ["Subject"])]
    for month in months {
      heads.append(
        .element(.th, [.columnScope, .label(month)], [.text(String(month.suffix(2)))]))
    }
    let rows = paper.paper.grid.map { row -> HTML in
      let states = row.cells.map { item -> HTML in
        .element(
          .td, [.style(style(item.cell)), .label(words(item.cell))], [.text(letter(item.cell))])
      }
      return .element(.tr, [], [.element(.th, [.rowScope], [.text(row.subject)])] + states)
    }
    let span = [months.first, months.last].compactMap { $0 }.joined(separator: " to ")
    return .element(
      .div, [.style(.scroll)],
      [
        .element(
          .table, [.style(.months)],
          [
            .element(.caption, [], [.text("Records by subject and month, \(span).")]),
            .element(.thead, [], [.element(.tr, [], heads)]), .element(.tbody, [], rows),
          ])
      ])
  }
}
