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
}

/// What a statement says about what it covers.
package enum SignoffDecision: String, CaseIterable, Sendable {
  case prepared, reviewed, approved, concurs
  /// The signer does not agree; the comment says why.
  case rejected
  /// The signer takes an earlier statement of her own back; the earlier one stays readable.
  case withdrawn

  /// Whether the statement counts as a signature under the work.
  package var agrees: Bool { self != .rejected && self != .withdrawn }
}

/// What a statement is about.
package enum SignoffScope: Hashable, Sendable, CustomStringConvertible {
  /// The workpaper of one KPI.
  case workpaper(String)
  /// A whole pack, through its `tagmanifest-sha256.txt`.
  case pack

  package init?(_ text: String) {
    if text == "pack" {
      self = .pack
    } else if text.hasPrefix("workpaper "), text.utf8.count > 10 {
      self = .workpaper(String(text.dropFirst(10)))
    } else {
      return nil
    }
  }

  package var description: String {
    switch self {
    case .workpaper(let name): "workpaper \(name)"
    case .pack: "pack"
    }
  }
}
