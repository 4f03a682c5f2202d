import Assurance
import Foundation
import Testing
import Trail

@testable import Pack

/// A slip: what is printed of a pack, and what a reader does with it.
@Suite struct SlipTests {
  @Test func threeLines() throws {
    let folder = try TemporaryFolder()
    let pack = try folder.pack()
    let slip = try PackSlip(at: pack)
    let sum = try CommandResult.run("sha256sum tagmanifest-sha256.txt", in: pack)
    let checkpoint = try CommandResult.run("head -3 data/trail/checkpoint | paste -sd' '", in: pack)
    #expect(
      slip.text == "assure pack acme-2021\nsha256 \(sum.output.prefix(64))\n\(checkpoint.output)")
  }

  /// The longest head that the folder has is the one to print.
  @Test func theSealsHeadIsLater() throws {
    let tree = try SealedExample().tree()
    let slip = try PackSlip(of: tree)
    let note = try #require(tree.read("seal/checkpoint"))
    #expect(String(decoding: note, as: UTF8.self).contains("\n\(slip.head.size)\n"))
    #expect(slip.head.size == 10)
  }

  @Test func aReaderHoldsItAgainstThePack() throws {
    let sealed = try SealedExample()
    let tree = try sealed.tree()
    var trust = try sealed.trust()
    func verdict(_ text: String) throws -> Verdict {
      trust.heads = [try ToldHead(parsing: Array(text.utf8))]
      return PackVerifier.verify(tree, trust: trust)
    }
    let slip = try PackSlip(of: tree)
    let good = try verdict(slip.text)
    #expect(good.findings == [])
    #expect(good.checked.contains("the pack has the digest told"), "\(good.checked)")
    #expect(good.checked.contains("the log has the head told, at 10 events"))
    let other = Digest(ofText: "another pack").hex
    #expect(
      try verdict(slip.text.replacing(slip.digest.hex, with: other)).findings.map(\.code)
        == ["pack-differs"])
    let root = Digest(ofText: "another log").base64
    #expect(
      try verdict(slip.text.replacing(slip.head.root.base64, with: root)).findings.map(\.code)
        == ["head-differs"])
  }

  @Test(arguments: [
    "assure pack x\nsha256 00\nlog 1 AAAA\n", "assure pack x\n",
    "assure pack x\nsha256 \(String(repeating: "0", count: 64))\nlog one AAAA\n",
  ])
  func slipsThatAreNone(_ text: String) {
    #expect(throws: TrailError.self) { try ToldHead(parsing: Array(text.utf8)) }
  }

  @Test func aFolderThatIsNoPack() throws {
    let folder = try TemporaryFolder()
    #expect(throws: AssureError("not-a-pack", "")) { try PackSlip(at: folder.path) }
  }

  /// The code on the page says the lines again: read from the drawing, as a camera would.
  @Test func theCodeSaysTheLines() throws {
    let slip = try PackSlip(of: try SealedExample().tree())
    let html = SlipPage.html(slip)
    for line in slip.lines { #expect(html.contains(line)) }
    #expect(try read(html) == slip.text)
  }

  @Test func theDraftHasIt() throws {
    let slip = try PackSlip(of: try SealedExample().tree())
    let wording = try ReportWording.read(
      "confirmed: no\ntitles: {en: Report, zh-Hant: 報告}\nparts: []\nprocedures: []\n",
      file: "report.yaml")
    for language in ["en", "zh-Hant"] {
      let draft = DraftReport(
        wording,
        facts: DraftReport.Facts(
          entity: "Acme", period: "2021", standard: "ISAE", edition: "x", date: nil, scope: [],
          criteria: [], done: [], slip: slip), language: language)
      #expect(try read(draft.html) == slip.text)
      let docx = String(decoding: draft.docx, as: UTF8.self)
      for line in slip.lines { #expect(docx.contains(line)) }
    }
  }

  /// The text of the QR code in a page.
  private func read(_ html: String) throws -> String {
    let drawing = try #require(
      html.components(separatedBy: "<svg ").first { $0.contains("QR code") })
    let box = try #require(drawing.components(separatedBy: "viewBox=\"0 0 ").dropFirst().first)
    let side = try #require(Int(box.prefix { $0 != " " })) - 8
    let outline = try #require(drawing.components(separatedBy: " d=\"").dropFirst().first)
    var modules = Array(repeating: Array(repeating: false, count: side), count: side)
    for step in outline.prefix(while: { $0 != "\"" }).split(separator: "z") {
      // M x y h width v1 h -width
      let numbers = step.split { !"0123456789-".contains($0) }.compactMap { Int($0) }
      try #require(numbers.count == 5 && numbers[3] == 1 && numbers[4] == -numbers[2])
      for x in 0..<numbers[2] { modules[numbers[1] - 4][numbers[0] - 4 + x] = true }
    }
    return String(decoding: try QRReference.read(modules), as: UTF8.self)
  }
}
