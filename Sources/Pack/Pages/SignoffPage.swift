import Assurance
import Trail

/// Who signed what, as a matrix of workpapers and roles, and every statement in order.
enum SignoffPage: PackPage {
  static let name = "signoffs"
  static let path = "data/pages/signoffs.html"

  static func documents(_ view: PackView) -> [HTMLDocument] {
    guard let board = view.board else { return [] }
    return [
      document(
        path: path, title: "Sign-offs", view,
        [
          .h1("Sign-offs"),
          .p(
            .text(
              "Each is a short text that lists what its signer saw, with an SSH signature beside it."
                + " Its state is computed from the files of this pack, with the list of signers "
                + "that the pack carries; a reader who has her own list uses that.")),
          .h2("Workpapers and roles"), matrix(view, board),
          .h2("Independence"), independence(view), .h2("Statements"),
          statements(board),
          .note(
            "The time is the signer’s claim. The log fixes the order; only an anchor outside the "
              + "engagement fixes a time."),
        ])
    ]
  }

  private static func matrix(_ view: PackView, _ board: SignoffBoard) -> HTML {
    // The engagement quality reviewer signs the pack as a whole.
    let team = Set(view.engagement.team.compactMap { SignoffRole(rawValue: $0.role) })
    let roles = SignoffRole.allCases.filter { role in
      role != .eqr && team.contains(role)
        || view.papers.contains { board.last(role, about: $0.name) != nil }
    }
    return HTMLTable(
      caption: "The last signature of each role that was not taken back, and how it stands.",
      columns: [.text("Workpaper")]
        + roles.map { .text(EngagementTable.sentence($0.rawValue)) },
      rows: view.reported.map { paper in
        [link(paper.title, to: WorkpaperPage.path(paper.name), from: path)]
          + roles.map { SignoffMark.of(board.last($0, about: paper.name)) }
      }
    ).html
  }

  /// Everyone of the team, and what she declared of herself.
  private static func independence(_ view: PackView) -> HTML {
    let terms = view.content.signing?.terms ?? Terms()
    let people = Dictionary(
      terms.signers.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    let single =
      terms.onlyPerson.map { " \($0) is a single practitioner: nobody else reviewed." } ?? ""
    return HTMLTable(
      caption: "The team, and what each declared of herself in this engagement." + single,
      columns: [
        .text("Who"), .text("Role"), .text("Independent"), .text("Cooling-off"), .word("Declared"),
        .broad("Considered"),
      ],
      rows: terms.members.map { member in
        let own = view.workflow.declarations.last {
          (people[$0.person] ?? $0.person) == member.name
        }
        let how = own.map { $0.statement.map { "signed, statement \($0)" } ?? "recorded" }
        return [
          .text(member.name), .text(member.value),
          how.map { .text($0) } ?? Mark.of("not declared", strong: true),
          .text(own?.hasCooledOff == true ? "two engagements" : "–"), .text(own?.at ?? ""),
          .text(own?.text ?? ""),
        ]
      }
    ).html
  }

  private static func statements(_ board: SignoffBoard) -> HTML {
    HTMLTable(
      caption: "\(board.entries.count) statements, in the order of the log.",
      columns: [
        .number("No."), .text("About"), .text("Role"), .text("Says"), .text("Who"), .word("Made"),
        .text("State"), .broad("Comment"), .path("File"),
      ],
      rows: board.entries.map { entry in
        let fields = entry.signoff.statement.fields
        let file = PackPaths.signoffs + PackPaths.statement(entry.signoff)
        let detail = entry.state.detail.isEmpty ? "" : ": " + entry.state.detail
        return [
          .text(String(fields.number)), .text(fields.scope), .text(fields.role),
          .text(fields.decision),
          .text(
            entry.person == fields.signer
              ? fields.signer : "\(entry.person) (\(fields.signer))"),
          .text(fields.made.description),
          .group([Mark.of(entry.state.word, strong: !entry.state.isGood), .text(detail)]),
          .text(fields.comment ?? ""),
          link(PackPaths.statement(entry.signoff), to: file, from: path),
        ]
      }
    ).html
  }
}

/// A cell of the matrix: a word, who, when.
enum SignoffMark {
  static func of(_ entry: SignoffBoard.Entry?) -> HTML {
    guard let entry else { return Mark.of("none") }
    let fields = entry.signoff.statement.fields
    return .group([
      Mark.of(entry.state.word, strong: !entry.state.isGood),
      .text(" \(entry.person), \(fields.made)"),
    ])
  }
}

extension SignoffState {
  /// Whether nothing is to be done about it.
  var isGood: Bool {
    switch self {
    case .current, .withdrawn, .superseded: true
    default: false
    }
  }
}
