import Assurance
import Exact
import Foundation
import GRDB
import Testing

@testable import Workbench

/// From files to figures: control totals, other factors, and two years on the same sites.
@Suite struct FigureStepsTests {
  // MARK: control totals

  @Test func everyRowReadIsInTheTotals() throws {
    let made = try SitesEngagement.taken()
    try made.take("number,site,day,volume\n9,A,2021-07-31,5\n10,A,someday,7\n", file: "more.csv")
    let water = try #require(try made.open().reconcile(kpi: "water").first { $0.kpi == "water" })
    let control = try #require(water.controls.first)
    #expect(control.dataset == "bill" && control.field == "volume" && control.agrees)
    #expect(control.rowsRead == 11 && control.rejected == 1 && control.records == 10)
    // By hand: 100 + 110 + 40 + 90 + 70 + 30 + 500 + 500 + 500 + 5.
    #expect(control.sum == ExactDecimal("1945"))
    #expect(water.computed == Rational(235))
  }

  @Test func whatIsLostOrChangedDoesNotAgree() {
    func control(read: Int, rejected: Int, records: Int, total: Int, sum: Int) -> ControlTotal {
      ControlTotal(
        title: "Bills", dataset: "bill", field: "volume", unit: "t",
        tables: [
          ControlTotal.Table(
            place: "a", rowsRead: read, accepted: read - rejected, rejected: rejected,
            total: ExactDecimal(total))
        ], records: records, sum: ExactDecimal(sum))
    }
    #expect(control(read: 5, rejected: 1, records: 4, total: 10, sum: 10).agrees)
    #expect(!control(read: 5, rejected: 1, records: 3, total: 10, sum: 10).agrees)
    #expect(!control(read: 5, rejected: 1, records: 4, total: 10, sum: 9).agrees)
  }

  // MARK: what if

  @Test func anotherFactorSetMovesWhatRestsOnIt() throws {
    let made = try SitesEngagement.taken()
    let engagement = try made.open()
    let before = try engagement.store.read {
      try Int.fetchOne($0, sql: "SELECT count(*) FROM trail_event")
    }
    let results = try engagement.whatIf(factors: "heat-old", kpi: nil)
    #expect(results.map(\.kpi.name) == ["heat"])
    let heat = try #require(results.first)
    // 230 t at 2 and at 2.5 MJ.
    #expect(heat.own == Rational(460) && heat.other == Rational(575))
    #expect(heat.change == Rational(25))
    #expect(heat.issues.map(\.code) == ["factor-year"])
    let after = try engagement.store.read {
      try Int.fetchOne($0, sql: "SELECT count(*) FROM trail_event")
    }
    #expect(before == after)
  }

  @Test func aQuestionThatNothingAnswersIsRefused() throws {
    let engagement = try SitesEngagement.taken().open()
    #expect(
      MadeEngagement.code { _ = try engagement.whatIf(factors: "none", kpi: "heat") }
        == "unknown-factors")
    #expect(
      MadeEngagement.code { _ = try engagement.whatIf(factors: "heat-old", kpi: "water") }
        == "factors-unused")
  }

  // MARK: like for like

  /// A is in both whole years; B opened in the first, C closed in the second, D is others'.
  @Test func onlySitesOfBothWholeYearsAreCompared() throws {
    let made = try SitesEngagement.taken()
    try MadeEngagement.write(
      "kpi,year,restated,original,unit,reason,explanation,place\n"
        + "water,2020,215,210,t,boundary,B was added,note 1\n",
      to: made.path + "/report/restatements.csv")
    let result = try made.open().likeForLike(kpi: nil)
    #expect(result.before.first == Day("2020-01-01") && result.before.last == Day("2020-12-31"))
    #expect(result.comparable == ["A"])
    #expect(result.others.map(\.site) == ["B", "C"])
    #expect(result.others.map(\.reason) == ["opened 2020-07-01", "closed 2021-06-30"])
    let water = try #require(result.series.first { $0.kpi.name == "water" })
    #expect(water.before == Rational(100) && water.now == Rational(110))
    #expect(water.change == Rational(10))
    #expect(water.allBefore == Rational(210) && water.allNow == Rational(230))
    #expect(water.sites.before == 1 && water.sites.now == 1)
    #expect(water.restated?.reason == .boundary)
    // Both years at this year's factor.
    let heat = try #require(result.series.first { $0.kpi.name == "heat" })
    #expect(heat.before == Rational(200) && heat.now == Rational(220))
    #expect(result.without.map(\.kpi) == [])
  }

  @Test func aFigureWithoutSitesHasNoSeries() throws {
    let engagement = try SitesEngagement.taken().open()
    #expect(MadeEngagement.code { _ = try engagement.likeForLike(kpi: "intensity") } == "no-series")
    #expect(MadeEngagement.code { _ = try engagement.likeForLike(kpi: "money") } == "no-series")
    let flat = try MadeEngagement()
    _ = try flat.ingest("1,2021-01-01,5,x")
    #expect(MadeEngagement.code { _ = try flat.open().likeForLike(kpi: nil) } == "no-boundary")
  }

  @Test func aYearWithoutRecordsHasNoFigure() throws {
    let made = try SitesEngagement.make()
    try made.take("site,opened,closed,control\nA,2015-01-01,,own\n", file: "sites.csv")
    try made.take("number,site,day,volume\n1,A,2021-05-31,100\n", file: "bills.csv")
    let water = try #require(try made.open().likeForLike(kpi: "water").series.first)
    #expect(water.before == nil && water.now == Rational(100) && water.change == nil)
    #expect(water.sites.before == 0 && water.sites.now == 1)
  }

  @Test func aLeapYearComparesItsLastDay() throws {
    func before(_ first: String, _ last: String) throws -> String {
      let (first, last) = (try #require(Day(first)), try #require(Day(last)))
      let period = try #require(Period(first, last))
      let other = try #require(ComparableSites.before(period))
      return "\(other.first) \(other.last)"
    }
    #expect(try before("2021-01-01", "2021-12-31") == "2020-01-01 2020-12-31")
    #expect(try before("2020-03-01", "2021-02-28") == "2019-03-01 2020-02-29")
    #expect(try before("2019-03-01", "2020-02-29") == "2018-03-01 2019-02-28")
  }
}
