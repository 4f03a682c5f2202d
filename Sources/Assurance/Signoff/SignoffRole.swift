/// In what capacity somebody signs. The role is the namespace of the signature, so that a key that
/// was granted one role cannot sign in another.
package enum SignoffRole: String, CaseIterable, Comparable, Sendable {
  case preparer, reviewer, partner
  /// Engagement quality reviewer: somebody who took no part in the work.
  case eqr

  /// What a signature in this role says, where it agrees.
  package var decision: SignoffDecision {
    switch self {
    case .preparer: .prepared
    case .reviewer: .reviewed
    case .partner: .approved
    case .eqr: .concurs
    }
  }

  /// The roles whose signature must stand before this one, the nearest first.
  package var before: [SignoffRole] { Self.allCases.filter { $0 < self }.reversed() }

  package static func < (a: SignoffRole, b: SignoffRole) -> Bool { a.rank < b.rank }

  private var rank: Int {
    switch self {
    case .preparer: 0
    case .reviewer: 1
    case .partner: 2
    case .eqr: 3
    }
  }

  /// The role that answers for the engagement: the highest that it has people for, the engagement
  /// quality reviewer apart.
  package static func leading(_ roles: Set<SignoffRole>) -> SignoffRole {
    roles.filter { $0 != .eqr }.max() ?? .partner
  }
}

/// What a statement says about what it covers.
package enum SignoffDecision: String, CaseIterable, Sendable {
  case prepared, reviewed, approved, concurs
  /// The signer does not agree; the comment says why.
  case rejected
  /// The signer takes an earlier statement of her own back; the earlier one stays readable.
  case withdrawn
  /// The pack is the engagement's file from now on: nothing is changed, additions only.
  case locked
  /// The signer adds something after the lock.
  case amended
  /// These people do this work, with these keys.
  case assigned
  /// The signer says it of herself.
  case declared

  /// Whether the statement counts as a signature under the work.
  package var agrees: Bool { self != .rejected && self != .withdrawn }

  /// What a signature says about a scope where it agrees.
  package static func usual(_ role: SignoffRole, _ scope: SignoffScope) -> SignoffDecision {
    switch scope {
    case .team: .assigned
    case .independence: .declared
    case .report: .approved
    case .workpaper, .section, .pack, .amendment: role.decision
    }
  }

  /// Whether a statement of this role about this scope may say so.
  package func fits(_ role: SignoffRole, _ scope: SignoffScope) -> Bool {
    switch self {
    case .withdrawn: true
    case .rejected: scope.isWork || scope == .pack
    case .locked: scope == .pack
    case .amended: if case .amendment = scope { role != .eqr } else { false }
    default: self == Self.usual(role, scope)
    }
  }
}
