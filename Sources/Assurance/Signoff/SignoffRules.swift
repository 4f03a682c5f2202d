import Trail

/// Who may sign what, given what was signed and done before: order, segregation by person, open
/// review notes.
///
/// Sources: ISA 220 (Revised).29-35 and ISQM 2.18-19 (who may review, two years' cooling-off), ISA
/// 230.9 (who did, who reviewed), PCAOB AS 1220.
package struct SignoffRules: Sendable {
  /// The roles that this engagement has people for.
  package var roles: Set<SignoffRole>
  /// The people of the team; empty where it is not known.
  package var members: Set<String> = []
  /// From a signer's name to the person; names that are not here stand for themselves.
  package var people: [String: String] = [:]
  /// The KPIs of each section.
  package var sections: [String: [String]] = [:]
  package var workflow = Workflow()

  package init(roles: Set<SignoffRole>) { self.roles = roles }

  package func person(_ signer: String) -> String { people[signer] ?? signer }

  /// Whether one person is all of the team: she can't be set apart from herself, and whoever reads
  /// the file is told so.
  package func isSingle(_ person: String) -> Bool { members == [person] }

  /// The KPIs whose workpapers a scope takes in.
  package func kpis(of scope: SignoffScope) -> [String] {
    switch scope {
    case .workpaper(let kpi): [kpi]
    case .section(let name): sections[name] ?? []
    default: []
    }
  }

  /// Why somebody may not sign in a role as this event, nil if she may.
  ///
  /// - Parameters:
  ///   - event: index of the statement's event; `Int.max` for one that is yet to be made.
  ///   - earlier: what was signed before it.
  package func breach(
    _ role: SignoffRole, _ decision: SignoffDecision, _ scope: SignoffScope, _ person: String,
    at event: Int, earlier: [SignoffBoard.Entry]
  ) -> SignoffState? {
    if case .independence = scope { return nil }
    // What is added is signed first by who adds it.
    if decision == .amended { return nil }
    let proper = earlier.filter { $0.state.isProper && $0.signoff.decision?.agrees == true }
    if !isSingle(person), let same = dependence(role, scope, person, at: event, proper) {
      return same
    }
    return order(role, scope, at: event, proper)
  }

  // MARK: Segregation

  private func dependence(
    _ role: SignoffRole, _ scope: SignoffScope, _ person: String, at event: Int,
    _ proper: [SignoffBoard.Entry]
  ) -> SignoffState? {
    if role == .eqr, let why = involvement(person, at: event, proper) {
      return .notIndependent(why)
    }
    let overlapping = proper.filter { $0.person == person && overlap(scope, $0.signoff.scope) }
    // Only the same kind of statement is set apart: a partner also assigns the team and locks.
    if let other = overlapping.first(where: { $0.signoff.role != role }) {
      return .notIndependent("\(person) signed \(other.place)")
    }
    if case .amendment = scope, overlapping.contains(where: { $0.signoff.decision == .amended }) {
      return .notIndependent("\(person) added it")
    }
    guard role > .preparer, scope.isWork else { return nil }
    let kpis = kpis(of: scope)
    let last = workflow.edits.last { edit in
      edit.event < event && (edit.kpi.map(kpis.contains) ?? true)
    }
    guard let last, self.person(last.actor) == person else { return nil }
    return .notIndependent("\(person) made the last change, \(last.kind) in event \(last.event)")
  }

  /// What an engagement quality reviewer took part in, or has not declared.
  private func involvement(
    _ person: String, at event: Int, _ proper: [SignoffBoard.Entry]
  ) -> String? {
    let others = proper.filter { $0.person == person && $0.signoff.role != .eqr }
    if let other = others.first(where: { !$0.isDeclaration }) {
      return "\(person) signed \(other.place)"
    }
    let edit = workflow.edits.first { $0.event < event && self.person($0.actor) == person }
    if let edit { return "\(person) took part in the work, \(edit.kind) in event \(edit.event)" }
    let hasCooledOff = workflow.declarations.contains {
      $0.event < event && $0.hasCooledOff && self.person($0.person) == person
    }
    return hasCooledOff
      ? nil : "\(person) has not declared the two engagements of cooling-off"
  }

  private func overlap(_ a: SignoffScope, _ b: SignoffScope?) -> Bool {
    guard let b else { return false }
    if a == b { return true }
    return !Set(kpis(of: a)).isDisjoint(with: kpis(of: b))
  }

  // MARK: Order

  private func order(
    _ role: SignoffRole, _ scope: SignoffScope, at event: Int, _ proper: [SignoffBoard.Entry]
  ) -> SignoffState? {
    for kpi in kpis(of: scope) {
      if let note = workflow.notes.first(where: {
        $0.kpi == kpi && $0.role <= role && $0.stood(at: event)
      }) {
        return .outOfOrder("note \(note.number) of \(note.by) was not cleared")
      }
      guard let below = role.before.first(where: roles.contains) else { continue }
      guard proper.contains(where: { $0.signoff.role == below && covers($0.signoff.scope, kpi) })
      else {
        return .outOfOrder("no \(below.rawValue) has signed \(SignoffScope.workpaper(kpi)) before")
      }
    }
    guard case .amendment = scope else { return nil }
    guard proper.contains(where: { $0.signoff.scope == scope && $0.signoff.decision == .amended })
    else { return .outOfOrder("nobody has signed \(scope) as amended before") }
    return nil
  }

  /// Whether a statement about a scope is also about this workpaper.
  package func covers(_ scope: SignoffScope?, _ kpi: String) -> Bool {
    scope.map { kpis(of: $0).contains(kpi) } ?? false
  }
}

extension SignoffBoard.Entry {
  fileprivate var isDeclaration: Bool {
    if case .independence = signoff.scope { true } else { false }
  }

  fileprivate var place: String {
    "\(signoff.statement.fields.scope) as \(signoff.statement.fields.role)"
  }
}
