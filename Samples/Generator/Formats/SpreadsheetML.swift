/// SpreadsheetML 2003 as spreadsheet programs save it: `ss:Index` wherever cells or rows are left
/// out, merged title cells, dates as `DateTime`.
enum SpreadsheetML {
  static func text(_ sheets: [Sheet]) -> String {
    var out = """
      <?xml version="1.0" encoding="UTF-8"?>
      <!-- \(Notice.text) -->
      <?mso-application progid="Excel.Sheet"?>
      <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
       xmlns:o="urn:schemas-microsoft-com:office:office"
       xmlns:x="urn:schemas-microsoft-com:office:excel"
       xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
       <Styles>
        <Style ss:ID="Default" ss:Name="Normal"/>
        <Style ss:ID="sDate"><NumberFormat ss:Format="yyyy\\-mm\\-dd"/></Style>
       </Styles>

      """
    for sheet in sheets { out += worksheet(sheet) }
    return out + "</Workbook>\n"
  }

  private static func worksheet(_ sheet: Sheet) -> String {
    var out = " <Worksheet ss:Name=\"\(xmlEscaped(sheet.name))\">\n  <Table>\n"
    for title in sheet.titles {
      out += "   <Row><Cell ss:MergeAcross=\"\(sheet.header.count - 1)\">"
      out += data(.text(title)) + "</Cell></Row>\n"
    }
    // The row between titles and header is left out.
    out += "   <Row ss:Index=\"\(sheet.headerRow)\">"
    var skip = false
    for (column, name) in sheet.header.enumerated() {
      let isMerged = sheet.mergedHeaders.contains(column)
      if !skip {
        out += isMerged ? "<Cell ss:MergeAcross=\"1\">" : "<Cell>"
        out += data(.text(name)) + "</Cell>"
      }
      skip = isMerged
    }
    out += "</Row>\n"
    var expected = sheet.headerRow + 1
    for (number, row) in sheet.numbered {
      out += "   <Row"
      if number != expected { out += " ss:Index=\"\(number)\"" }
      if row.isHidden { out += " ss:Hidden=\"1\"" }
      out += ">" + cells(row.cells) + "</Row>\n"
      expected = number + 1
    }
    return out + "  </Table>\n </Worksheet>\n"
  }

  private static func cells(_ cells: [Cell]) -> String {
    var out = ""
    var expected = 0
    for (column, cell) in cells.enumerated() {
      if case .empty = cell { continue }
      out += "<Cell"
      if column != expected { out += " ss:Index=\"\(column + 1)\"" }
      if case .date = cell { out += " ss:StyleID=\"sDate\"" }
      out += ">" + data(cell) + "</Cell>"
      expected = column + 1
    }
    return out
  }

  private static func data(_ cell: Cell) -> String {
    switch cell {
    case .empty: ""
    case .text(let text): "<Data ss:Type=\"String\">\(xmlEscaped(text))</Data>"
    case .number(let number): "<Data ss:Type=\"Number\">\(number)</Data>"
    case .date(let date): "<Data ss:Type=\"DateTime\">\(date.text)T00:00:00.000</Data>"
    }
  }
}
