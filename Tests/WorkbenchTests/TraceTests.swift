import Assurance
import Exact
import Testing

@testable import Workbench

/// From a figure to its cells and back.
@Suite struct TraceTests {
  private struct Told {
    var records: [(key: String, value: String, locator: String)] = []
    var totals: [String] = []
    var figures: [String] = []
  }

  private func told(_ engagement: Engagement) throws -> Told {
    var told = Told()
    try engagement.trace(kpi: "water") { step in
      switch step {
      case .figure(let kpi, _): told.figures.append(kpi.name)
      case .record(let record):
        told.records.append(
          (
            String(decoding: record.key, as: UTF8.self),
            String(decoding: record.value, as: UTF8.self),
            String(decoding: record.locator, as: UTF8.self)
          ))
      case .total(let count, let sum): told.totals.append("\(count) \(sum?.description ?? "")")
      case .part, .outcome, .stated: break
      }
    }
    return told
  }

  private let made: MadeEngagement

  init() throws { made = try MadeEngagement(filter: "status = 'kept'") }

  private func taken() throws -> Engagement {
    try made.ingest(
      "1,2021-01-01,5.5,kept", "2,2021-01-02,6,void", "3,2020-12-31,7,kept",
      "x/y,2021-02-01,8,kept",
      "5,2021-02-01,bad,kept")
  }

  @Test func aFigureStandsOnWhatIsCounted() throws {
    let engagement = try taken()
    let told = try told(engagement)
    #expect(told.figures == ["water"])
    #expect(told.records.map(\.key) == ["bill/1", "bill/x%2Fy"])
    #expect(told.records.map(\.value) == ["5.5", "8"])
    #expect(told.totals == ["2 13.5"])
    #expect(try engagement.reconcile(kpi: "water").first?.computed == Rational("13.5"))
  }

  /// There and back: each cell that a figure stands on is counted in it with that value.
  @Test func backFromEachCell() throws {
    let engagement = try taken()
    for record in try told(engagement).records {
      let trace = try engagement.trace(locator: record.locator)
      #expect(trace.locator == record.locator)
      #expect("bill/" + trace.key == record.key)
      #expect(trace.field == "volume")
      guard case .counted(let value)? = trace.figures.first?.role else {
        Issue.record("not counted: \(record.locator)")
        continue
      }
      #expect(value == record.value)
    }
  }

  @Test func whatIsNotCountedSaysWhy() throws {
    let engagement = try taken()
    let first = try #require(try told(engagement).records.first?.locator)
    func trace(_ place: String) throws -> CellTrace {
      try engagement.trace(locator: first.replacing("!C2", with: place))
    }
    guard case .outsideFilter? = try trace("!C3").figures.first?.role else {
      Issue.record("a void bill is outside the filter")
      return
    }
    guard case .outsidePeriod? = try trace("!C4").figures.first?.role else {
      Issue.record("a bill of December 2020 is outside the period")
      return
    }
    #expect(try trace("!6:6").rejected?.contains("not-a-number") == true)
    #expect(try trace("!A1").isOutside)
    #expect(try trace("!A99").isOutside)
    #expect(try trace("!D2").figures.first?.part == "the filter asks for status")
    #expect(try trace("!B2").figures.first?.part == "day is the day that decides the period")
    #expect(try trace("!A2").figures.first?.part == "number decides nothing")
    #expect(try trace("!2:2").field == nil)
  }

  @Test(arguments: ["bills.csv@000000000000#bills.csv!C2", "!C2", "bills.csv"])
  func placesThatNobodyKnows(_ text: String) throws {
    let engagement = try taken()
    let code = MadeEngagement.code { _ = try engagement.trace(locator: text) }
    #expect(code == "unknown-locator")
  }

  /// The digest decides, the name before it is a courtesy.
  @Test func theNameIsACourtesy() throws {
    let engagement = try taken()
    let locator = try #require(try told(engagement).records.first?.locator)
    let other = "other" + locator.dropFirst("bills".count)
    #expect(try engagement.trace(locator: other).key == "1")
  }

  @Test func aReplacedCellPointsToItsSuccessor() throws {
    _ = try made.deliver(["1,2021-01-01,5,kept"])
    let old = try #require(try told(made.open()).records.first?.locator)
    _ = try made.deliver(["1,2021-01-01,6,kept"], as: .replacement(of: ["bills.csv"], whole: false))
    let engagement = try made.open()
    let told = try told(engagement)
    #expect(told.totals == ["1 6"])
    let trace = try engagement.trace(locator: old)
    #expect(trace.value == "5")
    #expect(trace.figures.isEmpty)
    #expect(trace.replacedBy?.hasPrefix("bills.csv@") == true)
    #expect(trace.versions.map(\.value) == ["5", "6"])
    #expect(trace.versions.map(\.counts) == [false, true])
  }

  /// A count stands on whole rows.
  @Test func aCountStandsOnRows() throws {
    _ = try taken()
    try made.edit("policies/made/kpis/water.yaml", "sum:", "count:")
    try made.edit("policies/made/kpis/water.yaml", "      field: volume\n", "")
    try made.edit("policies/made/kpis/water.yaml", "unit: t", "unit: '1'")
    let told = try told(made.open())
    #expect(told.totals == ["2 2"])
    #expect(told.records.map(\.value) == ["1", "1"])
    #expect(told.records.first?.locator.hasSuffix("!2:2") == true)
    #expect(told.records.last?.locator.hasSuffix("!5:5") == true)
  }
}
