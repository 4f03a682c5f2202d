import Assurance
import Foundation
import Testing

@testable import Ingest

/// Any table written in a format reads back equal, places included.
@Suite struct RoundTripTests {
  /// Collects `A1=value` of every cell.
  private final class Cells: RowSink {
    var tables: [[String]] = []
    private var head: TableHead?

    override func begin(_ table: TableHead) throws -> Bool {
      head = table
      tables.append([])
      return true
    }

    override func row(_ row: RowBuffer) throws {
      for index in 0..<row.count {
        let cell = row[index]
        let place = head?.place(row: row.number, column: Int(cell.column))
        let text = Locator(file: "", source: "", table: "t", place: place ?? .table).suffix
        tables[tables.count - 1].append(text + "=" + row.string(cell))
      }
    }
  }

  private func cells(_ name: String, _ text: String) throws -> [[String]] {
    let sink = Cells()
    try SourceFormats.read(TemporaryFile(name, text).open(), into: sink)
    return sink.tables
  }

  private static let words = [
    "", "a", "0", "12.50", "a,b", "say \"so\"", "l1\nl2", "用水量", "&lt;", "<b>", "=1+1", "'",
    "\u{1F6B0}",
    "x;y", "-3e5", "é", "|", "tab\there",
  ]

  private func table(_ random: inout SplitMix) -> [[String]] {
    (0..<Int.random(in: 1...12, using: &random)).map { _ in
      (0..<Int.random(in: 1...7, using: &random)).map { _ in
        Self.words[Int.random(in: 0..<Self.words.count, using: &random)]
      }
    }
  }

  private func expected(_ table: [[String]]) -> [String] {
    table.enumerated().flatMap { row, cells in
      cells.enumerated().filter { $1 != "" }.map { column, value in
        "!" + Locator.letters(column: column + 1) + "\(row + 1)=" + value
      }
    }
  }

  private func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\n", with: "&#10;").replacing("\t", with: "&#9;")
  }

  @Test(arguments: 0..<60) func everyFormat(seed: Int) throws {
    var random = SplitMix(state: UInt64(seed))
    let table = table(&random)
    let places = expected(table)
    let quoted = table.map { row in
      row.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",")
    }.joined(separator: "\r\n")
    let single = table.allSatisfy { $0.count == 1 } && quoted.contains("|")
    if !single, quoted.contains(",") { #expect(try cells("t.csv", quoted + "\r\n") == [places]) }
    let sheet = table.map { row in
      "<ss:Row>"
        + row.map { "<ss:Cell><ss:Data ss:Type=\"String\">\(escaped($0))</ss:Data></ss:Cell>" }
        .joined() + "</ss:Row>"
    }.joined(separator: "\n")
    let space = "urn:schemas-microsoft-com:office:spreadsheet"
    #expect(
      try cells(
        "t.xml",
        "<ss:Workbook xmlns:ss=\"\(space)\"><ss:Worksheet ss:Name=\"S\"><ss:Table>\(sheet)"
          + "</ss:Table></ss:Worksheet></ss:Workbook>") == [places])
    let rows = table.map { row in
      "<table:table-row>"
        + row.map { value in
          value.isEmpty
            ? "<table:table-cell/>"
            : "<table:table-cell office:value-type=\"string\">"
              + value.split(separator: "\n").map {
                "<text:p>" + escaped(String($0)).replacing("&#9;", with: "<text:tab/>")
                  + "</text:p>"
              }.joined() + "</table:table-cell>"
        }.joined() + "</table:table-row>"
    }.joined()
    let name = "urn:oasis:names:tc:opendocument:xmlns:"
    #expect(
      try cells(
        "t.fods",
        "<office:document xmlns:office=\"\(name)office:1.0\" xmlns:table=\"\(name)table:1.0\""
          + " xmlns:text=\"\(name)text:1.0\"><office:body><office:spreadsheet>"
          + "<table:table table:name=\"S\">\(rows)</table:table></office:spreadsheet>"
          + "</office:body></office:document>") == [places])
  }

  @Test func recordsInAnyEncoding() throws {
    for encoding in ["GB18030", "BIG5", "SHIFT_JIS", "UTF-16", "EUC-JP"] {
      let text =
        "<?xml version=\"1.0\" encoding=\"\(encoding)\"?><根><行 番號=\"1\"><月>二月</月></行>"
        + "<行 番號=\"2\"><月>三月</月></行></根>"
      let file = try TemporaryFile("e.xml", bytes(text, encoding))
      let table = try #require(try TableSummary.read(file.open()).first)
      #expect(table.name == "/根/行", "\(encoding)")
      #expect(table.lastCell?.address == "2/月" && table.lastCell?.value == "三月", "\(encoding)")
    }
  }

  private func bytes(_ text: String, _ encoding: String) throws -> [UInt8] {
    let raw = try TemporaryFile("u.txt", text)
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/iconv")
    process.arguments = ["-f", "UTF-8", "-t", encoding, raw.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    defer { process.waitUntilExit() }
    return [UInt8](pipe.fileHandleForReading.readDataToEndOfFile())
  }
}

/// SplitMix64 (Steele, Lea, Flood 2014): the same tables on every run.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
