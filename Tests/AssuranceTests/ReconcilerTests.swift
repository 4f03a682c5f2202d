import Exact
import Testing

@testable import Assurance

/// Exact, within rounding, within tolerance, outside: in that order, and never by a plug.
@Suite struct ReconcilerTests {
  private func kpi(unit: String = "t", decimals: Int = 0) throws -> KPIDefinition {
    let text = """
      kpi: k
      title: {en: K}
      unit: "\(unit)"
      decimals: \(decimals)
      kind: flow
      status: assured
      measure: {stated: yes}
      """
    return try KPIDefinition.read(PolicyNode.parse(text, file: "k.yaml"))
  }

  private func compare(
    _ computed: String, _ printed: String, unit: String = "t", decimals: Int = 0,
    tolerance: String? = nil
  ) throws -> Reconciliation {
    let csv = "kpi,printed,unit,place,note\nk,\"\(printed)\",\(unit),p. 1,\n"
    return try Reconciler.compare(
      kpi(decimals: decimals),
      computed: Reconciler.Computed(point: #require(Rational(computed))),
      reported: ReportedValue.read(csv: csv, file: "reported.csv").first,
      tolerance: tolerance.map { try #require(ExactDecimal($0)) }, bridge: [])
  }

  @Test(arguments: [
    ("6201652", "6,201,652", ReconciliationStatus.exact),
    ("6201651.6", "6,201,652", .withinRounding),
    ("6201652.5", "6,201,652", .withinRounding),
    ("6201651.5", "6,201,652", .withinRounding),
    ("6201652.51", "6,201,652", .outside),
    ("6201651.49", "6,201,652", .outside),
    ("11.0720/1", "11.07", .withinRounding),
    ("11.0750001", "11.07", .outside),
  ])
  func byDisplayedDigits(computed: String, printed: String, status: ReconciliationStatus) throws {
    #expect(try compare(computed, printed, decimals: 2).status == status)
  }

  @Test func toleranceIsAskedForLast() throws {
    #expect(try compare("102", "100", tolerance: "2").status == .withinTolerance)
    #expect(try compare("102.1", "100", tolerance: "2").status == .outside)
    #expect(try compare("100.4", "100", tolerance: "2").status == .withinRounding)
  }

  /// 6.201652 thousand tonnes printed in kilotonnes of the same kind: scaled, then compared.
  @Test func unitsAreScaledBeforeComparing() throws {
    let result = try compare("6201652", "620.17", unit: "10*4.t")
    #expect(result.status == .withinRounding)
    #expect(result.printedInterval == Interval(Rational(6_201_650), Rational(6_201_750)))
  }

  @Test func otherDimensionIsNotComparable() throws {
    #expect(try compare("1", "1", unit: "m3").status == .notComparable)
  }

  @Test func nothingComputedIsNotComparable() throws {
    let result = try Reconciler.compare(
      kpi(), computed: nil, reported: nil, tolerance: nil, bridge: [])
    #expect(result.status == .notComparable)
    #expect(result.difference == nil)
  }

  @Test(arguments: [
    ("6,201,652", "6201652", 0), ("11.07", "11.07", 2), ("-1,234.50", "-1234.5", 2), ("0", "0", 0),
  ])
  func printedTextsParse(text: String, number: String, decimals: Int) throws {
    let (value, places) = try #require(ReportedValue.parse(text))
    #expect(value == ExactDecimal(number))
    #expect(places == decimals)
  }

  @Test(arguments: ["", "6,20,1652", "1.2.3", "12,34", "abc", "1,", ",123", "1.", "1e3,000"])
  func otherTextsAreRefused(text: String) {
    #expect(ReportedValue.parse(text) == nil)
  }
}
