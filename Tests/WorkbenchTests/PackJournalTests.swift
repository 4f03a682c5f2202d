import Foundation
import Testing

@testable import Workbench

/// A command killed between a pack's name and its event: the next command puts it into the trail.
@Suite struct PackJournalTests {
  private func entry(_ made: MadeEngagement, _ engagement: Engagement, named name: String) throws
    -> PackJournal.Entry
  {
    let receipt = try engagement.pack(kpis: [], to: made.path + "/packs/" + name, tool: "test")
    return PackJournal.Entry(receipt: receipt, kpis: ["water"], actor: "killed")
  }

  /// Leaves an entry as a killed command does: the lock ends with it.
  private func leave(_ entry: PackJournal.Entry, in made: MadeEngagement) throws {
    let journal = try PackJournal(folder: made.path)
    try journal.write(entry)
    journal.release()
  }

  @Test func aPackWithoutItsEventIsRecorded() throws {
    let made = try MadeEngagement()
    let engagement = try made.ingest("1,2021-01-01,5,a")
    let entry = try entry(made, engagement, named: "a")
    let copy = made.path + "/packs/b"
    try FileManager.default.copyItem(atPath: made.path + "/packs/a", toPath: copy)
    let unnamed = PackJournal.Entry(
      folder: copy, digest: entry.digest, files: entry.files, kpis: entry.kpis, actor: "killed")
    try leave(unnamed, in: made)
    let count = try engagement.trail().events.count
    for _ in 1...2 {
      let events = try made.open().trail().events
      #expect(events.count == count + 1)
      #expect(events.last?.kind == "pack.written")
      #expect(events.last?.actor == "killed")
    }
  }

  @Test func aPackThatIsInTheTrailIsNotRecordedTwice() throws {
    let made = try MadeEngagement()
    let engagement = try made.ingest("1,2021-01-01,5,a")
    try leave(try entry(made, engagement, named: "a"), in: made)
    let count = try engagement.trail().events.count
    #expect(try made.open().trail().events.count == count)
  }

  @Test func aPackThatNeverTookItsNameIsForgotten() throws {
    let made = try MadeEngagement()
    let engagement = try made.ingest("1,2021-01-01,5,a")
    let count = try engagement.trail().events.count
    try leave(
      PackJournal.Entry(
        folder: made.path + "/packs/none", digest: "00", files: 1, kpis: [], actor: "killed"),
      in: made)
    #expect(try made.open().trail().events.count == count)
  }
}
