import Exact
import Testing

@testable import Assurance

@Suite("match")
struct MatchTests {
  /// `L1 100` and `R1 100` lines; the key is the line's first word, matched on are its second.
  func context(
    left: [String], right: [String], summed: String? = "left", tolerance: String = "0"
  ) throws -> TestContext {
    func dataset(_ name: String, _ lines: [String]) throws -> DatasetRecords {
      let definition = try DatasetDefinition.read(
        PolicyNode.parse(
          """
          dataset: \(name)
          title: Entries
          key: [id]
          fields:
            - {name: id, type: text, required: yes, aliases: [id]}
            - {name: meter, type: text, aliases: [meter]}
            - {name: use, type: decimal, unit: \(name == "right" ? "kg" : "t"), aliases: [use]}
            - {name: day, type: date, aliases: [day]}
          """, file: "d.yaml"))
      let records = try lines.enumerated().map { row, line in
        let words = line.words
        let table = SourceTable(
          file: "\(name).csv", source: String(repeating: name == "left" ? "1" : "2", count: 64),
          name: "s", columns: ["use": .number(3)], isRecordPath: false)
        return Record(
          dataset: name, key: words[0],
          values: [
            .text(words[0]), words[1] == "-" ? nil : .text(words[1]),
            words[2] == "-" ? nil : .decimal(try #require(ExactDecimal(words[2]))), nil,
          ],
          source: RecordSource(table: table, row: row + 1, line: row + 1))
      }
      let all = records.map { _ in name == summed }
      return DatasetRecords(
        definition: definition, records: records, isInPopulation: all, passesFilter: all,
        summedField: name == summed ? "use" : nil)
    }
    let kpi = try KPIDefinition.read(
      PolicyNode.parse(
        """
        kpi: water
        title: {en: Water}
        unit: t
        decimals: 0
        kind: flow
        status: assured
        measure: {sum: [{dataset: left, field: use, date: day}]}
        tests:
          - test: match
            left: left
            right: right
            on: [meter]
            compare: use
            tolerance: \(tolerance)
        """, file: "k.yaml"))
    return TestContext(
      kpi: kpi, period: Period(Month(year: 2021, month: 1)),
      datasets: ["left": try dataset("left", left), "right": try dataset("right", right)])
  }

  func find(
    left: [String], right: [String], summed: String? = "left", tolerance: String = "0"
  ) throws -> [Exception] {
    let context = try context(left: left, right: right, summed: summed, tolerance: tolerance)
    return try #require(context.kpi.tests.first).run(context)
  }

  @Test("a difference corrects the summed side to the other; units are brought to one")
  func difference() throws {
    let found = try find(left: ["a M1 1.5", "b M2 2"], right: ["c M2 2000", "d M1 1250"])
    #expect(found.summary == ["match-difference | M1 | -0.25"])
    #expect(found.first?.locators == ["left.csv@111111111111#s!C1", "right.csv@222222222222#s!C2"])
    let other = try find(left: ["a M1 1.5"], right: ["d M1 1250"], summed: "right")
    #expect(other.map(\.effect.text) == ["0.25"])
    #expect(
      try find(left: ["a M1 1"], right: ["d M1 2"], summed: nil).map(\.effect) == [.unquantified])
  }

  @Test("near-miss: a difference within the tolerance")
  func tolerance() throws {
    #expect(try find(left: ["a M1 1.5"], right: ["d M1 1250"], tolerance: "0.25").isEmpty)
    #expect(try find(left: ["a M1 1.5"], right: ["d M1 1249"], tolerance: "0.25").count == 1)
    #expect(try find(left: ["a M1 -"], right: ["d M1 -"]).isEmpty)
    #expect(try find(left: ["a M1 -"], right: ["d M1 1"]).map(\.effect) == [.unquantified])
  }

  @Test("one side only, in both directions, and records without a name")
  func only() throws {
    let found = try find(left: ["a M1 1", "b - 2"], right: ["c M3 3000", "d - 2000"])
    #expect(
      found.summary == [
        "match-left-only | ? | unquantified", "match-left-only | M1 | unquantified",
        "match-right-only | ? | unquantified", "match-right-only | M3 | unquantified",
      ])
  }

  @Test("several on one side are not guessed at")
  func ambiguous() throws {
    let found = try find(left: ["a M1 1"], right: ["c M1 1000", "d M1 1000"])
    #expect(found.summary == ["match-ambiguous | M1 | unquantified"])
    #expect(found.places == [["C1", "C1", "C2"]])
    #expect(found.first?.message.contains("1 in left and 2 in right") == true)
  }

  @Test("without one of the datasets it cannot run")
  func withoutDataset() throws {
    let full = try context(left: ["a M1 1"], right: [])
    let context = TestContext(
      kpi: full.kpi, period: full.period, datasets: full.datasets.filter { $0.key == "left" })
    #expect(throws: AssureError("test-without-dataset", "")) {
      try full.kpi.tests.first?.run(context)
    }
  }

  @Test("against comparing every record with every other")
  func slowReference() throws {
    var state: UInt64 = 3
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1
      return Int((state >> 33) % UInt64(bound))
    }
    for _ in 0..<50 {
      let left = (0..<next(8)).map { "l\($0) M\(next(6)) \(next(3))" }
      let right = (0..<next(8)).map { "r\($0) M\(next(6)) \(next(3))000" }
      var expected: [String] = []
      for meter in 0..<6 {
        let a = left.filter { $0.words[1] == "M\(meter)" }
        let b = right.filter { $0.words[1] == "M\(meter)" }
        if a.count > 1 || b.count > 1 {
          expected.append("match-ambiguous M\(meter)")
        } else if a.count == 1, b.count == 1 {
          if a[0].words[2] + "000" != b[0].words[2] {
            expected.append("match-difference M\(meter)")
          }
        } else if a.count + b.count == 1 {
          expected.append("match-\(a.isEmpty ? "right" : "left")-only M\(meter)")
        }
      }
      let found = try find(left: left, right: right).map { "\($0.code) \($0.subject)" }
      #expect(found.sorted() == expected.sorted())
    }
  }
}
