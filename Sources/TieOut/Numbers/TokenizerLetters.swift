import Exact

/// Numbers written in English words: two to twenty, tens, hundred, half, a third, first.
extension Tokenizer {
  /// Looks at the word that begins at `start`; gives the next character to look at.
  mutating func letters(_ start: Int) -> Int {
    guard start == 0 || !Glyph.isLetter(t[start - 1]) else { return start + 1 }
    var end = start
    while end < t.count, Glyph.isLetter(t[end]) { end += 1 }
    guard end - start <= 9, let entry = Self.words[string(start..<end).lowercased()] else {
      return end
    }
    var draft = Draft(start..<end, .figure(ExactDecimal(entry.value), high: nil))
    if entry.ordinal {
      draft.kind = .ordinal
      draft.unit = "1"
      readUnit(&draft)
      draft.kind = .ordinal
    } else {
      readScale(&draft)
      readUnit(&draft)
      if draft.unit == nil { draft.unit = "1" }
      if entry.value == 1 { draft.aside = .article }
    }
    drafts.append(draft)
    return end
  }

  private static let words: [String: (value: Int, ordinal: Bool)] = {
    var words: [String: (value: Int, ordinal: Bool)] = [:]
    let cardinals = [
      "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
      "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
      "twenty",
    ]
    for (index, word) in cardinals.enumerated() { words[word] = (index + 1, false) }
    for (index, word) in ["thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
      .enumerated()
    { words[word] = (index * 10 + 30, false) }
    words["hundred"] = (100, false)
    words["dozen"] = (12, false)
    for (index, word) in ["first", "second", "third", "fourth", "fifth", "sixth", "seventh"]
      .enumerated()
    { words[word] = (index + 1, true) }
    return words
  }()
}
