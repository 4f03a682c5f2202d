import Assurance

/// What the pack says of itself.
enum Limits {
  static let sentences = [
    "Checksums, the trail and redrawn samples show that the file is whole and that its figures "
      + "follow from its records. They can’t show that evidence is true, sufficient or complete.",
    "Sampling from records says nothing about records that are missing.",
    "This pack holds no signatures: who made it and who reviewed it can’t be told from it alone.",
    "Times are those that the software recorded; without an anchor outside the engagement they "
      + "are claims.",
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
      ] + engagement.team.map { (sentence($0.role), .text($0.name)) } + [
        ("Made by", .text(engagement.tool))
      ])
  }
}

extension EngagementTable {
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
  static func missing(_ paper: Workpaper) -> [(step: String, state: String)] {
    var missing: [(step: String, state: String)] = []
    if paper.reconciliation == nil { missing.append(("Reconciliation", "not done")) }
    guard !restsOnOthers(paper) else { return missing + last(paper) }
    if paper.population == nil { missing.append(("Population", "not frozen")) }
    if paper.plan == nil { missing.append(("Plan", "not made")) }
    if paper.draw == nil { missing.append(("Sample", "not drawn")) }
    if let draw = paper.draw {
      let tested = Set(paper.results.map(\.key))
      let open = draw.items.count { !tested.contains($0.key) }
      if open > 0 { missing.append(("Tests", "\(open) of \(draw.items.count) items not tested")) }
    }
    if paper.evaluation == nil { missing.append(("Evaluation", "not done")) }
    return missing + last(paper)
  }

  /// A ratio has no population of its own: what it is made of is planned, tested and evaluated.
  static func restsOnOthers(_ paper: Workpaper) -> Bool {
    paper.kpi.kind == "ratio" && paper.population == nil
  }

  private static func last(_ paper: Workpaper) -> [(step: String, state: String)] {
    let open = paper.exceptions.count { $0.state == "open" }
    let exceptions = open > 0 ? [(step: "Exceptions", state: "\(open) open")] : []
    return exceptions + [(step: "Sign-off", state: "none in this pack")]
  }
}
