import Assurance
import Exact
import Foundation
import Testing
import Trail

@testable import Pack

/// Canonical texts have one spelling and lose nothing.
@Suite struct TextTests {
  @Test func workpaperThereAndBack() throws {
    for paper in [try Example.water(), Example.intensity(), try Example.large(3)] {
      let bytes = WorkpaperText.bytes(paper)
      let again = try WorkpaperReader.read(bytes, place: "test")
      #expect(WorkpaperText.bytes(again) == bytes)
      #expect(again.draw?.items.map(\.ticket) == paper.draw?.items.map(\.ticket))
      #expect(again.reconciliation?.computed == paper.reconciliation?.computed)
      #expect(again.exceptions.map(\.exception) == paper.exceptions.map(\.exception))
    }
  }

  /// RFC 4180, section 2, and nothing it leaves open.
  @Test func csvSpelling() throws {
    #expect(CanonicalCSV.line(["a", "b c", ""]) == Array("a,b c,\n".utf8))
    #expect(
      CanonicalCSV.line(["a,b", "\"q\"", "l\nl", "r\rr"])
        == Array("\"a,b\",\"\"\"q\"\"\",\"l\nl\",\"r\rr\"\n".utf8))
  }

  @Test func csvThereAndBack() throws {
    let parts = ["", "a", ",", "\"", "\n", "\r\n", "水", " x ", "\"\"", "a\"b,c\nd"]
    var rows: [[String]] = []
    for a in parts { for b in parts { rows.append([a, b]) } }
    let bytes = rows.reduce(CanonicalCSV.line(["one", "two"])) { $0 + CanonicalCSV.line($1) }
    #expect(try CSVText.rows(bytes, columns: ["one", "two"], place: "test") == rows)
  }

  @Test(arguments: [
    "one,two\na,b", "one,two\na\n", "one,two\n\"a\",b\n", "one,two\na,b,c\n", "one,two\r\na,b\r\n",
    "one,two\n\"a,b\n", "one,two\n\"a\"x,b\n", "two,one\n", "", "one,two\na\"b,c\n", "one,two\n\n",
  ])
  func otherSpellingsAreRefused(_ text: String) {
    #expect(throws: AssureError("text-malformed", "")) {
      try CSVText.rows(Array(text.utf8), columns: ["one", "two"], place: "test")
    }
  }

  /// FIPS 180-4 example values for SHA-224: NIST, "Examples with intermediate values".
  @Test func sha224() {
    func hex(_ text: String) -> String? {
      BagHasher.digests(of: Array(text.utf8), [.sha224])[.sha224]
    }
    #expect(hex("abc") == "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7")
    #expect(
      hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
        == "75388b16512776cc5dba5da1fd890150b0c6455cb4f58b1952522525")
    #expect(hex("") == "d14a028c2a3a2bc9476102bb288234c415a2b01f828ea62ac5b3e42f")
  }

  @Test func relativeAddresses() {
    #expect(
      HTMLDocument.relative(from: "data/pages/a.html", to: "data/index.html") == "../index.html")
    #expect(
      HTMLDocument.relative(from: "data/index.html", to: "data/pages/a.html") == "pages/a.html")
    #expect(
      HTMLDocument.relative(from: "data/pages/a.html", to: "data/ledger/x.csv")
        == "../ledger/x.csv")
    #expect(HTMLDocument.relative(from: "START-HERE.html", to: "VERIFY.txt") == "VERIFY.txt")
    #expect(HTMLDocument.relative(from: "data/pages/a.html", to: "data/pages/a.html") == "a.html")
  }
}
