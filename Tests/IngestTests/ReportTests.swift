import Assurance
import Foundation
import Testing

@testable import Ingest

/// Reports in every form, as text with places; made up here by hand.
@Suite struct ReportTests {
  private func read(_ name: String, _ bytes: [UInt8]) throws -> ReportDocument {
    let file = try TemporaryFile(name, bytes)
    return try ReportReader.read(ReportReader.open(path: file.path))
  }

  private func read(_ name: String, _ text: String) throws -> ReportDocument {
    try read(name, Array(text.utf8))
  }

  private func code(_ body: () throws -> Void) -> String {
    do { try body() } catch { return (error as? AssureError)?.code ?? "\(error)" }
    return "none"
  }

  @Test func textStaysAsItIs() throws {
    let document = try read("a.txt", "one 1\r\n\u{0C}two\t2\n")
    #expect(document.form == .text)
    #expect(document.text == "one 1\n\u{0C}two\t2\n")
  }

  @Test func htmlIsWhatAReaderSees() throws {
    let document = try read(
      "a.html",
      """
      <!DOCTYPE html [ <!ENTITY x "99"> ]><html><head><title>7</title><style>p{a:8}</style></head>
      <body><h1>Report&nbsp;2021</h1><!-- 5 --><script>var a = "<p>6</p>";</script>
      <p>Water: <b>6,201</b>&#8211;t<sup>12</sup> &x; CO<sub>2</sub>, 5 m<sup>2</sup></p>
      <div style="display: none"><div>4</div></div>
      <table><tr><th>Name</th><th></th><th>2021</th></tr>
      <tr><td><p>Used</p></td><td>$</td><td>1,234</td></tr></table>
      <hr style="page-break-after:always"/><p>next
      page</p></body></html>
      """)
    #expect(document.form == .html)
    #expect(
      document.text
        == "Report 2021\nWater: 6,201–t^{12} &x; CO2, 5 m²\nName\t2021\nUsed\t$\t1,234\n"
        + "\u{0C}next page\n")
  }

  /// Inline XBRL 1.1: scale, sign, transformation and context of a fact, where it stands in the
  /// text; what is hidden is not text.
  @Test func inlineFactsAreKnown() throws {
    let document = try read(
      "a.htm",
      """
      <?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"
        xmlns:ix="http://www.xbrl.org/2013/inlineXBRL"
        xmlns:xbrli="http://www.xbrl.org/2003/instance"><body>
      <div style="display:none"><ix:header><ix:hidden><ix:nonFraction name="a:Hidden"
        contextRef="c" unitRef="u">3</ix:nonFraction></ix:hidden><ix:resources>
      <xbrli:context id="c"><xbrli:entity><xbrli:identifier scheme="s">1</xbrli:identifier>
        </xbrli:entity><xbrli:period><xbrli:startDate>2021-01-01</xbrli:startDate>
        <xbrli:endDate>2021-12-31</xbrli:endDate></xbrli:period></xbrli:context>
      <xbrli:unit id="u"><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit>
      </ix:resources></ix:header></div>
      <p>Net loss of $ <ix:nonFraction name="a:Loss" contextRef="c" unitRef="u" scale="6"
        decimals="-5" sign="-" format="ixt:num-dot-decimal"><b>1,234</b>.5</ix:nonFraction> million
      </p></body></html>
      """)
    #expect(document.form == .inlineXBRL)
    #expect(document.text == "Net loss of $ 1,234.5 million\n")
    let fact = try #require(document.facts.first)
    #expect(document.facts.count == 1)
    #expect(
      fact
        == ReportFact(
          line: 1, column: 15, length: 7, concept: "a:Loss", value: "-1234500000", decimals: -5,
          scale: 6, unit: "iso4217:USD", context: "c", start: "2021-01-01", end: "2021-12-31",
          instant: "",
          dimensions: ""))
  }

  @Test func docxIsReadWithTablesAndNotes() throws {
    let space = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
    let body = """
      <w:document \(space)><w:body>
      <w:p><w:pPr><w:tabs><w:tab w:val="left" w:pos="9"/></w:tabs></w:pPr><w:r><w:t>用水 </w:t></w:r>
      <w:r><w:t>6,201</w:t></w:r><w:del><w:r><w:delText>7</w:delText></w:r></w:del>
      <w:r><w:footnoteReference w:id="2"/></w:r></w:p>
      <w:tbl><w:tr><w:tc><w:p><w:r><w:t>Total</w:t></w:r></w:p></w:tc>
      <w:tc><w:p><w:r><w:t>11.07</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
      <w:p><w:r><w:br w:type="page"/><w:t>end</w:t></w:r></w:p></w:body></w:document>
      """
    let notes = """
      <w:footnotes \(space)><w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>x</w:t></w:r></w:p>
      </w:footnote><w:footnote w:id="2"><w:p><w:r><w:t>metered</w:t></w:r></w:p></w:footnote>
      </w:footnotes>
      """
    let archive = ZipArchive(entries: [
      ZipArchive.Entry("word/document.xml", body), ZipArchive.Entry("word/footnotes.xml", notes),
    ])
    let document = try read("a.docx", archive.bytes)
    #expect(document.form == .docx)
    #expect(document.text == "用水 6,201^{2}\nTotal\t11.07\n\u{0C}end\n^{2} metered\n")
    #expect(document.remarks.contains { $0.hasPrefix("1 deletions") })
    let other = ZipArchive(entries: [ZipArchive.Entry("a.txt", "x")])
    #expect(code { _ = try read("b.docx", other.bytes) } == "docx-part-missing")
  }

  private static let hasTool = ["/usr/bin/pdftotext", "/usr/local/bin/pdftotext"].contains {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  /// A PDF of one page by hand (ISO 32000-1, 7.5); readers mend the missing table of offsets.
  @Test(.enabled(if: hasTool, "pdftotext is not installed"))
  func pdfIsReadByItsTool() throws {
    let stream = "BT /F1 12 Tf 72 700 Td (Water 6,201,652 t) Tj ET"
    let text = """
      %PDF-1.4
      1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
      2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
      3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R
      /Resources<</Font<</F1 5 0 R>>>>>> endobj
      4 0 obj <</Length \(stream.utf8.count)>> stream
      \(stream)
      endstream endobj
      5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj
      trailer <</Root 1 0 R>>
      %%EOF
      """
    let document = try read("a.pdf", text)
    #expect(document.form == .pdf)
    #expect(document.text.contains("Water 6,201,652 t"))
    #expect(code { _ = try read("b.pdf", "%PDF-1.4 nothing") }.hasPrefix("pdf-"))
  }

  @Test func hostileInputIsRefusedOrHarmless() throws {
    #expect(code { _ = try read("a.bin", [0, 1, 2, 3, 0xFF]) } == "report-not-text")
    let many = (0..<1100).map { "a\($0)=1" }.joined(separator: " ")
    #expect(code { _ = try read("a.html", "<html><p \(many)>1</p>") } == "html-too-many-attributes")
    let long = String(repeating: "n", count: 2000)
    #expect(code { _ = try read("a.html", "<html><\(long)>") } == "html-name-too-long")
    let deep = String(repeating: "<div>", count: 100_000)
    #expect(try read("a.html", "<html>\(deep)5").text == "5")
    let rows = String(repeating: "<table><tr><td>", count: 20_000)
    #expect(try read("a.html", "<html>\(rows)5").text.hasSuffix("5"))
    // Cut off at every place: nothing crashes, nothing is read twice.
    let page = "<html><p style='a'>1 &amp; <!-- 2 --> <sup>3</sup><![CDATA[4]]></p></html>"
    for end in 7...page.utf8.count {
      _ = try read("a.html", Array(page.utf8.prefix(end)))
    }
  }

  @Test func boundsAreKept() throws {
    var bounds = Bounds()
    bounds.reportTextMax = 100
    let text = try TemporaryFile("a.html", "<html>" + String(repeating: "<p>12</p>", count: 9))
    #expect(
      try ReportReader.read(ReportReader.open(path: text.path, bounds: bounds)).form == .html)
    let long = try TemporaryFile("b.txt", String(repeating: "1 ", count: 60))
    #expect(
      code { _ = try ReportReader.read(ReportReader.open(path: long.path, bounds: bounds)) }
        == "report-too-long")
    bounds.reportBytesMax = 10
    #expect(
      code { _ = try ReportReader.open(path: long.path, bounds: bounds) } == "report-too-large")
  }
}
