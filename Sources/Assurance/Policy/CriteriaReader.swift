extension Criterion {
  /// Reads `id,text,source` lines; further columns are kept out.
  package static func read(csv: String, file: String) throws(AssureError) -> [Criterion] {
    let rows = try DelimitedText.numberedRows(csv, file: file)
    guard let header = rows.first?.values, let id = header.firstIndex(of: "id"),
      let text = header.firstIndex(of: "text"), let source = header.firstIndex(of: "source")
    else {
      throw AssureError(
        "policy-header", place: file + ":1", "the columns id, text and source are needed",
        remedy: "write them in the first line")
    }
    return try rows.dropFirst().map { (line, row) throws(AssureError) in
      guard row.count == header.count else {
        throw AssureError(
          "policy-row", place: "\(file):\(line)",
          "the row has \(row.count) values where the header has \(header.count)",
          remedy: "put values that hold commas in double quotes")
      }
      return Criterion(id: row[id], text: row[text], source: row[source])
    }
  }
}

/// Comma-separated text by RFC 4180, for the small files that people keep beside policies.
///
/// Foreign spreadsheets go through Ingest; this reads `criteria.csv` and `reported.csv` only.
package enum DelimitedText {
  /// All rows; empty lines and lines that begin with `#` are left out.
  package static func rows(_ text: String, file: String) throws(AssureError) -> [[String]] {
    try numberedRows(text, file: file).map(\.values)
  }

  /// As ``rows(_:file:)``, each with the line of the file on which it begins, from 1.
  package static func numberedRows(
    _ text: String, file: String
  ) throws(AssureError) -> [(line: Int, values: [String])] {
    var rows: [(line: Int, values: [String])] = []
    var rowLine = 1
    var row: [String] = []
    var value: [UInt8] = []
    var quoted = false
    var wasQuoted = false
    var line = 1
    var bytes = Array(text.utf8)[...]
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    func endValue() {
      row.append(String(decoding: value, as: UTF8.self))
      value = []
      wasQuoted = false
    }
    func endRow() {
      endValue()
      let isEmpty = row.count == 1 && row[0].isEmpty
      if !isEmpty, !row[0].hasPrefix("#") { rows.append((rowLine, row)) }
      row = []
    }
    while let byte = bytes.popFirst() {
      switch byte {
      case UInt8(ascii: "\"") where quoted && bytes.first == UInt8(ascii: "\""):
        value.append(byte)
        bytes.removeFirst()
      case UInt8(ascii: "\"") where quoted: quoted = false
      case UInt8(ascii: "\"") where value.isEmpty && !wasQuoted:
        quoted = true
        wasQuoted = true
      case UInt8(ascii: ",") where !quoted: endValue()
      case UInt8(ascii: "\n") where !quoted:
        if value.last == UInt8(ascii: "\r") { value.removeLast() }
        endRow()
        line += 1
        rowLine = line
      default:
        if byte == UInt8(ascii: "\n") { line += 1 }
        value.append(byte)
      }
    }
    guard !quoted else {
      throw AssureError(
        "csv-open-quote", place: "\(file):\(line)", "a quoted value is not closed",
        remedy: "close it with a double quote")
    }
    if !value.isEmpty || !row.isEmpty { endRow() }
    return rows
  }
}
