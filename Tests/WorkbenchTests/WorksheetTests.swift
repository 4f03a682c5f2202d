import Foundation
import Ingest
import Testing

@testable import Workbench

/// A tester's work is never written over.
@Suite struct WorksheetTests {
  private func drawn(_ made: MadeEngagement) throws -> Engagement {
    try made.edit(
      "engagement.yaml", "materiality: []",
      "materiality:\n"
        + "  - {kpi: water, overall: 10, performance: 8, trivial: 1, reason: x}")
    let engagement = try made.ingest("1,2021-01-01,50,a", "2,2021-01-02,50,a")
    _ = try engagement.plan(kpi: "water", round: nil, size: 2, method: nil)
    _ = try engagement.draw(kpi: "water", round: 1, seed: "1 2 3", seedOrigin: "given")
    return engagement
  }

  @Test func aWorksheetThatWasWorkedInStays() throws {
    let made = try MadeEngagement()
    let engagement = try drawn(made)
    let path = try engagement.writeWorksheet(kpi: "water", round: 1)
    let fresh = try Data(contentsOf: URL(filePath: path))
    // The same worksheet saved by another hand: other bytes, the same identity.
    let identity = try WorksheetReturn.read(SourceFile.open(path: path)).identity
    try WorksheetContent(identity: identity, labelHeaders: [], items: [])
      .write(to: path, created: 1)
    let begun = try Data(contentsOf: URL(filePath: path))
    try #require(begun != fresh)
    #expect(try engagement.writeWorksheet(kpi: "water", round: 1) == path)
    _ = try engagement.pack(kpis: [], to: made.path + "/packs/all", tool: "test")
    #expect(try Data(contentsOf: URL(filePath: path)) == begun)
  }

  @Test func anotherFileIsNotWrittenOver() throws {
    let made = try MadeEngagement()
    let engagement = try drawn(made)
    let path = engagement.worksheetPath(kpi: "water", round: 1)
    try MadeEngagement.write("notes", to: path)
    let code = MadeEngagement.code { _ = try engagement.writeWorksheet(kpi: "water", round: 1) }
    #expect(code == "worksheet-in-the-way")
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "notes")
  }

  /// The same file again is known: no event, and the same answer.
  @Test func aWorksheetIsTakenInOnce() throws {
    let made = try MadeEngagement()
    let engagement = try drawn(made)
    let path = try engagement.writeWorksheet(kpi: "water", round: 1)
    let first = try engagement.importWorksheet(path: path)
    let events = try engagement.trail().events.count
    let again = try engagement.importWorksheet(path: path)
    #expect(!first.wasKnown)
    #expect(again.wasKnown)
    #expect(again.open == first.open)
    #expect(try engagement.trail().events.count == events)
  }
}
