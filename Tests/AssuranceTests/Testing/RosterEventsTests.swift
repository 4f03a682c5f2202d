import Exact
import Testing

@testable import Assurance

@Suite("roster-events")
struct RosterEventsTests {
  static let test = "test: roster-events, roster: employee, events: leaver"

  @Test("each way in which roster and events part")
  func faults() throws {
    let shelf = Shelf.roster(
      [
        "E1|regular|2015-01-01|-", "E2|regular|2015-01-01|2021-05-31|out",
        "E3|regular|2015-01-01|2021-06-30|out", "E4|regular|2015-01-01|-",
      ],
      left: ["E1|2021-03-31", "E2|2021-05-30", "E9|2021-07-01"])
    #expect(
      try shelf.find(Self.test).summary == [
        "still-on-roster | E1 | -1", "event-without-roster | E9 | unquantified",
        "roster-without-event | E3 | unquantified", "event-date-differs | E2 | none",
      ])
    #expect(try shelf.find(Self.test).places.first == ["B2", "D2"])
  }

  @Test("near-miss: agreement, who leaves after the period or on its last day, one list missing")
  func nearMisses() throws {
    let people = ["E1|regular|2015-01-01|2021-03-31|out", "E2|regular|2015-01-01|-"]
    for left in [["E1|2021-03-31"], ["E1|2021-03-31", "E2|2022-01-31"]] {
      #expect(try Shelf.roster(people, left: left).find(Self.test).isEmpty)
    }
    let last = Shelf.roster(
      people + ["E3|regular|2015-01-01|2021-12-31"], left: ["E1|2021-03-31", "E3|2021-12-31"])
    #expect(try last.find(Self.test).isEmpty)
    #expect(try Shelf.roster([], left: ["E1|2021-03-31"]).find(Self.test).isEmpty)
    #expect(try Shelf.roster(people, left: []).find(Self.test).isEmpty)
  }

  /// Closing is opening plus who joined less who left: the slow way to the same count.
  @Test("the effects make the roster's count that of the events, over all small rosters")
  func rollForward() throws {
    for code in 0..<27 {
      // For each of three people: 0 stays, 1 leaves and the roster says so, 2 leaves unsaid.
      let fates = [code % 3, code / 3 % 3, code / 9]
      let people = fates.enumerated().map { index, fate in
        "E\(index)|regular|2015-01-01|" + (fate == 1 ? "2021-04-01|out" : "-")
      }
      let left = fates.enumerated().filter { $0.element > 0 }.map { "E\($0.offset)|2021-04-01" }
      let shelf = Shelf.roster(people, left: left)
      let counted = try shelf.context(Self.test).datasets["employee"]?.isInPopulation.count { $0 }
      let change = try shelf.find(Self.test).reduce(0) { sum, exception in
        sum + (Int(exception.effect.text) ?? 0)
      }
      // Without any event there is nothing to set the roster against.
      #expect((counted ?? 0) + change == 3 - left.count || left.isEmpty)
    }
  }

  @Test("what it needs is asked for when the policy loads")
  func problems() throws {
    let shelf = Shelf.roster([], left: [])
    #expect(try shelf.problem(Self.test) == nil)
    #expect(
      try shelf.problem("test: roster-events, roster: employee, events: exits")
        == "the dataset `exits` is not declared")
    #expect(
      try shelf.problem(Self.test + ", until: type") == "`employee` has no date `type`")
  }
}
