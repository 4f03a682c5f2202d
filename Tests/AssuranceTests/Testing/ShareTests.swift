import Exact
import Testing

@testable import Assurance

@Suite("share")
struct ShareTests {
  static let test = "test: share, max: 10%, says: too much, when: {status: estimated}"

  /// 900 measured and `estimated` beside it.
  func world(estimated: String) -> World {
    var world = World()
    world.readings = ["S1 M1 2021-01 900", "S1 M1 2021-02 \(estimated) est"]
    world.bills = ["B1 S1 2022-01-01..2022-01-31 5000 est"]
    return world
  }

  @Test("by amounts, and not for what is not counted")
  func amounts() throws {
    let found = try world(estimated: "101").find(Self.test)
    #expect(found.summary == ["share-exceeded | water | unquantified"])
    #expect(
      found.first?.message.hasPrefix("10.1% of the figure, 1 record, where at most 10%") == true)
  }

  @Test("near-miss: the share that is allowed, and none")
  func nearMisses() throws {
    #expect(try world(estimated: "100").find(Self.test).isEmpty)
    #expect(try world(estimated: "0").find(Self.test).isEmpty)
    #expect(try World().find(Self.test).isEmpty)
  }

  @Test("agrees with whole numbers multiplied across, over all small amounts and limits")
  func slowReference() throws {
    for measured in [0, 1, 3, 10] {
      for estimated in [0, 1, 2, 10] {
        for limit in [0, 10, 25, 50, 100] {
          var world = World()
          world.readings = ["S1 M1 2021-01 \(measured)", "S1 M1 2021-02 \(estimated) est"]
          let found = try world.find(
            "test: share, max: \(limit)%, says: too much, when: {status: estimated}")
          // part / whole > limit / 100
          let isTooMuch = 100 * estimated > limit * (measured + estimated)
          #expect(found.count == (isTooMuch ? 1 : 0), "\(measured) \(estimated) \(limit)")
        }
      }
    }
  }

  @Test("of a count, by records")
  func counts() throws {
    let shelf = Shelf.roster(
      ["E1|intern|-|-", "E2|regular|-|-", "E3|regular|-|-", "E4|intern|-|-|out"], left: [])
    let test = "test: share, code: interns, says: many, when: {type: intern}, max: "
    #expect(try shelf.find(test + "33%").map(\.code) == ["interns"])
    #expect(try shelf.find(test + "34%").isEmpty)
  }
}
