import Assurance

/// All KPIs at a glance, and what is not done.
enum OverviewPage: PackPage {
  static let name = "overview"
  static let path = "data/index.html"

  static func documents(_ view: PackView) -> [HTMLDocument] {
    [
      document(
        path: path, title: "Overview", view,
        [
          .h1(.text("\(view.engagement.entity)")),
          .p(.text("Evidence pack \(view.engagement.id), as of \(view.content.asOf).")),
          EngagementTable.facts(view.engagement), .h2("Figures"), figures(view), .h2("Work"),
          work(view), .h2("Not done"), notDone(view), others(view),
          .h2("What this pack can’t show"),
          .list(Limits.sentences(view)),
        ])
    ]
  }

  private static func figures(_ view: PackView) -> HTML {
    HTMLTable(
      caption: "Printed figure, figure computed from the records, and how they stand.",
      columns: [
        .text("KPI"), .text("Unit"), .number("Printed"), .number("Computed"),
        .number("Computed − printed"), .text("Reconciles"), .text("Assurance"),
      ],
      rows: view.reported.map { paper in
        let item = paper.paper.reconciliation
        return [
          name(paper), .text(paper.paper.kpi.unit), .text(Figures.grouped(item?.printed ?? "")),
          .text(Figures.grouped(item?.computedText ?? "")),
          .text(Figures.grouped(item?.differenceText ?? "")),
          ReconciliationMark.of(item?.status), .text(paper.paper.kpi.status),
        ]
      }
    ).html
  }

  private static func work(_ view: PackView) -> HTML {
    HTMLTable(
      caption: "Exceptions still open of all found, by severity; sample; conclusion.",
      columns: [
        .text("KPI"), .number("High"), .number("Medium"), .number("Low"), .number("Records"),
        .number("Sample"), .number("Tested"), .text("Conclusion"),
      ],
      rows: view.reported.map { paper in
        [name(paper)]
          + Severity.allCases.map { exceptions(paper.paper, $0) } + [
            .text(paper.paper.population.map { Figures.grouped($0.count) } ?? "–"),
            .text(paper.paper.draw.map { Figures.grouped($0.items.count) } ?? "–"),
            .text(paper.paper.draw == nil ? "–" : Figures.grouped(paper.paper.results.count)),
            ConclusionMark.of(paper.paper),
          ]
      }
    ).html
  }

  private static func exceptions(_ paper: Workpaper, _ severity: Severity) -> HTML {
    let all = paper.exceptions.filter { $0.exception.severity == severity }
    let open = all.count { $0.state == "open" }
    return .text(all.isEmpty ? "0" : "\(open) of \(all.count)")
  }

  private static func notDone(_ view: PackView) -> HTML {
    HTMLTable(
      caption: "Steps without a result in this pack.",
      columns: [.text("KPI"), .text("What is missing")],
      rows: view.reported.compactMap { paper in
        let steps = Steps.missing(paper.paper, view.board).map { "\($0.step): \($0.state)" }
        guard !steps.isEmpty else { return nil }
        return [
          name(paper),
          .element(.ul, [.style(.steps)], steps.map { .element(.li, [], [.text($0)]) }),
        ]
      }
    ).html
  }

  /// Figures of the policy set that this engagement neither prints nor worked on.
  private static func others(_ view: PackView) -> HTML {
    guard !view.others.isEmpty else { return .group([]) }
    return .group([
      .h2("Defined by the policy, not reported here"),
      .note(
        "\(view.others.count) figures without a printed value, a sample, an exception or a signature."
      ),
      .element(
        .ul, [.style(.links)],
        view.others.map {
          .element(.li, [], [link($0.title, to: WorkpaperPage.path($0.name), from: path)])
        }),
    ])
  }

  private static func name(_ paper: PackView.Paper) -> HTML {
    var items = [link(paper.title, to: WorkpaperPage.path(paper.name), from: path)]
    if let chinese = paper.title("zh-Hant") { items += [.text(" "), .chinese(chinese)] }
    return .group(items)
  }
}
