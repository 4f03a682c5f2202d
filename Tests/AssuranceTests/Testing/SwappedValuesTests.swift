import Testing

@testable import Assurance

@Suite("swapped-values")
struct SwappedValuesTests {
  static let test = "test: swapped-values"

  func world(_ april: String, _ other: String) -> World {
    var world = World()
    world.readings =
      World.year("S1 M1", ["100", "104", "98", april, "110"])
      + World.year("S2 M1", ["1000", "1040", "980", other, "1100"])
    return world
  }

  @Test("two sites that changed places in April")
  func swapped() throws {
    let found = try world("1010", "101").find(Self.test)
    #expect(found.summary == ["swapped-values | S1 M1 S2 M1 2021-04 | none"])
    #expect(found.places == [["D5", "D10"]])
  }

  @Test("near-miss: one of them only, the same direction, values that do not fit")
  func nearMisses() throws {
    for (april, other) in [
      ("1010", "1010"), ("101", "101"), ("1010", "10100"), ("20", "101"), ("1010", "30"),
      ("3000", "101"), ("250", "400"),
    ] {
      #expect(try world(april, other).find(Self.test).isEmpty, "\(april) \(other)")
    }
  }

  @Test("of two that fit, the better one is named, and no value is in two pairs")
  func bestFit() throws {
    var world = world("1010", "101")
    // April of S3 fits as well, only worse.
    world.readings += World.year("S3 M1", ["1000", "1040", "980", "90", "1100"])
    let found = try world.find(Self.test)
    #expect(found.summary == ["swapped-values | S1 M1 S2 M1 2021-04 | none"])
  }

  @Test("a swap of a thousand to one is not taken for a unit too")
  func notUnits() throws {
    var world = World()
    world.readings =
      World.year("S1 M1", ["100", "104", "98", "101000", "110"])
      + World.year("S2 M1", ["100000", "104000", "98000", "101", "110000"])
    #expect(try world.find(Self.test).count == 1)
    #expect(try world.find("test: unit-scale").isEmpty)
    world.readings[8] = "S2 M1 2021-04 101000"
    #expect(try world.find("test: unit-scale").count == 1)
  }
}
