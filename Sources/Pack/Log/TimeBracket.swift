package import Trail

/// When a sign-off can have been made, by what others fixed before and after it.
///
/// After: it quotes a head that contains the event in which an anchor was taken in, and nobody knew
/// that anchor before its time. Before: a later anchor covers the event that recorded it. A
/// signer's own time is a claim and bounds nothing.
package struct TimeBracket: Hashable, Sendable {
  package struct End: Hashable, Sendable {
    package let time: UTCTime
    /// Who or what gives the time.
    package let by: String
  }
  /// Number of the statement.
  package let number: Int
  package let signer: String
  /// The signer's claim.
  package let made: UTCTime
  package let notBefore: End?
  package let notAfter: End?
  /// Whether the ends are anchors from outside; else they are claims of other signers.
  package let isOutside: Bool

  /// Clocks of two machines may differ by so many seconds.
  package static let tolerance: Int64 = 300

  /// Whether the claim lies within, as far as clocks agree.
  package var holds: Bool {
    let seconds = made.unixSeconds
    if let end = notBefore, seconds < end.time.unixSeconds - Self.tolerance { return false }
    if let end = notAfter, seconds > end.time.unixSeconds + Self.tolerance { return false }
    return true
  }

  /// `between 2026-… (witness) and 2026-… (token)`.
  package var words: String {
    switch (notBefore, notAfter) {
    case (nil, nil): "at no time that anyone else fixes"
    case (let start?, nil): "not before \(start.time) (\(start.by))"
    case (nil, let end?): "not after \(end.time) (\(end.by))"
    case (let start?, let end?):
      "between \(start.time) (\(start.by)) and \(end.time) (\(end.by))"
    }
  }
}

/// The events that nothing fixes yet: whoever holds the store and the log's key can still change
/// them without a trace.
package struct UnanchoredTail: Hashable, Sendable {
  /// All events.
  package let size: Int
  /// The longest head that a signature, a reader or an outside anchor holds.
  package let anchored: Int
  /// What holds it; empty if nothing does.
  package let by: String
  /// The longest head held by something other than a sign-off; 0 if there is none.
  package let outside: Int

  package init(size: Int, anchored: Int, by: String, outside: Int) {
    (self.size, self.anchored, self.by, self.outside) = (size, anchored, by, outside)
  }

  package var length: Int { size - anchored }

  /// One sentence, the same in every output.
  package var words: String {
    let inside =
      anchored == 0
      ? "no signature or anchor fixes any of \(size) events"
      : "\(length) of \(size) events lie after the last head that something fixes "
        + "(\(by), at \(anchored))"
    return inside
      + (outside == anchored && outside > 0
        ? ""
        : outside == 0
          ? "; nothing outside the engagement fixes one"
          : "; \(size - outside) after the last one fixed from outside (\(outside))")
  }
}
