import Assurance
import Testing

@testable import Ingest

/// Large record XML is read once where its beginning tells its shape, with the same outcome as
/// after a look at the whole file; where the beginning misleads, the reading begins anew.
@Suite struct ReadOnceTests {
  private struct Restartable: RecordSink {
    var kept = Kept()
    var restarts = 0
    var canRestart: Bool { true }

    mutating func accept(_ record: Record) { kept.accept(record) }
    mutating func reject(_ reject: Reject) { kept.reject(reject) }
    mutating func notice(_ notice: Notice) { kept.notice(notice) }
    mutating func restart() {
      kept = Kept()
      restarts += 1
    }
  }

  /// 9000 readings, with something else in place of one of them or behind them.
  private func export(instead: String = "", at place: Int = 8000, before: String = "") -> String {
    var text = "<?xml version=\"1.0\"?>\n<Export made=\"today\">\(before)<Readings>\n"
    for number in 1...9000 {
      if number == place, !instead.isEmpty {
        text += instead
        continue
      }
      text += """
        <Reading Site="S-\(number)"><Month>2021-0\(number % 9 + 1)</Month>\
        <Volume>\(number).5</Volume><Unit>m3</Unit><Meter><Kind>A</Kind></Meter></Reading>

        """
    }
    return text + "</Readings></Export>\n"
  }

  private func readings(_ text: String, restarts: Int) throws {
    let file = try TemporaryFile("readings.xml", text)
    let dataset = try waterDataset()
    var plain = Kept()
    let expected = try RecordReader.read(file.open(), datasets: [dataset], into: &plain)
    var sink = Restartable()
    let receipt = try RecordReader.read(file.open(), datasets: [dataset], into: &sink)
    #expect(sink.restarts == restarts)
    #expect(sink.kept.records.map(\.key) == plain.records.map(\.key))
    #expect(
      sink.kept.records.map { $0.values.map { $0?.canonical } }
        == plain.records.map { $0.values.map { $0?.canonical } })
    #expect(sink.kept.records.map(\.source) == plain.records.map(\.source))
    #expect(sink.kept.rejects == plain.rejects)
    #expect(receipt.tables.map(\.rowsRead) == expected.tables.map(\.rowsRead))
    #expect(receipt.tables.map(\.ignoredColumns) == expected.tables.map(\.ignoredColumns))
    #expect(receipt.tables.flatMap(\.controlTotals) == expected.tables.flatMap(\.controlTotals))
    #expect(receipt.ignoredTables == expected.ignoredTables)
  }

  @Test func uniform() throws { try readings(export(), restarts: 0) }

  @Test func somethingBefore() throws {
    try readings(export(before: "<Head><By>me</By></Head>"), restarts: 0)
  }

  @Test(arguments: [
    // A column that the beginning does not have.
    "<Reading Site=\"X\"><Month>2021-01</Month><Volume>1</Volume><Note>late</Note></Reading>",
    "<Reading Site=\"X\" by=\"me\"><Month>2021-01</Month><Volume>1</Volume></Reading>",
    "<Reading Site=\"X\">loose<Month>2021-01</Month><Volume>1</Volume></Reading>",
    // An element between the records, and a record within one.
    "<Remark><a>1</a></Remark>",
    "<Reading Site=\"X\"><Month>2021-01</Month><Volume>1</Volume><Volume>2</Volume></Reading>",
    "</Readings><Readings>",
  ]) func misledByTheBeginning(instead: String) throws {
    try readings(export(instead: instead), restarts: 1)
  }

  @Test func cutOff() throws {
    let whole = export()
    let file = try TemporaryFile("readings.xml", String(whole.prefix(whole.count * 3 / 4)))
    var plain = Kept()
    let expected = code {
      _ = try RecordReader.read(file.open(), datasets: [waterDataset()], into: &plain)
    }
    var sink = Restartable()
    let found = code {
      _ = try RecordReader.read(file.open(), datasets: [waterDataset()], into: &sink)
    }
    #expect(found == expected)
    #expect(["xml-truncated", "xml-not-well-formed"].contains(found))
  }
}
