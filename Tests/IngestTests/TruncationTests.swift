import Assurance
import Foundation
import Testing

@testable import Ingest

/// Every byte-truncation of each fixture gives an error or the full content, never a silent part.
@Suite struct TruncationTests {
  @Test(.timeLimit(.minutes(10)), arguments: fixtures) func fixture(_ path: String) throws {
    let file = Corpus.fixtures.appending(path: path)
    let bytes = [UInt8](try Data(contentsOf: file))
    try check(file.lastPathComponent, bytes, lengths: Self.lengths(bytes.count))
  }

  private static let fixtures: [String] = {
    let found =
      FileManager.default.enumerator(atPath: Corpus.fixtures.path)?
      .compactMap { $0 as? String } ?? []
    let endings = [".xml", ".xlsx", ".fods", ".ods"]
    return found.filter { path in endings.contains { path.hasSuffix($0) } }.sorted()
  }()

  /// All of a small file; of others the ends and some between, which move with the size.
  private static func lengths(_ count: Int) -> [Int] {
    if count <= 1_500 { return Array(0..<count) }
    return Array(stride(from: 0, to: count, by: count / 60)) + Array((count - 40)..<count)
  }

  private func check(_ name: String, _ bytes: [UInt8], lengths: [Int]) throws {
    let whole = try CellList.of(name, bytes)
    for length in lengths {
      do {
        let part = try CellList.of(name, Array(bytes[..<length]))
        #expect(part == whole, "\(name) cut at \(length) of \(bytes.count)")
      } catch let error as AssureError {
        #expect(!error.code.isEmpty)
      }
    }
  }

  /// Every prefix of a table made here, in every format and in wide encodings.
  @Test func everyFormat() throws {
    let table = RandomTable.small
    try all("t.xml", Array(table.spreadsheetML.utf8))
    try all("t.fods", Array(table.openDocument.utf8))
    try all("t.xlsx", table.workbook(isShared: true))
    try all("t.ods", ZipArchive.openDocument(Array(table.openDocument.utf8)).bytes)
    try all("t.xml", Array("<r><a b=\"1\">x</a><a b=\"2\">y</a></r>\n".utf8))
    for encoding in ["UTF-16", "UTF-16BE", "GB18030"] {
      let text = "<?xml version=\"1.0\" encoding=\"\(encoding)\"?><r><a b=\"1\">水</a><a>電</a></r>"
      try all("t.xml", converted(text, to: encoding))
    }
  }

  private func all(_ name: String, _ bytes: [UInt8]) throws {
    try check(name, bytes, lengths: Array(0..<bytes.count))
  }

  /// Delimited text says nothing of its length. Cut within a line, it is read with a notice; cut
  /// within a quote or a character, it is refused; cut between two lines, nothing can tell, and
  /// what is read is whole rows from the start. Row counts and control totals are there for that.
  @Test(arguments: [",", "\t"], ["\n", "\r\n"]) func delimitedText(_ by: String, _ end: String)
    throws
  {
    let lines = ["地點\(by)用水量", "A\(by)12", "\"l1\(end)l2\"\(by)5", "\(by)\"\"\"q\"\"\"", "B\(by)7"]
    let bytes = Array((lines.joined(separator: end) + end).utf8)
    var options = ReadOptions()
    options.delimiter = by.utf8.first
    options.encoding = "UTF-8"
    let whole = try CellList.of("t.csv", bytes, options: options)[0]
    for length in 1..<bytes.count {
      let file = try TemporaryFile("t.csv", Array(bytes[..<length]))
      do {
        let cells = CellList()
        try SourceFormats.read(file.open(), options: options, into: cells)
        let summary = try TableSummary.read(file.open(), options: options)
        let isMarked = summary[0].notices.contains { $0.code == "no-final-newline" }
        let found = cells.tables[0]
        if isMarked {
          #expect(found.dropLast() == whole.prefix(max(0, found.count - 1)))
        } else {
          #expect(found == Array(whole.prefix(found.count)), "\(length)")
          #expect(bytes[length - 1] == 10 || bytes[length - 1] == 13, "\(length)")
        }
      } catch let error as AssureError {
        #expect(
          ["unclosed-quote", "encoding-invalid", "format-unknown"].contains(error.code), "\(error)")
      }
    }
  }
}

extension RandomTable {
  /// One cell of each kind, and gaps.
  static let small: RandomTable = {
    var table = RandomTable(seed: 1)
    table.cells = [
      Cell(row: 1, column: 1, value: .text("水 a"), isFormula: false),
      Cell(row: 1, column: 3, value: .number("-1.50"), isFormula: true),
      Cell(row: 4, column: 2, value: .day(44_197), isFormula: false),
      Cell(row: 4, column: 3, value: .boolean(true), isFormula: false),
      Cell(row: 5, column: 1, value: .error("#N/A"), isFormula: false),
      Cell(row: 5, column: 9, value: .unknown, isFormula: true),
    ]
    return table
  }()
}
