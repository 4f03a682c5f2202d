/// Paths that every system and every tool reads alike.
///
/// Letters, digits, dot, underscore and hyphen; parts are parted by `/`. Nothing in such a path is
/// escaped by sha256sum, percent-coded in a BagIt manifest or special to a shell.
package enum PlainPath {
  /// Bytes in a part, at most.
  package static let partByteCountMax = 100
  /// Bytes in a path, at most.
  package static let byteCountMax = 1_000

  /// Whether a relative path is plain: no empty, hidden or option-like part, no device name of
  /// Windows, no part ending in a dot.
  package static func isPlain(_ path: String) -> Bool {
    path.utf8.count <= byteCountMax
      && path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        .allSatisfy { isPlainPart(String(decoding: Array($0), as: UTF8.self)) }
  }

  /// Whether a name is plain.
  package static func isPlainPart(_ part: String) -> Bool {
    let bytes = Array(part.utf8)
    guard let first = bytes.first, let last = bytes.last, bytes.count <= partByteCountMax else {
      return false
    }
    return bytes.allSatisfy(isPlainByte) && first != UInt8(ascii: ".") && first != UInt8(ascii: "-")
      && last != UInt8(ascii: ".") && !isDevice(part)
  }

  private static func isPlainByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "-"):
      true
    default: false
    }
  }

  /// Names that Windows keeps for devices, with any extension.
  private static func isDevice(_ part: String) -> Bool {
    let stem = part.split(separator: ".").first.map { $0.lowercased() } ?? ""
    if ["con", "prn", "aux", "nul"].contains(stem) { return true }
    let digit = stem.utf8.last.map { (0x30...0x39).contains($0) } ?? false
    return stem.utf8.count == 4 && digit && (stem.hasPrefix("com") || stem.hasPrefix("lpt"))
  }
}
