/// What a person decided about a number of a report; never changed, only followed by another.
package struct DecisionRecord: Sendable, Hashable {
  package enum Verdict: String, Sendable, CaseIterable {
    /// The number agrees with its partner.
    case accepted
    /// It does not, whatever the program says.
    case rejected
    /// It is no figure that has to be tied.
    case aside = "set aside"
    /// An earlier decision is taken back.
    case open
  }

  /// The number's words and which of the numbers in these words it is.
  package let context: String
  package let occurrence: Int
  package let printed: String
  package let verdict: Verdict
  /// The partner that was accepted or rejected: `kpi:id`, else the words of the other number.
  package let to: String
  package let reason: String
  package let actor: String
  /// `YYYY-MM-DDTHH:MM:SSZ`.
  package let at: String
  /// SHA-256 of the report it was made about.
  package let digest: String

  package init(
    context: String, occurrence: Int, printed: String, verdict: Verdict, to: String,
    reason: String, actor: String, at: String, digest: String
  ) {
    self.context = context
    self.occurrence = occurrence
    self.printed = printed
    self.verdict = verdict
    self.to = to
    self.reason = reason
    self.actor = actor
    self.at = at
    self.digest = digest
  }
}

/// A decision as it stands about a number of this report.
package struct AppliedDecision: Sendable, Hashable {
  package enum Standing: String, Sendable {
    /// Made about this report.
    case decided
    /// Made about an earlier edition, and what it rests on is the same.
    case carried
    /// Made about an earlier edition, and something changed: a person looks again.
    case again = "to decide again"
  }

  package let decision: DecisionRecord
  package let standing: Standing

  /// Whether nobody has to look any more.
  package var settles: Bool {
    standing != .again && (decision.verdict == .accepted || decision.verdict == .aside)
  }
}

extension TiedReport {
  /// What a partner is called in a decision: the words of another number, for its line moves.
  package func partner(_ to: String) -> String {
    guard !to.hasPrefix("kpi:") else { return to }
    return numbers.first { "\($0.line):\($0.column)" == to }.map {
      "words:\($0.context)#\($0.occurrence)"
    } ?? to
  }

  /// The decision that stands about each number, by its position; nil where none does.
  ///
  /// A decision is found by the words around the number. About another edition it carries over if
  /// the number is printed the same, or, accepted, if it has the same partner and agrees with it.
  package var applied: [AppliedDecision?] {
    guard !decisions.isEmpty else { return numbers.map { _ in nil } }
    var last: [String: DecisionRecord] = [:]
    for decision in decisions { last["\(decision.occurrence) \(decision.context)"] = decision }
    let places = Dictionary(
      numbers.map { ("\($0.line):\($0.column)", "words:\($0.context)#\($0.occurrence)") },
      uniquingKeysWith: { first, _ in first })
    return numbers.map { number in
      guard let decision = last["\(number.occurrence) \(number.context)"],
        decision.verdict != .open
      else { return nil }
      return AppliedDecision(
        decision: decision, standing: standing(of: decision, number, places))
    }
  }

  private func standing(
    of decision: DecisionRecord, _ number: NumberRecord, _ places: [String: String]
  ) -> AppliedDecision.Standing {
    if decision.digest == digest { return .decided }
    switch decision.verdict {
    case .aside: return .carried
    case .rejected, .open: return number.printed == decision.printed ? .carried : .again
    case .accepted:
      let partner = number.ties.first { places[$0.to] ?? $0.to == decision.to }
      let agrees = partner.flatMap { TieStatus(rawValue: $0.status)?.agrees } ?? false
      let isSame = number.printed == decision.printed && partner?.status != "conflict"
      let hasConflict = number.status == TieStatus.conflict.rawValue && !agrees
      return (agrees || isSame) && !hasConflict ? .carried : .again
    }
  }
}
