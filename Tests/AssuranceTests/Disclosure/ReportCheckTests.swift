import Exact
import Testing

@testable import Assurance

/// What is tried on printed figures and on what a report says of them.
@Suite("the report's figures and statements as exceptions")
struct ReportCheckTests {
  static let year = Period(Month(year: 2021, month: 1).first, Month(year: 2021, month: 12).last)

  private func check(_ reported: String = "") throws -> ReportCheck {
    ReportCheck(
      policy: try DisclosureTests.policy(), period: try #require(Self.year),
      reported: try ReportedValue.read(
        csv: "kpi,printed,unit,place,note\n" + reported, file: "reported.csv"))
  }

  // MARK: one figure

  private func figure(
    _ printed: String, computed: Int, confusion: Int? = nil, materiality: Int? = nil,
    issues: [FigureIssue] = []
  ) throws -> [Exception] {
    let check = try check("work-injuries,\"\(printed)\",{injury},page 5,\n")
    var kpi = try #require(check.policy.kpi("work-injuries"))
    kpi.confusions = [.init(kpi: "work-fatalities", factors: nil, says: "only the dead")]
    let point = Rational(computed)
    let result = try Reconciler.compare(
      kpi, computed: .init(point: point), reported: check.reported.first, tolerance: nil, bridge: []
    )
    return try check.figure(
      kpi, ComputedFigure(point: point, interval: Interval(point), parts: [], issues: issues),
      result: result, materiality: materiality.map { Rational($0) }
    ) { (_) throws(AssureError) in confusion.map { Rational($0) } }
  }

  @Test("a figure that is not what its records give, with the difference")
  func outside() throws {
    let found = try figure("32", computed: 30)
    #expect(found.summary == ["figure-outside | work-injuries | -2"])
    #expect(found.first?.locators == ["page 5"] && found.first?.unit == "{injury}")
    #expect(try figure("30", computed: 30).isEmpty)
  }

  @Test("a mix-up is told only where the figure is outside and the other gives what is printed")
  func mixUp() throws {
    #expect(
      try figure("32", computed: 30, confusion: 32).map(\.code) == [
        "figure-outside", "figure-mix-up",
      ])
    #expect(try figure("32", computed: 30, confusion: 31).map(\.code) == ["figure-outside"])
    #expect(try figure("32", computed: 30, confusion: nil).map(\.code) == ["figure-outside"])
    #expect(try figure("30", computed: 30, confusion: 30).isEmpty)
  }

  @Test("what a figure met on its way comes with the number of its records")
  func issues() throws {
    let issue = FigureIssue(code: "value-missing", message: "records have no value", count: 3)
    let found = try figure("30", computed: 30, issues: [issue])
    #expect(found.map(\.code) == ["value-missing"])
    #expect(found.first?.message == "records have no value: 3 records")
  }

  // Half a case is 10% of five, 20% of two and a half, all of half a case.
  @Test("rounding against materiality: a tenth is fine, more is coarse, all of it is blind")
  func precision() throws {
    #expect(try figure("30", computed: 30, materiality: 5).isEmpty)
    let coarse = try figure("30", computed: 30, materiality: 4)
    #expect(coarse.summary == ["display-precision | work-injuries | none"])
    #expect(coarse.first?.severity == .low)
    #expect(try figure("30", computed: 30).isEmpty)
  }

  // MARK: the report on itself

  private func statements(_ files: [String: String]) throws -> [String] {
    let check = try check("natural-gas,\"3,111,654\",m3,page 2,\n")
    let statements = try ReportStatements(policy: check.policy) { (path) throws(AssureError) in
      files[path].map { $0 + "\n" }
    }
    var book = FigureBook(year: 2021)
    try book.add(check.reported, kpis: check.policy.kpis)
    return try check.statements(statements, book: book).map { "\($0.code) \($0.subject)" }
  }

  @Test("nothing said is nothing found")
  func silent() throws { #expect(try statements([:]).isEmpty) }

  @Test("targets, by id")
  func targets() throws {
    let header =
      "id,text,kpi,population,kpi_population,operator,threshold,base_year,deadline,claim\n"
    #expect(
      try statements([
        "report/targets.csv": header + """
          a,x,,,,>=,1,,,achieved
          b,x,natural-gas,,,<=,3000000,,,achieved
          c,x,natural-gas,own,all,<=,4000000,,,achieved
          d,x,natural-gas,,,<=,4000000,,2025,interim-achieved
          e,x,natural-gas,,,<=,-5,2019,2025,new
          f,x,natural-gas,,,<=,4000000,,,achieved
          """
      ]) == [
        "target-without-figure a", "target-not-met b", "target-other-population c",
        "target-no-interim-value d", "target-without-base e",
      ])
  }

  @Test("restatements, by figure and year; a figure that cannot be read stops")
  func restatements() throws {
    let header = "kpi,year,restated,original,unit,reason,explanation,place\n"
    #expect(
      try statements([
        "report/restatements.csv": header + """
          natural-gas,2020,5,,m3,,x,note 1
          diesel,2020,5,,L,error,x,note 2
          diesel,2020,6,,L,error,x,note 3
          """
      ]) == ["restatement-reason natural-gas of 2020", "restatement-twice diesel of 2020"])
    #expect(throws: AssureError("restatement-value", "")) {
      try statements(["report/restatements.csv": header + "natural-gas,2020,some,,m3,error,x,n"])
    }
  }

  @Test("notes, by mark; a kind that is neither row nor note stops")
  func notes() throws {
    let header = "kind,name,marks\n"
    #expect(
      try statements([
        "report/footnotes.csv": header + "row,Gas,1;3\nnote,a,1\nnote,b,2\nnote,c,1"
      ]) == ["footnote-orphan 2", "footnote-twice 1", "footnote-missing 3"])
    #expect(throws: AssureError("footnotes-kind", "")) {
      try statements(["report/footnotes.csv": header + "line,Gas,1"])
    }
  }

  @Test("an index that answers nothing lacks every code, each at the index's file")
  func index() throws {
    let found = try statements(["report/index.csv": "section_en,level,hkex,gri\nGas,section,A2.1,"])
    #expect(found.count == 48 && found.allSatisfy { $0.hasPrefix("index-missing ") })
    #expect(!found.contains("index-missing A2.1"))
  }

  @Test("every code it raises is in its list, once")
  func kinds() {
    let codes = ReportCheck.kinds.map(\.code)
    #expect(Set(codes).count == codes.count)
    #expect(ReportCheck.kinds.allSatisfy { $0.meaning.hasSuffix(".") })
  }
}
