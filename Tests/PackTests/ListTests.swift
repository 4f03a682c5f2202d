import Foundation
import Testing

@testable import Pack

/// Lists name what their folders hold, and every code has a fixture.
@Suite struct ListTests {
  private func files(_ folder: String) throws -> [String] {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return try FileManager.default.contentsOfDirectory(
      atPath: root.appendingPathComponent("Sources/Pack/" + folder).path
    ).filter { $0.hasSuffix(".swift") && $0 != folder + ".swift" }
      .map { String($0.dropLast(6)) }.sorted()
  }

  @Test func checks() throws {
    #expect(Checks.all.map { "\($0)" }.sorted() == (try files("Checks")))
  }

  @Test func pages() throws {
    #expect(Pages.all.map { "\($0)" }.sorted() == (try files("Pages")))
  }

  @Test func charts() throws {
    #expect(Charts.all.map { "\($0)" }.sorted() == (try files("Charts")))
    #expect(Set(Charts.all.map { $0.name }).count == Charts.all.count)
  }

  /// Codes that no edit of a folder can bring about on every machine, with where they are tested.
  private let elsewhere = [
    "trail-order": "TamperTests.seedBeforePlan", "checkpoint-signature": "TamperTests",
    "anchor-differs": "LevelTests.anchorsThatAreNone",
    "anchor-malformed": "LevelTests.anchorsThatAreNone",
    "anchor-wrong": "LevelTests.anchorsThatAreNone", "quorum-missing": "LevelTests",
    "head-differs": "LevelTests.aHeadToldFromOutside", "head-other": "LevelTests",
    "pack-differs": "SlipTests.aReaderHoldsItAgainstThePack",
    "time-order": "LevelTests.aClockTurnedBackShows", "time-outside": "LevelTests",
    "proof-missing": "MutationTests", "proof-wrong": "MutationTests",
    "seal-checkpoint": "MutationTests", "seal-consistency": "MutationTests",
    "seal-part-missing": "MutationTests", "log-key": "LevelTests.claimsThatAreNone",
    "log-policy": "LevelTests.claimsThatAreNone",
    "database-present": "HostilePackTests.databases",
    "zip-encrypted": "HostilePackTests.zipsThatLie", "zip-header-differs": "HostilePackTests",
    "zip-hidden": "HostilePackTests", "zip-malformed": "HostilePackTests",
    "zip-method": "HostilePackTests", "zip-path": "HostilePackTests",
    "zip-ratio": "HostilePackTests", "zip-top": "HostilePackTests",
    "zip-twice": "HostilePackTests",
    "path-marked": "BagTests: below version 1.0 only", "too-many": "needs 200,000 files",
    "seal-unreadable": "TamperTests.sealFolder", "seal-file": "SignTests.aPackIsSignedAsAWhole",
    "signer-list": "SignTests.aListOfSignersThatIsNone",
    "signoff-broken": "SignTests", "signoff-missing": "SignTests", "signoff-stale": "SignTests",
    "signoff-void": "SignTests.theReadersListDecides",
    "signoff-scope-grew": "SignTests.whatJudgesAreAsked",
    "signoff-out-of-order": "SignTests.whatJudgesAreAsked",
    "signoff-not-independent": "SignTests.whatJudgesAreAsked",
    "redaction-incomplete": "RedactionTests.whatIsShownAllTheSame",
    "redaction-key": "RedactionTests.whatIsShownAllTheSame",
    "value-differs": "RedactionTests.valuesBesideTheLog",
    "value-missing": "RedactionTests.valuesBesideTheLog",
    "value-unknown": "RedactionTests.valuesBesideTheLog",
    "evidence-weak": "EvidenceTests.aRiskAsksForAKind",
    "note-open": "WorkflowTests.notesAreInThePack", "lock-late": "WorkflowCheckTests",
    "release-unready": "WorkflowCheckTests",
    "unreadable": "needs a disk that fails, or a user without rights",
  ]

  @Test func everyCodeHasAFixture() {
    let fixtures = Set((TamperTests.structure + TamperTests.content).map(\.code))
    let codes = Set(Checks.all.flatMap { $0.codes })
    #expect(codes.subtracting(fixtures).subtracting(elsewhere.keys) == [])
    #expect(fixtures.subtracting(codes) == [])
  }
}
