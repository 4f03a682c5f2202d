/// Lower-case hexadecimal, by table.
enum Hex {
  private static let digits: [UInt8] = Array("0123456789abcdef".utf8)

  /// Two lower-case digits a byte.
  static func text(_ bytes: some Collection<UInt8>) -> String {
    let digits = digits
    return String(unsafeUninitializedCapacity: bytes.count * 2) { out in
      var at = 0
      for byte in bytes {
        out[at] = digits[Int(byte >> 4)]
        out[at + 1] = digits[Int(byte & 15)]
        at += 2
      }
      return at
    }
  }

  /// The bytes of lower-case text; nil for an odd count, an upper-case letter or any other byte.
  static func bytes(_ text: some Collection<UInt8>) -> [UInt8]? {
    guard text.count.isMultiple(of: 2) else { return nil }
    var out: [UInt8] = []
    out.reserveCapacity(text.count / 2)
    var high: UInt8?
    for character in text {
      guard let nibble = nibble(character) else { return nil }
      if let first = high {
        out.append(first << 4 | nibble)
        high = nil
      } else {
        high = nibble
      }
    }
    return out
  }

  private static func nibble(_ character: UInt8) -> UInt8? {
    switch character {
    case 0x30...0x39: character - 0x30
    case 0x61...0x66: character - 0x61 + 10
    default: nil
    }
  }
}
