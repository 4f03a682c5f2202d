import Assurance

/// What was attached to workpapers and what was asked for.
enum EvidencePage: PackPage {
  static let name = "evidence"
  static let path = "data/pages/evidence.html"

  static func isThere(_ view: PackView) -> Bool {
    !view.workflow.evidence.isEmpty || !view.workflow.requests.isEmpty
  }

  static func documents(_ view: PackView) -> [HTMLDocument] {
    guard isThere(view) else { return [] }
    return [
      document(
        path: path, title: "Evidence", view,
        [
          .h1("Evidence"),
          .p(
            .text(
              "Files that were attached to workpapers, as they came. Kinds, the strongest first: "
                + EvidenceKind.allCases.map(\.rawValue).joined(separator: ", ") + ".")),
          .h2("Attached"), attached(view), .h2("Asked for"), requests(view),
          .note(
            "Open files that come from others with care; nothing in them was run or looked into."),
        ])
    ]
  }

  private static func attached(_ view: PackView) -> HTML {
    let there = Set(view.taken.items.map(\.path))
    let minimum = view.content.signing?.terms?.minimum ?? []
    return HTMLTable(
      caption: "In the order of the log. A mark shows what is weaker than the risk lets pass.",
      columns: [
        .number("No."), .broad("File"), .text("Workpaper"), .path("Items"), .text("Kind"),
        .word("Date"), .word("Period"), .text("Look at"), .broad("Note"), .text("Attached by"),
      ],
      rows: view.workflow.evidence.map { one in
        let file = TakenFiles.path(of: one, view.content)
        let isWeak = minimum.contains {
          $0.name == one.kpi && EvidenceKind(rawValue: $0.value).map { one.kind < $0 } ?? false
        }
        return [
          .text(String(one.number)),
          there.contains(file) ? link(one.file, to: file, from: path) : .text(one.file),
          .text(one.kpi), .text(one.items.isEmpty ? "all" : one.items.joined(separator: ", ")),
          isWeak ? Mark.of("weak: \(one.kind.rawValue)", strong: true) : .text(one.kind.rawValue),
          .text(one.date), .text(one.period), .text(one.place), .text(one.text), .text(one.by),
        ]
      }
    ).html
  }

  private static func requests(_ view: PackView) -> HTML {
    let asOf = Day(String(view.content.asOf.prefix(10))) ?? Day(number: 0)
    return HTMLTable(
      caption: "Ages in days, as of \(asOf).",
      columns: [
        .number("No."), .broad("What"), .text("Workpaper"), .text("From"), .word("Asked"),
        .word("Due"), .number("Age"), .text("State"),
      ],
      rows: view.workflow.requests.map { one in
        let late = one.overdue(on: asOf).map { "outstanding, \($0) days overdue" }
        let state = one.closed.map { "closed: \($0.text)" } ?? late ?? "outstanding"
        return [
          .text(String(one.number)), .text(one.text), .text(one.kpi), .text(one.from),
          .text(String(one.at.prefix(10))), .text(one.due), .text(String(one.age(on: asOf))),
          Mark.of(state, strong: one.closed == nil),
        ]
      }
    ).html
  }
}
