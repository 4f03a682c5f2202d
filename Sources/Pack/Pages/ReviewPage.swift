import Assurance

/// Review notes: what was asked, what was answered, who cleared it.
enum ReviewPage: PackPage {
  static let name = "review"
  static let path = "data/pages/review-notes.html"

  static func documents(_ view: PackView) -> [HTMLDocument] {
    let notes = view.workflow.notes
    guard !notes.isEmpty else { return [] }
    let open = notes.count { $0.state != .cleared }
    var items: [HTML] = [
      .h1("Review notes"),
      .p(
        .text(
          "\(notes.count) raised, \(open) not cleared. A note is cleared by who raised it; until "
            + "then her role and those above can’t sign the workpaper.")),
      .h2("At a glance"), table(notes, view),
    ]
    for note in notes {
      items += [.h2("Note \(note.number)"), facts(note, view), turns(note)]
    }
    items.append(.p("The same as a table: ", link("notes.csv", to: PackPaths.notes, from: path)))
    return [document(path: path, title: "Review notes", view, items)]
  }

  private static func table(_ notes: [ReviewNote], _ view: PackView) -> HTML {
    HTMLTable(
      caption: "Every note, in the order in which they were raised.",
      columns: [
        .number("No."), .text("Workpaper"), .text("Raised by"), .broad("Note"), .text("State"),
      ],
      rows: notes.map { note in
        [
          .text(String(note.number)), paper(note.kpi, view),
          .text("\(note.by), \(note.role.rawValue)"), .text(note.text), mark(note),
        ]
      }
    ).html
  }

  private static func facts(_ note: ReviewNote, _ view: PackView) -> HTML {
    var facts: [(String, HTML)] = [("Workpaper", paper(note.kpi, view))]
    if !note.item.isEmpty { facts.append(("Item", .code(note.item))) }
    facts += [("Raised as", .text(note.role.rawValue)), ("State", mark(note))]
    return .facts(facts)
  }

  private static func turns(_ note: ReviewNote) -> HTML {
    HTMLTable(
      caption: "What was said, in the order of the log.",
      columns: [.word("When"), .text("What"), .text("Who"), .broad("Words")],
      rows: note.turns.map { turn in
        [.text(turn.at), .text(turn.what), .text(turn.by), .text(turn.text)]
      }
    ).html
  }

  private static func mark(_ note: ReviewNote) -> HTML {
    Mark.of(note.state.rawValue, strong: note.state != .cleared)
  }

  /// A link where the pack has the workpaper.
  private static func paper(_ kpi: String, _ view: PackView) -> HTML {
    guard let paper = view.papers.first(where: { $0.name == kpi }) else { return .text(kpi) }
    return link(paper.title, to: WorkpaperPage.path(kpi), from: path)
  }
}
