import Assurance
import Trail

/// What may not be signed.
extension Engagement {
  func refuse(_ wish: SigningWish, _ board: SignoffBoard) throws(AssureError) {
    guard settings.signers.isEmpty || settings.signers.contains(where: { $0.signer == wish.signer })
    else {
      throw AssureError(
        "signer-unknown", place: "engagement.yaml", "\(wish.signer) is nobody of the team",
        remedy: "add the name under `signers:` of a member")
    }
    try refuseDecision(wish)
    try refusePhase(wish, board.rules.workflow)
    guard wish.decision.agrees else { return }
    let person = board.rules.person(wish.signer)
    switch board.rules.breach(
      wish.role, wish.decision, wish.scope, person, at: .max, earlier: board.agreed)
    {
    case .outOfOrder(let why):
      throw AssureError(
        "sign-order", place: "\(wish.scope)", why, remedy: "that must come first")
    case .notIndependent(let why):
      throw AssureError(
        "sign-independence", place: "\(wish.scope)", why,
        remedy: "somebody else must sign as \(wish.role.rawValue)")
    default: break
    }
    try refuseOutdated(wish, board)
    try refuseNotes(wish, board.rules.workflow)
    if wish.role == .eqr, wish.scope == .pack { try refuseUnfinished(wish, board) }
    if wish.scope == .report { try refuseRelease(pack: wish.folder ?? "") }
    if wish.decision == .locked { try refuseLock(pack: wish.folder ?? "") }
  }

  /// The engagement quality reviewer concurs when the others have signed.
  private func refuseUnfinished(
    _ wish: SigningWish, _ board: SignoffBoard
  ) throws(AssureError) {
    let owed = terms.assured.flatMap { kpi in unsigned(kpi, board).map { "\(kpi): \($0)" } }
    guard let first = owed.first else { return }
    throw AssureError(
      "sign-order", place: "\(wish.scope)", first, remedy: "that must come first")
  }

  private func refuseDecision(_ wish: SigningWish) throws(AssureError) {
    let usual = SignoffDecision.usual(wish.role, wish.scope)
    guard wish.decision.fits(wish.role, wish.scope) else {
      throw AssureError(
        "sign-decision", place: "--decision \(wish.decision.rawValue)",
        "a \(wish.role.rawValue) says \(usual.rawValue) of \(wish.scope), rejected or withdrawn",
        remedy: "leave --decision out")
    }
    guard wish.decision != .rejected || wish.comment != nil else {
      throw AssureError(
        "sign-decision", place: "--decision rejected", "a rejection says why",
        remedy: "add --comment TEXT")
    }
    let leading = SignoffRole.leading(terms.roles)
    let isLeading = [.team, .report].contains(wish.scope) || wish.decision == .locked
    guard !isLeading || wish.role == leading else {
      throw AssureError(
        "sign-role", place: "\(wish.scope)",
        "the \(leading.rawValue) signs this, who answers for the engagement",
        remedy: "sign as \(leading.rawValue)")
    }
  }

  /// After the report no work is signed, and after the lock nothing but additions.
  private func refusePhase(_ wish: SigningWish, _ workflow: Workflow) throws(AssureError) {
    if let locked = workflow.locked {
      if case .amendment = wish.scope, wish.decision != .withdrawn { return }
      throw Phase.locked(locked.at)
    }
    guard let reported = workflow.reported, wish.scope != .pack else { return }
    throw Phase.reported(reported)
  }

  /// Nobody signs over a signature below hers that no longer holds.
  private func refuseOutdated(
    _ wish: SigningWish, _ board: SignoffBoard
  ) throws(AssureError) {
    guard let below = wish.role.before.first(where: board.rules.roles.contains) else { return }
    for kpi in board.rules.kpis(of: wish.scope) {
      guard let entry = board.last(below, about: kpi), entry.state.isOutdated else { continue }
      throw AssureError(
        "sign-order", place: "\(wish.scope)",
        "the \(below.rawValue)’s signature is \(entry.state.word): \(entry.state.detail)",
        remedy: "the \(below.rawValue) looks again and signs first")
    }
  }

  /// A pack is not signed by a reviewer or above while a note is not cleared.
  private func refuseNotes(_ wish: SigningWish, _ workflow: Workflow) throws(AssureError) {
    guard wish.scope.isOfPack, wish.role > .preparer,
      let note = workflow.notes.first(where: { $0.state != .cleared && $0.role <= wish.role })
    else { return }
    throw AssureError(
      "sign-order", place: "\(wish.scope)",
      "note \(note.number) of \(note.by) was not cleared", remedy: "see `assure note`")
  }

  func withdrawn(
    _ wish: SigningWish, _ board: SignoffBoard
  ) throws(AssureError) -> Statement {
    let found = board.entries.first { $0.signoff.statement.fields.number == wish.withdraws }
    guard let earlier = found?.signoff.statement, earlier.fields.signer == wish.signer,
      earlier.fields.role == wish.role.rawValue, earlier.fields.scope == wish.scope.description
    else {
      throw AssureError(
        "nothing-to-withdraw", place: "--withdraws \(wish.withdraws ?? 0)",
        "\(wish.signer) made no statement of that number about \(wish.scope) as "
          + wish.role.rawValue,
        remedy: "see `assure signoffs`")
    }
    guard found?.signoff.decision != .withdrawn else {
      throw AssureError(
        "nothing-to-withdraw", place: "--withdraws \(wish.withdraws ?? 0)",
        "that statement is a withdrawal itself", remedy: "sign again instead")
    }
    return earlier
  }
}

/// How far the engagement has come, as far as changes are concerned.
enum Phase {
  /// What may still be recorded once the report has its date: putting the file together.
  static let afterReport: Set<String> = [
    "statement.signed", "pack.written", "note.raised", "note.answered", "note.returned",
    "note.cleared", "request.closed", "independence.declared", "trail.anchored",
    "figures.reconciled",
  ]
  /// What may still be recorded once the file is locked: additions.
  static let afterLock: Set<String> = ["statement.signed", "amendment.written", "trail.anchored"]

  static func reported(_ at: String) -> AssureError {
    AssureError(
      "report-dated", place: "engagement",
      "the report has the date \(at.prefix(10)): only the "
        + "putting together of the file goes on",
      remedy: "what is found later goes into the locked file with `assure amend`")
  }

  static func locked(_ at: String) -> AssureError {
    AssureError(
      "engagement-locked", place: "engagement", "the file was locked on \(at.prefix(10))",
      remedy: "nothing in it is changed; add to it with `assure amend`")
  }
}
