import Assurance
import Exact

/// Reads canonical CSV back, and nothing else: whatever ``CanonicalCSV`` would spell otherwise is
/// refused.
enum CSVText {
  /// The rows after a header that must be `columns`.
  ///
  /// - Throws: `text-malformed` with the row.
  static func rows(
    _ bytes: [UInt8], columns: [String], place: String
  ) throws(AssureError) -> [[String]] {
    var rows: [[String]] = []
    var index = 0
    while index < bytes.count {
      let start = index
      guard let fields = record(bytes, &index), fields.count == columns.count,
        CanonicalCSV.line(fields).elementsEqual(bytes[start..<index])
      else {
        throw AssureError(
          "text-malformed", place: place, "row \(rows.count + 1) is not canonical CSV")
      }
      rows.append(fields)
    }
    guard rows.first == columns else {
      throw AssureError("text-malformed", place: place, "the columns are not \(columns)")
    }
    return Array(rows.dropFirst())
  }

  /// One record up to and with its LF; nil at a quote that is never closed or a missing LF.
  private static func record(_ bytes: [UInt8], _ index: inout Int) -> [String]? {
    let (comma, quote, lineFeed) = (UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\n"))
    var fields: [String] = []
    while true {
      var field: [UInt8] = []
      if index < bytes.count, bytes[index] == quote {
        index += 1
        while true {
          guard let end = bytes[index...].firstIndex(of: quote) else { return nil }
          field += bytes[index..<end]
          index = end + 1
          guard index < bytes.count, bytes[index] == quote else { break }
          field.append(quote)
          index += 1
        }
      } else {
        let end = bytes[index...].firstIndex { $0 == comma || $0 == lineFeed } ?? bytes.count
        field = Array(bytes[index..<end])
        index = end
      }
      guard index < bytes.count, let text = String(validating: field, as: UTF8.self) else {
        return nil
      }
      fields.append(text)
      index += 1
      switch bytes[index - 1] {
      case comma: continue
      case lineFeed: return fields
      default: return nil
      }
    }
  }
}
