import Exact
import Testing

@testable import TieOut

@Suite("recalculated figures and tags")
struct RecalculatedTests {
  private func tied(_ text: String, _ computed: String) -> TiedReport {
    TieOut.report(
      TiedReport.Source(file: "r", digest: "d", form: "text", text: text),
      reported: [Reading.figure("water", "Water consumption", "6,201,652", "t", assured: true)]
        .compactMap { $0 },
      recalculated: [Reading.figure("water", "Water consumption", computed, "t")]
        .compactMap { $0 })
  }

  @Test("a number that prints the reported figure contradicts records that say otherwise")
  func conflict() throws {
    let text = "Water consumption    tonnes    6,201,652\n"
    let good = try #require(tied(text, "6201652").numbers.first)
    #expect(good.status == "exact")
    #expect(good.ties.map(\.to) == ["kpi:water", "kpi:water@recalculated"])
    let bad = tied(text, "6201650")
    #expect(bad.numbers.first?.status == "conflict")
    #expect(bad.numbers.first?.ties.first?.to == "kpi:water@recalculated")
    #expect(bad.figures.first?.conflicting == 1)
  }

  @Test("an assured figure that no number prints is counted as not printed")
  func unprinted() {
    let report = tied("Nothing here but 12 offices.\n", "6201652")
    #expect(report.figures.first?.agreeing == 0)
    #expect(report.figures.first?.conflicting == 0)
  }

  /// The tags of inline XBRL decide, whatever the words say.
  @Test("what a tag states stands, and two numbers of one fact must agree")
  func marked() throws {
    let text = "Net sales rose to 7,107 in the year.\nNet sales\t7,108\n"
    func mark(_ line: Int, _ column: Int, _ value: Int) -> MarkedFigure {
      MarkedFigure(
        line: line, column: column, length: 5, name: "a:Sales", key: "a:Sales 2022",
        value: ExactDecimal(value), decimals: -6, scale: 6, unit: "{USD}", kind: .amount,
        period: CalendarDate(year: 2022))
    }
    let source = { (second: Int) in
      TiedReport.Source(
        file: "r", digest: "d", form: "inline-xbrl", text: text,
        marked: [mark(1, 19, 7_107_000_000), mark(2, 11, second)])
    }
    let report = TieOut.report(source(7_108_000_000), reported: [])
    #expect(report.numbers.map(\.value) == ["7107000000", "7108000000"])
    #expect(report.numbers.map(\.unit) == ["{USD}", "{USD}"])
    // Both lie within half a million of 7,107.5 million.
    #expect(report.numbers.first?.status == "within rounding")
    let far = TieOut.report(source(7_208_000_000), reported: [])
    #expect(far.numbers.map(\.status) == ["conflict", "conflict"])
  }
}
