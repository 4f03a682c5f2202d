import Assurance

/// The formats, written the plainest way that their standards allow.
extension RandomTable {
  static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\n", with: "&#10;").replacing("\t", with: "&#9;").replacing("\"", with: "&quot;")
  }

  var spreadsheetML: String {
    let body = rows.map { row in
      "<ss:Row ss:Index=\"\(row.number)\">"
        + row.cells.map { cell in
          let formula = cell.isFormula ? " ss:Formula=\"=RC[1]\"" : ""
          let (type, text): (String, String) =
            switch cell.value {
            case .text(let text): ("String", text)
            case .number(let text): ("Number", text)
            case .day(let days): ("DateTime", Self.iso(days) + "T00:00:00.000")
            case .boolean(let flag): ("Boolean", flag ? "1" : "0")
            case .error(let text): ("Error", text)
            case .unknown: ("", "")
            }
          let data =
            type.isEmpty ? "" : "<ss:Data ss:Type=\"\(type)\">\(Self.escaped(text))</ss:Data>"
          return "<ss:Cell ss:Index=\"\(cell.column)\"\(formula)>\(data)</ss:Cell>"
        }.joined() + "</ss:Row>\n"
    }.joined()
    return "<?xml version=\"1.0\"?><ss:Workbook xmlns:ss=\"\(Self.spreadsheet)\">"
      + "<ss:Worksheet ss:Name=\"S\"><ss:Table>\(body)</ss:Table></ss:Worksheet></ss:Workbook>"
  }

  private static let spreadsheet = "urn:schemas-microsoft-com:office:spreadsheet"
  private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

  /// - Parameter isShared: texts in the table of shared strings, else in the cells.
  func workbook(isShared: Bool) -> [UInt8] {
    var strings = ""
    var count = 0
    func string(_ text: String) -> String {
      // The escape of the escape.
      let plain = Self.escaped(text.replacing("_x", with: "_x005F_x"))
      return "<t xml:space=\"preserve\">\(plain)</t>"
    }
    let body = rows.map { row in
      "<row r=\"\(row.number)\">"
        + row.cells.map { cell in
          let formula = cell.isFormula ? "<f>A1</f>" : ""
          let (attributes, data): (String, String)
          switch cell.value {
          case .text(let text) where isShared && !cell.isFormula:
            strings += "<si>\(string(text))</si>"
            (attributes, data) = (" t=\"s\"", "<v>\(count)</v>")
            count += 1
          case .text(let text) where !cell.isFormula:
            (attributes, data) = (" t=\"inlineStr\"", "<is>\(string(text))</is>")
          case .text(let text):
            let plain = Self.escaped(text.replacing("_x", with: "_x005F_x"))
            (attributes, data) = (" t=\"str\"", "<v xml:space=\"preserve\">\(plain)</v>")
          case .number(let text): (attributes, data) = ("", "<v>\(text)</v>")
          case .day(let days): (attributes, data) = (" s=\"1\"", "<v>\(days)</v>")
          case .boolean(let flag): (attributes, data) = (" t=\"b\"", "<v>\(flag ? 1 : 0)</v>")
          case .error(let text): (attributes, data) = (" t=\"e\"", "<v>\(text)</v>")
          case .unknown: (attributes, data) = ("", "")
          }
          let place = "\(Locator.letters(column: cell.column))\(cell.row)"
          return "<c r=\"\(place)\"\(attributes)>\(formula)\(data)</c>"
        }.joined() + "</row>\n"
    }.joined()
    return ZipArchive.workbook([
      "xl/worksheets/s.xml": Array(
        "<worksheet xmlns=\"\(Self.main)\"><sheetData>\(body)</sheetData></worksheet>".utf8),
      "xl/strings.xml": Array("<sst xmlns=\"\(Self.main)\">\(strings)</sst>".utf8),
    ]).bytes
  }

  /// Flat OpenDocument; `content.xml` of the packed form reads alike.
  var openDocument: String {
    let space = "urn:oasis:names:tc:opendocument:xmlns:"
    var body = ""
    var nextRow = 1
    for row in rows {
      if row.number > nextRow {
        body +=
          "<table:table-row table:number-rows-repeated=\"\(row.number - nextRow)\">"
          + "<table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>"
      }
      nextRow = row.number + 1
      var nextColumn = 1
      body += "<table:table-row>"
      for cell in row.cells {
        if cell.column > nextColumn {
          let gap = cell.column - nextColumn
          body += "<table:table-cell table:number-columns-repeated=\"\(gap)\"/>"
        }
        nextColumn = cell.column + 1
        body += Self.openCell(cell)
      }
      body += "</table:table-row>\n"
    }
    return "<office:document xmlns:office=\"\(space)office:1.0\" xmlns:table=\"\(space)table:1.0\""
      + " xmlns:text=\"\(space)text:1.0\"><office:body><office:spreadsheet>"
      + "<table:table table:name=\"S\">\(body)</table:table></office:spreadsheet></office:body>"
      + "</office:document>"
  }

  private static func openCell(_ cell: Cell) -> String {
    let formula = cell.isFormula ? " table:formula=\"of:=[.A1]\"" : ""
    func typed(_ type: String, _ value: String) -> String {
      "<table:table-cell\(formula) office:value-type=\"\(type)\" \(value)/>"
    }
    switch cell.value {
    case .number(let text): return typed("float", "office:value=\"\(text)\"")
    case .day(let days): return typed("date", "office:date-value=\"\(iso(days))\"")
    case .boolean(let flag): return typed("boolean", "office:boolean-value=\"\(flag)\"")
    case .unknown: return "<table:table-cell\(formula)/>"
    case .error(let text):
      return "<table:table-cell\(formula) office:value-type=\"float\" office:value=\"0\">"
        + "<text:p>\(text)</text:p></table:table-cell>"
    case .text(let text):
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
        "<text:p>"
          + escaped(String(line)).replacing("&#9;", with: "<text:tab/>")
          .replacing("  ", with: " <text:s/>") + "</text:p>"
      }
      return "<table:table-cell\(formula) office:value-type=\"string\">" + lines.joined()
        + "</table:table-cell>"
    }
  }

  func delimited(_ delimiter: String, lineEnd: String, alwaysQuoted: Bool) -> String {
    var text = ""
    var nextRow = 1
    for row in rows {
      while nextRow < row.number {
        text += lineEnd
        nextRow += 1
      }
      nextRow += 1
      var nextColumn = 1
      for cell in row.cells {
        text += String(repeating: delimiter, count: cell.column - nextColumn)
        nextColumn = cell.column
        guard case .text(let value) = cell.value else { continue }
        let needsQuotes =
          value.contains { $0.isNewline || $0 == "\"" || String($0) == delimiter }
        text +=
          alwaysQuoted || needsQuotes
          ? "\"" + value.replacing("\"", with: "\"\"") + "\"" : value
      }
      text += lineEnd
    }
    return text
  }
}
