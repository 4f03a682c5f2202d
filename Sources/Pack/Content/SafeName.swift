/// Names that mean the same file on every system and need no escaping in any tool.
package enum SafeName {
  /// The longest part, in bytes.
  package static let partMax = 100

  /// Whether every part of a `/`-separated path is safe and it is relative.
  package static func isSafe(path: String) -> Bool {
    let parts = path.utf8.split(separator: slash, omittingEmptySubsequences: false)
    return parts.allSatisfy { isSafe(part: Array($0)) }
  }

  private static func isSafe(part: [UInt8]) -> Bool {
    guard let first = part.first, let last = part.last, part.count <= partMax else { return false }
    return first != dot && first != dash && last != dot && part.allSatisfy(isAllowed)
      && !isDevice(part)
  }

  /// A safe part like `name`: other bytes become `_`, the end before the extension is cut.
  package static func part(_ name: String) -> String {
    var bytes: [UInt8] = []
    for scalar in name.unicodeScalars {
      let byte = UInt8(exactly: scalar.value) ?? underscore
      bytes.append(isAllowed(byte) ? byte : underscore)
    }
    while bytes.last == dot { bytes.removeLast() }
    if let first = bytes.first, first == dot || first == dash { bytes[0] = underscore }
    if bytes.isEmpty || isDevice(bytes) { bytes.insert(underscore, at: 0) }
    return String(decoding: shortened(bytes), as: UTF8.self)
  }

  private static func shortened(_ bytes: [UInt8]) -> [UInt8] {
    // Room is left for the digest that may be put in front.
    let limit = partMax - 16
    guard bytes.count > limit else { return bytes }
    let end = bytes.lastIndex(of: dot) ?? bytes.count
    let suffix = bytes.count - end <= 10 ? Array(bytes[end...]) : []
    return Array(bytes.prefix(limit - suffix.count)) + suffix
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), dot, dash, underscore:
      true
    default: false
    }
  }

  /// Reserved by Windows, with any extension (learn.microsoft.com, Naming Files, Paths).
  private static func isDevice(_ part: [UInt8]) -> Bool {
    let stem = String(decoding: part.prefix { $0 != dot }, as: UTF8.self).uppercased()
    if ["CON", "PRN", "AUX", "NUL"].contains(stem) { return true }
    guard stem.utf8.count == 4, let digit = stem.utf8.last, (0x31...0x39).contains(digit) else {
      return false
    }
    return stem.hasPrefix("COM") || stem.hasPrefix("LPT")
  }

  /// Two paths with one key can't lie side by side on every system: case folded, NFC by `==`.
  package static func collisionKey(_ path: String) -> String { path.lowercased() }

  private static let slash = UInt8(ascii: "/")
  private static let dot = UInt8(ascii: ".")
  private static let dash = UInt8(ascii: "-")
  private static let underscore = UInt8(ascii: "_")
}
