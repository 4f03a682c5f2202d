/// Base64 of RFC 4648 section 4, strict: padded, no line breaks, unused bits zero.
///
/// Strict, because a lax decoder gives one hash several spellings.
package enum Base64 {
  private static let alphabet: [UInt8] = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  private static let values: [UInt8] = {
    var table = [UInt8](repeating: 255, count: 256)
    for (value, character) in alphabet.enumerated() { table[Int(character)] = UInt8(value) }
    return table
  }()

  private static let pad = UInt8(ascii: "=")

  /// The text of these bytes.
  package static func text(_ bytes: [UInt8]) -> String {
    let alphabet = alphabet
    return String(unsafeUninitializedCapacity: (bytes.count + 2) / 3 * 4) { out in
      var at = 0
      for start in stride(from: 0, to: bytes.count, by: 3) {
        let count = min(3, bytes.count - start)
        let second = count > 1 ? bytes[start + 1] : 0
        let third = count > 2 ? bytes[start + 2] : 0
        out[at] = alphabet[Int(bytes[start] >> 2)]
        out[at + 1] = alphabet[Int((bytes[start] & 3) << 4 | second >> 4)]
        out[at + 2] = count > 1 ? alphabet[Int((second & 15) << 2 | third >> 6)] : pad
        out[at + 3] = count > 2 ? alphabet[Int(third & 63)] : pad
        at += 4
      }
      return at
    }
  }

  /// The bytes of a text; nil for any text that `text` would not have written.
  package static func bytes(_ text: some Collection<UInt8>) -> [UInt8]? {
    let input = Array(text)
    guard input.count.isMultiple(of: 4) else { return nil }
    var padding = 0
    while padding < 2, padding < input.count, input[input.count - 1 - padding] == pad {
      padding += 1
    }
    var out: [UInt8] = []
    out.reserveCapacity(input.count / 4 * 3)
    var bits: UInt32 = 0
    var bitCount = 0
    for character in input.dropLast(padding) {
      let value = values[Int(character)]
      guard value < 64 else { return nil }
      bits = bits << 6 | UInt32(value)
      bitCount += 6
      if bitCount >= 8 {
        bitCount -= 8
        out.append(UInt8(truncatingIfNeeded: bits >> UInt32(bitCount)))
        bits &= (1 << UInt32(bitCount)) - 1
      }
    }
    return bits == 0 ? out : nil
  }
}
