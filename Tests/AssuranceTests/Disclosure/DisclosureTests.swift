import Exact
import Foundation
import Testing

@testable import Assurance

@Suite("the report's own statements")
struct DisclosureTests {
  // T14: 0.019 Mt carries 2.6%; a 5% threshold is half used up by rounding.
  @Test("display precision against materiality") func precision() throws {
    let figure = try #require(ExactDecimal("0.019"))
    let materiality = try #require(Rational("0.00095"))
    let test = DisplayPrecision(figure: figure, decimals: 3, materiality: materiality)
    #expect(try test.shareOfFigure?.rounded(decimals: 3) == ExactDecimal("0.026"))
    #expect(test.shareOfMateriality == Rational("0.0005/0.00095"))
    #expect(test.verdict == .coarse)
    let water = try #require(ExactDecimal("6201652"))
    #expect(
      DisplayPrecision(figure: water, decimals: 0, materiality: Rational(310_083)).verdict == .fine)
    #expect(
      DisplayPrecision(figure: figure, decimals: 3, materiality: Rational("0.0005")).verdict
        == .blind)
    #expect(
      DisplayPrecision(figure: .zero, decimals: 0, materiality: nil).verdict == .noMateriality)
  }

  static func policy() throws -> PolicySet {
    var files: [String: String] = [:]
    let base = ReportFiles.root.appending(path: "Policies/hkex-esg-2021").path
    for case let path as String in FileManager.default.enumerator(atPath: base) ?? .init()
    where path.hasSuffix(".yaml") || path.hasSuffix(".csv") {
      files[path] = try String(contentsOfFile: base + "/" + path, encoding: .utf8)
    }
    return try PolicySet.read(files, place: "policies/hkex-esg-2021")
  }

  // r109, r110: like-for-like growth 37.7% of electricity, 36.9% to 37.8% of scope 2.
  @Test("restated figures give like-for-like growth") func restatements() throws {
    let policy = try Self.policy()
    let all = try Restatement.read(
      csv: ReportFiles.policy("restatements.csv"), file: "restatements.csv", kpis: policy.kpis)
    let scope = try #require(all.first { $0.kpi == "ghg-scope-2" })
    let now = PrintedFigure(
      name: "ghg-scope-2", value: try #require(Rational("2.349")),
      halfUnit: try #require(Rational("0.0005")))
    let change = try #require(scope.change(to: now))
    #expect(try change.face.rounded(decimals: 4) == ExactDecimal("37.3684"))
    #expect(try change.reach.low?.rounded(decimals: 4) == ExactDecimal("36.9388"))
    #expect(try change.reach.high?.rounded(decimals: 4) == ExactDecimal("37.8006"))
    let water = try #require(all.first { $0.kpi == "water-consumption" })
    #expect(water.reason == .cannotBeRestated)
    #expect(water.change(to: now) == nil)
  }

  @Test(
    "restatements that say too little or too much are refused",
    arguments: [
      ("water-consumption,2020,5,t,,x,p", "restatement-reason"),
      ("water-consumption,2020,5,t,boundary,,p", "restatement-reason"),
      ("water-consumption,2020,,t,error,x,p", "restatement-reason"),
      ("water-consumption,2020,5,t,cannot-be-restated,x,p", "restatement-reason"),
      ("water-consumption,2020,5 or so,t,error,x,p", "restatement-value"),
      ("water-consumption,2020,5,MW.h,error,x,p", "restatement-value"),
      ("tea,2020,5,t,error,x,p", "restatement-value"),
      (
        "water-consumption,2020,5,t,error,x,p\nwater-consumption,2020,6,t,error,x,p",
        "restatement-twice"
      ),
    ])
  func refused(_ rows: String, _ code: String) throws {
    let kpis = try Self.policy().kpis
    #expect(throws: AssureError(code, "")) {
      try Restatement.read(
        csv: "kpi,year,restated,unit,reason,explanation,place\n" + rows + "\n", file: "r.csv",
        kpis: kpis)
    }
  }

  @Test("targets of the report: achieved without a figure is refused") func targets() throws {
    let targets = try Target.read(csv: ReportFiles.policy("targets.csv"), file: "targets.csv")
    let figures = try ReportFiles.book()
    let results = Dictionary(
      uniqueKeysWithValues: targets.map { ($0.id, $0.result(figures: figures, year: 2021)) })
    #expect(results.count == 10)
    #expect(results["target-carbon-neutrality"]?.status == .notDue)
    #expect(results["target-green-electricity"]?.status == .notDue)
    // T16: 1.32 is below 1.35, and of other data centres.
    let pue = try #require(results["target-pue"])
    #expect(pue.status == .cannotTell)
    #expect(pue.findings.map(\.code) == ["target-other-population"])
    for id in ["target-office-electricity-per-head", "target-energy-management-dc"] {
      #expect(results[id]?.findings.map(\.code) == ["target-without-figure"], "\(id)")
    }
  }

  private func target(
    _ comparison: String, _ threshold: String, deadline: String = "", base: String = "",
    _ claim: String = "achieved"
  ) throws -> TargetResult {
    var book = FigureBook(year: 2021)
    try book.add(
      csv: """
        id,year,value_printed,value,unit,decimals
        x,2021,1.32,1.32,1,2
        x,2019,1.60,1.60,1,2

        """, file: "f")
    let csv = """
      id,text,kpi,operator,threshold,base_year,deadline,claim
      t,text,x,\(comparison),\(threshold),\(base),\(deadline),\(claim)

      """
    return try #require(Target.read(csv: csv, file: "t").first).result(figures: book, year: 2021)
  }

  @Test("status is recomputed from what rounds to the figure") func status() throws {
    #expect(try target("<=", "1.35").status == .met)
    #expect(try target("<=", "1.32").status == .withinRounding)
    let missed = try target("<=", "1.30")
    #expect(missed.status == .notMet)
    #expect(missed.findings.map(\.code) == ["target-not-met"])
    #expect(try target("<=", "1.30", deadline: "2025", "new").status == .notDue)
    // 1.32 over 1.60 is 17.5% less.
    #expect(try target("<=", "-15", base: "2019").status == .met)
    // By rounding from 16.9% to 18.1% less.
    #expect(try target("<=", "-18", base: "2019").status == .withinRounding)
    #expect(try target("<=", "-19", base: "2019").status == .notMet)
    #expect(try target("<=", "-15", base: "2018").status == .cannotTell)
  }

  // T18: B6.4 listed and declared not relevant; 306-3 twice; one water figure for two definitions.
  @Test("lints of the disclosure index") func index() throws {
    let index = DisclosureIndex(
      requirements: try DisclosureIndex.requirements(
        csv: ReportFiles.policy("index.csv"), file: "index.csv"),
      entries: try DisclosureIndex.entries(
        csv: ReportFiles.fixture("index.csv"), file: "printed", frameworks: ["hkex", "gri"]))
    let found = Set(index.findings().map { "\($0.code) \($0.subject)" })
    #expect(
      found == [
        "index-contradiction B6.4", "index-contradiction A2.5", "index-duplicate 306-3",
        "index-two-definitions 303-3",
      ])
    let without = DisclosureIndex(requirements: index.requirements, entries: [])
    #expect(without.findings().count(where: { $0.code == "index-missing" }) == 49)
  }

  // T17: note 13 has no mark in the table; ISO 5001 is printed for ISO 50001.
  @Test("footnotes and citations") func footnotes() throws {
    let marks = [("a", ["1", "2"]), ("b", ["2", "4"])]
    let found = Footnotes.findings(marks: marks, notes: ["1", "2", "3", "3"], place: "table")
    #expect(found.map(\.code) == ["footnote-orphan", "footnote-twice", "footnote-missing"])
    #expect(found.map(\.subject) == ["3", "3", "4"])
    let known = ["ISO": ["14001", "50001", "27001"]]
    let cited = Citations.findings(
      in: "獲得ISO 5001或GB/T 23331、ISO14001、ISO 9999", known: known, place: "line 908")
    #expect(cited.map(\.subject) == ["ISO 5001"])
    #expect(cited.first?.message == "ISO 5001 is not known; ISO 50001 may be meant")
  }
}
