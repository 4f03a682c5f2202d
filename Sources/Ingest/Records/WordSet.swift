/// A set of folded words, asked of raw bytes: most cells are ruled out by their first byte, before
/// any text is made.
final class WordSet {
  private let words: Set<String>
  /// By first byte, whether a word may begin so.
  private let leads: UnsafeMutablePointer<Bool>
  /// The longest text that may be one; -1 where there are no words.
  private let bytesMax: Int
  private let memo = ByteMemo()
  /// The first three bytes of words that begin with an ideograph, which folding leaves alone.
  private let ideographs: [[UInt8]]

  init(_ words: [String]) {
    self.words = Set(words.map(Folding.fold))
    leads = .allocate(capacity: 256)
    leads.initialize(repeating: false, count: 256)
    // Full-width forms take three bytes for one, and white space may stand around and inside.
    bytesMax = self.words.isEmpty ? -1 : (self.words.map(\.utf8.count).max() ?? 0) * 3 + 32
    ideographs = self.words.map { Array($0.utf8.prefix(3)) }.filter {
      $0.first.map(Self.isIdeograph) ?? false
    }
    for word in self.words {
      guard let lead = word.utf8.first else { continue }
      leads[Int(lead)] = true
      if lead >= 97, lead <= 122 { leads[Int(lead) - 32] = true }
    }
    // White space beyond ASCII, full-width forms, and letters whose lower case begins otherwise.
    if !self.words.isEmpty {
      for lead in 0xC2...0xEF { leads[lead] = true }
    }
  }

  deinit { leads.deallocate() }

  /// Whether a byte begins a character of U+4000...U+9FFF, which no folding changes.
  private static func isIdeograph(_ lead: UInt8) -> Bool { lead >= 0xE4 && lead <= 0xE9 }

  @inline(__always)
  func contains(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.count <= bytesMax else { return false }
    let text = text.trimmed
    guard text.count > 0, leads[Int(text[0])] else { return false }
    return holds(text, lead: text[0])
  }

  private func holds(_ text: UnsafeBufferPointer<UInt8>, lead: UInt8) -> Bool {
    if Self.isIdeograph(lead), !ideographs.contains(where: { text.starts(with: $0) }) {
      return false
    }
    if let known = memo.find(text) { return known == 1 }
    let isWord = words.contains(Folding.fold(String(decoding: text, as: UTF8.self)))
    memo.remember(text, as: isWord ? 1 : 0)
    return isWord
  }
}
