import Exact
import Testing

@testable import Assurance

@Suite("unit-scale")
struct UnitScaleTests {
  static let test = "test: unit-scale"

  func world(april: String) -> World {
    var world = World()
    world.readings = World.steady("S1 M1")
    world.readings[3] = "S1 M1 2021-04 \(april)"
    return world
  }

  @Test(
    "each factor is named with its remedy and its effect",
    arguments: [
      // 101 t in litres, in 萬 units read as single, in US and imperial gallons, in cubic feet.
      ("101000", "divide by 1000", "-100899"), ("1010000", "divide by 10000", "-1009899"),
      ("26681.372", "divide by 264.172", "-26580.372"),
      ("22216.869", "divide by 219.969", "-22115.869"),
      ("3566.7847", "divide by 35.3147", "-3465.7847"),
      ("0.101", "multiply by 1000", "100.899"), ("0.0101", "multiply by 10000", "100.9899"),
    ])
  func factors(_ april: String, _ remedy: String, _ effect: String) throws {
    let found = try world(april: april).find(Self.test)
    #expect(found.summary == ["unit-mix-up | S1 M1 2021-04-01..2021-04-30 | \(effect)"])
    #expect(found.first?.message.contains(remedy) == true)
    #expect(found.places == [["D5"]])
  }

  @Test("near-miss: a real rise, a season, a ratio of 3 that no factor explains, nothing")
  func nearMisses() throws {
    for april in ["111", "252", "309", "520", "30", "0", "-101000"] {
      #expect(try world(april: april).find(Self.test).isEmpty, "\(april)")
    }
  }

  @Test("two other months are no history")
  func shortHistory() throws {
    var world = World()
    world.readings = World.year("S1 M1", ["100", "100", "100000"])
    #expect(try world.find(Self.test).isEmpty)
    world.readings = World.year("S1 M1", ["100", "100", "100000", "100"])
    #expect(try world.find(Self.test).count == 1)
  }

  @Test("history is kept by meter, and a value not counted is left alone")
  func series() throws {
    var world = World()
    world.readings =
      World.steady("S1 M1") + World.year("S1 M2", ["100000", "101000", "99000", "100000"])
    #expect(try world.find(Self.test).isEmpty)
    world.readings = World.steady("S1 M1") + ["S1 M1 2022-01 100000"]
    #expect(try world.find(Self.test).isEmpty)
  }

  @Test("policy may name other factors and a wider fit")
  func parameters() throws {
    #expect(try world(april: "150000").find(Self.test).isEmpty)
    #expect(try world(april: "150000").find(Self.test + ", fit: 1.6").count == 1)
    #expect(try world(april: "101000").find(Self.test + ", factors: [3.6]").isEmpty)
    #expect(
      try world(april: "363.6").find(Self.test + ", factors: [3.6]").map(\.effect.text) == [
        "-262.6"
      ])
  }

  @Test("the nearest factor wins where two fit")
  func nearest() throws {
    let test = try #require(
      try world(april: "1").context(Self.test + ", fit: 2").kpi.tests.first as? UnitScale)
    let factors = ["219.969", "264.172"].compactMap { Rational($0) }
    #expect(test.explain(Rational(225), by: factors) == factors[0])
    #expect(test.explain(Rational(255), by: factors) == factors[1])
  }
}
