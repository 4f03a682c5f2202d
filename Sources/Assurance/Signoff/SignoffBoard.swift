package import Trail

/// Every sign-off of an engagement and how it stands.
///
/// A pure function of what was signed and of what is there now. The order of statements is that of
/// their numbers, which is the order in which the log took them in; no clock is asked.
package struct SignoffBoard: Sendable {
  /// What sign-offs are judged by.
  package struct Basis: Sendable {
    /// The engagement's identifier, which statements repeat.
    package var engagement: String
    /// The log's name in the heads that statements quote.
    package var origin: String
    /// Who may sign in which role. Comes from who asks, not from who signed.
    package var signers: AllowedSigners
    package var revoked: RevokedKeys
    /// Roots of the log at the sizes that statements quote.
    package var roots: [Int: Digest]
    /// Index of the event that recorded a statement, by the statement's digest.
    package var events: [Digest: Int]
    /// The files that each scope has now.
    package var scopes: [SignoffScope: [Statement.Covered]]
    /// Who may sign what.
    package var rules: SignoffRules

    package init(
      engagement: String, origin: String, signers: AllowedSigners,
      revoked: RevokedKeys = RevokedKeys(), roots: [Int: Digest], events: [Digest: Int],
      scopes: [SignoffScope: [Statement.Covered]], rules: SignoffRules
    ) {
      self.engagement = engagement
      self.origin = origin
      self.signers = signers
      self.revoked = revoked
      self.roots = roots
      self.events = events
      self.scopes = scopes
      self.rules = rules
    }
  }

  package struct Entry: Sendable {
    package let signoff: Signoff
    package let state: SignoffState
    /// Who it was, by the engagement's list of people.
    package let person: String
  }

  /// What of a proper and agreeing statement those after it are compared with.
  package struct Agreed: Sendable {
    let role: SignoffRole
    let decision: SignoffDecision
    let scope: SignoffScope
    let person: String
    let text: String
  }

  /// In the order of their numbers.
  package private(set) var entries: [Entry] = []
  /// The proper and agreeing ones, in the same order.
  package private(set) var agreed: [Agreed] = []

  private let basis: Basis
  private var withdrawals: [Digest: Int] = [:]

  package init(_ signoffs: [Signoff], _ basis: Basis) {
    self.basis = basis
    let ordered = signoffs.sorted { $0.statement.fields.number < $1.statement.fields.number }
    var authentic: [(signoff: Signoff, wrong: SignoffState?)] = []
    var last = 0
    for signoff in ordered {
      authentic.append((signoff, wrongness(of: signoff, after: last)))
      last = signoff.statement.fields.number
    }
    for (signoff, wrong) in authentic where wrong == nil {
      guard let taken = signoff.statement.fields.withdraws,
        let earlier = ordered.first(where: { $0.statement.digest == taken }),
        earlier.statement.fields.signer == signoff.statement.fields.signer,
        earlier.statement.fields.number < signoff.statement.fields.number
      else { continue }
      withdrawals[taken] = signoff.statement.fields.number
    }
    for (signoff, wrong) in authentic {
      let person = person(of: signoff)
      let state = wrong ?? standing(of: signoff, person)
      entries.append(Entry(signoff: signoff, state: state, person: person))
      guard state.isProper, let role = signoff.role, let decision = signoff.decision,
        decision.agrees, let scope = signoff.scope
      else { continue }
      let fields = signoff.statement.fields
      agreed.append(
        Agreed(
          role: role, decision: decision, scope: scope, person: person,
          text: "\(fields.scope) as \(fields.role)"))
    }
    for index in entries.indices where entries[index].state.isOutdated {
      guard let later = successor(of: entries[index], after: index) else { continue }
      entries[index] = Entry(
        signoff: entries[index].signoff,
        state: .superseded(later.signoff.statement.fields.number), person: entries[index].person)
    }
  }

  /// The signature of the same role on all that an earlier one was about, as it is now.
  private func successor(of earlier: Entry, after index: Int) -> Entry? {
    let kpis = Set(earlier.signoff.scope.map(basis.rules.kpis) ?? [])
    return entries[(index + 1)...].first { later in
      guard later.state == .current, later.signoff.role == earlier.signoff.role,
        later.signoff.decision?.agrees == true, let scope = later.signoff.scope
      else { return false }
      if case .independence = scope, later.person != earlier.person { return false }
      return scope == earlier.signoff.scope
        || !kpis.isEmpty && kpis.isSubset(of: basis.rules.kpis(of: scope))
    }
  }

  /// The last agreeing statement of a role about a scope that was not taken back, if there is one.
  package func last(_ role: SignoffRole, _ scope: SignoffScope) -> Entry? {
    entries.last { entry in
      guard case .withdrawn = entry.state else {
        return entry.signoff.role == role && entry.signoff.scope == scope
          && entry.signoff.decision?.agrees == true
      }
      return false
    }
  }

  /// The last agreeing statement of a role about a workpaper, or about a section that has it.
  package func last(_ role: SignoffRole, about kpi: String) -> Entry? {
    entries.last { entry in
      guard case .withdrawn = entry.state else {
        return entry.signoff.role == role && entry.signoff.decision?.agrees == true
          && basis.rules.covers(entry.signoff.scope, kpi)
      }
      return false
    }
  }

  package var rules: SignoffRules { basis.rules }

  private func person(of signoff: Signoff) -> String {
    basis.rules.person(signoff.statement.fields.signer)
  }

  // MARK: Whether it is a statement of this engagement, by who it says

  private func wrongness(of signoff: Signoff, after last: Int) -> SignoffState? {
    let fields = signoff.statement.fields
    guard let role = signoff.role, let decision = signoff.decision, let scope = signoff.scope else {
      return .broken("its role, decision or scope is not one of this format's")
    }
    guard decision.fits(role, scope) else {
      return .broken("a \(role.rawValue) does not say \(decision.rawValue) of \(scope)")
    }
    guard fields.engagement == basis.engagement else {
      return .broken("it is about the engagement \(fields.engagement)")
    }
    guard fields.number > last else { return .broken("another statement has its number") }
    guard fields.head.origin == basis.origin, basis.roots[fields.head.size] == fields.head.root
    else { return .broken("the log never had the head that it quotes") }
    guard let event = basis.events[signoff.statement.digest] else {
      return .broken("no event of the log records it")
    }
    guard event >= fields.head.size else {
      return .broken("it quotes a head that is later than its own event")
    }
    return misSigned(signoff)
  }

  private func misSigned(_ signoff: Signoff) -> SignoffState? {
    let statement = signoff.statement
    do {
      let signature = try SSHSignature(armored: signoff.signature)
      _ = try signature.verified(
        message: statement.bytes, principal: statement.fields.signer,
        namespace: statement.namespace, at: statement.fields.made, signers: basis.signers,
        revoked: basis.revoked)
      return nil
    } catch let error as TrailError
      where error.code == .signerUnknown || error.code == .signerRevoked
    {
      return .void(error.message)
    } catch {
      return .broken("\(error)")
    }
  }

  // MARK: How it stands among the others and against the files

  private func standing(of signoff: Signoff, _ person: String) -> SignoffState {
    if let number = withdrawals[signoff.statement.digest] { return .withdrawn(number) }
    let (role, scope) = (signoff.role ?? .preparer, signoff.scope ?? .pack)
    if let decision = signoff.decision, decision.agrees {
      let event = basis.events[signoff.statement.digest] ?? 0
      if let breach = basis.rules.breach(
        role, decision, scope, person, at: event, earlier: agreed)
      {
        return breach
      }
    }
    guard signoff.decision != .withdrawn else { return .current }
    guard let now = basis.scopes[scope] else { return .elsewhere }
    let current = Dictionary(
      now.map { ($0.path, $0.digest) }, uniquingKeysWith: { first, _ in first })
    let changed = signoff.statement.covers.filter { current[$0.path] != $0.digest }
    if !changed.isEmpty { return .stale(changed.map(\.path)) }
    let covered = Set(signoff.statement.covers.map(\.path))
    let added = now.filter { !covered.contains($0.path) }
    return added.isEmpty ? .current : .scopeGrew(added.map(\.path))
  }
}
