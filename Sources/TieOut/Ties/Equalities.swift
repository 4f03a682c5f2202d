import Exact

/// Claims of the same value, dates that hold one another, members of lists.
extension Tying {
  func equalClaims(_ index: Int) -> [Tie] {
    let item = items[index]
    guard let key = key(item) else { return [] }
    let bucket = equal[key] ?? []
    var ties: [Tie] = []
    for other in around(index, bucket) {
      if let tie = equalTie(index, other, bucket: bucket.count) { ties.append(tie) }
    }
    if item.isDate { ties += containingDates(index) }
    if case .list = item.claim.token.value { ties += members(index) }
    return ties
  }

  private func equalTie(_ index: Int, _ other: Int, bucket: Int) -> Tie? {
    let (a, b) = (items[index].claim, items[other].claim)
    let isCode = a.token.kind == .version && a.token.aside != nil
    let ordered = a.token.kind == .ordinal || a.token.kind == .date
    // Two counts of one sentence count two things.
    if a.sentence == b.sentence, !ordered, !isCode { return nil }
    // One value of two years is two facts.
    if !ordered, let mine = a.token.period?.year, let theirs = b.token.period?.year, mine != theirs
    {
      return nil
    }
    var likeness = self.likeness(index, other)
    if a.sentence == b.sentence { likeness -= 250 }
    let sameUnit = a.token.unit == b.token.unit
    var score = likeness + (sameUnit ? 60 : 0) + (a.qualifiers == b.qualifiers ? 40 : 0)
    if !isCode {
      score += digitsBonus(items[index].significant, a.token.kind) + dateBonus(a.token)
      if endsPeriod(a.token), endsPeriod(b.token) { score += 200 }
      if a.token.kind == .duration, unitWord(a.token) == unitWord(b.token) { score += 60 }
      score += nearness(a.token, b.token) + scarcity(bucket, a.token, sameUnit)
    }
    guard score >= 330, sameUnit || likeness >= 200 || items[index].significant >= 3 else {
      return nil
    }
    let bounded = a.relation.bounds || b.relation.bounds
    let same = isCode ? likeness >= 450 : isSame(a, b, likeness, score)
    let partOfYear = a.token.kind == .date && edge(a) != edge(b)
    // Two things may happen in one month.
    if a.token.kind == .date, !same, !partOfYear { return nil }
    let status: TieStatus =
      !same || partOfYear ? .differentScope : bounded ? .boundHolds : .exact
    return Tie(
      partner: .claim(b.token.id, b.token.place), status: status, why: why(status, a, b),
      score: partOfYear ? score - 200 : score)
  }

  private func isSame(_ a: Claim, _ b: Claim, _ likeness: Int, _ score: Int) -> Bool {
    if a.token.kind == .date { return likeness >= 150 || score >= 500 }
    if a.token.kind == .duration, a.token.decimals == 0, score < 900 {
      return nextPair(a.token) == nextPair(b.token) || likeness >= 600
    }
    return likeness >= 200 || score >= 560
  }

  /// The two characters behind number and unit: what lasts so long.
  private func nextPair(_ token: NumberToken) -> [UInt32] {
    var pair: [UInt32] = []
    var index = token.extent.upperBound
    while index < text.count, pair.count < 2, index < token.extent.upperBound + 6 {
      if Glyph.isHan(text.folded[index]) || Glyph.isLetter(text.folded[index]) {
        pair.append(text.folded[index])
      }
      index += 1
    }
    return pair
  }

  private func why(_ status: TieStatus, _ a: Claim, _ b: Claim) -> String {
    let both = "\(a.token.printed) and \(b.token.printed)"
    return switch status {
    case .differentScope: "the same value in other words"
    case .boundHolds: "the same value, as a bound: \(both)"
    default: "the same value: \(both)"
    }
  }

  /// The unit as printed: 周年 and 年 are the same length and speak of other things.
  private func unitWord(_ token: NumberToken) -> [UInt32] {
    text.folded[token.range.upperBound..<max(token.range.upperBound, token.extent.upperBound)]
      .filter { !Glyph.isBlank($0) }
  }

  /// Beginning or end of a year or month.
  private func edge(_ claim: Claim) -> Relation {
    claim.qualifiers.contains("初") ? .start : .equal
  }

  /// How much a value says by itself: a long number seldom repeats by chance.
  func digitsBonus(_ digits: Int, _ kind: NumberKind) -> Int {
    if kind == .date { return 0 }
    return [0, 0, 90, 220, 380, 480][min(digits, 5)]
  }

  private func dateBonus(_ token: NumberToken) -> Int {
    guard case .date(let date, _) = token.value else { return 0 }
    return date.day != nil ? 280 : date.month != nil ? 110 : 0
  }

  /// 至 2021 年 12 月 31 日, 截至 … 止年度, year ended …: the end of a period.
  private func endsPeriod(_ token: NumberToken) -> Bool {
    guard token.kind == .date else { return false }
    let t = text.folded
    let before = t[max(0, token.range.lowerBound - 8)..<token.range.lowerBound].last { $0 != 32 }
    let after = t[token.range.upperBound..<min(t.count, token.range.upperBound + 3)].first {
      $0 != 32
    }
    let head = Array(t[max(0, token.range.lowerBound - 6)..<token.range.lowerBound])
    return after == 0x6B62 || (before == 0x81F3 && head.dropLast().last != 0x622A)
      || head == Glyph.scalars("ended ")
  }

  func nearness(_ a: NumberToken, _ b: NumberToken) -> Int {
    let lines = abs(a.place.line - b.place.line)
    return lines <= 8 ? 120 : lines <= 40 ? 60 : 0
  }

  /// A value that few numbers of the text have.
  private func scarcity(_ bucket: Int, _ token: NumberToken, _ sameUnit: Bool) -> Int {
    guard sameUnit, token.unit != "1" else { return 0 }
    return bucket <= 2 ? 150 : bucket <= 4 ? 100 : bucket <= 8 ? 50 : 0
  }

  // MARK: - dates that hold one another

  private func containingDates(_ index: Int) -> [Tie] {
    let item = items[index]
    guard case .date(let date, let high) = item.claim.token.value, let year = date.year else {
      return []
    }
    var bucket = years.index[year] ?? []
    if let last = high?.year, last != year { bucket += years.index[last] ?? [] }
    bucket.sort()
    var ties: [Tie] = []
    for other in around(index, bucket) {
      guard case .date(let held, let heldHigh) = items[other].claim.token.value,
        held != date || heldHigh != high
      else { continue }
      let spans = heldHigh == date || high == held
      guard spans || date.contains(held) || held.contains(date) else { continue }
      let a = item.claim
      let b = items[other].claim
      var score = likeness(index, other)
      if date.month != nil, held.month != nil { score += 150 }
      if spans { score = max(score, 400) }
      guard score >= 330 else { continue }
      ties.append(
        Tie(
          partner: .claim(b.token.id, b.token.place), status: .withinRounding,
          why: "\(a.token.printed) and \(b.token.printed): one holds the other",
          score: score - 60))
    }
    return ties
  }

  // MARK: - lists

  /// Claims whose value and unit stand in a list.
  private func members(_ index: Int) -> [Tie] {
    let item = items[index]
    guard case .list(let values) = item.claim.token.value else { return [] }
    var ties: [Tie] = []
    for value in values {
      let point = Rational(value) * item.measure.factor
      let key = Key(base: item.measure.base, value: point.description)
      for other in around(index, equal[key] ?? [])
      where items[other].claim.token.unit == item.claim.token.unit {
        let token = items[other].claim.token
        let word = unitWord(token)
        let listed = text.folded[item.claim.token.range].suffix(word.count)
        guard Array(listed) == word else { continue }
        let likeness = self.likeness(index, other)
        guard likeness >= 100 || abs(token.place.line - item.claim.token.place.line) <= 80 else {
          continue
        }
        ties.append(
          Tie(
            partner: .claim(token.id, token.place), status: .withinRounding,
            why: "\(token.printed) is in the list", score: 340))
      }
    }
    return ties
  }

  // MARK: - bounds

  /// Claims of another value that a bound admits: over 40 and 40.97.
  func boundedClaims(_ index: Int) -> [Tie] {
    let item = items[index]
    guard let point = item.point, !point.isZero, item.claim.token.kind != .ordinal,
      let bounds = item.bounds, let interval = item.interval
    else { return [] }
    let list = claimsByBase[item.measure.base] ?? []
    let reach = point.magnitude * (Rational("1/8") ?? .one)
    var place = list.partitioningIndex { (items[$0].point ?? .zero) >= point - reach }
    var ties: [Tie] = []
    var looked = 0
    while place < list.count, looked < 4 * Self.reach,
      let other = items[list[place]].point, other <= point + reach
    {
      defer { place += 1 }
      let partner = items[list[place]]
      guard other != point, let theirs = partner.bounds, let print = partner.interval else {
        continue
      }
      looked += 1
      work?.add(1)
      let one = item.claim.relation.bounds
      let two = partner.claim.relation.bounds
      if one, two { continue }
      let holds = one ? bounds.admits(print) : two ? theirs.admits(interval) : false
      let rounds = !one && !two && interval.overlaps(print)
      guard holds || rounds, partner.claim.token.unit == item.claim.token.unit || rounds else {
        continue
      }
      let likeness = self.likeness(index, list[place])
      guard likeness >= 280 else { continue }
      let (a, b) = (item.claim.token, partner.claim.token)
      ties.append(
        Tie(
          partner: .claim(b.id, b.place), status: holds ? .boundHolds : .withinRounding,
          why: "\(item.claim.qualifier) \(a.printed) against \(b.printed)",
          score: likeness + 100 + nearness(a, b)))
    }
    return ties
  }
}
