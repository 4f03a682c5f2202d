import Exact

/// "A、B、C 和 D 四個維度", "三份福利：A、B 和 C": the items named beside a number are counted.
///
/// Only agreement is reported: a list may be part of the whole ("等"), and where it begins is a
/// matter of reading.
struct Enumerations {
  let tying: Tying
  private var t: [UInt32] { tying.text.folded }

  private static let joins = ["以及", "及", "和", "与", " and "].map(Glyph.scalars)
  private static let opens = ["包括", "分别为", "即", "分别是", ":"].map(Glyph.scalars)

  func apply(to found: inout [[Tie]]) {
    for index in tying.items.indices {
      let token = tying.items[index].claim.token
      guard token.kind == .count, !tying.items[index].claim.relation.bounds,
        case .figure(let value, nil) = token.value, value.scale == 0,
        let count = Int(exactly: value.coefficient), (2...30).contains(count),
        let list = before(token, count) ?? behind(token, count)
      else { continue }
      let place = tying.text.place(list)
      found[index].append(
        Tie(
          partner: .items(place), status: .exact, why: "\(count) items are named beside it",
          score: 520))
    }
  }

  /// The list that ends at the number.
  private func before(_ token: NumberToken, _ count: Int) -> Range<Int>? {
    var end = token.range.lowerBound
    while end > 0, t[end - 1] == 32 || t[end - 1] == 0x7B49 || t[end - 1] == 0x5171 { end -= 1 }
    var start = end
    while start > 0, end - start < 140, !stops(t[start - 1]) { start -= 1 }
    guard items(start..<end) == count else { return nil }
    if !t[start..<end].contains(0x3001) {
      // Two joined by "and": both must be near, or stand in quotation marks.
      guard t[end - 1] == 0x300D || end - start <= 20 else { return nil }
    }
    return start..<end
  }

  /// The list that begins behind the number's noun.
  private func behind(_ token: NumberToken, _ count: Int) -> Range<Int>? {
    let limit = min(t.count, token.extent.upperBound + 16)
    var open: Int?
    for index in token.extent.upperBound..<max(limit, token.extent.upperBound) {
      if Glyph.endsSentence(t[index]) || Glyph.isNewline(t[index]) { return nil }
      if let word = Self.opens.first(where: { starts($0, index) }) {
        open = index + word.count
        break
      }
    }
    guard let start = open else { return nil }
    var end = start
    while end < t.count, end - start < 200, !stops(t[end]) { end += 1 }
    guard t[start..<end].contains(0x3001), items(start..<end) == count else { return nil }
    return start..<end
  }

  private func stops(_ c: UInt32) -> Bool {
    Glyph.endsSentence(c) || Glyph.isNewline(c) || c == 0xFF0C || c == 0x3A || c == 0x28 || c == 9
  }

  private func starts(_ word: [UInt32], _ index: Int) -> Bool {
    index + word.count <= t.count && zip(word, t[index...]).allSatisfy { $0 == $1 }
  }

  /// One more than the marks between items; one "and" behind the last mark counts as a mark.
  private func items(_ range: Range<Int>) -> Int {
    let marks = range.filter { t[$0] == 0x3001 }
    var joined = 0
    let tail = (marks.last ?? range.lowerBound)..<range.upperBound
    if tail.contains(where: { index in Self.joins.contains { starts($0, index) } }) { joined = 1 }
    return marks.isEmpty && joined == 0 ? 0 : marks.count + joined + 1
  }
}
