import Assurance
import Exact
import Testing

@testable import Ingest

/// What is read from bytes is what the reference reads, and nothing that it refuses is taken.
@Suite struct QuickReadingTests {
  private static let texts = [
    "", " ", "0", "-0", "00", "007", "7", "+7", "-7", "7.", ".7", "7.0", "7.10", "0.007", "1e3",
    "1E-3", "1,234", "1,234.5", "1.234", "1.234.5", "12abc", "-", "n/a", "N/A", " 12 ", "1 2",
    "123456789012345", "1234567890123456", "0.22969999999999999", "123456789012345678",
    "1234567890123456789", "0.000000000000000001", "0.0000000000000000001", "99999999999999999.9",
    "-0.5", "--1", "1-", "１２", "\u{A0}5", "5\u{3000}", "5\u{301}", "\u{301}5", "不適用", "不適",
    "實際", "A", "a", "E", "estimated", "Actual", "估算", "水錶", " 水錶 ", "\u{3000}水錶", "水錶\u{3000}",
    "水\u{200D}", "total", "Total", "合計", "2021-01-31", "2021-02-29", "2020-02-29", "2021-02-31",
    "2021-1-31", "2021-01-31T00:00:00", "2021-01-31T10:00:00", "2021-01-31 ", "1899-12-31",
    "2101-01-01", "2021-00-10", "2021-13-10", "2021-01", "2021-13", "1899-01", "0000-01",
    "31/01/2021",
    "20210131", "202101", "31 Jan 2021", "2021年1月31日", "true", "false", "a/b%c", "tab\tin", "m3",
    "kL",
    "M3", "t", "furlong", "#N/A", "é", "e\u{301}x", "x\u{7F}",
  ]
  private static let kinds: [CellKind] = [
    .text, .number, .date, .boolean, .error, .untyped, .unknown,
  ]

  /// One field after another alone in a row, every text as every kind.
  @Test func agreesWithTheReference() throws {
    let dataset = try waterDataset()
    let row = RowBuffer(textMax: 1 << 20)
    row.start(number: 1, line: 1)
    for (index, header) in ["Site", "Month", "Volume", "Unit", "Read on", "Kind"].enumerated() {
      row.open(column: index + 1, kind: .text)
      row.append(header)
      row.close()
    }
    let matcher = HeaderMatcher(dataset)
    let binding = try TableBinding(matcher.match(row), units: matcher.units) { _ in "" }
    var reference = FieldReading(binding)
    let noted = AssumptionCounts()
    let quick = QuickReading(binding, noted: noted)
    let table = SourceTable(
      file: "x", source: "0", name: "t", columns: [:], isRecordPath: false)
    let record = RecordRow(
      dataset: dataset.name, types: dataset.fields.map(\.type),
      source: RecordSource(table: table, row: 1, line: 1))
    var taken = 0
    for field in 0..<binding.fields.count {
      for kind in Self.kinds {
        for text in Self.texts {
          for unit in field == 2 ? ["m3", "t", "kL", "furlong", "", " m3"] : [""] {
            var cells = [Int](repeating: -1, count: binding.fields.count)
            row.start(number: 2, line: 2)
            row.open(column: 1, kind: kind)
            row.append(text)
            row.close()
            cells[field] = row.count > 0 ? 0 : -1
            if field == 2 {
              row.open(column: 2, kind: .text)
              row.append(unit)
              row.close()
              cells[3] = row.count > 1 ? 1 : -1
            }
            // Twice: what is remembered must say the same.
            for _ in 1...2 {
              noted.clear()
              reference.assumptions = []
              reference.remarks = []
              record.start(record.source)
              for _ in 0..<field { record.putNone() }
              guard quick.take(field, row, cells, into: record) else { continue }
              taken += 1
              let value = Result { try reference.value(field, row, cells)?.canonical }
              let found = record.text(field).map { String(decoding: $0, as: UTF8.self) }
              #expect(try value.get() == found, "field \(field), \(kind), `\(text)`, \(unit)")
              #expect(reference.remarks.isEmpty)
              #expect(reference.assumptions.map(\.text) == noted.current.map(\.text))
              if case .decimal(let number)? = try? reference.value(field, row, cells) {
                let parts = record.decimal(field)
                #expect(parts?.coefficient == number.coefficient && parts?.scale == number.scale)
              }
            }
          }
        }
      }
    }
    // It would prove nothing if the reference were asked for everything.
    #expect(taken > 1500)
  }

  @Test func sumsAreExact() throws {
    var sum = RunningSum()
    var reference = try #require(ExactDecimal("0"))
    for text in ["0.1", "0.2", "-0.3", "1000000000000000000000.5", "0.000001", "7", "-0.5"] {
      let number = try #require(ExactDecimal(text))
      let fits = sum.add(number.coefficient, scale: number.scale)
      #expect(fits)
      reference = try reference + number
      #expect(sum.value == reference)
    }
    let huge = try #require(ExactDecimal("99999999999999999999999999999999999999"))
    let fits = sum.add(huge.coefficient, scale: huge.scale)
    #expect(!fits)
    #expect(sum.value == reference)
  }
}
