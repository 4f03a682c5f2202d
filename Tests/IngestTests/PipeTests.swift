import Assurance
import Testing

@testable import Ingest

/// The pipe tells a sink the same as a direct reading, in the same order, whatever ends it.
@Suite struct PipeTests {
  private struct Stop: Error {}

  private final class Log: RowSink {
    var lines: [String] = []
    var stopAt = Int.max

    override func begin(_ table: TableHead) throws -> Bool {
      lines.append("begin \(table.name)")
      return table.name != "unwanted"
    }
    override func row(_ row: RowBuffer) throws {
      if row.number == stopAt { throw Stop() }
      let cells = (0..<row.count).map { index in
        "\(row[index].column):\(row[index].kind):\(row.string(row[index]))"
      }
      lines.append("\(row.number)/\(row.line)/\(row.isHidden) " + cells.joined(separator: " "))
    }
    override func end(_ tail: TableTail) throws { lines.append("end \(tail.merges)") }
  }

  /// Rows of all sizes: empty cells, repeats, one wider than a batch.
  private func feed(_ sink: RowSink, rows: Int) throws {
    for name in ["wanted", "unwanted", "last"] {
      guard try sink.begin(TableHead(name: name)) else { continue }
      let row = RowBuffer(textMax: 16 << 20)
      for number in 1...rows {
        row.start(number: number, line: number * 2, isHidden: number % 7 == 0)
        for column in 1...(number % 5 + 1) {
          row.open(column: column, kind: column % 2 == 0 ? .number : .text)
          row.append("\(name)-\(number)-\(column)")
          row.close()
        }
        if number == rows / 2 {
          row.open(column: 90, kind: .text)
          row.append(String(repeating: "long ", count: 400_000))
          row.close()
        }
        try sink.row(row)
      }
      var tail = TableTail()
      tail.merges = rows
      try sink.end(tail)
    }
  }

  @Test(arguments: [1, 100, 30_000]) func sameAsDirect(rows: Int) throws {
    let direct = Log()
    try feed(direct, rows: rows)
    let piped = Log()
    try RowPipe.run(into: piped) { try feed($0, rows: rows) }
    #expect(piped.lines.count == 2 * (rows + 2) + 1)
    #expect(piped.lines == direct.lines)
  }

  @Test func sinkEndsIt() {
    let log = Log()
    log.stopAt = 12_345
    #expect(throws: Stop.self) { try RowPipe.run(into: log) { try feed($0, rows: 30_000) } }
    #expect(log.lines.count == 12_345)
  }

  @Test func parserEndsItAfterItsRows() {
    let log = Log()
    #expect(throws: Stop.self) {
      try RowPipe.run(into: log) { sink in
        try feed(sink, rows: 5)
        throw Stop()
      }
    }
    #expect(log.lines.count == 15)
  }

  @Test func sinkComesBeforeParser() {
    let log = Log()
    log.stopAt = 3
    #expect(throws: Stop.self) {
      try RowPipe.run(into: log) { sink in
        try feed(sink, rows: 5)
        throw AssureError("xml-truncated", "later in the file")
      }
    }
  }

  @Test func refusalAtTheBeginning() {
    final class Refusing: RowSink {
      override func begin(_ table: TableHead) throws -> Bool { throw Stop() }
    }
    #expect(throws: Stop.self) { try RowPipe.run(into: Refusing()) { try feed($0, rows: 5) } }
  }
}
