package import Assurance
package import Trail

/// Works out when sign-offs can have been made.
package struct TimeBrackets {
  let signoffs: [Signoff]
  let anchors: [TimedAnchor]
  let log: LogIndex

  private typealias Ends = (TimeBracket.End?, TimeBracket.End?)

  /// In the order of the statements' numbers.
  var all: [TimeBracket] {
    let claims = Claims(signoffs, log)
    return signoffs.sorted { $0.statement.fields.number < $1.statement.fields.number }
      .compactMap { bracket(of: $0, claims) }
  }

  private func bracket(of signoff: Signoff, _ claims: Claims) -> TimeBracket? {
    let fields = signoff.statement.fields
    guard let event = log.statements[signoff.statement.digest] else { return nil }
    let before = anchors.filter { ($0.recorded ?? .max) < fields.head.size }
      .max { $0.time < $1.time }
    let after = anchors.filter { $0.size > event }.min { $0.time < $1.time }
    let isOutside = before != nil || after != nil
    let claimed: Ends = isOutside ? (nil, nil) : claims.ends(of: fields, event: event)
    return TimeBracket(
      number: fields.number, signer: fields.signer, made: fields.made,
      notBefore: before.map { TimeBracket.End(time: $0.time, by: $0.by) } ?? claimed.0,
      notAfter: after.map { TimeBracket.End(time: $0.time, by: $0.by) } ?? claimed.1,
      isOutside: isOutside)
  }

  /// The longest heads that something holds.
  ///
  /// - Parameter outside: the longest head held from outside.
  package static func tail(
    of size: Int, signoffs: [Signoff], roots: [Int: Digest], _ outside: Int
  ) -> UnanchoredTail {
    var last: Statement.Fields?
    for fields in signoffs.map(\.statement.fields)
    where roots[fields.head.size] == fields.head.root && fields.head.size >= last?.head.size ?? 0 {
      last = fields
    }
    let signed = last?.head.size ?? 0
    let isOutside = outside >= signed
    let by = isOutside ? "from outside" : "sign-off \(last?.number ?? 0)"
    return UnanchoredTail(
      size: size, anchored: max(signed, outside), by: isOutside && outside == 0 ? "" : by,
      outside: outside)
  }
}

/// What signers claim of their times, by place in the log: the latest claim before a place and the
/// earliest after it, by another signer, are found in a few steps however many there are.
private struct Claims {
  private struct Claim {
    let place: Int
    let signer: String
    let time: UTCTime
  }
  /// The best claim up to a place, and the best of anybody else than its signer.
  private typealias Best = (first: Claim, other: Claim?)

  private let events: [Int]
  private var latest: [Best] = []
  private let heads: [Int]
  /// From the last head to the first.
  private var earliest: [Best] = []

  init(_ signoffs: [Signoff], _ log: LogIndex) {
    let claims = signoffs.compactMap { signoff -> (event: Int, head: Int, Claim)? in
      let fields = signoff.statement.fields
      return log.statements[signoff.statement.digest].map {
        ($0, fields.head.size, Claim(place: $0, signer: fields.signer, time: fields.made))
      }
    }
    let byEvent = claims.sorted { $0.event < $1.event }
    events = byEvent.map(\.event)
    latest = Self.best(byEvent.map(\.2)) { $0.time > $1.time }
    let byHead = claims.sorted { $0.head < $1.head }
    heads = byHead.map(\.head)
    earliest = Self.best(byHead.reversed().map(\.2)) { $0.time < $1.time }
  }

  private static func best(
    _ claims: [Claim], _ isBetter: (Claim, Claim) -> Bool
  ) -> [Best] {
    var all: [Best] = []
    for claim in claims {
      guard let last = all.last else {
        all.append((claim, nil))
        continue
      }
      if isBetter(claim, last.first) {
        all.append((claim, claim.signer == last.first.signer ? last.other : last.first))
      } else if claim.signer != last.first.signer, last.other.map({ isBetter(claim, $0) }) ?? true {
        all.append((last.first, claim))
      } else {
        all.append(last)
      }
    }
    return all
  }

  private static func of(_ best: Best, notBy signer: String) -> TimeBracket.End? {
    let claim = best.first.signer == signer ? best.other : best.first
    return claim.map { TimeBracket.End(time: $0.time, by: "\($0.signer) says") }
  }

  func ends(
    of fields: Statement.Fields, event: Int
  ) -> (TimeBracket.End?, TimeBracket.End?) {
    let before = Self.count(events) { $0 < fields.head.size }
    let upTo = Self.count(heads) { $0 <= event }
    let start = before == 0 ? nil : Self.of(latest[before - 1], notBy: fields.signer)
    let after = heads.count - upTo
    let end = after == 0 ? nil : Self.of(earliest[after - 1], notBy: fields.signer)
    return (start, end)
  }

  /// How many from the front hold, where those that hold stand in front.
  private static func count(_ places: [Int], _ holds: (Int) -> Bool) -> Int {
    var (low, high) = (0, places.count)
    while low < high {
      let middle = (low + high) / 2
      if holds(places[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
