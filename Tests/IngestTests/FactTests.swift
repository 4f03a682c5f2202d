import Assurance
import Exact
import Foundation
import Ingest
import Testing

/// XBRL and inline XBRL. Expected counts and sums from `facts.csv` (lxml and expat), values from
/// the files, read by hand; transformations from their registries' own examples.
@Suite struct FactTests {
  private let columns = [
    "kind", "value", "unit", "entity", "start", "end", "instant", "dimensions", "written",
    "format", "scale", "sign", "decimals", "nil", "hidden", "footnotes", "id", "language",
  ]

  @Test func instance() throws {
    try compare(Corpus.fixtures.appending(path: "corpus"), files: ["xbrl/ferc714-jea-2023.xbrl"])
  }

  @Test func wholeCorpus() throws {
    guard let corpus = Corpus.shared else {
      print("skipped: no corpus beside the repository")
      return
    }
    try compare(
      corpus,
      files: [
        "xbrl/ferc1-evergy-generating-2023.xbrl", "xbrl/ferc60-onward-2023.xbrl",
        "xbrl/ixbrl-viewer-clx-20220630_d2.htm", "xbrl/ixbrl-viewer-document1.html",
      ])
  }

  private func compare(_ folder: URL, files: [String]) throws {
    let facts = try Corpus.rows(folder.appending(path: "facts.csv"))
    for name in files {
      let fact = try #require(facts.first { $0["file"] == name })
      let file = try SourceFile.open(path: folder.appending(path: name).path)
      let rows = try TypedRows(file, table: "facts", columns: columns, key: "concept")
      #expect(rows.rows.count == Int(fact["max_row"] ?? ""), "\(name)")
      let numbers = rows.rows.filter { $0["kind"] == "number" }
      #expect(numbers.count == Int(fact["number"] ?? ""), "\(name)")
      if let expected = fact["sum_numbers_decimal_lexical"], !expected.isEmpty {
        var sum = ExactDecimal.zero
        for row in numbers { sum = try sum + (ExactDecimal(row["value"] ?? "") ?? .zero) }
        #expect(sum.description == expected, "\(name)")
      }
      let signs = rows.rows.count { $0["sign"] == "-" }
      if let match = fact["state"]?.firstMatch(of: /sign=- (\d+)/) {
        #expect(signs == Int(match.1), "\(name)")
      }
    }
  }

  @Test func continuationsAndFootnotes() throws {
    let rows = try TypedRows(
      fixture: "xbrl/ixbrl-viewer-continuation.html", table: "facts", columns: columns,
      key: "concept")
    let byID = Dictionary(
      uniqueKeysWithValues: rows.rows.compactMap { row in row["id"].map { ($0, row) } })
    #expect(
      byID["f1"]?["value"] == "This is the first part of a continued tag."
        + "This is the second part of a continued tag.This is the third part of a continued tag.")
    #expect(byID["f4"]?["value"] == "Thisatagainother")
    #expect(byID["f14"]?["value"] == "And a nested fact.")
    #expect(byID["f1"]?["footnotes"]?.hasPrefix("This is the content of footnote 1. | ") == true)
    #expect(byID["f1"]?["start"] == "2018-01-01")
    #expect(byID["f1"]?["end"] == "2018-12-31")
    #expect(byID["f1"]?["entity"] == "1234")
  }

  @Test func scaleSignAndHidden() throws {
    let rows = try TypedRows(
      fixture: "xbrl/ixbrl-viewer-document1.html", table: "facts", columns: columns,
      key: "concept")
    let hidden = rows.rows.filter { $0["hidden"] == "true" }
    #expect(hidden.map { $0["value"] } == ["123456"])
    #expect(hidden.first?["unit"] == "iso4217:GBP")
    #expect(hidden.first?["footnotes"] == "This is a footnote")
    // Midnight at the start of 2019 is the end of 2018-12-31.
    #expect(rows.rows.first { $0["id"] == "f1" }?["end"] == "2018-12-31")
    #expect(rows.rows.filter { $0["sign"] == "-" }.allSatisfy { $0["value"]?.first == "-" })
  }

  /// An inline document of one context around the body given.
  private func inline(_ body: String) throws -> TypedRows {
    let file = try TemporaryFile(
      "report.xhtml",
      """
      <html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL"
        xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:e="urn:e"
        xmlns:xbrldi="http://xbrl.org/2006/xbrldi"
        xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><body>
      \(body)
      <ix:header><ix:resources><xbrli:context id="c"><xbrli:entity><xbrli:identifier
        scheme="urn:s">E</xbrli:identifier><xbrli:segment><xbrldi:explicitMember
        dimension="e:Site">e:Plant</xbrldi:explicitMember><xbrldi:typedMember dimension="e:Area"
        ><e:code>7</e:code></xbrldi:typedMember></xbrli:segment></xbrli:entity><xbrli:period>
        <xbrli:instant>2021-12-31</xbrli:instant></xbrli:period></xbrli:context>
        <xbrli:unit id="u"><xbrli:divide><xbrli:unitNumerator><xbrli:measure>e:t</xbrli:measure>
        </xbrli:unitNumerator><xbrli:unitDenominator><xbrli:measure>e:m3</xbrli:measure>
        </xbrli:unitDenominator></xbrli:divide></xbrli:unit></ix:resources></ix:header>
      </body></html>
      """)
    return try TypedRows(file.open(), table: "facts", columns: columns, key: "concept")
  }

  private func number(_ text: String, _ attributes: String) -> String {
    "<ix:nonFraction name=\"e:N\" contextRef=\"c\" unitRef=\"u\" \(attributes)>\(text)"
      + "</ix:nonFraction>"
  }

  @Test func transformations() throws {
    let cases: [(text: String, attributes: String, value: String?)] = [
      ("1,234.5", "format=\"ixt:num-dot-decimal\"", "1234.5"),
      ("1 234,5", "format=\"ixt:num-comma-decimal\" scale=\"3\"", "1234500"),
      ("1.234,5", "format=\"ixt:numdotcomma\" sign=\"-\"", "-1234.5"),
      ("1'234.5", "format=\"ixt:num-dot-decimal-apos\"", "1234.5"),
      ("—", "format=\"ixt:zerodash\"", "0"), ("none at all", "format=\"ixt:fixed-zero\"", "0"),
      ("12.5", "scale=\"-2\"", "0.125"), ("twenty-one", "format=\"ixt-sec:numwordsen\"", "21"),
      ("no", "format=\"ixt-sec:numwordsen\"", "0"),
      ("1.234,5", "format=\"ixt:num-dot-decimal\"", nil), ("1,234", "", nil),
      ("5", "format=\"x:other\"", nil),
      ("12 rupees 5 paise", "format=\"ixt:numunitdecimal\"", "12.05"),
      ("", "xsi:nil=\"true\"", nil),
    ]
    let rows = try inline(cases.map { number($0.text, $0.attributes) }.joined(separator: "\n"))
    #expect(rows.rows.map { $0["value"] } == cases.map(\.value))
    #expect(rows.rows.last?["nil"] == "true")
    #expect(rows.rows[1]["written"] == "1 234,5")
    #expect(rows.rows[0]["unit"] == "e:t/e:m3")
    #expect(rows.rows[0]["dimensions"] == "e:Area=7; e:Site=e:Plant")
    #expect(rows.rows[0]["instant"] == "2021-12-31")
    #expect(rows.codes()["transformation-mismatch"] == 2)
    #expect(rows.codes()["unknown-transformation"] == 1)
  }

  @Test func excludedNestedAndDates() throws {
    let rows = try inline(
      """
      <ix:nonNumeric name="e:T" contextRef="c">one <b>two</b><ix:exclude> page 7</ix:exclude> three
      \(number("<span>" + number("4", "") + "</span>", "scale=\"3\""))</ix:nonNumeric>
      <ix:nonNumeric name="e:D" contextRef="c" format="ixt:date-day-monthname-year-en"
      >5 March 2021</ix:nonNumeric>
      <ix:nonNumeric name="e:B" contextRef="c" continuedAt="missing">x</ix:nonNumeric>
      """)
    #expect(
      rows.rows.map { $0["value"] } == [
        "4", "4000", "one two three\n4", "2021-03-05", "x",
      ])
    #expect(rows.codes()["broken-continuation"] == 1)
  }

  /// Equal within the roundings they declare, or not.
  @Test func factsReportedTwice() throws {
    let rows = try inline(
      number("1234", "decimals=\"0\"") + number("1.2", "decimals=\"-2\" scale=\"3\"")
        + number("1300", "decimals=\"0\""))
    #expect(
      rows.notices.filter { $0.code == "inconsistent-facts" }.map(\.locator.suffix) == [
        "[3]"
      ])
  }
}
