import Assurance
import Foundation
import Ingest
import Testing

/// Wrong inputs end with a code, a place, a reason and a remedy.
@Suite struct WrongInputTests {
  private func failure(_ step: () throws -> Void) throws -> AssureError {
    do { try step() } catch let error as AssureError { return error }
    throw AssureError("none", "no error was thrown")
  }

  private func check(_ expected: String, place: String? = nil, _ step: () throws -> Void) throws {
    let error = try failure(step)
    #expect(error.code == expected)
    #expect(!error.place.isEmpty)
    #expect(!error.reason.isEmpty)
    #expect(!error.remedy.isEmpty)
    if let place { #expect(error.place.hasSuffix(place)) }
  }

  @Test func filesThatAreNone() throws {
    try check("no-such-file") { _ = try SourceFile.open(path: "/nowhere/x.xml") }
    let file = try TemporaryFile("empty.xml", "")
    try check("file-empty") { _ = try file.open() }
    let folder = URL(filePath: file.path).deletingLastPathComponent().path
    try check("not-a-regular-file") { _ = try SourceFile.open(path: folder) }
    try check("not-a-regular-file") { _ = try SourceFile.open(path: "/dev/null") }
    var bounds = Bounds()
    bounds.fileBytesMax = 3
    let four = try TemporaryFile("four.csv", "a,b\n")
    try check("file-too-large") { _ = try SourceFile.open(path: four.path, bounds: bounds) }
  }

  @Test(arguments: [
    ("a.pdf", "%PDF-1.7\n", "format-not-supported"),
    ("a.gz", "\u{1F}\u{8B}", "format-not-supported"),
    ("a.xml", "<a><b></a>", "xml-not-well-formed"), ("a.xml", "<a><b>text", "xml-truncated"),
    ("a.xml", "<a>\u{1}</a>", "xml-forbidden-character"),
    ("a.xml", "<a/><b/>", "xml-not-well-formed"),
    ("a.xml", "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "xml-doctype"),
    ("a.xml", "just words\n", "content-not-as-named"), ("a.xml", "<a/>\0", "xml-not-well-formed"),
    ("a.xml", "<a>&nope;</a>", "xml-not-well-formed"),
    ("a.csv", "a,b\n\"1,2\n3,4\n", "unclosed-quote"),
  ])
  func contentThatIsWrong(name: String, text: String, expected: String) throws {
    let file =
      name == "a.gz" ? try TemporaryFile(name, [0x1F, 0x8B, 8, 0]) : try TemporaryFile(name, text)
    try check(expected) { _ = try TableSummary.read(file.open()) }
  }

  @Test func boundsAreNamed() throws {
    var bounds = Bounds()
    bounds.depthMax = 5
    bounds.attributesMax = 3
    bounds.nameBytesMax = 10
    bounds.rowTextMax = 20
    bounds.columnsMax = 4
    bounds.pathsMax = 6
    for (text, expected) in [
      ("<a><a><a><a><a><a/></a></a></a></a></a>", "xml-too-deep"),
      ("<a b='' c='' d='' e=''/>", "xml-too-many-attributes"),
      ("<aaaaaaaaaaaaaaa/>", "xml-name-too-long"),
      ("<r><x><y>123456789012345678901</y></x><x/></r>", "text-too-long"),
      ("1,2,3,4,5\n", "too-many-columns"),
      ("<r><a/><b/><c/><d/><e/><f/><g/></r>", "too-many-paths"),
    ] {
      let file = try TemporaryFile("b.txt", text)
      try check(expected) {
        _ = try TableSummary.read(SourceFile.open(path: file.path, bounds: bounds))
      }
    }
  }

  /// A file cut off anywhere gives an error or, where only white space is missing, all of it.
  @Test func everyTruncationOfXML() throws {
    let text = spreadsheet([("S", [["Site", "Month"], ["A", "1"]])])
    let whole = try TableSummary.read(TemporaryFile("w.xml", text).open())
    let bytes = Array(text.utf8)
    for length in 1..<bytes.count {
      let file = try TemporaryFile("w.xml", Array(bytes[..<length]))
      do {
        let tables = try TableSummary.read(file.open())
        #expect(tables.map(\.nonEmptyCells) == whole.map(\.nonEmptyCells))
      } catch let error as AssureError {
        #expect(!error.code.isEmpty)
      }
    }
  }

  @Test func everyTruncationOfAWorkbook() throws {
    let source = Corpus.fixtures.appending(path: "worksheet-filled-openpyxl.xlsx")
    let bytes = Array(try Data(contentsOf: source))
    for length in stride(from: 1, to: bytes.count, by: 97) {
      let file = try TemporaryFile("w.xlsx", Array(bytes[..<length]))
      #expect(code { _ = try TableSummary.read(file.open()) } != nil)
    }
  }

  @Test func encodingsOfDelimitedText() throws {
    let text = "地點,月份,用水量\n香港一號辦公室,2021-01,5\n"
    for encoding in ["BIG5", "GB18030", "UTF-16LE", "UTF-16BE", "UTF-8"] {
      // Made by the system's own converter, the independent one at hand.
      let raw = try TemporaryFile("u.csv", text)
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/iconv")
      process.arguments = ["-f", "UTF-8", "-t", encoding, raw.path]
      let pipe = Pipe()
      process.standardOutput = pipe
      try process.run()
      let bytes = [UInt8](pipe.fileHandleForReading.readDataToEndOfFile())
      process.waitUntilExit()
      let table = try #require(try TableSummary.read(TemporaryFile("e.csv", bytes).open()).first)
      #expect(table.firstCell?.value == "地點", "\(encoding)")
      #expect(table.rows == 2 && table.columns == 3 && table.numericSum == "5", "\(encoding)")
      #expect(table.notices.first?.code == "text-form")
    }
  }

  @Test(arguments: [
    ("a;b;c\n1,5;2;3\n", UInt8(ascii: ";")), ("a\tb\n1\t2\n", 9), ("a|b\n", UInt8(ascii: "|")),
    ("a,b;c\n1,2;3\n4,5;6,7\n", UInt8(ascii: ";")), ("\"a;b\",c\n\"x;y\",d\n", UInt8(ascii: ",")),
  ])
  func delimitersAreFound(text: String, expected: UInt8) throws {
    let table = try #require(try TableSummary.read(TemporaryFile("d.csv", text).open()).first)
    let name = expected == 9 ? "tabs" : "`\(String(decoding: [expected], as: UTF8.self))`"
    #expect(table.notices.first?.message.hasSuffix("separated by \(name)") == true)
  }

  @Test func quotingOfDelimitedText() throws {
    let text = "a,\"b\"\"c\"\r\n\"line 1\r\nline 2\",d\r\n\r\ne,f"
    let table = try #require(try TableSummary.read(TemporaryFile("q.csv", text).open()).first)
    #expect(table.rows == 4)
    #expect(table.nonEmptyCells == 6)
    #expect(table.lastCell?.address == "B4" && table.lastCell?.value == "f")
    #expect(table.notices.map(\.code) == ["text-form", "no-final-newline"])
  }
}
