import Exact
import Testing

@testable import Assurance

@Suite("repeated-values")
struct RepeatedValuesTests {
  func find(_ values: [String], _ more: String = "") throws -> [String] {
    var world = World()
    world.readings = World.year("S1 M1", values)
    return try world.find("test: repeated-values" + more).summary
  }

  @Test("a run is one exception, with all of its records")
  func runs() throws {
    #expect(
      try find(["100", "57", "57", "57", "57", "101"])
        == ["repeated-value | S1 M1 2021-02-01 | unquantified"])
    var world = World()
    world.readings = World.year("S1 M1", ["57", "57", "57"])
    #expect(try world.find("test: repeated-values").places == [["D2", "D3", "D4"]])
  }

  @Test("near-miss: two in a row, equal ones apart, zeros, two meters")
  func nearMisses() throws {
    #expect(try find(["57", "57", "58", "57", "57"]).isEmpty)
    #expect(try find(["0", "0", "0", "0"]).isEmpty)
    var world = World()
    world.readings = World.year("S1 M1", ["57", "57"]) + World.year("S1 M2", ["57", "57"])
    #expect(try world.find("test: repeated-values").isEmpty)
    #expect(try find(["57", "57"], ", run: 2").count == 1)
  }

  @Test("round values need a series, and most of it")
  func rounds() throws {
    let round = ["1200", "3400", "5600", "90000"]
    #expect(
      try find(round + ["1234", "5678"]) == ["round-values | S1 M1 | unquantified"])
    #expect(try find(Array(round.prefix(3)) + ["1234", "5678", "4321"]).isEmpty)
    #expect(try find(round).isEmpty)
    #expect(try find(["120", "340", "560", "900", "780", "650"]).isEmpty)
  }

  @Test("round is two significant digits and at least 1000, against counting digits")
  func slowReference() {
    for number in stride(from: 990, through: 12_500, by: 1) {
      let digits = String(number).reversed().drop { $0 == "0" }.count
      #expect(
        RepeatedValues.isRound(ExactDecimal(number)) == (number >= 1000 && digits <= 2), "\(number)"
      )
    }
    #expect(!RepeatedValues.isRound(ExactDecimal("1200.5")))
    #expect(!RepeatedValues.isRound(nil))
  }
}
