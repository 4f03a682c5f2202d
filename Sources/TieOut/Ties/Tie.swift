/// How a number stands to what it was compared with.
package enum TieStatus: String, Sendable, Hashable, CaseIterable {
  case exact
  case withinRounding = "within rounding"
  case boundHolds = "bound holds"
  case conflict
  case differentScope = "different scope"
  case unmatched
}

/// A partner of a claim, with the reason in one line.
package struct Tie: Sendable, Hashable {
  /// What the claim was compared with.
  package enum Partner: Sendable, Hashable {
    /// A reported value, by id.
    case figure(String)
    /// Another claim, by its token's id, with its place.
    case claim(Int, Place)
    /// A list of things named beside the number, by where it begins.
    case items(Place)
  }

  package let partner: Partner
  package let status: TieStatus
  package let why: String
  /// Ranks candidates: higher is better; comparable within one text only.
  package let score: Int

  /// `kpi:id`, or `line:column` of the other number or of the list.
  package var to: String {
    switch partner {
    case .figure(let id): "kpi:" + id
    case .claim(_, let place), .items(let place): "\(place.line):\(place.column)"
    }
  }
}

/// A claim with its candidates, best first; none makes it unmatched.
package struct TiedClaim: Sendable, Hashable {
  package let claim: Claim
  package let ties: [Tie]
  /// That of the best candidate.
  package var status: TieStatus { ties.first?.status ?? .unmatched }
}
