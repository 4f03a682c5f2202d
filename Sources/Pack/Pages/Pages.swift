import Assurance

/// One kind of page of a pack: which documents it makes from the content.
protocol PackPage: Sendable {
  /// The word in the file name and in the navigation.
  static var name: String { get }
  /// The documents, none if the content has nothing for it.
  static func documents(_ view: PackView) -> [HTMLDocument]
}

/// All pages of this folder, in the order of the navigation.
enum Pages {
  static let all: [any PackPage.Type] = [
    OverviewPage.self, WorkpaperPage.self, GridPage.self, PopulationPage.self, SamplePage.self,
    ExceptionsPage.self, TieOutPage.self, SourcesPage.self, EvidencePage.self, ReviewPage.self,
    SignoffPage.self, TrailPage.self,
  ]

  /// More rows than this are shown in part, with the total and the file that has all of them.
  static let rowsAll = 5000
  static let rowsShown = 1000
}

extension PackPage {
  /// Where a page about one KPI lies.
  static func path(_ kpi: String) -> String {
    name == WorkpaperPage.name ? "data/pages/\(kpi).html" : "data/pages/\(kpi)-\(name).html"
  }

  /// One document about a KPI.
  static func document(_ paper: PackView.Paper, _ view: PackView, _ main: [HTML]) -> HTMLDocument {
    let path = path(paper.name)
    var links: [(String, String)] = [("Workpaper", WorkpaperPage.path(paper.name))]
    if !paper.paper.grid.isEmpty { links.append(("Grid", GridPage.path(paper.name))) }
    if paper.paper.population != nil {
      links.append(("Population", PopulationPage.path(paper.name)))
    }
    if paper.paper.draw != nil { links.append(("Sample", SamplePage.path(paper.name))) }
    links.append(("Exceptions", ExceptionsPage.path(paper.name)))
    return HTMLDocument(
      path: path, title: "\(paper.title) · \(view.engagement.id)",
      footer: "\(view.engagement.id) · \(paper.name) · workpaper SHA-256 \(paper.digest)",
      navigation: [
        Navigation.whole(view, current: path),
        Navigation.list(links, current: path, label: paper.title),
      ],
      main: main)
  }

  /// One document about the whole engagement.
  static func document(
    path: String, title: String, _ view: PackView, _ main: [HTML]
  ) -> HTMLDocument {
    HTMLDocument(
      path: path, title: "\(title) · \(view.engagement.id)",
      footer: "\(view.engagement.id) · \(title) · as of \(view.content.asOf)",
      navigation: [Navigation.whole(view, current: path)], main: main)
  }

  /// A link from one page to another file of the pack.
  static func link(_ words: String, to target: String, from page: String) -> HTML {
    .element(
      .a, [.link(HTMLDocument.relative(from: page, to: target))], [.text(words)])
  }

  /// The heading of a page about a KPI: what it is, and the title in Chinese where there is one.
  static func heading(_ paper: PackView.Paper, _ what: String) -> HTML {
    var items: [HTML] = [.text(what.isEmpty ? paper.title : "\(paper.title): \(what)")]
    if let chinese = paper.title("zh-Hant") { items.append(.chinese(chinese)) }
    return .element(.h1, [], items)
  }
}

/// The bars at the top of a page.
enum Navigation {
  static func whole(_ view: PackView, current: String) -> HTML {
    .group([
      .element(.span, [.style(.brand)], [.text(brand(view))]),
      list(
        [("Overview", OverviewPage.path), ("Sources", SourcesPage.path)]
          + (view.content.tieOut == nil ? [] : [("Tie-out", TieOutPage.path)])
          + (EvidencePage.isThere(view) ? [("Evidence", EvidencePage.path)] : [])
          + (view.workflow.notes.isEmpty ? [] : [("Review notes", ReviewPage.path)])
          + (view.board == nil ? [] : [("Sign-offs", SignoffPage.path)])
          + [("Trail", TrailPage.path)], current: current, label: "Pack"),
    ])
  }

  /// A redacted pack says on every page that it is one.
  static func brand(_ view: PackView) -> String {
    view.content.redaction == nil
      ? "Evidence pack \(view.engagement.id)" : "Redacted evidence pack \(view.engagement.id)"
  }

  static func list(_ links: [(String, String)], current: String, label: String) -> HTML {
    let items = links.map { words, target -> HTML in
      var attributes: [HTML.Attribute] = [
        .link(HTMLDocument.relative(from: current, to: target))
      ]
      if target == current { attributes.append(.current) }
      return .element(.li, [], [.element(.a, attributes, [.text(words)])])
    }
    return .element(.nav, [.label(label)], [.element(.ul, [], items)])
  }
}

/// Words in a frame: a state that is read without colour.
enum Mark {
  static func of(_ words: String, strong: Bool = false) -> HTML {
    .element(.span, [.style(strong ? .strongMark : .mark)], [.text(words)])
  }
}
