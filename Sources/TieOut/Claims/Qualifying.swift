/// Finds the words that qualify a number.
struct Qualifying {
  let text: ReportText
  let vocabulary: Vocabulary
  let sentences: Sentences

  struct Found {
    var labels: [String] = []
    var relation: Relation = .equal
    mutating func add(_ entry: Vocabulary.Qualifier) {
      if !labels.contains(entry.label) { labels.append(entry.label) }
      if entry.relation.bounds || relation == .equal { relation = entry.relation }
    }
  }

  private var t: [UInt32] { text.folded }

  func find(_ token: NumberToken) -> Found {
    var found = Found()
    before(token, &found)
    for entry in token.insideRelations { found.add(entry) }
    if case .vague = token.value { vague(token, &found) }
    after(token, &found)
    joined(token, &found)
    return found
  }

  // MARK: - before

  private func before(_ token: NumberToken, _ found: inout Found) {
    var end = back(token.range.lowerBound)
    var entries: [Vocabulary.Qualifier] = []
    for _ in 0..<3 {
      guard let word = vocabulary.before.longestEnding(in: t, before: end),
        fits(word.entry, start: end - word.length, token)
      else { break }
      entries.insert(word.entry, at: 0)
      end = back(end - word.length)
    }
    if entries.isEmpty { entries = remote(token, end) }
    for entry in entries { found.add(entry) }
    if token.unit == "{rank}", t.indices.contains(end - 1), t[end - 1] == 0x524D {
      found.labels.append("前")
      found.relation = .most
    }
  }

  /// Before blanks, currency and, at the start of a line, the line's beginning.
  private func back(_ start: Int) -> Int {
    var end = blanksBack(start)
    for word in ["人民币", "RMB", "US$", "HK$", "$", "€", "£"] {
      let scalars = Glyph.scalars(word)
      if end >= scalars.count, Array(t[end - scalars.count..<end]) == scalars {
        end = blanksBack(end - scalars.count)
      }
    }
    if end > 0, Glyph.isNewline(t[end - 1]) {
      var above = end
      while above > 0, Glyph.isBlank(t[above - 1]) { above -= 1 }
      if above > 0, end - above <= 4 { return above }
    }
    return end
  }

  private func blanksBack(_ index: Int) -> Int {
    var index = index
    while index > 0, t[index - 1] == 32 { index -= 1 }
    return index
  }

  /// Words of one character that are often the end of another word.
  private static let blocked: [UInt32: Set<UInt32>] = [
    0x8FD1: Set(Glyph.scalars("附最临靠远")), 0x7EA6: Set(Glyph.scalars("节合契预公签制条")),
    0x8FBE: Set(Glyph.scalars("到传表抵发转")), 0x81EA: Set(Glyph.scalars("来各亲独源")),
    0x8D85: Set(Glyph.scalars("高")),
  ]

  private func fits(_ entry: Vocabulary.Qualifier, start: Int, _ token: NumberToken) -> Bool {
    if let blocked = Self.blocked[t[start]], start > 0, blocked.contains(t[start - 1]) {
      return false
    }
    switch entry.label {
    case "自", "since": return token.kind == .date
    case "by": return token.kind == .date
    case "上":
      return ChineseNumeral.magnitude(t[token.range.lowerBound]).map { $0 >= 3 } ?? false
    case "每", "每年": return token.kind != .date
    case "連續": return token.kind == .duration
    case "some", "under", "over", "above", "below":
      return token.kind != .date && token.kind != .ordinal
    default: return true
    }
  }

  /// 至少新增一個, 連續舉辦 7 年, 最大提升 400 %: a verb between.
  private func remote(_ token: NumberToken, _ end: Int) -> [Vocabulary.Qualifier] {
    for gap in 1...4 where end - gap > 1 {
      let place = end - gap
      if Glyph.separatesClauses(t[place]) { return [] }
      guard let word = vocabulary.before.longestEnding(in: t, before: place), word.length > 1 else {
        continue
      }
      switch word.entry.label {
      case "至少", "最少", "最大", "最多", "至多", "相當於": return [word.entry]
      case "連續" where token.kind == .duration: return [word.entry]
      default: continue
      }
    }
    return []
  }

  // MARK: - behind

  private func after(_ token: NumberToken, _ found: inout Found) {
    var index = token.extent.upperBound
    for _ in 0..<2 {
      while index < t.count, t[index] == 32 { index += 1 }
      guard let word = vocabulary.after.longest(in: t, at: index),
        fitsBehind(word.entry, end: index + word.length, token)
      else { return }
      found.add(word.entry)
      index += word.length
    }
  }

  private func fitsBehind(
    _ entry: Vocabulary.Qualifier, end: Int, _ token: NumberToken
  ) -> Bool {
    let next = end < t.count ? t[end] : 10
    switch entry.label {
    case "初", "底", "末": return token.kind == .date
    case "起", "以來", "開始": return token.kind == .date
    case "前", "之前", "以前":
      return token.kind == .date && next != 0x540E && next != 0x63D0 && next != 0x5F80
    case "內", "之內", "以內":
      let unfit = Glyph.scalars("容部地涵在外")
      return token.kind == .duration && !unfit.contains(next)
    default: return token.kind != .date || entry.relation == .about
    }
  }

  // MARK: - both sides

  /// 自 … 起 is one qualifier; 從 … 開始 says no more than the date.
  private func joined(_ token: NumberToken, _ found: inout Found) {
    if found.labels.first == "自", found.labels.last == "起" { found.labels = ["自…起"] }
    let start = token.range.lowerBound
    if found.labels.last == "開始" {
      let before = blanksBack(start)
      if before > 0, t[before - 1] == 0x4ECE || t[before - 1] == 0x7531 {
        found.labels.removeLast()
      }
    }
  }

  private func vague(_ token: NumberToken, _ found: inout Found) {
    let first = text.raw[token.range.lowerBound]
    if let scalar = Unicode.Scalar(first) {
      found.labels.append(String(Character(scalar)))
      found.relation = .about
    }
  }
}
