/// Comma-separated values with one spelling for each table, so that its bytes can be digested.
///
/// RFC 4180 with these choices fixed: UTF-8 without mark, every line ends in LF, a field is quoted
/// only if it holds a comma, a quote, CR or LF, quotes are doubled. Nothing is trimmed or escaped
/// otherwise: the text between separators is the value. Order of lines is the caller's to fix.
package enum CanonicalCSV {
  /// One record as bytes, its LF included.
  package static func line(_ fields: [String]) -> [UInt8] {
    var bytes: [UInt8] = []
    for (index, field) in fields.enumerated() {
      if index > 0 { bytes.append(comma) }
      append(field, to: &bytes)
    }
    bytes.append(lineFeed)
    return bytes
  }

  private static func append(_ field: String, to bytes: inout [UInt8]) {
    guard field.utf8.contains(where: mustQuote) else {
      bytes += field.utf8
      return
    }
    bytes.append(quote)
    for byte in field.utf8 {
      if byte == quote { bytes.append(quote) }
      bytes.append(byte)
    }
    bytes.append(quote)
  }

  private static func mustQuote(_ byte: UInt8) -> Bool {
    byte == comma || byte == quote || byte == lineFeed || byte == carriageReturn
  }

  private static let comma = UInt8(ascii: ",")
  private static let quote = UInt8(ascii: "\"")
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")
}
