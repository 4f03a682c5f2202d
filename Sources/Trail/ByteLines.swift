/// A text read as bytes, line by line; every line ends in LF.
///
/// Bytes, because "\r\n" is one Character in Swift and is missed by a search for "\n".
struct ByteLines {
  private(set) var rest: ArraySlice<UInt8>
  /// Lines read so far.
  private(set) var line = 0

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  var isAtEnd: Bool { rest.isEmpty }

  /// The next line without its LF; nil at the end or where the last line has no LF.
  mutating func next() -> ArraySlice<UInt8>? {
    guard let end = rest.firstIndex(of: 0x0A) else { return nil }
    defer { rest = rest[(end + 1)...] }
    line += 1
    return rest[..<end]
  }

  /// The next line as text; nil also where it is not UTF-8, and then nothing is consumed.
  mutating func nextText() -> String? {
    let before = self
    guard let line = next() else { return nil }
    guard let text = String(validating: line, as: UTF8.self) else {
      self = before
      return nil
    }
    return text
  }
}

extension String {
  /// The text after a prefix, compared by bytes; nil where it does not begin so.
  func dropping(prefix: String) -> String? {
    guard utf8.starts(with: prefix.utf8) else { return nil }
    return String(decoding: Array(utf8.dropFirst(prefix.utf8.count)), as: UTF8.self)
  }

  /// Parts between single spaces, by bytes; empty parts stay, so that two spaces show.
  var spaceParts: [String] {
    utf8.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
      .map { String(decoding: Array($0), as: UTF8.self) }
  }
}

extension Int {
  /// A count written in ASCII digits without sign, leading zero or other digit.
  init?(plainDecimal text: String) {
    guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      text.utf8.first != 0x30 || text.utf8.count == 1
    else { return nil }
    self.init(text)
  }
}
