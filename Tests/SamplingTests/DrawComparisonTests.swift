import Exact
import Sampling
import Testing

/// "`assure draw FILE` does it again and compares": what differs is said, the population first.
@Suite struct DrawComparisonTests {
  private func text() throws -> String {
    let request = try DrawRequest(
      seed: "2026", size: 3, keys: (1...20).map { "METER-\($0)" },
      values: (1...20).map { ExactDecimal($0) })
    return try DrawRecord(method: .named("modified-sieve"), request: request).text
  }

  private func differences(_ from: String, _ to: String) throws -> [String] {
    let changed = try text().replacing(from, with: to, maxReplacements: 1)
    return try DrawRecord(text: changed).comparison().differences
  }

  @Test func changedPopulation() throws {
    let found = try differences("20\tMETER-20\n", "2000\tMETER-20\n")
    #expect(found.first?.hasPrefix("the population is 20 sha256 ") == true)
    #expect(found.first?.contains("recorded was 20 sha256 ") == true)
    #expect(found.count > 1)
  }

  @Test func removedItem() throws {
    let found = try differences("1\tMETER-1\n", "")
    #expect(found.first?.hasPrefix("the population is 19 sha256 ") == true)
  }

  @Test func itemTwice() throws {
    let found = try differences("METER-1\n", "METER-2\n")
    #expect(found.last == "it can't be drawn from: key 'METER-2' occurs more than once")
  }

  @Test func changedSelectionAndTicket() throws {
    let record = try DrawRecord(text: text())
    let key = record.selected[1].key
    let ticket = try #require(record.selected[1].ticket)
    #expect(
      try differences("\(ticket)\t\(key)", "\(ticket)\tMETER-0") == [
        "place 2: '\(key)' is drawn, recorded was 'METER-0'"
      ])
    #expect(
      try differences(ticket, "0.5") == ["place 2: '\(key)' has another ticket than recorded"])
    #expect(
      try differences("\(ticket)\t\(key)\n", "").contains(
        "3 items are drawn, recorded were 2"))
  }

  @Test func unknownMethodOfTheSamePopulation() throws {
    #expect(throws: SamplingError.self) {
      try differences("method: modified-sieve", "method: guess")
    }
  }
}
