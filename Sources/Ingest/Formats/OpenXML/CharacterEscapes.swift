import Glibc

/// The `_xHHHH_` escapes of Office Open XML strings (ECMA-376 part 1, 22.4.2.4).
enum CharacterEscapes {
  /// Resolves escapes in place; the new length, never more than the old.
  static func resolve(_ text: UnsafeMutablePointer<UInt8>, _ count: Int) -> Int {
    guard count >= 7, let first = memchr(text, 95, count) else { return count }
    var read = first - UnsafeMutableRawPointer(text)
    var write = read
    while read < count {
      if text[read] == UInt8(ascii: "_"), let scalar = scalar(text + read, count - read) {
        for byte in UTF8.encode(scalar) ?? .init() {
          text[write] = byte
          write += 1
        }
        read += 7
      } else {
        text[write] = text[read]
        write += 1
        read += 1
      }
    }
    return write
  }

  private static func scalar(
    _ text: UnsafeMutablePointer<UInt8>, _ count: Int
  ) -> Unicode.Scalar? {
    guard count >= 7, text[1] == UInt8(ascii: "x"), text[6] == UInt8(ascii: "_") else { return nil }
    var value: UInt32 = 0
    for index in 2..<6 {
      let byte = text[index]
      switch byte {
      case 48...57: value = value * 16 + UInt32(byte - 48)
      case 65...70: value = value * 16 + UInt32(byte - 55)
      case 97...102: value = value * 16 + UInt32(byte - 87)
      default: return nil
      }
    }
    // A zero byte can't stand in a cell, nor half a pair.
    return value == 0 ? nil : Unicode.Scalar(value)
  }
}
