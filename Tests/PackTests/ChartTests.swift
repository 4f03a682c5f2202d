import Assurance
import Exact
import Foundation
import Testing

@testable import Pack

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Charts: drawn from exact numbers, with these beside them, and read without colour or sight.
@Suite struct ChartTests {
  private func rational(_ text: String) -> Rational { Rational(Example.decimal(text)) }

  // MARK: places

  /// "rounded once to the hundredth of a unit, half to even": against division by hand.
  @Test func coordinatesAreRoundedOnce() throws {
    for denominator in 1...48 {
      for numerator in -120...120 {
        let hundredths = 100 * numerator
        var whole = hundredths / denominator
        if hundredths % denominator < 0 { whole -= 1 }
        let rest = hundredths - whole * denominator
        if 2 * rest > denominator || 2 * rest == denominator && whole % 2 != 0 { whole += 1 }
        let exact = try Rational(numerator) / Rational(denominator)
        if Coordinate(exact).hundredths != whole { Issue.record("\(numerator)/\(denominator)") }
      }
    }
  }

  @Test(arguments: [
    (0, "0"), (1200, "12"), (1250, "12.5"), (1205, "12.05"), (-25, "-0.25"), (-1, "-0.01"),
  ])
  func coordinatesAsText(_ hundredths: Int, _ text: String) {
    #expect(Coordinate(hundredths: hundredths).text == text)
  }

  /// Steps of axes as people choose them.
  @Test(arguments: [
    ("100", "20"), ("99", "20"), ("101", "50"), ("682092.92", "200000"), ("5", "1"),
    ("0.03", "0.01"), ("0.0251", "0.01"), ("1", "0.2"), ("310082", "100000"), ("250", "50"),
  ])
  func steps(_ span: String, _ step: String) {
    #expect(Axis.step(rational(span), 5) == rational(step))
  }

  @Test func axesHoldEverythingAndZero() {
    for values in [["3", "17"], ["-4", "9"], ["-8", "-2"], ["0.001", "0.0005"]] {
      let axis = Axis(values.map(rational), from: 0, to: 100)
      #expect(axis.place(axis.low) == 0 && axis.place(axis.high) == 100)
      #expect(axis.ticks.contains(.zero), "\(values)")
      for value in values {
        let place = axis.place(rational(value))
        #expect(place >= 0 && place <= 100, "\(value)")
      }
    }
    #expect(Axis([], from: 0, to: 100).ticks == [.zero])
  }

  // MARK: charts

  private func charts() throws -> [Charts.Drawn] { Charts.of(try Example.water()) }

  private func drawing(_ name: String) throws -> String {
    let chart = try #require(try charts().first { $0.name == name })
    let file = try #require(chart.files.first { $0.path.hasSuffix(".svg") })
    return String(decoding: file.bytes, as: UTF8.self)
  }

  private func rows(_ name: String) throws -> [[String]] {
    let chart = try #require(try charts().first { $0.name == name })
    return try CSVText.rows(chart.chart.csv, columns: chart.chart.columns, place: name)
  }

  @Test func anEvaluatedFigureHasAll() throws {
    #expect(
      try charts().map(\.name) == [
        "bridge", "months", "sites", "subjects", "coverage", "misstatement",
      ])
    #expect(Charts.of(Example.intensity()).map(\.name) == [])
  }

  /// Well-formed XML with a name, a description, and fills that need no colour.
  @Test func everyDrawingStandsAlone() throws {
    for chart in try charts() {
      let text = try drawing(chart.name)
      let reader = XMLParser(data: Data(text.utf8))
      #expect(reader.parse(), "\(chart.name)")
      #expect(text.contains("<title id=\"\(chart.name)-title\">"))
      #expect(text.contains("<desc id=\"\(chart.name)-desc\">"))
      #expect(text.contains("aria-labelledby=\"\(chart.name)-title \(chart.name)-desc\""))
      #expect(!text.contains("<script") && !text.contains("href") && !text.contains("style="))
      let fills = Set(
        text.components(separatedBy: " fill=\"").dropFirst().map { $0.prefix { $0 != "\"" } })
      let known = ["#17212b", "#fff", "none"]
      for fill in fills where !known.contains(String(fill)) {
        #expect(fill.hasPrefix("url(#\(chart.name)-"), "\(fill)")
        #expect(text.contains("id=\"\(fill.dropFirst(5).dropLast())\""), "\(fill)")
      }
      #expect(!chart.chart.description.isEmpty && !chart.chart.rows.isEmpty)
    }
  }

  /// The bars of a month, put on each other, are as high as the month's total says.
  @Test func barsAreAsHighAsTheirNumbers() throws {
    let paper = try Example.water()
    var heights: [String: Int] = [:]
    for bar in try drawing("months").components(separatedBy: "<rect ").dropFirst() {
      func hundredths(_ name: String) -> Int? {
        let part = bar.components(separatedBy: "\(name)=\"").dropFirst().first
        return part.map { String($0.prefix { $0 != "\"" }) }.flatMap { ExactDecimal($0) }
          .flatMap { Int($0.text(decimals: 2).replacing(".", with: "")) }
      }
      guard bar.contains("stroke=\"#17212b\""), let height = hundredths(" height"),
        let y = hundredths(" y"), y < 27000, height > 0
      else { continue }
      heights[String(bar.prefix { $0 != " " }), default: 0] += height
    }
    #expect(heights.count == 12)
    // The highest tick: totals lie between 3,000 and 5,000 t.
    let high = try #require(paper.byMonth.map(\.total).max())
    let step = try #require(Axis.step(Rational(high), 5))
    var top = step
    while top < Rational(high) { top = top + step }
    let drawn: [Int] = heights.values.sorted()
    let exact: [Int] = try paper.byMonth.map { month in
      let share: Rational = try Rational(month.total) / top
      return Coordinate(share * Rational(240)).hundredths
    }.sorted()
    for (a, b) in zip(drawn, exact) { #expect(abs(a - b) <= 1, "\(a) and \(b)") }
  }

  /// What is drawn adds up to what was signed, to the last digit.
  @Test func tablesAddUp() throws {
    let paper = try Example.water()
    let total = try #require(paper.population?.sum)
    func sum(_ name: String, _ column: Int) throws -> ExactDecimal {
      Example.sum(try rows(name).map { Example.decimal($0[column]) })
    }
    #expect(try sum("months", 2) == total)
    #expect(try sum("sites", 2) == total)
    #expect(try sum("subjects", 1) == total)
    #expect(try sum("coverage", 3) == total)
    let drawn = try #require(paper.draw)
    #expect(try sum("coverage", 4) == Example.sum(drawn.items.map(\.value)))
    #expect(try rows("coverage").reduce(0) { $0 + (Int($1[2]) ?? 0) } == drawn.items.count)
    #expect(try rows("coverage").reduce(0) { $0 + (Int($1[1]) ?? 0) } == paper.population?.count)
    #expect(
      try rows("misstatement").map { $0[0] }.suffix(3) == [
        "clearly trivial", "performance materiality", "materiality",
      ])
  }

  // MARK: what can't be drawn

  /// A series that does not give the signed totals is not shown; the totals are.
  @Test func aSeriesThatDoesNotAgree() throws {
    var paper = try Example.water()
    #expect(MonthlySeries(paper) != nil)
    paper.byMonth[0].total = Example.decimal("1")
    #expect(MonthlySeries(paper) == nil)
    let months = try #require(Charts.of(paper).first { $0.name == "months" })
    #expect(months.chart.rows.map { $0[1] } == Array(repeating: "total", count: 12))
    #expect(!Charts.of(paper).contains { $0.name == "sites" })
  }

  @Test func aSeriesNeedsItsFields() throws {
    var paper = try Example.water()
    paper.population?.items[5].labels.removeAll { $0.field == "site" }
    #expect(MonthlySeries(paper) == nil)
  }

  /// The steps of a ratio are of other units, and don't add up.
  @Test func aBridgeThatDoesNotAddUp() throws {
    var paper = try Example.water()
    paper.reconciliation?.bridge[0].amount = "1"
    #expect(!Charts.of(paper).contains { $0.name == "bridge" })
    paper.reconciliation?.bridge[0].amount = "0.00204553…"
    #expect(!Charts.of(paper).contains { $0.name == "bridge" })
  }

  @Test func negativeAmounts() throws {
    var paper = try Example.water()
    let item = try #require(paper.population?.items[0])
    paper.population?.items[0] = PopulationItem(
      key: item.key, value: Example.decimal("-5"), locator: item.locator, labels: item.labels)
    paper.bySubject[0].total = Example.decimal("-77.5")
    for chart in Charts.of(paper) {
      for file in chart.files where file.path.hasSuffix(".svg") {
        #expect(!String(decoding: file.bytes, as: UTF8.self).contains("height=\"-"))
        #expect(!String(decoding: file.bytes, as: UTF8.self).contains("width=\"-"))
      }
    }
    #expect(
      Charts.of(paper).first { $0.name == "coverage" }?.chart.rows.last?.first == "negative")
  }

  // MARK: in the pack

  @Test func thePackHasThem() throws {
    let folder = try TemporaryFolder()
    let pack = try folder.pack()
    let files = try CommandResult.run("ls data/charts", in: pack).output.split(separator: "\n")
    #expect(files.count == 12, "\(files)")
    let page = String(
      decoding: try Tamper.read(pack + "/data/pages/water-consumption.html"), as: UTF8.self)
    for file in files { #expect(page.contains("href=\"../charts/\(file)\""), "\(file)") }
    #expect(page.components(separatedBy: "<svg ").count == 7)
    // One changed digit in a drawing is found.
    let path = pack + "/data/charts/water-consumption-months.svg"
    let text = String(decoding: try Tamper.read(path), as: UTF8.self)
    try Tamper.write(path, Array(text.replacing("height=\"", with: "height=\"1").utf8))
    let codes = try PackVerifier.verify(pack).findings.map(\.code)
    #expect(codes.contains("derived-differs") && codes.contains("digest-differs"))
  }
}
