/// Words with what is known of each, found by the longest match at a place in a text.
struct WordTable<Entry: Sendable>: Sendable {
  /// By first character; within one, the longest word first.
  private var words: [UInt32: [(scalars: [UInt32], entry: Entry)]] = [:]

  /// Adds a word, already folded; a word that is there already keeps its first entry.
  mutating func add(_ scalars: [UInt32], _ entry: Entry) {
    guard let first = scalars.first else { return }
    var list = words[first] ?? []
    guard !list.contains(where: { $0.scalars == scalars }) else { return }
    let place = list.firstIndex { $0.scalars.count < scalars.count } ?? list.count
    list.insert((scalars, entry), at: place)
    words[first] = list
  }

  /// The longest word that begins at `index`, with its length; nil if there is none.
  ///
  /// A word of letters is found only where no letter follows it (nor, for one that begins with a
  /// letter, stands before it).
  func longest(in text: [UInt32], at index: Int) -> (length: Int, entry: Entry)? {
    guard index >= 0, index < text.count, let list = words[text[index]] else { return nil }
    for word in list where matches(word.scalars, text, index) {
      return (word.scalars.count, word.entry)
    }
    return nil
  }

  /// The longest word that ends just before `end`.
  func longestEnding(in text: [UInt32], before end: Int) -> (length: Int, entry: Entry)? {
    let reach = min(end, 24)
    guard reach > 0 else { return nil }
    for length in stride(from: reach, through: 1, by: -1) {
      guard let list = words[text[end - length]] else { continue }
      for word in list where word.scalars.count == length {
        if matches(word.scalars, text, end - length) { return (length, word.entry) }
      }
    }
    return nil
  }

  private func matches(_ word: [UInt32], _ text: [UInt32], _ index: Int) -> Bool {
    guard index + word.count <= text.count else { return false }
    for offset in 0..<word.count where text[index + offset] != word[offset] { return false }
    let end = index + word.count
    if let last = word.last, Glyph.isLetter(last), end < text.count, Glyph.isLetter(text[end]) {
      return false
    }
    if Glyph.isLetter(word[0]), index > 0, Glyph.isLetter(text[index - 1]) { return false }
    return true
  }
}
