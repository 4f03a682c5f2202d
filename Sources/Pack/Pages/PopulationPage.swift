import Assurance
import Exact

/// The frozen population, record by record.
enum PopulationPage: PackPage {
  static let name = "population"

  static func documents(_ view: PackView) -> [HTMLDocument] {
    view.papers.compactMap { paper in
      guard let population = paper.paper.population else { return nil }
      return document(paper, view, main(paper, population))
    }
  }

  private static func main(_ paper: PackView.Paper, _ population: PopulationFacts) -> [HTML] {
    let path = path(paper.name)
    let ledger = PackPaths.population(paper.name)
    let isCut = population.items.count > Pages.rowsAll
    let shown = isCut ? Array(population.items.prefix(Pages.rowsShown)) : population.items
    let column = NumberColumn(shown.map(\.value))
    var items: [HTML] = [
      heading(paper, "population"),
      .facts([
        ("Round", .text(String(population.round))),
        ("Records", .text(Figures.grouped(population.count))),
        (
          "Sum",
          .text("\(Figures.signed(population.sum.grouped())) \(paper.paper.kpi.unit)")
        ), ("Frozen", .text(population.frozen)), ("SHA-256", .code(population.digest)),
        (
          "All records",
          link(String(ledger.split(separator: "/").last ?? ""), to: ledger, from: path)
        ),
      ]),
      .note(
        "The SHA-256 above is that of the CSV file: "
          + "sha256sum \(ledger)"),
    ]
    if isCut {
      items.append(
        .element(
          .p, [.style(.warning)],
          [
            .text(
              "The first \(Figures.grouped(shown.count)) of \(Figures.grouped(population.count)) "
                + "records are shown here. The CSV file has all of them.")
          ]))
    }
    items.append(
      HTMLTable(
        caption: "Records in the order of their keys.",
        columns: [
          .path("Key"), .number("Value, \(paper.paper.kpi.unit)"), .path("Locator"),
          .text("Record"),
        ],
        rows: shown.map {
          [.text($0.key), column.cell($0.value), .text($0.locator), .text(Labels.text($0.labels))]
        }
      ).html)
    return items
  }
}

/// Fields that identify a record, in one line.
enum Labels {
  static func text(_ labels: [(field: String, value: String)]) -> String {
    labels.map { "\($0.field) \($0.value)" }.joined(separator: " · ")
  }
}
