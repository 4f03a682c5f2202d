import Testing

@testable import Assurance

@Suite("true-up")
struct TrueUpTests {
  static let test = "test: true-up"

  @Test("two low estimates and the reading that makes them good")
  func trueUp() throws {
    var world = World()
    world.readings = World.year(
      "S1 M1", ["100", "100", "60 est", "60 est", "180", "100", "100", "100"])
    let found = try world.find(Self.test)
    #expect(found.summary == ["estimate-true-up | S1 M1 2021-05 | none"])
    #expect(found.places == [["D6", "D4", "D5"]])
    #expect(found.first?.severity == .low)
  }

  @Test(
    "near-miss: no estimate, good estimates, both high, a gap between, a small excess",
    arguments: [
      ["60", "60", "180"], ["100 est", "100 est", "180"], ["140 est", "140 est", "180"],
      ["60 est", "60", "180"], ["80 est", "80 est", "140"], ["99 est", "99 est", "180"],
    ])
  func nearMisses(_ months: [String]) throws {
    var world = World()
    world.readings = World.year("S1 M1", ["100", "100"] + months + ["100", "100", "100"])
    #expect(try world.find(Self.test).isEmpty)
  }

  @Test("across the end of the year the part of the other year is moved")
  func acrossYears() throws {
    var world = World()
    let year = World.year("S1 M1", Array(repeating: "100", count: 11))
    world.readings = year + ["S1 M1 2021-12 20 est", "S1 M1 2022-01 180"]
    var found = try world.find(Self.test)
    #expect(found.summary == ["estimate-true-up | S1 M1 2022-01 | 80"])
    #expect(found.first?.severity == .medium)
    world.readings = year + ["S1 M1 2020-11 20 est", "S1 M1 2020-12 20 est"]
    world.readings[0] = "S1 M1 2021-01 260"
    found = try world.find(Self.test)
    #expect(found.summary == ["estimate-true-up | S1 M1 2021-01 | -160"])
  }
}
