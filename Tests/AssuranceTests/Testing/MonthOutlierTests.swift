import Exact
import Testing

@testable import Assurance

@Suite("month-outlier")
struct MonthOutlierTests {
  func world(april: String) -> World {
    var world = World()
    world.readings = World.steady("S1 M1")
    world.readings[3] = "S1 M1 2021-04 \(april)"
    return world
  }

  @Test("above and below, with expectation and threshold in the words")
  func finds() throws {
    let found = try world(april: "400").find("test: month-outlier, ratio: 2.5")
    #expect(found.summary == ["month-outlier | S1 M1 2021-04-01..2021-04-30 | unquantified"])
    #expect(found.first?.message.contains("3.88 times what is expected, 103 t") == true)
    #expect(found.first?.message.contains("the threshold is 2.5 times") == true)
    #expect(try world(april: "41").find("test: month-outlier").count == 1)
  }

  @Test("near-miss: a warm month, what a unit explains, what is too little to matter")
  func nearMisses() throws {
    for april in ["250", "42", "101000", "0", "-400"] {
      #expect(try world(april: april).find("test: month-outlier").isEmpty, "\(april)")
    }
    // 297 more than expected, of 1,536 in all: 19.3%.
    #expect(try world(april: "400").find("test: month-outlier, share_min: 19%").count == 1)
    #expect(try world(april: "400").find("test: month-outlier, share_min: 20%").isEmpty)
  }

  @Test("against a slow reference over all months of a small year")
  func slowReference() throws {
    for code in 0..<81 {
      let values = [code % 3, code / 3 % 3, code / 9 % 3, code / 27].map { [10, 24, 70][$0] }
      var world = World()
      world.readings = World.year("S1 M1", values.map(String.init))
      let found = try world.find("test: month-outlier, ratio: 2.5").map(\.subject)
      let expected = values.indices.filter { index in
        let others = values.enumerated().filter { $0.offset != index }.map(\.element).sorted()
        return 2 * values[index] >= 5 * others[1] || 5 * values[index] <= 2 * others[1]
      }.map { "S1 M1 2021-0\($0 + 1)" }
      #expect(found.map { String($0.prefix(13)) } == expected)
    }
  }
}
