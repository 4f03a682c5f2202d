/// "As at", "截至": the date at which what follows was counted.
struct AsOf {
  let text: ReportText
  let sentences: Sentences
  private var t: [UInt32] { text.folded }

  init(text: ReportText, sentences: Sentences) {
    self.text = text
    self.sentences = sentences
  }

  private static let words: [(word: [UInt32], label: String)] = [
    ("截至", "截至"), ("截止至", "截至"), ("截止", "截至"), ("as at", "as at"), ("as of", "as of"),
    ("As at", "as at"), ("As of", "as of"),
  ].map { (Glyph.scalars($0.0), $0.1) }

  /// The word for "as at" directly before the date; nil if there is none.
  func mark(_ token: NumberToken) -> String? {
    guard token.kind == .date else { return nil }
    var end = token.range.lowerBound
    while end > 0, t[end - 1] == 32 { end -= 1 }
    for (word, label) in Self.words where end >= word.count {
      if zip(word, t[(end - word.count)...]).allSatisfy({ $0 == $1 }) { return label }
    }
    return nil
  }

  /// The date for each token, by position, nil where none reaches it.
  ///
  /// It reaches to the sentence's end, but not into a clause about each one or about a plan; from a
  /// short line it reaches down over short lines, but not to yearly, average and rate figures.
  func dates(_ tokens: [NumberToken]) -> [(date: CalendarDate, label: String)?] {
    var dates = [(date: CalendarDate, label: String)?](repeating: nil, count: tokens.count)
    var current: (label: String, date: CalendarDate, sentence: Int, line: Int, carries: Bool)?
    for (index, token) in tokens.enumerated() where token.aside == nil {
      if let label = mark(token), case .date(let date, _) = token.value {
        let line = token.place.line
        let carries = sentences.isShort(line)
        current = (label, date, sentences.number(at: token.range.lowerBound), line, carries)
        dates[index] = (date, label)
        continue
      }
      guard let open = current, token.kind != .date else { continue }
      let sentence = sentences.number(at: token.range.lowerBound)
      if sentence == open.sentence {
        if stops(from: open.sentence, at: token.range.lowerBound) {
          current = nil
        } else {
          dates[index] = (open.date, open.label)
        }
      } else if open.carries, sentences.isShort(token.place.line),
        connected(open.line, token.place.line)
      {
        if !isYearly(token) { dates[index] = (open.date, open.label) }
      } else {
        current = nil
      }
    }
    return dates
  }

  /// 將, 每位, 每個, 每名 in the clause the number stands in or in one before it.
  private func stops(from sentence: Int, at index: Int) -> Bool {
    let start = sentences.ranges[sentence].lowerBound
    var place = index
    while place > start, index - place < 40 {
      place -= 1
      if t[place] == 0x5C06 { return true }
      if t[place] == 0x6BCF, place + 1 < t.count,
        t[place + 1] == 0x4F4D || t[place + 1] == 0x4E2A || t[place + 1] == 0x540D
      {
        return true
      }
    }
    return false
  }

  /// Only short lines between, and not many.
  private func connected(_ first: Int, _ last: Int) -> Bool {
    guard last - first <= 24 else { return false }
    var line = first
    while let next = sentences.neighbour(of: line, 1), next <= last {
      if !sentences.isShort(next) { return false }
      line = next
    }
    return true
  }

  private func isYearly(_ token: NumberToken) -> Bool {
    if token.kind == .percent || token.kind == .ratio { return true }
    var range = text.range(ofLine: token.place.line)
    if let above = sentences.neighbour(of: token.place.line, -1), sentences.isShort(above) {
      range = text.range(ofLine: above).lowerBound..<range.upperBound
    }
    let words = ["年度", "平均", "全年", "人均", "率"].map { Glyph.scalars($0) }
    return range.contains { index in
      words.contains { index + $0.count <= t.count && Array(t[index..<index + $0.count]) == $0 }
    }
  }
}
