/// What bytes mean in markup.
struct MarkupBytes: ~Copyable {
  private static let stopsText: UInt8 = 1
  private static let stopsValue: UInt8 = 2
  private static let inName: UInt8 = 4
  private static let beginsName: UInt8 = 8
  private static let space: UInt8 = 16

  private let flags: UnsafeMutablePointer<UInt8>

  init() {
    flags = .allocate(capacity: 256)
    for code in 0..<256 {
      let byte = UInt8(code)
      var flag: UInt8 = 0
      let isOdd = (byte < 32 && byte != 9) || byte >= 128
      if isOdd || "<&]".utf8.contains(byte) { flag |= Self.stopsText }
      if isOdd || byte == 9 || "<&'\"".utf8.contains(byte) { flag |= Self.stopsValue }
      let lower = byte | 32
      let isLetter = lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z")
      let isStart = isLetter || byte == UInt8(ascii: "_")
      let isDigit = byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
      if isStart { flag |= Self.beginsName }
      // The colon is the business of who takes the name apart.
      if isStart || isDigit || ":-.".utf8.contains(byte) { flag |= Self.inName }
      if [9, 10, 13, 32].contains(byte) { flag |= Self.space }
      (flags + code).initialize(to: flag)
    }
  }

  deinit { flags.deallocate() }

  func stopsText(_ byte: UInt8) -> Bool { flags[Int(byte)] & Self.stopsText != 0 }
  /// Both quotes stop: which of them ends the value, the caller knows.
  func stopsValue(_ byte: UInt8) -> Bool { flags[Int(byte)] & Self.stopsValue != 0 }
  func isInName(_ byte: UInt8) -> Bool { flags[Int(byte)] & Self.inName != 0 }
  func beginsName(_ byte: UInt8) -> Bool { flags[Int(byte)] & Self.beginsName != 0 }
  func isSpace(_ byte: UInt8) -> Bool { flags[Int(byte)] & Self.space != 0 }

  /// The length of the character beyond ASCII that begins here, 2 to 4; 0 if it is none, or none
  /// that XML allows; -1 if the bytes end within it.
  ///
  /// Well-formed as in The Unicode Standard, table 3-7; XML 1.0 § 2.2 leaves out U+FFFE and U+FFFF.
  static func length(_ at: UnsafePointer<UInt8>, before limit: UnsafePointer<UInt8>) -> Int {
    let (first, left) = (at[0], limit - at)
    let length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0
    guard length > 0 else { return 0 }
    guard left > 1 else { return -1 }
    let low: UInt8 = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80
    let high: UInt8 = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF
    guard at[1] >= low, at[1] <= high else { return 0 }
    guard length > 2 else { return 2 }
    guard left > 2 else { return -1 }
    guard at[2] & 0xC0 == 0x80 else { return 0 }
    guard length > 3 else {
      return first == 0xEF && at[1] == 0xBF && at[2] >= 0xBE ? 0 : 3
    }
    guard left > 3 else { return -1 }
    return at[3] & 0xC0 == 0x80 ? 4 : 0
  }

  /// Writes a character in UTF-8; returns its length, 0 if XML 1.0 § 2.2 does not allow it.
  static func write(_ code: UInt32, to out: UnsafeMutablePointer<UInt8>) -> Int {
    let isControl = code < 32 && code != 9 && code != 10 && code != 13
    guard !isControl, code != 0xFFFE, code != 0xFFFF, let scalar = Unicode.Scalar(code),
      let units = UTF8.encode(scalar)
    else { return 0 }
    var count = 0
    for unit in units {
      out[count] = unit
      count += 1
    }
    return count
  }
}
