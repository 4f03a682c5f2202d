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
  ///   - earlier: what was signed before it, properly and in agreement.
  package func breach(
    _ role: SignoffRole, _ decision: SignoffDecision, _ scope: SignoffScope, _ person: String,
    at event: Int, earlier: [SignoffBoard.Agreed]
  ) -> SignoffState? {
    if case .independence = scope { return nil }
    // What is added is signed first by who adds it.
    if decision == .amended { return nil }
    if !isSingle(person), let same = dependence(role, scope, person, at: event, earlier) {
      return same
    }
    return order(role, scope, at: event, earlier)
  }

  // MARK: Segregation

  private func dependence(
    _ role: SignoffRole, _ scope: SignoffScope, _ person: String, at event: Int,
    _ proper: [SignoffBoard.Agreed]
  ) -> SignoffState? {
    if role == .eqr, let why = involvement(person, at: event, proper) {
      return .notIndependent(why)
    }
    // Only the same kind of statement is set apart: a partner also assigns the team and locks.
    let own = Set(kpis(of: scope))
    let other = proper.first { $0.role != role && $0.person == person && overlap(scope, own, $0) }
    if let other { return .notIndependent("\(person) signed \(other.text)") }
    if case .amendment = scope,
      proper.contains(where: {
        $0.decision == .amended && $0.person == person && overlap(scope, own, $0)
      })
    {
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
    _ person: String, at event: Int, _ proper: [SignoffBoard.Agreed]
  ) -> String? {
    let other = proper.first { one in
      guard one.person == person, one.role != .eqr else { return false }
      if case .independence = one.scope { return false }
      return true
    }
    if let other { return "\(person) signed \(other.text)" }
    let edit = workflow.edits.first { $0.event < event && self.person($0.actor) == person }
    if let edit { return "\(person) took part in the work, \(edit.kind) in event \(edit.event)" }
    let hasCooledOff = workflow.declarations.contains {
      $0.event < event && $0.hasCooledOff && self.person($0.person) == person
    }
    return hasCooledOff
      ? nil : "\(person) has not declared the two engagements of cooling-off"
  }

  /// Whether two statements are about the same, or have a workpaper in common.
  private func overlap(
    _ scope: SignoffScope, _ kpis: Set<String>, _ other: SignoffBoard.Agreed
  ) -> Bool {
    scope == other.scope || !kpis.isDisjoint(with: self.kpis(of: other.scope))
  }

  // MARK: Order

  private func order(
    _ role: SignoffRole, _ scope: SignoffScope, at event: Int, _ proper: [SignoffBoard.Agreed]
  ) -> SignoffState? {
    for kpi in kpis(of: scope) {
      if let note = workflow.notes.first(where: {
        $0.kpi == kpi && $0.role <= role && $0.stood(at: event)
      }) {
        return .outOfOrder("note \(note.number) of \(note.by) was not cleared")
      }
      guard let below = role.before.first(where: roles.contains) else { continue }
      guard proper.contains(where: { $0.role == below && covers($0.scope, kpi) })
      else {
        return .outOfOrder("no \(below.rawValue) has signed \(SignoffScope.workpaper(kpi)) before")
      }
    }
    guard case .amendment = scope else { return nil }
    guard proper.contains(where: { $0.scope == scope && $0.decision == .amended })
    else { return .outOfOrder("nobody has signed \(scope) as amended before") }
    return nil
  }

  /// Whether a statement about a scope is also about this workpaper.
  package func covers(_ scope: SignoffScope?, _ kpi: String) -> Bool {
    scope.map { kpis(of: $0).contains(kpi) } ?? false
  }
}
