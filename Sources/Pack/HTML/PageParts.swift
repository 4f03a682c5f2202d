import Assurance
import Trail

/// What the pack says of itself.
enum Limits {
  static func sentences(_ view: PackView) -> [String] {
    (view.content.redaction?.sentences ?? [])
      + (view.board == nil ? general + unsigned : general + signed)
  }

  private static let general = [
    "Checksums, the trail and redrawn samples show that the file is whole and that its figures "
      + "follow from its records. They can’t show that evidence is true, sufficient or complete.",
    "Sampling from records says nothing about records that are missing.",
    "Times are those that the software recorded; without an anchor outside the engagement they "
      + "are claims.",
  ]
  private static let unsigned = [
    "This pack holds no signatures: who made it and who reviewed it can’t be told from it alone."
  ]
  private static let signed = [
    "A signature shows which key signed which bytes. Whose key it is, a reader knows from a list of "
      + "her own; how carefully its owner looked, nobody can tell from it."
  ]
}

/// The engagement as terms and values.
enum EngagementTable {
  static func facts(_ engagement: EngagementFacts) -> HTML {
    .facts(
      [
        ("Entity", .text(engagement.entity)),
        ("Period", .text("\(engagement.period.first) to \(engagement.period.last)")),
        ("Standard", .text("\(engagement.standard), \(engagement.level) assurance")),
        ("Policy", .text("\(engagement.policySet) \(engagement.policyEdition)")),
        ("Policy SHA-256", .code(engagement.policyDigest)),
      ] + engagement.team.map { (sentence(role($0.role)), .text($0.name)) } + [
        ("Made by", .text(engagement.tool))
      ])
  }
}

extension EngagementTable {
  /// A role in full.
  static func role(_ name: String) -> String {
    name == SignoffRole.eqr.rawValue ? "engagement quality reviewer" : name
  }

  /// With a capital first letter.
  static func sentence(_ words: String) -> String {
    words.prefix(1).uppercased() + words.dropFirst()
  }
}

/// A reconciliation status: a sign and a word.
enum ReconciliationMark {
  static func of(_ status: ReconciliationStatus?) -> HTML {
    switch status {
    case .exact: Mark.of("= exact")
    case .withinRounding: Mark.of("≈ within rounding")
    case .withinTolerance: Mark.of("≈ within tolerance")
    case .outside: Mark.of("≠ outside", strong: true)
    case .notComparable: Mark.of("? not comparable", strong: true)
    case nil: Mark.of("not done", strong: true)
    }
  }
}

/// The word of an evaluation.
enum ConclusionMark {
  static func of(_ paper: Workpaper) -> HTML {
    guard let conclusion = paper.evaluation?.conclusion else {
      return Steps.restsOnOthers(paper)
        ? Mark.of("see its parts") : Mark.of("not done", strong: true)
    }
    let words = conclusion.split(separator: "-").joined(separator: " ")
    let isBad = conclusion.contains("above") || conclusion == "not-finished"
    return Mark.of(words, strong: isBad)
  }
}

/// Which steps of the work a workpaper lacks.
enum Steps {
  static func missing(
    _ paper: Workpaper, _ board: SignoffBoard?
  ) -> [(step: String, state: String)] {
    var missing: [(step: String, state: String)] = []
    if paper.reconciliation == nil { missing.append(("Reconciliation", "not done")) }
    guard !restsOnOthers(paper) else { return missing + last(paper, board) }
    if paper.population == nil { missing.append(("Population", "not frozen")) }
    if paper.plan == nil { missing.append(("Plan", "not made")) }
    if paper.draw == nil { missing.append(("Sample", "not drawn")) }
    if let draw = paper.draw {
      let tested = Set(paper.results.map(\.key))
      let open = draw.items.count { !tested.contains($0.key) }
      if open > 0 { missing.append(("Tests", "\(open) of \(draw.items.count) items not tested")) }
    }
    if paper.evaluation == nil { missing.append(("Evaluation", "not done")) }
    return missing + last(paper, board)
  }

  /// A ratio has no population of its own: what it is made of is planned, tested and evaluated.
  static func restsOnOthers(_ paper: Workpaper) -> Bool {
    paper.kpi.kind == "ratio" && paper.population == nil
  }

  /// Signatures that are there and do not hold; whether all are there, the engagement decides.
  private static func signoffs(
    _ paper: Workpaper, _ board: SignoffBoard?
  ) -> [(step: String, state: String)] {
    let last = SignoffRole.allCases.compactMap { board?.last($0, about: paper.kpi.name) }
    guard !last.isEmpty else { return [(step: "Sign-off", state: "none in this pack")] }
    return last.filter { !$0.state.isGood }.map {
      (step: "Sign-off", state: "\($0.signoff.statement.fields.role) \($0.state.word)")
    }
  }

  private static func last(
    _ paper: Workpaper, _ board: SignoffBoard?
  ) -> [(step: String, state: String)] {
    let open = paper.exceptions.count { $0.state == "open" }
    let exceptions = open > 0 ? [(step: "Exceptions", state: "\(open) open")] : []
    return exceptions + signoffs(paper, board)
  }
}
