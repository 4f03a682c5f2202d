import Testing

@testable import Assurance

@Suite("sign")
struct SignTests {
  static let test = "test: sign"

  @Test("a credit note that mirrors a bill; the bill of the same days is its partner")
  func pair() throws {
    var world = World()
    world.bills = [
      "B1 S1 2021-01-01..2021-01-31 40", "B2 S1 2021-02-01..2021-02-28 40",
      "B3 S1 2021-02-01..2021-02-28 -40", "B4 S1 2021-02-01..2021-02-28 44",
    ]
    let found = try world.find(Self.test)
    #expect(found.summary == ["reversal-pair | S1 B2 B3 | none"])
    #expect(found.places == [["D3", "D4"]])
    #expect(found.first?.severity == .low)
  }

  @Test("two reversals of one bill: the second has no partner")
  func usedOnce() throws {
    var world = World()
    world.bills = [
      "B1 S1 2021-01-01..2021-01-31 40", "B2 S1 2021-01-01..2021-01-31 -40",
      "B3 S1 2021-01-01..2021-01-31 -40",
    ]
    #expect(
      try world.find(Self.test).summary == [
        "reversal-pair | S1 B1 B2 | none",
        "negative-value | S1 2021-01-01..2021-01-31 | unquantified",
      ])
  }

  @Test("a lone negative; the mirror at another site does not count")
  func negative() throws {
    var world = World()
    world.readings = ["S1 M1 2021-01 40", "S1 M2 2021-01 -40", "S2 M1 2021-01 40"]
    let found = try world.find(Self.test)
    #expect(found.summary == ["negative-value | S1 M2 2021-01-01..2021-01-31 | unquantified"])
    #expect(found.places == [["D3"]])
    #expect(found.first?.severity == .medium)
  }

  @Test("a reversal of last year's bill is looked at; one wholly outside is not")
  func acrossYears() throws {
    var world = World()
    world.bills = ["B1 S1 2020-12-01..2020-12-31 40", "B2 S1 2021-01-01..2021-01-31 -40"]
    #expect(try world.find(Self.test).summary == ["reversal-pair | S1 B1 B2 | unquantified"])
    world.bills = ["B1 S1 2020-12-01..2020-12-31 40", "B2 S1 2020-12-01..2020-12-31 -40"]
    #expect(try world.find(Self.test).isEmpty)
  }

  @Test("a zero among months that are not; near-miss: a meter that stands still all year")
  func zero() throws {
    var world = World()
    world.readings = World.year("S1 M1", ["10", "12", "0", "11"])
    let found = try world.find(Self.test)
    #expect(found.summary == ["zero-value | S1 M1 2021-03-01..2021-03-31 | unquantified"])
    world.readings = World.year("S1 M1", ["0", "0", "0", "11", "0"])
    #expect(try world.find(Self.test).isEmpty)
    world.readings = World.steady("S1 M1")
    #expect(try world.find(Self.test).isEmpty)
  }
}
