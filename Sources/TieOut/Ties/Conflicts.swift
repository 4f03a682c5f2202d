/// Numbers that contradict one another in what they say, not in their size.
struct Conflicts {
  let tying: Tying

  func apply(to found: inout [[Tie]]) {
    for line in tying.byLine.keys.sorted() {
      let indexes = tying.byLine[line] ?? []
      titles(indexes, &found)
      coverage(indexes, &found)
    }
    descriptions(&found)
  }

  /// - Parameter a: the one that is less likely wrong; the contradiction ranks first for `b`.
  private func add(
    _ a: Int, _ b: Int, _ why: String, both: Bool = true, _ found: inout [[Tie]]
  ) {
    for (from, to) in [(a, b), (b, a)] {
      let token = tying.items[to].claim.token
      found[from].append(
        Tie(
          partner: .claim(token.id, token.place), status: .conflict, why: why,
          score: both || from == b ? 1400 : 340))
    }
  }

  /// A document whose title names a later year than the day it is said to have appeared.
  private func titles(_ indexes: [Int], _ found: inout [[Tie]]) {
    for (place, title) in indexes.enumerated() where isInTitle(tying.items[title].claim.token) {
      guard case .date(let named, nil) = tying.items[title].claim.token.value, named.month == nil,
        let year = named.year
      else { continue }
      for other in indexes[(place + 1)...].prefix(2) {
        guard case .date(let date, nil) = tying.items[other].claim.token.value, date.month != nil,
          let published = date.year, published < year,
          tying.items[other].claim.sentence == tying.items[title].claim.sentence,
          speaksOfPublication(after: tying.items[other].claim.token)
        else { continue }
        add(title, other, "a title of \(year) that appeared in \(date)", both: false, &found)
      }
    }
  }

  /// Inside 《 》, near its end or beginning.
  private func isInTitle(_ token: NumberToken) -> Bool {
    let t = tying.text.folded
    var index = token.range.lowerBound
    let first = max(0, index - 40)
    while index > first {
      index -= 1
      if t[index] == 0x300B || Glyph.isNewline(t[index]) { return false }
      if t[index] == 0x300A { return true }
    }
    return false
  }

  private static let published = ["发布", "发表", "出版", "公布", "published", "released"]
    .map(Glyph.scalars)

  private func speaksOfPublication(after token: NumberToken) -> Bool {
    let t = tying.text.folded
    let end = min(t.count, token.range.upperBound + 40)
    for index in token.range.upperBound..<end {
      if Glyph.endsSentence(t[index]) { return false }
      for word in Self.published where index + word.count <= t.count {
        if zip(word, t[index...]).allSatisfy({ $0 == $1 }) { return true }
      }
    }
    return false
  }

  /// A purchase of a month that covers time before it.
  private func coverage(_ indexes: [Int], _ found: inout [[Tie]]) {
    for (place, index) in indexes.enumerated() {
      guard case .date(let start, let end?) = tying.items[index].claim.token.value,
        let from = start.days, end.days != nil, covers(tying.items[index].claim.token)
      else { continue }
      for other in indexes[..<place].reversed().prefix(3) {
        guard case .date(let deed, nil) = tying.items[other].claim.token.value, deed.month != nil,
          let day = deed.days, from.upperBound < day.lowerBound,
          from.lowerBound / 10000 == day.lowerBound / 10000
        else { continue }
        add(index, other, "what was done in \(deed) is said to cover from \(start)", &found)
        break
      }
    }
  }

  private func covers(_ token: NumberToken) -> Bool {
    let t = tying.text.folded
    let start = max(0, token.range.lowerBound - 6)
    let before = Array(t[start..<token.range.lowerBound])
    let words = ["覆盖", "covering", "covers"].map(Glyph.scalars)
    return words.contains { word in
      before.count >= word.count
        && (0...(before.count - word.count)).contains {
          Array(before[$0..<$0 + word.count]) == word
        }
    }
  }

  /// Two numbers of standards with one description.
  private func descriptions(_ found: inout [[Tie]]) {
    var byText: [[UInt32]: [Int]] = [:]
    for index in tying.items.indices {
      let token = tying.items[index].claim.token
      guard case .code = token.value else { continue }
      let line = tying.text.range(ofLine: token.place.line)
      let rest = tying.text.folded[token.range.upperBound..<line.upperBound].filter {
        !Glyph.isBlank($0)
      }
      let head = tying.text.folded[line.lowerBound..<token.range.lowerBound]
      guard rest.count >= 6, rest.count <= 40, head.count <= 10 else { continue }
      byText[rest, default: []].append(index)
    }
    for (_, indexes) in byText.sorted(by: { $0.value[0] < $1.value[0] }) where indexes.count > 1 {
      for (place, index) in indexes.enumerated() {
        for other in indexes[(place + 1)...]
        where tying.items[other].claim.token.value != tying.items[index].claim.token.value {
          add(index, other, "two standards with one description", &found)
        }
      }
    }
  }
}
