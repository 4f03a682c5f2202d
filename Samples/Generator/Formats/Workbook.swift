/// An .xlsx workbook with inline strings, one sheet after another.
enum Workbook {
  private static let declaration =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
  private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  private static let relations =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  private static let package = "http://schemas.openxmlformats.org/package/2006/relationships"

  static func bytes(_ sheets: [Sheet]) -> [UInt8] {
    var entries = [("[Content_Types].xml", contentTypes(sheets.count))]
    entries.append(
      (
        "_rels/.rels",
        declaration + "<Relationships xmlns=\"\(package)\"><Relationship Id=\"rId1\""
          + " Type=\"\(relations)/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
      ))
    var list = ""
    var links = ""
    for (index, sheet) in sheets.enumerated() {
      let n = index + 1
      list += "<sheet name=\"\(xmlEscaped(sheet.name))\" sheetId=\"\(n)\" r:id=\"rId\(n)\"/>"
      links += "<Relationship Id=\"rId\(n)\" Type=\"\(relations)/worksheet\""
      links += " Target=\"worksheets/sheet\(n).xml\"/>"
      entries.append(("xl/worksheets/sheet\(n).xml", declaration + worksheet(sheet)))
    }
    links += "<Relationship Id=\"rIdS\" Type=\"\(relations)/styles\" Target=\"styles.xml\"/>"
    entries.append(
      (
        "xl/workbook.xml",
        declaration + "<!-- \(Notice.text) -->\n<workbook xmlns=\"\(main)\""
          + " xmlns:r=\"\(relations)\"><sheets>\(list)</sheets></workbook>"
      ))
    entries.append(
      (
        "xl/_rels/workbook.xml.rels",
        declaration + "<Relationships xmlns=\"\(package)\">\(links)</Relationships>"
      ))
    entries.append(("xl/styles.xml", declaration + styles))
    return StoredZip.bytes(entries.map { (name: $0.0, text: $0.1) })
  }

  private static func contentTypes(_ count: Int) -> String {
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    var out = declaration
    out += "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
    out += "<Default Extension=\"rels\""
    out += " ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
    out += "<Override PartName=\"/xl/workbook.xml\" ContentType=\"\(kind)sheet.main+xml\"/>"
    out += "<Override PartName=\"/xl/styles.xml\" ContentType=\"\(kind)styles+xml\"/>"
    for n in 1...count {
      out += "<Override PartName=\"/xl/worksheets/sheet\(n).xml\""
      out += " ContentType=\"\(kind)worksheet+xml\"/>"
    }
    return out + "</Types>"
  }

  /// Style 1 is the built-in short date, number format 14.
  private static var styles: String {
    "<styleSheet xmlns=\"\(main)\"><fonts count=\"1\"><font/></fonts>"
      + "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>"
      + "<fill><patternFill patternType=\"gray125\"/></fill></fills>"
      + "<borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs>"
      + "<cellXfs count=\"2\"><xf numFmtId=\"0\" xfId=\"0\"/>"
      + "<xf numFmtId=\"14\" applyNumberFormat=\"1\" xfId=\"0\"/></cellXfs></styleSheet>"
  }

  private static func worksheet(_ sheet: Sheet) -> String {
    var out = "<worksheet xmlns=\"\(main)\"><sheetData>\n"
    for (index, title) in sheet.titles.enumerated() {
      out += row(index + 1, SheetRow(handle: "", cells: [.text(title)]))
    }
    out += row(sheet.headerRow, SheetRow(handle: "", cells: sheet.header.map { .text($0) }))
    for (number, data) in sheet.numbered { out += row(number, data) }
    out += "</sheetData><mergeCells count=\"\(sheet.titles.count)\">"
    for n in 1...sheet.titles.count {
      out += "<mergeCell ref=\"A\(n):\(Sheet.letter(sheet.header.count - 1))\(n)\"/>"
    }
    return out + "</mergeCells></worksheet>\n"
  }

  private static func row(_ number: Int, _ row: SheetRow) -> String {
    var out = "<row r=\"\(number)\"" + (row.isHidden ? " hidden=\"1\">" : ">")
    for (column, cell) in row.cells.enumerated() {
      let reference = Sheet.letter(column) + String(number)
      switch cell {
      case .empty: break
      case .text(let text):
        out += "<c r=\"\(reference)\" t=\"inlineStr\"><is><t>\(xmlEscaped(text))</t></is></c>"
      case .number(let text): out += "<c r=\"\(reference)\"><v>\(text)</v></c>"
      case .date(let date): out += "<c r=\"\(reference)\" s=\"1\"><v>\(date.serial)</v></c>"
      }
    }
    return out + "</row>\n"
  }
}
