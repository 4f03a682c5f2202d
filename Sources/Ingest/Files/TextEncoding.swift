/// The encoding of a text file, told from its bytes.
struct TextEncoding: Sendable {
  /// The name iconv knows it by.
  let name: String
  /// Bytes of a byte order mark.
  let mark: Int
  /// Whether the bytes prove it, or it is only the likeliest.
  let isCertain: Bool

  /// Tells the encoding of a file from its first bytes.
  ///
  /// A mark decides; then the escapes of ISO-2022-JP; then text that is UTF-8 is UTF-8; then zero
  /// bytes at every second place mean UTF-16. Else the multi-byte encodings of East Asia are tried,
  /// and the one whose text holds the most of the characters that every table there holds wins;
  /// then Cyrillic by the frequency of its letters; else Windows-1252. What is not certain is said
  /// where the file is read.
  static func detect(_ bytes: [UInt8], isWhole: Bool) -> TextEncoding {
    if let wide = wide32(bytes) { return wide }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return .init(name: "UTF-8", mark: 3) }
    if bytes.starts(with: [0xFF, 0xFE]) { return .init(name: "UTF-16LE", mark: 2) }
    if bytes.starts(with: [0xFE, 0xFF]) { return .init(name: "UTF-16BE", mark: 2) }
    if let wide = wide(bytes) { return wide }
    if hasJapaneseEscapes(bytes), TranscodingInput.decode(bytes, as: "ISO-2022-JP") != nil {
      return TextEncoding(name: "ISO-2022-JP", mark: 0)
    }
    if TranscodingInput.decode(bytes, as: "UTF-8") != nil {
      return TextEncoding(name: "UTF-8", mark: 0, isCertain: true)
    }
    if let name = CharacterFrequency.cyrillic(bytes) ?? CharacterFrequency.eastAsian(bytes) {
      return TextEncoding(name: name, mark: 0, isCertain: false)
    }
    return TextEncoding(name: "WINDOWS-1252", mark: 0, isCertain: false)
  }

  /// UTF-32 by its mark, or by the zero bytes in every group of four.
  static func wide32(_ bytes: [UInt8]) -> TextEncoding? {
    if bytes.starts(with: [0xFF, 0xFE, 0, 0]) { return .init(name: "UTF-32LE", mark: 4) }
    if bytes.starts(with: [0, 0, 0xFE, 0xFF]) { return .init(name: "UTF-32BE", mark: 4) }
    let groups = stride(from: 0, to: min(bytes.count, 256) - 3, by: 4)
    guard bytes.count >= 8 else { return nil }
    // No character lies beyond U+10FFFF, and text holds none that is zero.
    guard groups.allSatisfy({ !bytes[$0..<$0 + 4].allSatisfy { $0 == 0 } }) else { return nil }
    if groups.allSatisfy({ bytes[$0 + 3] == 0 && bytes[$0 + 2] <= 0x10 }) {
      return .init(name: "UTF-32LE", mark: 0)
    }
    if groups.allSatisfy({ bytes[$0] == 0 && bytes[$0 + 1] <= 0x10 }) {
      return .init(name: "UTF-32BE", mark: 0)
    }
    return nil
  }

  /// Whether `ESC $ B`, `ESC $ @`, `ESC ( J` or `ESC ( I` stands in the text.
  private static func hasJapaneseEscapes(_ bytes: [UInt8]) -> Bool {
    for index in bytes.indices.dropLast(2) where bytes[index] == 0x1B {
      let pair = (bytes[index + 1], bytes[index + 2])
      if pair.0 == 0x24, pair.1 == 0x42 || pair.1 == 0x40 { return true }
      if pair.0 == 0x28, pair.1 == 0x4A || pair.1 == 0x49 { return true }
    }
    return false
  }

  private init(name: String, mark: Int, isCertain: Bool = true) {
    self.name = name
    self.mark = mark
    self.isCertain = isCertain
  }

  /// An encoding somebody names.
  init(named name: String, mark: Int) { self.init(name: name, mark: mark) }

  private static func wide(_ bytes: [UInt8]) -> TextEncoding? {
    let sample = bytes.prefix(2048)
    guard sample.count >= 4 else { return nil }
    let even = stride(from: 0, to: sample.count, by: 2).count { sample[$0] == 0 }
    let odd = stride(from: 1, to: sample.count, by: 2).count { sample[$0] == 0 }
    let half = sample.count / 2
    if odd * 10 > half * 4, even * 10 < half { return TextEncoding(name: "UTF-16LE", mark: 0) }
    if even * 10 > half * 4, odd * 10 < half { return TextEncoding(name: "UTF-16BE", mark: 0) }
    return nil
  }
}
