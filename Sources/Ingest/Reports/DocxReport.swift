import Assurance

/// Reports in Office Open XML (ECMA-376): the main part and its foot- and endnotes.
///
/// Deleted text of tracked changes is left out, inserted text is read. Not read: headers, footers,
/// text in drawings that stands nowhere else, numbers that Word counts by itself.
enum DocxReport {
  static func read(_ file: SourceFile) throws -> ReportDocument {
    let package = try ZipPackage(file)
    guard let main = try package.input("word/document.xml") else {
      throw AssureError(
        "docx-part-missing", place: file.name,
        "the archive has no word/document.xml: it is no .docx",
        remedy: "save the report as .docx, HTML, text or PDF")
    }
    let handler = DocxHandler(bounds: file.bounds)
    try XMLReader.parse(main, handler: handler, place: file.name)
    for part in ["word/footnotes.xml", "word/endnotes.xml"] {
      if let notes = try package.input(part) {
        handler.page.endLine()
        try XMLReader.parse(notes, handler: handler, place: "\(file.name), \(part)")
      }
    }
    var remarks = [
      "headers, footers and numbers that Word counts by itself are not in the text"
    ]
    if handler.deletions > 0 {
      remarks.append("\(handler.deletions) deletions of tracked changes were left out")
    }
    return try ReportReader.document(
      file, form: .docx, text: handler.page.text, remarks: remarks)
  }
}

/// Text of WordprocessingML.
final class DocxHandler: XMLHandler {
  var page = PageText()
  private(set) var deletions = 0
  private var isText = false
  private var isRun = false
  private var skipped = 0
  private var isRaised = false
  private var raised: String?
  /// Of a footnote whose text begins.
  private var note: String?

  override func start(_ name: XMLName, _ namespace: XMLName?, _ attributes: XMLAttributes) {
    if skipped > 0 {
      skipped += 1
      return
    }
    switch String(cString: name) {
    case "t": isText = true
    // In the settings of a paragraph it is a stop, not a character.
    case "tab": if isRun { page.tab() }
    case "br", "cr":
      if attributes.text(of: self.name("type")) == "page" { page.endPage() } else { page.endLine() }
    case "lastRenderedPageBreak": page.endPage()
    case "tr": page.beginRow()
    case "tc": page.beginCell()
    case "del", "moveFrom":
      deletions += 1
      skipped = 1
    // Drawings stand twice: for new readers and for old ones.
    case "Fallback", "instrText", "pict": skipped = 1
    case "r":
      isRaised = false
      isRun = true
    case "vertAlign": isRaised = attributes.text(of: self.name("val")) == "superscript"
    case "footnoteReference", "endnoteReference":
      page.addRaised(attributes.text(of: self.name("id")) ?? "")
    case "footnote", "endnote":
      if attributes.text(of: self.name("type")) != nil {
        skipped = 1
      } else {
        note = attributes.text(of: self.name("id"))
      }
    default: break
    }
  }

  override func end(_ name: XMLName, _ namespace: XMLName?) {
    if skipped > 0 {
      skipped -= 1
      return
    }
    switch String(cString: name) {
    case "t": isText = false
    case "p": page.endLine()
    case "tr": page.endRow()
    case "tc": page.endCell()
    case "r":
      isRun = false
      if let raised { page.addRaised(raised) }
      raised = nil
    default: break
    }
  }

  override func text(_ text: UnsafePointer<UInt8>, _ count: Int) {
    guard isText, skipped == 0 else { return }
    let words = String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self)
    if let note {
      page.addRaised(note)
      page.add(" ".unicodeScalars)
      self.note = nil
    }
    if isRaised {
      raised = (raised ?? "") + words
    } else {
      page.add(words.unicodeScalars)
    }
    guard page.byteCount <= bounds.reportTextMax else {
      return fail(
        "report-too-long",
        "the report's text is longer than the bound of \(bounds.reportTextMax) bytes",
        remedy: "no report is as long; name the report itself")
    }
  }
}
