import Exact
import Testing

@testable import Assurance

/// A site with two meters of which one misses a month: the site has a record, the meter has none.
@Suite struct MeterMonthsTests {
  private func subjects(_ readings: [String], sites: [String] = ["S1 2015-01-01 -"]) throws
    -> [String]
  {
    var world = World()
    world.sites = sites
    world.readings = readings
    return try world.find("test: site-month-grid, register: site").map(\.subject)
  }

  private func year(_ meter: String, without months: Set<String> = []) -> [String] {
    World.steady("S1 \(meter)").filter { line in
      !months.contains { line.contains(" 2021-\($0) ") }
    }
  }

  @Test func aMonthBetweenIsMissing() throws {
    #expect(try subjects(year("M1") + year("M2", without: ["05"])) == ["S1 M2 2021-05"])
  }

  @Test func theLastMonthIsMissing() throws {
    #expect(try subjects(year("M1") + year("M2", without: ["12"])) == ["S1 M2 2021-12"])
    #expect(
      try subjects(year("M1") + year("M2", without: ["01", "02"]))
        == ["S1 M2 2021-01", "S1 M2 2021-02"])
  }

  /// The mean of the other eleven months of the meter, by hand: (1239 - 110) / 11.
  @Test func theGapIsValuedByTheMeter() throws {
    var world = World()
    world.sites = ["S1 2015-01-01 -"]
    world.readings =
      World.year("S1 M1", Array(repeating: "1000", count: 12)) + year("M2", without: ["05"])
    let found = try world.find("test: site-month-grid, register: site")
    #expect(found.map(\.effect) == [.amount(try #require(ExactDecimal("103")))])
  }

  /// One meter ends where the other begins: it was replaced.
  @Test func aReplacedMeterIsNotMissing() throws {
    let old: Set<String> = ["07", "08", "09", "10", "11", "12"]
    let new: Set<String> = ["01", "02", "03", "04", "05", "06"]
    #expect(try subjects(year("M1", without: old) + year("M2", without: new)).isEmpty)
    // Both have a record for the month in which they changed.
    #expect(
      try subjects(year("M1", without: old) + year("M2", without: new.subtracting(["06"]))).isEmpty)
  }

  /// A meter of a few months beside one of the whole year: temporary, or named otherwise once.
  @Test func aMeterOfFewMonthsIsNotExpectedInOthers() throws {
    #expect(try subjects(year("M1") + ["S1 M2 2021-03 7"]).isEmpty)
  }

  /// The site has no record at all in May: said once, not for each meter.
  @Test func aMonthOfTheSiteIsSaidOnce() throws {
    #expect(
      try subjects(year("M1", without: ["05"]) + year("M2", without: ["05"])) == ["S1 2021-05"])
  }

  @Test func oneMeterIsTheSite() throws {
    #expect(try subjects(year("M1", without: ["05"])) == ["S1 2021-05"])
  }
}
