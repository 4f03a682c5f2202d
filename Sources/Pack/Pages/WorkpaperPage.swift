import Assurance
import Exact

/// One KPI: criteria, reconciliation, where the amount comes from, tests, plan, evaluation.
enum WorkpaperPage: PackPage {
  static let name = "workpaper"

  static func documents(_ view: PackView) -> [HTMLDocument] {
    view.papers.map { paper in
      let path = path(paper.name)
      func charts(_ section: ChartSection) -> [HTML] {
        Charts.html(section, paper.charts, from: path)
      }
      var main = [heading(paper, ""), summary(paper), .h2("Measure and criteria")]
      main += criteria(paper.paper.kpi) + [.h2("Reconciliation")]
      main += reconciliation(paper.paper.reconciliation) + charts(.reconciliation)
      main += [.h2("Where it comes from")]
      main +=
        paper.charts.contains { $0.section == .origin }
        ? charts(.origin) : [.p("The figure has no population of its own.")]
      main += [.h2("Population tests"), tests(paper, path), .h2("Sample")]
      main += plan(paper.paper, path) + charts(.sample) + [.h2("Evaluation")]
      main += evaluation(paper.paper) + charts(.evaluation) + [.h2("Files"), files(paper, path)]
      return document(paper, view, main)
    }
  }

  private static func summary(_ paper: PackView.Paper) -> HTML {
    let item = paper.paper.reconciliation
    let unit = paper.paper.kpi.unit
    return .facts([
      ("Printed", .text(item?.printed.map { "\(Figures.grouped($0)) \(unit)" } ?? "nothing")),
      ("Printed at", .text(item?.printedPlace ?? "")),
      ("Computed", .text(item.map { "\(Figures.grouped($0.computedText)) \(unit)" } ?? "not done")),
      ("Reconciles", ReconciliationMark.of(item?.status)),
      ("Conclusion", ConclusionMark.of(paper.paper)),
      ("Kind, status", .text("\(paper.paper.kpi.kind), \(paper.paper.kpi.status)")),
    ])
  }

  private static func criteria(_ kpi: KPIFacts) -> [HTML] {
    [
      .list(kpi.measure),
      HTMLTable(
        caption: "Criteria that the figure is measured against.",
        columns: [.text("Criterion"), .text("Text"), .text("Source")],
        rows: kpi.criteria.map { [.text($0.id), .text($0.text), .text($0.source)] }
      ).html,
    ]
  }

  private static func reconciliation(_ item: Reconciliation?) -> [HTML] {
    guard let item else { return [.p(Mark.of("not done", strong: true))] }
    return [
      HTMLTable(
        caption: "Bridge from the records to the printed figure, in \(item.unit). "
          + "Lines marked “shown beside” are not part of the computed figure.",
        columns: [
          .text("Step"), .number(item.unit), .number("Records"), .text("In the figure"),
          .text("Note"),
        ],
        rows: item.bridge.map {
          [
            .text($0.label), .text(Figures.grouped($0.amount)), .text(Figures.grouped($0.count)),
            .text($0.counts ? "yes" : "shown beside"), .text($0.note),
          ]
        } + [
          [.strong("Computed"), .strong(Figures.grouped(item.computedText)), "", "", ""],
          [
            .strong("Printed"), .strong(Figures.grouped(item.printed ?? "–")), "", "",
            .text(interval(item)),
          ],
          [
            .strong("Computed − printed"), .strong(Figures.grouped(item.differenceText)), "", "",
            .text(item.status.rawValue),
          ],
        ]
      ).html
    ]
  }

  private static func interval(_ item: Reconciliation) -> String {
    guard let interval = item.printedInterval else { return "" }
    let ends = [interval.low, interval.high].map { Figures.grouped($0.description) }
    return "stands for \(ends[0]) to \(ends[1]), both included"
  }

  /// Exceptions by code.
  private static func tests(_ paper: PackView.Paper, _ path: String) -> HTML {
    var codes: [String] = []
    for facts in paper.paper.exceptions where !codes.contains(facts.exception.code) {
      codes.append(facts.exception.code)
    }
    let rows = codes.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { code -> [HTML] in
      let all = paper.paper.exceptions.filter { $0.exception.code == code }
      let severity = all.map(\.exception.severity).min { $0 < $1 }
      return [
        .code(code), .text(severity?.rawValue ?? ""), .text(String(all.count)),
        .text(String(all.count { $0.state == "open" })),
      ]
    }
    return .group([
      HTMLTable(
        caption: "Exceptions by code, with the highest severity.",
        columns: [.text("Code"), .text("Severity"), .number("Found"), .number("Open")], rows: rows
      ).html, .p(link("Each exception", to: ExceptionsPage.path(paper.name), from: path)),
    ])
  }

  private static func plan(_ paper: Workpaper, _ path: String) -> [HTML] {
    guard let plan = paper.plan else {
      return [
        Steps.restsOnOthers(paper)
          ? .p("None of its own: see the figures that it is made of.")
          : .p(Mark.of("not planned", strong: true))
      ]
    }
    var facts: [(String, HTML)] = [
      ("Method", .code(plan.method)), ("Size", .text(Figures.grouped(plan.size))),
    ]
    facts += plan.parameters.map { (EngagementTable.sentence($0.name), .text($0.value)) }
    facts += [("Plan frozen", .text(plan.frozen)), ("Plan SHA-256", .code(plan.digest))]
    if let draw = paper.draw {
      facts += [
        ("Seed", .text(draw.seed)), ("Seed from", .text(draw.seedOrigin)),
        ("Seed fixed", .text(draw.seedFixed)), ("Drawn", .text(draw.drawn)),
        ("Items", link(String(draw.items.count), to: SamplePage.path(paper.kpi.name), from: path)),
      ]
    }
    return [.facts(facts), .h3("Why this size"), .list(plan.reasons)]
  }

  private static func evaluation(_ paper: Workpaper) -> [HTML] {
    guard let item = paper.evaluation else { return [.p(ConclusionMark.of(paper))] }
    let unit = paper.kpi.unit
    func amount(_ value: ExactDecimal?) -> HTML {
      .text(value.map { Figures.signed($0.grouped()) } ?? "none can be given")
    }
    let rows: [(String, HTML)] = [
      ("Selected", .text(String(item.selected))), ("Tested", .text(String(item.tested))),
      ("Agreed", .text(String(item.agreed))), ("Misstated", .text(String(item.misstated))),
      ("Not supportable", .text(String(item.notSupportable))),
      ("Replaced", .text(String(item.replaced))),
      ("Factual misstatement, \(unit)", amount(item.factual)),
      ("Projected misstatement, \(unit)", amount(item.projected)),
      ("Upper bound for overstatement, \(unit)", amount(item.upperOver)),
      ("Upper bound for understatement, \(unit)", amount(item.upperUnder)),
      ("Confidence", .text(item.confidence)),
      ("Materiality, \(unit)", amount(item.materiality.overall)),
      ("Performance materiality, \(unit)", amount(item.materiality.performance)),
      ("Clearly trivial, \(unit)", amount(item.materiality.trivial)),
    ]
    return [
      .p(ConclusionMark.of(paper)), .list(item.words),
      HTMLTable(
        caption: "Evaluation of the sample. Overstatement is positive.",
        columns: [.text("Measure"), .number("Value")], rows: rows.map { [.text($0.0), $0.1] },
        style: .narrow
      ).html, .note("Reason for materiality: \(item.materiality.reason)"),
    ]
  }

  private static func files(_ paper: PackView.Paper, _ path: String) -> HTML {
    .facts([
      (
        "Canonical text",
        link("\(paper.name).md", to: PackPaths.markdown(paper.name), from: path)
      ), ("Its SHA-256", .code(paper.digest)),
      ("For machines", link("\(paper.name).json", to: PackPaths.json(paper.name), from: path)),
    ])
  }
}
