/// A draft as Office Open XML (ECMA-376, part 1, section 17): the same bytes for the same draft.
enum DraftDocx {
  static func bytes(_ draft: DraftReport) -> [UInt8] {
    let parts: [(String, String)] = [
      ("[Content_Types].xml", types), ("_rels/.rels", relations),
      ("word/document.xml", document(draft)), ("word/styles.xml", styles),
      ("word/_rels/document.xml.rels", documentRelations),
    ]
    return StoredZip.bytes(parts.map { ($0.0, Array($0.1.utf8)) })
  }

  private static let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
  private static let word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
  private static let office = "http://schemas.openxmlformats.org/officeDocument/2006"
  private static let opc = "http://schemas.openxmlformats.org/package/2006"

  private static let types = [
    head,
    "<Types xmlns=\"\(opc)/content-types\">",
    "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package",
    ".relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>",
    "<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-",
    "officedocument.wordprocessingml.document.main+xml\"/>",
    "<Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-",
    "officedocument.wordprocessingml.styles+xml\"/></Types>",
  ].joined()

  private static let relations = [
    head,
    "<Relationships xmlns=\"\(opc)/relationships\"><Relationship Id=\"rId1\" ",
    "Type=\"\(office)/relationships/officeDocument\" Target=\"word/document.xml\"/>",
    "</Relationships>",
  ].joined()

  private static let documentRelations = [
    head,
    "<Relationships xmlns=\"\(opc)/relationships\"><Relationship Id=\"rId1\" ",
    "Type=\"\(office)/relationships/styles\" Target=\"styles.xml\"/></Relationships>",
  ].joined()

  private static let styles = [
    head,
    "<w:styles xmlns:w=\"\(word)\"><w:docDefaults><w:rPrDefault><w:rPr>",
    "<w:rFonts w:ascii=\"Calibri\" w:hAnsi=\"Calibri\" w:eastAsia=\"PMingLiU\"/>",
    "<w:sz w:val=\"22\"/><w:lang w:val=\"en-GB\" w:eastAsia=\"zh-TW\"/></w:rPr></w:rPrDefault>",
    "<w:pPrDefault><w:pPr><w:spacing w:after=\"140\" w:line=\"276\" w:lineRule=\"auto\"/>",
    "</w:pPr></w:pPrDefault></w:docDefaults>",
    style("Normal", "Normal", ""),
    style("Title", "Title", "<w:b/><w:sz w:val=\"34\"/>"),
    style("Heading1", "heading 1", "<w:b/><w:sz w:val=\"26\"/>"),
    "</w:styles>",
  ].joined()

  private static func style(_ id: String, _ name: String, _ run: String) -> String {
    let isDefault = id == "Normal" ? " w:default=\"1\"" : ""
    let outline = id == "Heading1" ? "<w:pPr><w:keepNext/><w:outlineLvl w:val=\"0\"/></w:pPr>" : ""
    return "<w:style w:type=\"paragraph\"\(isDefault) w:styleId=\"\(id)\">"
      + "<w:name w:val=\"\(name)\"/>"
      + "\(outline)<w:rPr>\(run)</w:rPr></w:style>"
  }

  private static func document(_ draft: DraftReport) -> String {
    var body = paragraph(draft.language == "en" ? "Draft, not signed" : "草稿，未簽署")
    body += paragraph(draft.title, style: "Title")
    for block in draft.blocks {
      switch block {
      case .heading(let text): body += paragraph(text, style: "Heading1")
      case .paragraph(let text): body += paragraph(text)
      case .list(let items): body += items.map { paragraph("•  " + $0, indent: true) }.joined()
      case .table(let rows): body += table(rows)
      case .slip(let slip): body += slip.lines.map { paragraph($0) }.joined()
      }
    }
    return head + "<w:document xmlns:w=\"\(word)\"><w:body>\(body)<w:sectPr>"
      + "<w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1440\" w:right=\"1300\" "
      + "w:bottom=\"1440\" w:left=\"1300\" w:header=\"708\" w:footer=\"708\" w:gutter=\"0\"/>"
      + "</w:sectPr></w:body></w:document>"
  }

  private static func paragraph(
    _ text: String, style: String? = nil, indent: Bool = false
  ) -> String {
    var settings = style.map { "<w:pStyle w:val=\"\($0)\"/>" } ?? ""
    if indent { settings += "<w:ind w:left=\"420\" w:hanging=\"280\"/>" }
    return "<w:p><w:pPr>\(settings)</w:pPr><w:r><w:t xml:space=\"preserve\">\(escaped(text))"
      + "</w:t></w:r></w:p>"
  }

  private static func table(_ rows: [[String]]) -> String {
    let border = ["top", "bottom", "insideH"].map {
      "<w:\($0) w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"808080\"/>"
    }.joined()
    let grid = rows[0].map { _ in "<w:gridCol w:w=\"3100\"/>" }.joined()
    let body = rows.map { row in
      "<w:tr>"
        + row.map {
          "<w:tc><w:tcPr><w:tcW w:w=\"3100\" w:type=\"dxa\"/></w:tcPr>\(paragraph($0))</w:tc>"
        }.joined() + "</w:tr>"
    }.joined()
    return "<w:tbl><w:tblPr><w:tblW w:w=\"0\" w:type=\"auto\"/><w:tblBorders>\(border)"
      + "</w:tblBorders></w:tblPr><w:tblGrid>\(grid)</w:tblGrid>\(body)</w:tbl>" + paragraph("")
  }

  private static func escaped(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      default:
        let isPrintable = scalar.value >= 0x20 || scalar == "\t" || scalar == "\n"
        if isPrintable { out.unicodeScalars.append(scalar) }
      }
    }
    return out
  }
}

extension DraftReport {
  /// The draft as a .docx file.
  package var docx: [UInt8] { DraftDocx.bytes(self) }
}
