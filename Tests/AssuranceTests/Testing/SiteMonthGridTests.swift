import Exact
import Testing

@testable import Assurance

@Suite("site-month-grid")
struct SiteMonthGridTests {
  static let test = "test: site-month-grid, register: site"

  @Test("a missing month is valued by the mean of the others, half away from zero")
  func missingDecember() throws {
    var world = World(sites: ["S1 2015-01-01 -"])
    world.readings = World.year(
      "S1 M1", ["10", "11", "10", "10", "10", "10", "10", "10", "10", "10", "10"])
    let found = try world.find(Self.test)
    // Mean of eleven months: 111 / 11 = 10.09…, whole tonnes recorded.
    #expect(found.summary == ["missing-month | S1 2021-12 | 10"])
    #expect(found.first?.locators == ["a.csv@aaaaaaaaaaaa#site!2:2"])
    #expect(found.first?.severity == .high)
    #expect(found.first?.message.contains("mean of the site's 11 other months") == true)
  }

  @Test("with fewer than three other months the gap is not valued")
  func unquantified() throws {
    var world = World(sites: ["S1 2015-01-01 -"])
    world.readings = ["S1 M1 2021-01 10", "S1 M1 2021-02 10"]
    let found = try world.find(Self.test)
    #expect(found.count == 10)
    #expect(found.allSatisfy { $0.effect == .unquantified })
  }

  @Test(
    "near-miss: months before opening, after closing and in which it opened or closed",
    arguments: ["2021-07-15 -", "2015-01-01 2021-03-20"])
  func opening(_ dates: String) throws {
    var world = World(sites: ["S1 " + dates])
    let all = World.steady("S1 M1")
    world.readings = dates.hasPrefix("2021") ? Array(all[7...]) : Array(all[..<2])
    #expect(try world.find(Self.test).isEmpty)
    // A record in the month of opening or closing is welcome too.
    world.readings = dates.hasPrefix("2021") ? Array(all[6...]) : Array(all[..<3])
    #expect(try world.find(Self.test).isEmpty)
  }

  @Test("near-miss: a site outside the boundary, and one without any record")
  func notExpected() throws {
    var world = World(sites: ["S1 2015-01-01 - out", "S2 2015-01-01 -"])
    world.readings = ["S1 M1 2021-01 10"]
    #expect(try world.find(Self.test).isEmpty)
  }

  @Test("a bill covers each month of which it has half the days")
  func longBills() throws {
    var world = World(sites: ["S1 2015-01-01 -"])
    world.bills = [
      "B1 S1 2020-12-10..2021-03-09 90", "B2 S1 2021-03-10..2021-08-16 90",
      "B3 S1 2021-08-17..2021-08-31 90", "B4 S1 2021-09-16..2021-12-15 90",
    ]
    // September: 15 of 30 days, enough. December: 15 of 31, not enough.
    #expect(try world.find(Self.test).map(\.subject) == ["S1 2021-12"])
  }

  @Test("covered days agree with counting them one by one")
  func slowReference() throws {
    let month = Period(Month(year: 2021, month: 2))
    var state: UInt64 = 7
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1
      return Int((state >> 33) % UInt64(bound))
    }
    for _ in 0..<500 {
      let spans = (0..<next(5)).compactMap { _ in
        let first = month.first.adding(days: next(50) - 20)
        return Period(first, first.adding(days: next(20)))
      }
      let slow = (0..<month.days).count { day in
        spans.contains { $0.contains(month.first.adding(days: day)) }
      }
      #expect(SiteMonth.daysCovered(month, spans) == slow)
    }
  }

  @Test("records before opening and after closing are taken out")
  func outsideOpening() throws {
    var world = World(sites: ["S1 2021-03-15 2021-10-10"])
    world.readings = World.steady("S1 M1")
    let found = try world.find(Self.test)
    // March and October hold days on which the site is open: near-misses.
    #expect(
      found.summary == [
        "before-opening | S1 M1 2021-01-01..2021-01-31 | -100",
        "before-opening | S1 M1 2021-02-01..2021-02-28 | -104",
        "after-closing | S1 M1 2021-11-01..2021-11-30 | -105",
        "after-closing | S1 M1 2021-12-01..2021-12-31 | -102",
      ])
    #expect(
      found.first?.locators == ["a.csv@aaaaaaaaaaaa#reading!D2", "a.csv@aaaaaaaaaaaa#site!2:2"])
  }

  @Test("the estimated share fires above its limit, not at it")
  func estimatedShare() throws {
    var world = World(sites: ["S1 2021-01-01 2021-04-30"])
    world.readings = [
      "S1 M1 2021-01 30", "S1 M1 2021-02 30", "S1 M1 2021-03 30", "S1 M1 2021-04 10 est",
    ]
    #expect(try world.find(Self.test + ", estimated_max: 10%").isEmpty)
    #expect(try world.find(Self.test).isEmpty)
    let found = try world.find(Self.test + ", estimated_max: 9.9%")
    #expect(found.summary == ["estimated-share | water | unquantified"])
    #expect(found.places == [["D5"]])
    #expect(found.first?.message.hasPrefix("10% of the figure (10 t, 1 record)") == true)
  }

  @Test("the grid shows each state, and shares a bill out by days")
  func grid() throws {
    var world = World(sites: ["S1 2021-02-01 -", "S2 2015-01-01 - out"])
    world.readings = ["S1 M1 2021-02 30", "S1 M1 2021-03 20 est"]
    world.bills = ["B1 S1 2021-04-16..2021-05-15 60"]
    let context = try world.context(Self.test)
    let rows = SiteMonthGrid.grid(context)
    #expect(rows.map(\.subject) == ["S1", "S2"])
    let cells = rows[0].cells.map { $0.cell.rawValue }
    #expect(
      cells[..<6]
        == ["not-in-boundary", "actual", "estimated", "actual", "missing", "missing"])
    #expect(rows[1].cells.allSatisfy { $0.cell == .outside })
    let test = try #require(context.kpi.tests.first as? SiteMonthGrid)
    let year = test.years(context)[0]
    #expect(year.cells.map(\.month.description)[3...4] == ["2021-04", "2021-05"])
    #expect(year.cells[3].quantity == Rational(30))
    #expect(year.cells[4].quantity == Rational(30))
    #expect(year.cells[5].quantity == nil)
    #expect(year.cells[4].state == .missing)
  }
}
