import Exact

/// One pass over a report's text that finds every number.
///
/// Cost: linear in the text; every look around a number is of bounded reach.
struct Tokenizer {
  let text: ReportText
  let vocabulary: Vocabulary
  /// The folded characters.
  let t: [UInt32]
  var drafts: [Draft] = []
  /// Ranges of web and mail addresses and telephone numbers, in order.
  private var masks: [(range: Range<Int>, reason: AsideReason)] = []

  /// What the report's own tags state.
  private let marked: [MarkedFigure]

  init(_ text: ReportText, _ vocabulary: Vocabulary, _ marked: [MarkedFigure] = []) {
    self.text = text
    self.marked = marked
    self.vocabulary = vocabulary
    t = text.folded
  }

  mutating func run() -> [NumberToken] {
    masks = AddressMask.ranges(t)
    var index = 0
    var mask = 0
    while index < t.count {
      while mask < masks.count, masks[mask].range.upperBound <= index { mask += 1 }
      if mask < masks.count, masks[mask].range.contains(index) {
        let range = masks[mask].range
        if range.contains(where: { Glyph.isDigit(t[$0]) }) {
          drafts.append(Draft(range, aside: masks[mask].reason))
        }
        index = range.upperBound
        continue
      }
      index = step(index)
    }
    Structure(text: text, vocabulary: vocabulary).apply(to: &drafts)
    Marking(text: text).apply(marked, to: &drafts)
    return drafts.enumerated().map { token($0.offset, $0.element) }
  }

  private func token(_ id: Int, _ draft: Draft) -> NumberToken {
    NumberToken(
      id: id, place: text.place(draft.range), printed: text.printed(draft.range),
      value: draft.value, decimals: draft.decimals, unit: draft.unit, kind: draft.kind,
      aside: draft.aside, name: draft.name,
      period: draft.period, mark: draft.mark, range: draft.range, extent: draft.extent,
      insideRelations: draft.inside)
  }

  /// Looks at one character; gives the next to look at.
  private mutating func step(_ index: Int) -> Int {
    let c = t[index]
    if Glyph.isDigit(c) { return digits(index) }
    if c < 0xB2 { return c < 0x80 && Glyph.isLetter(c) ? letters(index) : index + 1 }
    if let number = Glyph.circled(c) {
      let raised = index > 0 && (t[index - 1] == 0x5E || t[index - 1] == 0x7B)
      let follows = index > 0 && drafts.last?.range.upperBound == index
      let mark = raised || (follows && drafts.last?.aside == .footnoteMark)
      var draft = Draft(index..<index + 1, aside: mark ? .footnoteMark : .enumerator)
      draft.value = .figure(ExactDecimal(number), high: nil)
      drafts.append(draft)
      return index + 1
    }
    if let number = Glyph.raised(c) {
      let after = index > 0 && Glyph.isLetter(t[index - 1])
      var draft = Draft(index..<index + 1, aside: after ? .formula : .footnoteMark)
      draft.value = .figure(ExactDecimal(number), high: nil)
      drafts.append(draft)
      return index + 1
    }
    if ChineseNumeral.isNumeral(c) || isVague(index) { return chinese(index) }
    return index + 1
  }

  // MARK: - looking around

  /// The first character at or behind `index` that is no blank; line ends are blanks only if asked.
  func skipBlanks(_ index: Int, lines: Bool = false) -> Int {
    var index = index
    while index < t.count, lines ? Glyph.isBlank(t[index]) : t[index] == 32 { index += 1 }
    return index
  }

  /// One behind the last character before `index` that is no blank.
  func skipBlanksBack(_ index: Int, lines: Bool = false) -> Int {
    var index = index
    while index > 0, lines ? Glyph.isBlank(t[index - 1]) : t[index - 1] == 32 { index -= 1 }
    return index
  }

  func character(_ index: Int) -> UInt32 { index >= 0 && index < t.count ? t[index] : 10 }

  func has(_ word: String, at index: Int) -> Bool {
    var index = index
    for scalar in word.unicodeScalars {
      guard index < t.count, t[index] == scalar.value else { return false }
      index += 1
    }
    return true
  }

  func has(_ word: String, before end: Int) -> Bool {
    let count = word.unicodeScalars.count
    return end >= count && has(word, at: end - count)
  }

  /// The letters that end just before `end`.
  func lettersBefore(_ end: Int) -> String {
    var start = end
    while start > 0, end - start < 12, Glyph.isLetter(t[start - 1]) { start -= 1 }
    return string(start..<end)
  }

  func string(_ range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    for value in t[range] { if let scalar = Unicode.Scalar(value) { view.append(scalar) } }
    return String(view)
  }

  /// Whether only blanks, list marks and quotation marks stand between the line's start and here.
  func beginsLine(_ index: Int) -> Bool {
    var index = index - 1
    while index >= 0, !Glyph.isNewline(t[index]) {
      switch t[index] {
      case 32, 9, 0x2D, 0x2A, 0x23, 0x2022, 0x25CF, 0xB7: index -= 1
      default: return false
      }
    }
    return true
  }
}
