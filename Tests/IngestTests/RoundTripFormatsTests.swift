import Assurance
import Foundation
import Testing

@testable import Ingest

/// Any table written in each format reads back equal: kinds, formulas and places.
@Suite struct RoundTripFormatsTests {
  @Test(arguments: 0..<30) func spreadsheets(seed: Int) throws {
    let table = RandomTable(seed: seed)
    let expected = [table.expected]
    #expect(try CellList.of("t.xml", Array(table.spreadsheetML.utf8)) == expected)
    #expect(try CellList.of("t.xlsx", table.workbook(isShared: true)) == expected)
    #expect(try CellList.of("t.xlsx", table.workbook(isShared: false)) == expected)
    #expect(try CellList.of("t.fods", Array(table.openDocument.utf8)) == expected)
    let packed = ZipArchive.openDocument(Array(table.openDocument.utf8))
    #expect(try CellList.of("t.ods", packed.bytes) == expected)
  }

  /// The same text in other encodings, by the declaration or the mark.
  @Test(arguments: ["UTF-16", "UTF-16LE", "UTF-16BE", "GB18030", "UTF-8"])
  func encodedSpreadsheets(encoding: String) throws {
    for seed in 100..<104 {
      let table = RandomTable(seed: seed)
      let declared = "<?xml version=\"1.0\" encoding=\"\(encoding)\"?>"
      for text in [table.spreadsheetML, table.openDocument] {
        let plain = text.replacing("<?xml version=\"1.0\"?>", with: "")
        let bytes = try converted(declared + plain, to: encoding)
        #expect(try CellList.of("t.xml", bytes) == [table.expected], "\(encoding) \(seed)")
      }
    }
  }

  @Test(arguments: 0..<30) func delimitedText(seed: Int) throws {
    let table = RandomTable(seed: seed, onlyText: true)
    let expected = table.expected.map {
      $0.replacing(" text ", with: " untyped ", maxReplacements: 1)
    }
    let delimiter = [",", ";", "\t", "|"][seed % 4]
    var options = ReadOptions()
    options.delimiter = delimiter.utf8.first
    let text = table.delimited(
      delimiter, lineEnd: seed % 3 == 0 ? "\r\n" : "\n", alwaysQuoted: seed % 5 == 0)
    var forms: [(String, [UInt8], String?)] = [
      ("UTF-8 with mark", [0xEF, 0xBB, 0xBF] + Array(text.utf8), nil),
      ("UTF-16LE with mark", [0xFF, 0xFE] + (try converted(text, to: "UTF-16LE")), nil),
      ("UTF-16BE with mark", [0xFE, 0xFF] + (try converted(text, to: "UTF-16BE")), nil),
      ("GB18030", try converted(text, to: "GB18030"), "GB18030"),
    ]
    forms.append(("UTF-8", Array(text.utf8), "UTF-8"))
    for (name, bytes, encoding) in forms {
      options.encoding = encoding
      #expect(try CellList.of("t.csv", bytes, options: options) == [expected], "\(name)")
    }
  }

  /// Records as elements and as attributes, with missing fields and children of children.
  @Test(arguments: 0..<30) func records(seed: Int) throws {
    let table = RandomTable(seed: seed, onlyText: true)
    var expected: [String] = []
    var asElements = "<?xml version=\"1.0\"?><Export>"
    var asAttributes = asElements
    var columns: [String] = []
    for (record, row) in table.rows.enumerated() {
      asElements += "<Row>"
      asAttributes += "<Row"
      for cell in row.cells {
        guard case .text(let text) = cell.value else { continue }
        let value = RandomTable.escaped(text)
        let name = "c\(cell.column % 9)-\(cell.column)"
        if !columns.contains(name) { columns.append(name) }
        asElements +=
          cell.column % 2 == 0
          ? "<\(name)>\(value)</\(name)>" : "<in><\(name)>\(value)</\(name)></in>"
        asAttributes += " \(name)=\"\(value)\""
        let path = (cell.column % 2 == 0 ? "" : "in/") + name
        expected.append("[\(record + 1)]/\(path) untyped \(Self.trimmed(text))")
      }
      asElements += "</Row>\n"
      asAttributes += "/>\n"
    }
    let attributes = expected.map {
      $0.replacing("]/in/", with: "]/", maxReplacements: 1)
        .replacing("]/", with: "]/@", maxReplacements: 1)
    }
    var options = ReadOptions()
    options.recordPath = "/Export/Row"
    let names: ([String]) -> [String] = { $0.map { String($0.drop { $0 != "[" }) } }
    let elements = try CellList.of(
      "t.xml", Array((asElements + "</Export>").utf8), options: options)
    #expect(elements.map(names) == [expected.filter { !$0.hasSuffix(" untyped ") }])
    let found = try CellList.of("t.xml", Array((asAttributes + "</Export>").utf8), options: options)
    #expect(found.map(names) == [attributes.filter { !$0.hasSuffix(" untyped ") }])
  }

  /// White space around a value of a record is the exporter's, not the value's.
  private static func trimmed(_ text: String) -> String {
    var bytes = Array(text.utf8)[...]
    while let first = bytes.first, first <= 32 { bytes.removeFirst() }
    while let last = bytes.last, last <= 32 { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}
