import Testing

@testable import Assurance

@Suite("cut-off")
struct CutOffTests {
  static let test = "test: cut-off"

  @Test("a bill over the start of the year is counted whole: 14 of 31 days come off")
  func straddlesStart() throws {
    var world = World()
    world.bills = ["B1 S1 2020-12-18..2021-01-17 100"]
    let found = try world.find(Self.test)
    // 100 × 14/31 = 45.16, in whole tonnes as recorded.
    #expect(found.summary == ["straddles-period-end | S1 2020-12-18..2021-01-17 | -45"])
    #expect(found.first?.message.contains("- 100 t × 14/31 days = -45 t") == true)
    #expect(found.first?.locators == ["a.csv@aaaaaaaaaaaa#bill!D2"])
    // One decimal elsewhere in the field: the share keeps one.
    world.bills.append("B2 S1 2021-02-01..2021-02-28 50.5")
    #expect(try world.find(Self.test).map(\.effect.text) == ["-45.2"])
  }

  @Test("a tie is rounded away from zero")
  func tie() throws {
    var world = World()
    world.bills = ["B1 S1 2020-12-31..2021-01-01 5"]
    #expect(try world.find(Self.test).map(\.effect.text) == ["-3"])
  }

  @Test("a bill over the end of the year is not counted: its December days are added")
  func straddlesEnd() throws {
    var world = World()
    world.bills = ["B1 S1 2021-12-18..2022-01-17 100"]
    #expect(
      try world.find(Self.test).summary
        == ["straddles-period-end | S1 2021-12-18..2022-01-17 | 45"])
  }

  @Test("near-miss: from the first to the last day of the year")
  func exactly() throws {
    var world = World()
    world.bills = ["B1 S1 2021-01-01..2021-12-31 100"]
    world.readings = ["S1 M1 2021-01 5", "S1 M1 2021-12 5"]
    #expect(try world.find(Self.test).isEmpty)
  }

  @Test("a record within 45 days of the period is mentioned, one further off is not")
  func outside() throws {
    var world = World()
    world.bills = [
      "B1 S1 2022-02-14..2022-02-28 1", "B2 S1 2022-02-15..2022-02-28 1",
      "B3 S1 2020-11-01..2020-11-16 1", "B4 S1 2020-11-01..2020-11-17 1",
    ]
    let found = try world.find(Self.test)
    #expect(
      found.summary == [
        "outside-period | S1 2020-11-01..2020-11-17 | none",
        "outside-period | S1 2022-02-14..2022-02-28 | none",
      ])
    #expect(found.allSatisfy { $0.severity == .low })
    #expect(try world.find(Self.test + ", days: 0").isEmpty)
  }

  @Test("near-miss: a site outside the boundary")
  func boundary() throws {
    var world = World(sites: ["S1 2015-01-01 - out"])
    world.bills = ["B1 S1 2020-12-18..2021-01-17 100", "B2 S1 2022-01-01..2022-01-02 1"]
    #expect(try world.find(Self.test).isEmpty)
  }
}
