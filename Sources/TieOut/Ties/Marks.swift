import Exact

/// Numbers that the report's own tags call one fact: equal, or a contradiction.
struct Marks {
  let tying: Tying

  func apply(to found: inout [[Tie]]) {
    var byKey: [String: [Int]] = [:]
    for (index, item) in tying.items.enumerated() {
      if let mark = item.claim.token.mark { byKey[mark.key, default: []].append(index) }
    }
    for (_, indexes) in byKey.sorted(by: { $0.value[0] < $1.value[0] }) where indexes.count > 1 {
      for index in indexes {
        for other in tying.around(index, indexes).prefix(4) { tie(index, other, &found) }
      }
    }
  }

  private func tie(_ index: Int, _ other: Int, _ found: inout [[Tie]]) {
    let (a, b) = (tying.items[index], tying.items[other])
    guard let mine = a.claim.token.mark, let theirs = b.claim.token.mark else { return }
    let status: TieStatus
    if mine.value == theirs.value {
      status = .exact
    } else {
      let meets = interval(mine).flatMap { one in interval(theirs).map { one.overlaps($0) } }
      status = meets ?? false ? .withinRounding : .conflict
    }
    let token = b.claim.token
    found[index].append(
      Tie(
        partner: .claim(token.id, token.place), status: status,
        why: "\(a.claim.token.printed) and \(token.printed): both are tagged \(mine.name)",
        score: 1200))
  }

  /// The values that are given so, by the accurate digits.
  private func interval(_ figure: MarkedFigure) -> Interval? {
    guard let decimals = figure.decimals else { return Interval(Rational(figure.value)) }
    return try? Interval(printed: figure.value, decimals: decimals)
  }
}
