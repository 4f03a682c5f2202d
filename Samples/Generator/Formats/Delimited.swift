/// Comma-separated text with a comment row above the header.
enum Delimited {
  static func text(_ sheet: Sheet) -> String {
    var lines = sheet.titles.map { "# " + $0 }
    lines.append("")
    lines.append(sheet.header.map(quoted).joined(separator: ","))
    for (_, row) in sheet.numbered { lines.append(row.cells.map(field).joined(separator: ",")) }
    return lines.joined(separator: "\r\n") + "\r\n"
  }

  private static func field(_ cell: Cell) -> String {
    switch cell {
    case .empty: ""
    case .text(let text): quoted(text)
    case .number(let number): number
    case .date(let date): date.text
    }
  }

  /// RFC 4180: quotes around what holds a comma, a quote or a line end.
  static func quoted(_ text: String) -> String {
    text.contains(where: { ",\"\n\r".contains($0) })
      ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
  }
}
