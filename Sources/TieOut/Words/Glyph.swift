/// Classes of characters, over folded text.
enum Glyph {
  static func isDigit(_ c: UInt32) -> Bool { c >= 0x30 && c <= 0x39 }
  static func isUpper(_ c: UInt32) -> Bool { c >= 0x41 && c <= 0x5A }
  static func isLetter(_ c: UInt32) -> Bool { isUpper(c) || (c >= 0x61 && c <= 0x7A) }
  static func isHan(_ c: UInt32) -> Bool {
    (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF)
  }
  static func isNewline(_ c: UInt32) -> Bool { c == 10 || c == 13 || c == 12 }
  static func isBlank(_ c: UInt32) -> Bool { c == 32 || c == 9 || isNewline(c) }
  /// ①…⑳ ㉑…㊿ ⑴… ❶…: a circled or bracketed number, with its value.
  static func circled(_ c: UInt32) -> Int? {
    switch c {
    case 0x2460...0x2473: Int(c - 0x2460) + 1
    case 0x2474...0x2487: Int(c - 0x2474) + 1
    case 0x24F5...0x24FE: Int(c - 0x24F5) + 1
    case 0x2776...0x277F: Int(c - 0x2776) + 1
    case 0x3251...0x325F: Int(c - 0x3251) + 21
    case 0x32B1...0x32BF: Int(c - 0x32B1) + 36
    default: nil
    }
  }
  /// A raised or lowered digit, with its value.
  static func raised(_ c: UInt32) -> Int? {
    switch c {
    case 0xB9: 1
    case 0xB2: 2
    case 0xB3: 3
    case 0x2070, 0x2074...0x2079: Int(c - 0x2070)
    case 0x2080...0x2089: Int(c - 0x2080)
    default: nil
    }
  }
  /// Ends a sentence.
  static func endsSentence(_ c: UInt32) -> Bool {
    c == 0x3002 || c == 0x21 || c == 0x3F || c == 0x3B
  }
  /// Separates clauses: commas, colons, list marks, brackets, quotation marks, tabs.
  static func separatesClauses(_ c: UInt32) -> Bool {
    switch c {
    case 0xFF0C, 0x2C, 0x3A, 0x3B, 0x3001, 0x3002, 0x28, 0x29, 9, 10, 0x21, 0x3F, 0x7C: true
    case 0x300A, 0x300B, 0x300C, 0x300D, 0x201C, 0x201D: true
    default: false
    }
  }
  /// The scalars of a literal, for comparisons.
  static func scalars(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }
}
