import Testing

@testable import Assurance

@Suite("meter-tree")
struct MeterTreeTests {
  static let test = "test: meter-tree"

  @Test("a sub-meter counted beside the meter above it")
  func parent() throws {
    var world = World()
    world.readings = [
      "S1 M1 2021-01 100", "S1 M1 2021-02 100", "S1 M2 2021-01 30 under=M1",
      "S1 M2 2021-02 31 under=M1", "S1 M2 2021-03 32 under=M1",
    ]
    let found = try world.find(Self.test)
    // March has no reading of M1, so M2 stands for itself there.
    #expect(found.summary == ["sub-meter-in-total | S1 M2 | -61"])
    #expect(found.places == [["D4", "D5"]])
  }

  @Test("through a meter between the two that is not counted, and round a circle")
  func grandparent() throws {
    var world = World()
    world.readings = [
      "S1 M1 2021-01 100", "S1 M2 2021-01 30 sub under=M1", "S1 M3 2021-01 10 under=M2",
    ]
    #expect(try world.find(Self.test).summary == ["sub-meter-in-total | S1 M3 | -10"])
    world.readings = ["S1 M1 2021-01 5 under=M2", "S1 M2 2021-01 6 under=M1"]
    #expect(try world.find(Self.test).map(\.subject) == ["S1 M1", "S1 M2"])
  }

  @Test("near-miss: a main meter equal to the sum of its uncounted sub-meters")
  func sumOfSubs() throws {
    var world = World()
    world.readings = [
      "S1 M1 2021-01 100 main", "S1 M2 2021-01 30 sub under=M1", "S1 M3 2021-01 70 sub under=M1",
    ]
    #expect(try world.find(Self.test).isEmpty)
  }

  @Test("near-miss: the meter above belongs to another site, or is the meter itself")
  func otherSite() throws {
    var world = World()
    world.readings = [
      "S1 M1 2021-01 100", "S2 M2 2021-01 30 under=M1", "S3 M3 2021-01 30 under=M3",
    ]
    #expect(try world.find(Self.test).isEmpty)
  }
}
