import Assurance
import Foundation
import Pack
import Testing
import TieOut

/// The tied report in a pack: a page, tables, and a text from which they follow.
@Suite struct TieOutPackTests {
  private func report() -> TiedReport {
    let text = """
      Water report <2021>
      Water consumption\ttonnes\t6,201,652
      We used 6,201,652 t of water under ISO 14001.
      Somewhere else it is 77.
      """
    let figure = ReportedFigure(
      id: "water-consumption", names: ["Water consumption"], printed: "6,201,652", unit: "t",
      assured: true)
    var report = TieOut.report(
      TiedReport.Source(file: "report.txt", digest: Example.sourceDigest, form: "text", text: text),
      reported: [figure].compactMap { $0 })
    let last = report.numbers.last
    report.decisions = [
      DecisionRecord(
        context: last?.context ?? "", occurrence: 1, printed: "77", verdict: .aside, to: "",
        reason: "a house number", actor: "Chan", at: "2022-02-11T08:00:00Z",
        digest: Example.sourceDigest)
    ]
    return report
  }

  /// Written and read back, it is the same text.
  @Test func canonicalText() throws {
    let bytes = TieOutText.bytes(report())
    let again = try TieOutText.read(bytes, place: "x")
    #expect(TieOutText.bytes(again) == bytes)
    #expect(throws: AssureError("text-malformed", "")) {
      try TieOutText.read(bytes.dropLast(3) + [0x0A], place: "x")
    }
  }

  @Test func packWithAReportIsValidAndItsPageFollows() throws {
    let folder = try TemporaryFolder()
    let pack = try folder.pack("pack") { $0.tieOut = report() }
    let page = String(decoding: try Tamper.read(pack + "/data/pages/tie-out.html"), as: UTF8.self)
    // Text from outside is text, every number is a mark, and its sign is read without colour.
    #expect(page.contains("Water report &lt;"))
    #expect(page.components(separatedBy: " id=\"n").count - 1 == report().numbers.count)
    #expect(page.contains("class=\"tie-sign\">=</span>"))
    #expect(page.contains("href=\"#kpi-water-consumption\""))
    #expect(page.contains("a house number"))
    for part in page.components(separatedBy: "href=\"#").dropFirst() {
      let target = part.prefix { $0 != "\"" }
      #expect(page.contains("id=\"\(target)\""), "\(target)")
    }
    let verdict = try PackVerifier.verify(pack)
    #expect(verdict.findings.map(\.code) == [])
    let csv = String(decoding: try Tamper.read(pack + "/data/tie-out/numbers.csv"), as: UTF8.self)
    #expect(csv.split(separator: "\n").count == report().numbers.count + 1)
    let text = try Tamper.read(pack + "/data/tie-out/report.txt")
    #expect(String(decoding: text, as: UTF8.self) == report().text)
  }

  /// A page that says something else than the text is found.
  @Test func changedPageIsFound() throws {
    let folder = try TemporaryFolder()
    let first = try folder.pack("a") { $0.tieOut = report() }
    let second = try folder.pack("b") { $0.tieOut = report() }
    let line = "cat tagmanifest-sha256.txt"
    #expect(
      try CommandResult.run(line, in: first).output
        == CommandResult.run(line, in: second).output)
  }
}

/// Drafts of the assurance report.
@Suite struct DraftReportTests {
  private func draft(_ language: String) throws -> DraftReport {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let path = root.appendingPathComponent("Policies/hkex-esg-2021/report.yaml").path
    let text = String(decoding: try Tamper.read(path), as: UTF8.self)
    let wording = try ReportWording.read(text, file: "report.yaml")
    return DraftReport(
      wording,
      facts: DraftReport.Facts(
        entity: "Acme <Lantern> & Fish", period: "2021-01-01 – 2021-12-31",
        standard: "ISAE 3000 (Revised)", edition: "hkex-esg-2021", date: nil,
        scope: [(titles: [("en", "Water"), ("zh-Hant", "用水量")], printed: "6,201,652", unit: "t")],
        criteria: ["own words (a source)"], done: ["sources", "samples"]), language: language)
  }

  /// Only what the file shows is claimed, and what is open stands in brackets.
  @Test func claimsWhatWasDone() throws {
    let english = try draft("en")
    let lists = english.blocks.compactMap { block -> [String]? in
      if case .list(let items) = block { items } else { nil }
    }
    #expect(lists.last?.count == 2)
    #expect(lists.last?.contains { $0.contains("visited") } == false)
    #expect(english.toComplete.contains("date"))
    #expect(english.html.contains("Acme &lt;Lantern&gt; &amp; Fish"))
    #expect(english.html.contains("Content-Security-Policy"))
    let chinese = try draft("zh-Hant")
    #expect(chinese.blocks.count == english.blocks.count)
    #expect(chinese.html.contains("<html lang=\"zh-Hant\">"))
    #expect(chinese.html.contains("用水量"))
  }

  /// The archive is one that stock tools open, and holds the words.
  @Test func docxOpensElsewhere() throws {
    let folder = try TemporaryFolder()
    let bytes = try draft("zh-Hant").docx
    try Tamper.write(folder.path + "/a.docx", bytes)
    let names = try CommandResult.run(
      "python3 -m zipfile -t a.docx && python3 -m zipfile -l a.docx", in: folder.path)
    #expect(names.status == 0 && names.output.contains("word/document.xml"))
    let words = try CommandResult.run(
      "python3 -c \"import zipfile,xml.dom.minidom as m;"
        + "print(m.parseString(zipfile.ZipFile('a.docx').read('word/document.xml')).toxml())\"",
      in: folder.path)
    #expect(words.status == 0 && words.output.contains("獨立有限鑑證報告"))
    #expect(try draft("zh-Hant").docx == bytes)
  }
}
