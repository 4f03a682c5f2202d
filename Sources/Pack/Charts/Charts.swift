import Assurance
import Exact

/// One kind of chart about a workpaper.
///
/// A chart is drawn from exact numbers: a place is an exact fraction of the axis, rounded once to
/// the hundredth of a unit, half to even. What it shows stands beside it as a table, and as CSV
/// with every digit. It is read without colour, and without being seen.
protocol PackChart: Sendable {
  /// The word in the names of its files.
  static var name: String { get }
  /// Where on the workpaper's page it stands.
  static var section: ChartSection { get }
  /// Nil if the workpaper has nothing for it.
  static func chart(_ source: ChartSource) -> Chart?
}

/// Parts of the page of a workpaper that have charts.
enum ChartSection: Sendable { case reconciliation, origin, sample, evaluation }

/// What charts are drawn from.
struct ChartSource {
  let paper: Workpaper
  /// Nil if it can't be found again from the records.
  let series: MonthlySeries?
  var unit: String { paper.kpi.unit }

  init(_ paper: Workpaper) {
    self.paper = paper
    series = MonthlySeries(paper)
  }
}

/// All charts of this folder, in the order of the page.
enum Charts {
  static let all: [any PackChart.Type] = [
    BridgeChart.self, MonthsChart.self, SitesChart.self, SubjectsChart.self, CoverageChart.self,
    MisstatementChart.self,
  ]

  /// The charts that a workpaper has.
  static func of(_ paper: Workpaper) -> [Drawn] {
    let source = ChartSource(paper)
    return all.compactMap { kind in
      kind.chart(source).map {
        Drawn(
          name: kind.name, section: kind.section,
          path: PackPaths.chart(paper.kpi.name, kind.name), chart: $0)
      }
    }
  }

  /// A chart with its place.
  struct Drawn {
    let name: String
    let section: ChartSection
    /// Its files, without the ending.
    let path: String
    let chart: Chart

    /// Drawing and table.
    var files: [(path: String, bytes: [UInt8])] {
      var drawing = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      chart.svg(id: name, isFile: true).write(to: &drawing)
      return [(path + ".csv", chart.csv), (path + ".svg", Array(drawing.utf8))]
    }
  }

  /// The charts of one part of a page, each over its table.
  static func html(_ section: ChartSection, _ charts: [Drawn], from page: String) -> [HTML] {
    charts.filter { $0.section == section }
      .map { $0.chart.figure(id: $0.name, file: $0.path, from: page) }
  }
}

/// A chart as values: the drawing, what it shows in words, and the numbers behind it.
struct Chart {
  let title: String
  /// What a person who sees it would say it shows, with the numbers that matter.
  let description: String
  let width: Int
  let height: Int
  let drawing: [HTML]
  /// The numbers, for people; nil where the page has them in a table already.
  let table: HTMLTable?
  /// The same with every digit, and what the table leaves out.
  let columns: [String]
  let rows: [[String]]

  var csv: [UInt8] {
    rows.reduce(into: CanonicalCSV.line(columns)) { $0 += CanonicalCSV.line($1) }
  }

  /// - Parameters:
  ///   - id: unique on the page.
  ///   - isFile: whether it is to stand alone.
  func svg(id: String, isFile: Bool) -> HTML {
    var attributes: [HTML.Attribute] = [
      .viewBox(width, height), .image, .labelledBy("\(id)-title", "\(id)-desc"),
      .paint(.size, "13"), .paint(.family, "sans-serif"), .paint(.fill, Drawing.ink),
    ]
    if isFile { attributes.insert(.svgNamespace, at: 0) }
    return .element(
      .svg, attributes,
      [
        .element(.name, [.id("\(id)-title")], [.text(title)]),
        .element(.description, [.id("\(id)-desc")], [.text(description)]), Drawing.fills(in: id),
      ] + drawing)
  }

  func figure(id: String, file: String, from page: String) -> HTML {
    func link(_ ending: String) -> HTML {
      let target = file + ending
      let words = String(target.split(separator: "/").last ?? "")
      return .element(.a, [.link(HTMLDocument.relative(from: page, to: target))], [.text(words)])
    }
    return .element(
      .div, [.style(.chart)],
      [
        .element(
          .figure, [.id("\(id)-figure")],
          [
            .element(.figcaption, [], [.text(title)]), svg(id: id, isFile: false),
            .p(.text(description)),
          ]), table?.html ?? .group([]),
        .element(
          .p, [.style(.note)],
          ["Every digit: ", link(".csv"), ". The drawing alone: ", link(".svg"), "."]),
      ])
  }
}
