/// Bytes of tag files as text and lines.
enum BagText {
  /// Decodes by the encoding that `bagit.txt` names; nil if unknown, or the bytes are not of it.
  static func decode(_ bytes: [UInt8], encoding: String) -> String? {
    switch encoding.uppercased() {
    case "UTF-8", "UTF8", "US-ASCII", "ASCII":
      return String(validating: bytes, as: UTF8.self)
    case "ISO-8859-1", "LATIN1", "LATIN-1":
      return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    case "UTF-16", "UTF-16LE", "UTF-16BE":
      return utf16(bytes, bigEndian: encoding.uppercased() != "UTF-16LE")
    default: return nil
    }
  }

  private static func utf16(_ bytes: [UInt8], bigEndian: Bool) -> String? {
    guard bytes.count.isMultiple(of: 2) else { return nil }
    let isMarked = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
    let isBig = isMarked ? bytes[0] == 0xFE : bigEndian
    var units: [UInt16] = []
    for index in stride(from: isMarked ? 2 : 0, to: bytes.count, by: 2) {
      let (a, b) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      units.append(isBig ? a << 8 | b : b << 8 | a)
    }
    return String(validating: units, as: UTF16.self)
  }

  /// Lines between LF, CR LF or CR; an end after the last line is not another line.
  static func lines(_ text: String) -> [String] {
    var lines: [String] = []
    var line = String.UnicodeScalarView()
    var wasReturn = false
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n" where wasReturn: break
      case "\n", "\r":
        lines.append(String(line))
        line = String.UnicodeScalarView()
      default: line.append(scalar)
      }
      wasReturn = scalar == "\r"
    }
    if !line.isEmpty { lines.append(String(line)) }
    return lines
  }

  /// Resolves `%0A`, `%0D` and, from version 1.0, `%25`; any other `%` stands for itself.
  static func percentDecoded(_ path: String, is10: Bool) -> String {
    var bytes: [UInt8] = []
    let source = Array(path.utf8)
    var index = 0
    while index < source.count {
      let code = index + 2 < source.count ? source[index...(index + 2)] : []
      switch String(decoding: code, as: UTF8.self).uppercased() {
      case "%0A": bytes.append(0x0A)
      case "%0D": bytes.append(0x0D)
      case "%25" where is10: bytes.append(0x25)
      default:
        bytes.append(source[index])
        index += 1
        continue
      }
      index += 3
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Why a path from a tag file must not be opened; nil if it stays in the bag on every system.
  static func escapes(_ path: String) -> String? {
    let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .map { String(decoding: Array($0), as: UTF8.self) }
    if path.utf8.contains(0) { return "a NUL" }
    if path.hasPrefix("/") { return "an absolute path" }
    if parts.contains("..") { return "`..`" }
    if path.hasPrefix("~") { return "a home folder" }
    if path.contains("\\") { return "a backslash" }
    let head = Array(path.utf8.prefix(2))
    if head.count == 2, head[1] == UInt8(ascii: ":") { return "a drive" }
    return nil
  }
}
