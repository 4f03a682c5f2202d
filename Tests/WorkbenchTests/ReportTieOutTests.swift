import Assurance
import Foundation
import Pack
import Testing
import TieOut

@testable import Workbench

/// Tie-out inside an engagement: against the printed and the recalculated figure, kept, decided
/// about, in the register and in the pack.
@Suite struct ReportTieOutTests {
  private func engagement(printed: String = "12") throws -> (MadeEngagement, Engagement) {
    let made = try MadeEngagement()
    try made.edit(
      "reported.csv", "kpi,printed,unit,place,note",
      "kpi,printed,unit,place,note\nwater,\"\(printed)\",t,report.txt line 2,")
    return (made, try made.ingest("1,2021-01-01,5,a", "2,2021-02-01,7,a"))
  }

  private func report(_ made: MadeEngagement, _ text: String, _ name: String = "r.txt") throws
    -> String
  {
    let path = made.path + "/report/" + name
    try MadeEngagement.write(text, to: path)
    return path
  }

  private static let text = "Report\nWater used\ttonnes\t12\nWe have 3 offices.\n"

  @Test func agreesWithRecordsAndIsKept() throws {
    let (made, engagement) = try engagement()
    let path = try report(made, Self.text)
    let tied = try engagement.tieOut(path: path, with: nil)
    #expect(tied.numbers.count == 2)
    #expect(tied.figures.map(\.agreeing) == [1])
    #expect(try engagement.exceptions(kpis: ["tie-out"]).isEmpty)
    let kept = engagement.sourcePath(digest: tied.digest)
    #expect(FileManager.default.contents(atPath: kept) == Data(Self.text.utf8))
    let again = try #require(try engagement.lastTieOut())
    #expect(again.numbers == tied.numbers)
    #expect(again.text == Self.text)
  }

  @Test func aContradictionIsAnExceptionUntilSomeoneDecides() throws {
    let (made, engagement) = try engagement(printed: "13")
    let path = try report(made, Self.text.replacing("12", with: "13"))
    let tied = try engagement.tieOut(path: path, with: nil)
    let number = try #require(tied.numbers.first)
    #expect(number.status == "conflict")
    let found = try engagement.exceptions(kpis: ["tie-out"])
    #expect(found.map(\.exception.code) == ["tie-out-conflict"])
    #expect(found.first?.exception.severity == .high)
    #expect(found.first?.exception.locators.first == "r.txt@\(tied.digest.prefix(12))#page1!2:19")
    let (_, decision) = try engagement.decide(
      number: "2:19", verdict: .accepted, partner: "kpi:water", reason: "the meter was exchanged")
    #expect(decision.to == "kpi:water")
    #expect(try engagement.exceptions(kpis: ["tie-out"]).isEmpty)
    // Remembered by its words when the report comes again with another line before.
    let next = try report(made, "A new line\n" + Self.text.replacing("12", with: "13"), "s.txt")
    let second = try engagement.tieOut(path: next, with: nil)
    let applied = try #require(second.applied.compactMap { $0 }.first)
    #expect(applied.decision.reason == "the meter was exchanged")
    _ = try engagement.decide(number: "1", verdict: .rejected, partner: nil, reason: "no")
    #expect(
      try engagement.exceptions(kpis: ["tie-out"]).map(\.exception.code) == ["tie-out-rejected"])
    #expect(try engagement.lastTieOut()?.decisions.count == 2)
  }

  @Test func refusals() throws {
    let (made, engagement) = try engagement()
    #expect(
      MadeEngagement.code {
        _ = try engagement.decide(number: "1", verdict: .aside, partner: nil, reason: "x")
      } == "no-tie-out")
    _ = try engagement.tieOut(path: try report(made, Self.text), with: nil)
    for (number, partner, reason, code) in [
      ("9", nil, "x", "unknown-number"), ("1", nil, "", "no-reason"),
      ("1", "kpi:none", "x", "no-partner"), ("2", nil, "x", "no-partner"),
    ] {
      #expect(
        MadeEngagement.code {
          _ = try engagement.decide(
            number: number, verdict: .accepted, partner: partner, reason: reason)
        } == code)
    }
  }

  @Test func anAssuredFigureThatIsNotPrintedIsFound() throws {
    let (made, engagement) = try engagement()
    _ = try engagement.tieOut(path: try report(made, "Nothing but 4 words.\n"), with: nil)
    let found = try engagement.exceptions(kpis: ["tie-out"])
    #expect(found.map(\.exception.code) == ["tie-out-not-printed"])
  }

  @Test func thePackHasTheReport() throws {
    let (made, engagement) = try engagement()
    _ = try engagement.tieOut(path: try report(made, Self.text), with: nil)
    let receipt = try engagement.pack(kpis: [], to: made.path + "/packs/all", tool: "test")
    let page = receipt.folder + "/data/pages/tie-out.html"
    #expect(FileManager.default.fileExists(atPath: page))
    let files = try FileManager.default.contentsOfDirectory(
      atPath: receipt.folder + "/data/evidence/attachments")
    #expect(files.count == 1 && files[0].hasSuffix("-r.txt"))
  }

  @Test func figuresOfAFile() throws {
    let figures = try FigureFile.read(
      csv: "kpi,name,name_zh,printed,unit,period,assured,place\n"
        + "water,Water,用水,\"6,201\",t,2021,yes,x line 7\nrate,,,28.9%,%,,,\n",
      file: "f.csv")
    #expect(figures.map(\.id) == ["water", "rate"])
    #expect(figures[0].names == ["Water", "用水"])
    #expect(figures[0].assured && figures[0].line == 7)
    #expect(figures[1].decimals == 1)
    #expect(
      MadeEngagement.code { _ = try FigureFile.read(csv: "kpi,unit\na,t\n", file: "f") }
        == "figures-header")
    #expect(
      MadeEngagement.code {
        _ = try FigureFile.read(csv: "kpi,printed,unit\na,x,t\n", file: "f")
      } == "figures-number")
  }

  /// A draft is refused while something is open, and says what.
  @Test func draftsAreRefusedWhileSomethingIsOpen() throws {
    let (made, engagement) = try engagement()
    #expect(
      MadeEngagement.code { _ = try engagement.reportDrafts(date: nil) } == "no-report-wording")
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let wording = try String(
      contentsOf: root.appending(path: "Policies/hkex-esg-2021/report.yaml"), encoding: .utf8)
    try MadeEngagement.write(wording, to: made.path + "/policies/made/report.yaml")
    let result = try engagement.reportDrafts(date: Day("2021-06-30"))
    #expect(result.drafts.isEmpty && !result.isConfirmed)
    #expect(result.blockers.contains { $0.hasPrefix("water: run `assure sample") })
    #expect(result.blockers.contains("the report's text was not tied: run `assure tie-out FILE`"))
    #expect(result.blockers.contains { $0.hasPrefix("2021-06-30 is not after the period") })
    let claims = try engagement.workClaims(
      in: "We visited two sites. We inspected documents on a sample basis.\n")
    let standings = Dictionary(claims.map { ($0.procedure, $0.standing) }) { first, _ in first }
    #expect(standings["visits"] == .notInFile)
    #expect(standings["sample"] == .notInFile)
    #expect(standings["sources"] == .shown)
  }
}
