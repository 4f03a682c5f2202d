import Assurance
import Foundation
import Ingest
import Testing

/// Encodings of delimited text and XML. `encodings.csv` was made by Python's codecs (3.11).
@Suite struct EncodingTests {
  static let delimited = rows("delimited")

  static let documents = rows("documents")

  private static func rows(_ kind: String) -> [(name: String, site: String, hex: String)] {
    let rows = (try? Corpus.rows(Corpus.fixtures.appending(path: "encodings.csv"))) ?? []
    return rows.filter { $0["kind"] == kind }
      .map { ($0["name"] ?? "", $0["site"] ?? "", $0["hex"] ?? "") }
  }

  @Test func thereAreFixtures() {
    #expect(Self.delimited.count == 14)
    #expect(Self.documents.count == 20)
  }

  static func bytes(_ hex: String) -> [UInt8] {
    let digits = Array(hex.utf8).map { $0 < 58 ? $0 - 48 : $0 - 87 }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] * 16 + digits[$0 + 1] }
  }

  @Test(arguments: delimited)
  func delimitedTextIsFoundAndSaid(_ name: String, site: String, hex: String) throws {
    let file = try TemporaryFile("data.csv", Self.bytes(hex))
    let tables = try TableSummary.read(file.open())
    #expect(tables[0].rows == 2)
    let note = try #require(tables[0].notices.first { $0.code == "text-form" })
    #expect(note.message.hasPrefix("read as \(name)"))
    let isCertain = name.hasPrefix("UTF") || name == "ISO-2022-JP"
    #expect(note.message.contains("the likeliest") == !isCertain)
    #expect(tables[0].lastCell?.value == "12.5")
    // The same under its name, whatever was found.
    let named = try TableSummary.read(file.open(), options: ReadOptions(encoding: name))
    #expect(named[0].firstCell == tables[0].firstCell)
  }

  /// 线上 has the bytes of `оъио`: three of the commonest Russian letters.
  @Test func oneChineseWordInEveryRowIsNotRussian() throws {
    let header = Self.bytes("b9a4bac52cc5e0d1b5d0cecabd0a")
    let row = Self.bytes("3130303030312ccfdfc9cf0a")
    let file = try TemporaryFile(
      "data.csv", header + Array(repeating: row, count: 40).flatMap { $0 })
    let tables = try TableSummary.read(file.open())
    #expect(tables[0].firstCell?.value == "工号")
    #expect(tables[0].lastCell?.value == "线上")
  }

  /// European text is not taken for Chinese where its letters stand inside words.
  @Test func latinWordsAreNotChinese() throws {
    // Zażółć, €uro in Windows-1250: iconv's BIG5 would read `Za鄴單`.
    let file = try TemporaryFile("data.csv", Self.bytes("5a61bff3b3e62c760a5a61bff3b3e62c310a"))
    let note = try TableSummary.read(file.open())[0].notices[0]
    #expect(note.message.hasPrefix("read as WINDOWS-1252"))
    let named = try TableSummary.read(
      file.open(), options: ReadOptions(encoding: "windows-1250"))
    #expect(named[0].firstCell?.value == "Zażółć")
  }

  @Test(arguments: documents)
  func documentsSayTheirEncoding(_ name: String, site: String, hex: String) throws {
    let file = try TemporaryFile("data.xml", Self.bytes(hex))
    let tables = try TableSummary.read(file.open())
    #expect(tables[0].name == "/r/a")
    #expect(tables[0].firstCell?.value == site)
  }

  /// A declaration that is wrong is a sentence that says what the bytes look like.
  @Test(arguments: [
    ("UTF-8", "d7dcb2bf", "GB18030"), ("UTF-8", "c1609da1", "BIG5-HKSCS"),
    ("UTF-16", "e7b8bde983a8", "UTF-8"), ("Shift_JIS", "e7b8bde983a8ff", "WINDOWS-1252"),
    ("x-mad-e-up", "41", "UTF-8"),
  ])
  func wrongDeclaration(_ declared: String, hex: String, looks: String) throws {
    let text =
      Array("<?xml version=\"1.0\" encoding=\"\(declared)\"?><r><a><s>".utf8)
      + Self.bytes(hex) + Array("</s></a><a><s>x</s></a></r>".utf8)
    do {
      let tables = try TableSummary.read(TemporaryFile("data.xml", text).open())
      Issue.record("read as \(tables[0].firstCell?.value ?? "")")
    } catch let error as AssureError {
      #expect(error.code == "xml-encoding")
      #expect(error.reason.hasPrefix("the text is not in the encoding it declares"))
      #expect(error.reason.hasSuffix("its bytes look like \(looks)"))
    }
  }

  /// A document type in UTF-32 is one.
  @Test func doctypeInUTF32() throws {
    let text = "<!DOCTYPE r [<!ENTITY x \"y\">]><r>&x;</r>"
    let bytes = text.utf8.flatMap { byte -> [UInt8] in [0, 0, 0, byte] }
    #expect(
      code { _ = try TemporaryFile("d.xml", [0, 0, 0xFE, 0xFF] + bytes).open() } == "xml-doctype")
  }
}
