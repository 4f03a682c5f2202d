import Testing

@testable import Assurance

@Suite("duplicates")
struct DuplicatesTests {
  static let test = "test: duplicates"

  @Test("the same key in two files: the extra one is taken out")
  func sameKey() throws {
    var world = World()
    world.readings = ["S1 M1 2021-01 100", "S1 M1 2021-01 100 file=b", "S1 M1 2021-02 100"]
    let found = try world.find(Self.test)
    #expect(found.summary == ["duplicate-key | reading S1/M1/2021-01 | -100"])
    #expect(
      found.first?.locators == ["a.csv@aaaaaaaaaaaa#reading!D2", "b.csv@bbbbbbbbbbbb#reading!D3"])
    world.readings = ["S1 M1 2021-01 5", "S1 M1 2021-01 5", "S1 M1 2021-01 5"]
    #expect(try world.find(Self.test).summary == ["duplicate-key | reading S1/M1/2021-01 | -10"])
  }

  @Test("copies that differ have no known effect, and those not counted have none")
  func differentCopies() throws {
    var world = World()
    world.readings = ["S1 M1 2021-01 100", "S1 M1 2021-01 90"]
    #expect(try world.find(Self.test).map(\.effect) == [.unquantified])
    world.readings = ["S1 M1 2020-01 100", "S1 M1 2020-01 90"]
    #expect(try world.find(Self.test).map(\.effect) == [.none])
  }

  @Test("a site twice in the register")
  func register() throws {
    let world = World(sites: ["S1 2015-01-01 -", "S1 2015-01-01 -"])
    #expect(try world.find(Self.test).summary == ["duplicate-key | site S1 | unquantified"])
  }

  @Test(
    "one bill under two numbers; near-miss: other days, other quantity, other site, nothing used")
  func sameDocument() throws {
    var world = World()
    world.bills = ["B1 S1 2021-01-01..2021-01-31 40", "B2 S1 2021-01-01..2021-01-31 40 file=b"]
    let found = try world.find(Self.test)
    #expect(found.summary == ["duplicate-document | bill B1, bill B2 | -40"])
    #expect(found.first?.locators.count == 2)
    for other in [
      "B2 S1 2021-02-01..2021-02-28 40", "B2 S1 2021-01-01..2021-01-31 41",
      "B2 S2 2021-01-01..2021-01-31 40",
    ] {
      world.bills[1] = other
      #expect(try world.find(Self.test).isEmpty, "\(other)")
    }
    world.bills = ["B1 S1 2021-01-01..2021-01-31 0", "B2 S1 2021-01-01..2021-01-31 0"]
    #expect(try world.find(Self.test).isEmpty)
  }

  @Test("a bill that is in the meter system too")
  func acrossDatasets() throws {
    var world = World()
    world.readings = ["S1 M1 2021-03 77"]
    world.bills = ["B1 S1 2021-03-01..2021-03-31 77"]
    #expect(
      try world.find(Self.test).summary
        == ["duplicate-document | bill B1, reading S1/M1/2021-03 | -77"])
    world.bills = ["B1 S1 2021-04-01..2021-04-30 77"]
    #expect(try world.find(Self.test).isEmpty)
  }

  @Test("near-miss: two meters of one site with the same value")
  func twoMeters() throws {
    var world = World()
    world.readings = ["S1 M1 2021-03 77", "S1 M2 2021-03 77"]
    #expect(try world.find(Self.test).isEmpty)
  }
}
