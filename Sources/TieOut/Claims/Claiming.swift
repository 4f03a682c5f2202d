/// Makes claims of the numbers that are not set aside.
struct Claiming {
  let text: ReportText
  let vocabulary: Vocabulary
  let sentences: Sentences

  init(_ text: ReportText, _ vocabulary: Vocabulary) {
    self.text = text
    self.vocabulary = vocabulary
    sentences = Sentences(text)
  }

  func claims(_ tokens: [NumberToken]) -> [Claim] {
    let qualifying = Qualifying(text: text, vocabulary: vocabulary, sentences: sentences)
    let asOf = AsOf(text: text, sentences: sentences)
    let dates = asOf.dates(tokens)
    return tokens.enumerated().compactMap { index, token in
      guard token.aside == nil || token.aside == .standardNumber else { return nil }
      var found = qualifying.find(token)
      if let label = asOf.mark(token) {
        found.labels.insert(label, at: 0)
      } else if let label = dates[index]?.label {
        found.labels.append(label)
      }
      return Claim(
        token: token, qualifiers: found.labels, relation: found.relation, asOf: dates[index]?.date,
        aspects: aspects(token), subject: subject(token),
        sentence: sentences.number(at: token.range.lowerBound))
    }
  }

  // MARK: - aspects

  private static let words: [(Claim.Aspect, [[UInt32]])] = [
    (.share, ["占", "佔", "比重", "share of", "of total", "of our"].map(Glyph.scalars)),
    (
      .change,
      [
        "增加", "增长", "减少", "下降", "上升", "提升", "提高", "降低", "降至", "同比", "较上", "相比", "节省",
        "increase", "decrease", "growth", "reduction", "reduced", "higher", "lower",
      ].map(Glyph.scalars)
    ),
    (.cumulative, ["累计", "总共", "cumulative"].map(Glyph.scalars)),
    (.annual, ["年度", "全年", "每年", "annual", "per year"].map(Glyph.scalars)),
    (.average, ["平均", "人均", "average", "per capita"].map(Glyph.scalars)),
  ]

  private func aspects(_ token: NumberToken) -> Set<Claim.Aspect> {
    var range = clause(token)
    if range.lowerBound == text.range(ofLine: token.place.line).lowerBound,
      let above = sentences.neighbour(of: token.place.line, -1), sentences.isShort(above)
    {
      range = text.range(ofLine: above).lowerBound..<range.upperBound
    }
    var found: Set<Claim.Aspect> = []
    for index in range.lowerBound..<min(range.upperBound, token.range.upperBound + 4) {
      for (aspect, words) in Self.words where !found.contains(aspect) {
        if words.contains(where: { starts($0, index) }) { found.insert(aspect) }
      }
    }
    return found
  }

  private func starts(_ word: [UInt32], _ index: Int) -> Bool {
    guard index + word.count <= text.count, text.folded[index] == word[0] else { return false }
    return zip(word, text.folded[index...]).allSatisfy { $0 == $1 }
  }

  // MARK: - subject

  /// From the comma or bracket before to the one behind, at most 60 characters each way.
  private func clause(_ token: NumberToken) -> Range<Int> {
    let sentence = sentences.ranges[sentences.number(at: token.range.lowerBound)]
    var start = token.range.lowerBound
    let first = max(sentence.lowerBound, start - 60)
    while start > first, !separates(start - 1) { start -= 1 }
    var end = token.extent.upperBound
    let last = min(sentence.upperBound, end + 60)
    while end < last, !separates(end) { end += 1 }
    return start..<max(end, token.range.upperBound)
  }

  private func separates(_ index: Int) -> Bool {
    let c = text.folded[index]
    return c == 0xFF0C || c == 0x2C || c == 0x3A || c == 0x3B || c == 0x3002 || Glyph.isNewline(c)
  }

  private func subject(_ token: NumberToken) -> Subject {
    var subject = Subject()
    let sentence = sentences.ranges[sentences.number(at: token.range.lowerBound)]
    let clause = clause(token)
    // Nearest words weigh most; every part is cut so that the cost stays linear.
    add(max(sentence.lowerBound, clause.lowerBound - 60)..<clause.lowerBound, 2, &subject)
    add(clause.upperBound..<min(sentence.upperBound, clause.upperBound + 40), 1, &subject)
    let line = token.place.line
    if sentences.isShort(line) {
      for (steps, weight) in [(-1, 3), (1, 2), (-2, 2), (2, 1)] {
        guard let other = sentences.neighbour(of: line, steps), sentences.isShort(other) else {
          continue
        }
        add(text.range(ofLine: other), weight, &subject)
      }
    }
    add(clause, 4, &subject)
    return subject
  }

  private func add(_ range: Range<Int>, _ weight: Int, _ subject: inout Subject) {
    guard !range.isEmpty else { return }
    for term in Terms.list(text, range) {
      subject.terms[term] = max(subject.terms[term] ?? 0, weight)
    }
  }
}
