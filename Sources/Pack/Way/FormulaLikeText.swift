import Assurance
import Exact

/// Values in the tables of a pack that a spreadsheet program would take for formulas.
///
/// The tables are lossless: their digests are what was frozen and signed, so nothing is put before
/// a value, as the usual advice for CSV has it (OWASP, CSV Injection). Instead the pack says which
/// tables hold such values, how to open a table so that it stays text, and shows every value on
/// pages where none can run. Worksheets, which are made to be opened, hold typed text cells.
enum FormulaLikeText {
  /// Whether a field begins as a formula does, in ASCII or full width, and is no plain number.
  static func isFormulaLike(_ field: String) -> Bool {
    guard let first = field.unicodeScalars.first, starts.contains(first) else { return false }
    return field.unicodeScalars.count > 1 && ExactDecimal(field) == nil
  }

  private static let starts: Set<Unicode.Scalar> = [
    "=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠",
  ]

  /// How many such fields a table has, its first line left out.
  static func count(_ table: [UInt8]) -> Int {
    var fields = Fields()
    for byte in table { fields.take(byte) }
    return fields.found
  }

  /// The tables that hold such values, for ``VerifyText``; empty if none does.
  static func list(_ payload: [PackTree.Entry]) -> String {
    var lines = ""
    for entry in payload where entry.path.hasSuffix(".csv") && isOurs(entry.path) {
      guard case .memory(let bytes) = entry.bytes else { continue }
      let count = count(bytes)
      if count > 0 { lines += "     \(count) in \(entry.path)\n" }
    }
    return lines.isEmpty ? "" : "Values that look like formulas\n" + lines + "\n"
  }

  private static func isOurs(_ path: String) -> Bool {
    path == PackPaths.index
      || ["data/ledger/", "data/samples/", "data/review/", "data/charts/"].contains {
        path.hasPrefix($0)
      }
  }
}

/// Goes through canonical CSV and looks at the start of each field.
private struct Fields {
  private(set) var found = 0
  private var field: [UInt8] = []
  private var isQuoted = false
  private var line = 0

  mutating func take(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): isQuoted.toggle()
    case UInt8(ascii: ",") where !isQuoted: end()
    case UInt8(ascii: "\n") where !isQuoted:
      end()
      line += 1
    // A number that is exempt is shorter.
    default: if field.count < 64 { field.append(byte) }
    }
  }

  private mutating func end() {
    if line > 0, FormulaLikeText.isFormulaLike(String(decoding: field, as: UTF8.self)) {
      found += 1
    }
    field.removeAll(keepingCapacity: true)
  }
}
