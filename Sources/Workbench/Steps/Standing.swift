package import Assurance

/// Somebody and what waits for her.
package struct Turn: Sendable {
  /// One person, or several of whom any may.
  package let who: String
  package let what: String
}

/// How the engagement stands as a whole: what blocks the report, whose turn it is, the clock.
package struct EngagementStanding: Sendable {
  package let kpis: [KPIReadiness]
  /// `working`, `reported` or `locked`.
  package let phase: String
  /// Why the report can't be dated yet, beside the KPIs' own blockers.
  package let blockers: [String]
  /// Empty when nothing waits for anybody of the team.
  package let turns: [Turn]
  /// After the report: the days to the lock, in words.
  package let clock: String?
  /// The one person who is all of the team.
  package let single: String?
}

extension Engagement {
  package func standing() throws(AssureError) -> EngagementStanding {
    let board: SignoffBoard? = settings.signers.isEmpty ? nil : try signoffBoard()
    let kpis = try status(board)
    let workflow = if let board { board.rules.workflow } else { try workflow() }
    let today = Day(String(try Moment.now().prefix(10))) ?? Day(number: 0)
    let phase =
      workflow.locked != nil ? "locked" : workflow.reported != nil ? "reported" : "working"
    var turns: [Turn] = []
    var blockers: [String] = []
    notes(workflow, &blockers, &turns)
    requests(workflow, today, &blockers, &turns)
    try evidence(workflow, &blockers, &turns)
    if phase == "working", let board {
      team(board, &blockers, &turns)
      try signatures(board, kpis, isQuiet: blockers.isEmpty, &turns)
    }
    let clock = AssemblyClock(workflow, days: settings.assemblyDays)
    if phase == "reported" {
      turns.append(Turn(who: names(.leading(terms.roles)), what: "lock the file"))
    }
    return EngagementStanding(
      kpis: kpis, phase: phase, blockers: blockers, turns: phase == "locked" ? [] : turns,
      clock: clock?.words(on: today), single: settings.signers.isEmpty ? nil : terms.onlyPerson)
  }

  private func notes(_ workflow: Workflow, _ blockers: inout [String], _ turns: inout [Turn]) {
    for note in workflow.notes where note.state != .cleared {
      blockers.append("note \(note.number) of \(note.by) on \(note.kpi) is \(note.state.rawValue)")
      turns.append(
        note.state == .open
          ? Turn(who: names(.preparer), what: "answer note \(note.number) on \(note.kpi)")
          : Turn(who: note.by, what: "clear or return note \(note.number) on \(note.kpi)"))
    }
  }

  private func requests(
    _ workflow: Workflow, _ today: Day, _ blockers: inout [String], _ turns: inout [Turn]
  ) {
    for one in workflow.requests where one.closed == nil {
      let late = one.overdue(on: today).map { ", \($0) days overdue" } ?? ""
      blockers.append(
        "request \(one.number) to \(one.from) is outstanding since \(one.age(on: today)) days\(late)"
      )
      turns.append(
        Turn(who: one.by, what: "follow up request \(one.number) to \(one.from)\(late)"))
    }
  }

  /// Items of a KPI with a minimum kind of evidence that have none as good.
  private func evidence(
    _ workflow: Workflow, _ blockers: inout [String], _ turns: inout [Turn]
  ) throws(AssureError) {
    for rule in settings.evidence {
      let round = try lastRound(rule.kpi)
      let results = try store.read { try ResultTable.facts(kpi: rule.kpi, round: round, $0) }
      let good = workflow.evidence(of: rule.kpi).filter { $0.kind >= rule.minimum }
      // What is attached to the workpaper as a whole stands behind every item of it.
      guard !good.contains(where: { $0.items.isEmpty }) else { continue }
      let backed = Set(good.flatMap(\.items))
      let bare = results.filter {
        [.agreed, .misstated].contains($0.outcome) && !backed.contains($0.key)
      }
      guard !bare.isEmpty else { continue }
      blockers.append(
        "\(bare.count) tested items of \(rule.kpi) have no evidence of kind "
          + "\(rule.minimum.rawValue) or better, such as \(bare[0].key)")
      turns.append(
        Turn(who: names(.preparer), what: "attach evidence to \(bare.count) items of \(rule.kpi)"))
    }
  }

  /// Assignment, independence and the engagement quality review.
  private func team(_ board: SignoffBoard, _ blockers: inout [String], _ turns: inout [Turn]) {
    let leading = SignoffRole.leading(terms.roles)
    let rules = board.rules
    if let state = missing(board.last(leading, .team)) {
      blockers.append("the assignment of the team is \(state)")
      turns.append(Turn(who: names(leading), what: "sign the assignment of the team"))
    }
    var seen: Set<String> = []
    for (name, role) in settings.team where seen.insert(name).inserted {
      let isReviewer = role == SignoffRole.eqr.rawValue
      let declared = rules.workflow.declarations.contains {
        rules.person($0.person) == name && ($0.hasCooledOff || !isReviewer)
      }
      guard !declared else { continue }
      let what = isReviewer ? "independence and cooling-off" : "independence"
      blockers.append("\(name) has not declared \(what)")
      turns.append(Turn(who: name, what: "declare \(what)"))
    }
  }

  private func missing(_ entry: SignoffBoard.Entry?) -> String? {
    switch entry?.state {
    case .current: nil
    case nil: "not signed"
    case .some(let state): state.word
    }
  }

  /// Whose signature is next, per KPI, and on the pack when all workpapers are signed.
  private func signatures(
    _ board: SignoffBoard, _ kpis: [KPIReadiness], isQuiet: Bool, _ turns: inout [Turn]
  ) throws(AssureError) {
    var isComplete = isQuiet
    for kpi in kpis where terms.assured.contains(kpi.kpi) {
      let due = SignoffRole.allCases.first { role in
        role != .eqr && !names(role).isEmpty && missing(board.last(role, about: kpi.kpi)) != nil
      }
      guard let due else { continue }
      isComplete = false
      // Who waits for a note to be cleared is named above.
      let isBlocked = board.rules.workflow.notes.contains {
        $0.kpi == kpi.kpi && $0.state != .cleared && $0.role <= due
      }
      guard !isBlocked else { continue }
      let again = board.last(due, about: kpi.kpi) == nil ? "" : " again"
      turns.append(
        Turn(who: names(due), what: "sign \(kpi.kpi)\(again) as \(due.rawValue)"))
    }
    guard isComplete else { return }
    let last = try lastPack() ?? ""
    if !names(.eqr).isEmpty, try !isConcurred(with: last) {
      turns.append(Turn(who: names(.eqr), what: "review the pack and concur"))
    } else {
      turns.append(Turn(who: names(.leading(terms.roles)), what: "date the report"))
    }
  }
}
