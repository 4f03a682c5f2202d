/// Flat OpenDocument spreadsheet (.fods): empty cells as repeats, merged titles with covered cells.
enum FlatODF {
  private static let namespaces = [
    "office": "office", "table": "table", "text": "text", "style": "style",
  ].sorted { $0.key < $1.key }.map {
    " xmlns:\($0.key)=\"urn:oasis:names:tc:opendocument:xmlns:\($0.value):1.0\""
  }.joined(separator: "\n")

  static func text(_ sheets: [Sheet]) -> String {
    var out = """
      <?xml version="1.0" encoding="UTF-8"?>
      <!-- \(Notice.text) -->
      <office:document
      \(namespaces)
       office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
      <office:body><office:spreadsheet>

      """
    for sheet in sheets { out += table(sheet) }
    return out + "</office:spreadsheet></office:body>\n</office:document>\n"
  }

  private static func table(_ sheet: Sheet) -> String {
    var out = "<table:table table:name=\"\(xmlEscaped(sheet.name))\">\n"
    out += "<table:table-column table:number-columns-repeated=\"\(sheet.header.count)\"/>\n"
    for title in sheet.titles {
      out += "<table:table-row><table:table-cell office:value-type=\"string\""
      out +=
        " table:number-columns-spanned=\"\(sheet.header.count)\" table:number-rows-spanned=\"1\">"
      out += "<text:p>\(xmlEscaped(title))</text:p></table:table-cell>"
      out +=
        "<table:covered-table-cell table:number-columns-repeated=\"\(sheet.header.count - 1)\"/>"
      out += "</table:table-row>\n"
    }
    out += emptyRow(sheet)
    out += row(SheetRow(handle: "", cells: sheet.header.map { .text($0) }))
    var expected = sheet.headerRow + 1
    for (number, data) in sheet.numbered {
      if number != expected { out += emptyRow(sheet) }
      out += row(data)
      expected = number + 1
    }
    return out + "</table:table>\n"
  }

  private static func emptyRow(_ sheet: Sheet) -> String {
    "<table:table-row><table:table-cell"
      + " table:number-columns-repeated=\"\(sheet.header.count)\"/></table:table-row>\n"
  }

  private static func row(_ row: SheetRow) -> String {
    var out = "<table:table-row" + (row.isHidden ? " table:visibility=\"collapse\">" : ">")
    var empty = 0
    for cell in row.cells {
      if case .empty = cell {
        empty += 1
        continue
      }
      out += repeated(empty) + self.cell(cell)
      empty = 0
    }
    return out + repeated(empty) + "</table:table-row>\n"
  }

  private static func repeated(_ count: Int) -> String {
    switch count {
    case 0: ""
    case 1: "<table:table-cell/>"
    default: "<table:table-cell table:number-columns-repeated=\"\(count)\"/>"
    }
  }

  private static func cell(_ cell: Cell) -> String {
    let (attributes, text) =
      switch cell {
      case .empty: ("", "")
      case .text(let text): ("office:value-type=\"string\"", xmlEscaped(text))
      case .number(let number):
        ("office:value-type=\"float\" office:value=\"\(number)\"", number)
      case .date(let date):
        ("office:value-type=\"date\" office:date-value=\"\(date.text)\"", date.text)
      }
    return "<table:table-cell \(attributes)><text:p>\(text)</text:p></table:table-cell>"
  }
}
