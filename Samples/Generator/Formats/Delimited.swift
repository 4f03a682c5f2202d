/// Comma-separated text with a comment row above the header.
enum Delimited {
  static func text(_ sheet: Sheet, lineEnd: String = "\r\n") -> String {
    var lines = sheet.titles.map { "# " + $0 }
    lines.append("")
    lines.append(sheet.header.map(quoted).joined(separator: ","))
    for (_, row) in sheet.numbered { lines.append(row.cells.map(field).joined(separator: ",")) }
    return lines.joined(separator: lineEnd) + lineEnd
  }

  private static func field(_ cell: Cell) -> String {
    switch cell {
    case .empty: ""
    case .text(let text): quoted(text)
    case .number(let number): number
    case .date(let date): date.text
    }
  }

  private static let special = Set(",\"\n\r".utf8)

  /// RFC 4180: quotes around what holds a comma, a quote or a line end.
  static func quoted(_ text: String) -> String {
    text.utf8.contains(where: special.contains)
      ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
  }
}
