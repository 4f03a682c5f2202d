import Foundation
import Testing

@testable import Trail

@Suite struct StatementTests {
  static let files = [
    "data/signoffs/0001-preparer-alice.txt", "data/signoffs/0002-reviewer-bob.txt",
    "seal/0003-reviewer-bob.txt", "seal/0004-eqr-carol.txt",
  ]

  @Test(arguments: files) func exampleStatementsComeBackByteForByte(_ file: String) throws {
    let bytes = try Fixtures.bytes("pack/\(file)")
    let statement = try Statement(parsing: bytes)
    #expect(statement.bytes == bytes)
    #expect(
      try Statement(composing: statement.fields, covers: statement.covers.reversed()).bytes
        == bytes)
  }

  /// Each is in the log under its digest, and its signature verifies with the example's keys.
  @Test(arguments: files) func exampleSignaturesVerify(_ file: String) throws {
    let statement = try Statement(parsing: try Fixtures.bytes("pack/\(file)"))
    let signers = try AllowedSigners(parsing: try Fixtures.bytes("pack/data/keys/allowed_signers"))
    let signature = try SSHSignature(armored: try Fixtures.bytes("pack/\(file).sig"))
    let verified = try signature.verified(
      message: statement.bytes, principal: statement.fields.signer,
      namespace: statement.namespace, at: statement.fields.made, signers: signers)
    #expect(verified.principal == statement.fields.signer)
    let events =
      try Fixtures.text("pack/data/trail/events.jsonl")
      + (try Fixtures.text("pack/seal/events-after-seal.jsonl"))
    #expect(events.contains(statement.digest.hex))
  }

  @Test func fieldsOfAnExample() throws {
    let statement = try Statement(parsing: try Fixtures.bytes("pack/" + StatementTests.files[1]))
    let fields = statement.fields
    #expect(fields.engagement == "example-2026-001")
    #expect(fields.number == 2)
    #expect(fields.scope == "workpaper A-100")
    #expect(fields.role == "reviewer")
    #expect(fields.decision == "reviewed")
    #expect(fields.signer == "bob@example.org")
    #expect(fields.made.description == "2026-11-21T10:00:00Z")
    #expect(fields.head.size == 5)
    #expect(fields.comment == "confirmation inspected")
    #expect(
      statement.covers.map(\.path) == [
        "data/evidence/A-100/bank-confirmation.txt", "data/workpapers/A-100.md",
      ])
  }

  /// Each line of the grammar, broken one way; `from` stands once in the example.
  static let edits: [(from: String, to: String)] = [
    ("# assure.signoff/v1\n", "# assure.signoff/v2\n"), ("# assure", "#assure"),
    ("# engagement: ", "# Engagement: "), ("# engagement: example", "# engagement:  example"),
    ("# statement: 0002", "# statement: 2"), ("# statement: 0002", "# statement: 0000"),
    ("# statement: 0002", "# statement: 00002"), ("# statement: 0002\n", ""),
    (
      "# scope: workpaper A-100\n# role: reviewer\n", "# role: reviewer\n# scope: workpaper A-100\n"
    ),
    ("# role: reviewer\n", "# role: reviewer\n# role: reviewer\n"),
    ("# role: reviewer", "# role: Reviewer"), ("# role: reviewer", "# role: "),
    ("# scope: workpaper", "# scope: work\u{202E}paper"), ("workpaper A", "workpaper\tA"),
    ("# scope: workpaper", "# scope: work\u{200B}paper"),
    ("workpaper A-100\n", "workpaper A-100 \n"),
    ("# decision: reviewed", "# decision: withdrawn"),
    ("# signer: bob@example.org", "# signer: bob@example.org,alice@example.org"),
    ("# signer: bob@example.org", "# signer: -bob"), ("# signer: bob", "# signer: *"),
    ("2026-11-21T10:00:00Z", "2026-11-21T10:00:00"), ("2026-11-21", "2026-02-29"),
    ("2026-11-21T10", "2026-11-21T24"), ("2026-11-21T", "2026-11-21 "),
    ("engagement-2026-001 5 ", "engagement-2026-001 05 "),
    ("engagement-2026-001 5 ", "engagement-2026-001  5 "),
    ("# comment: confirmation", "# comment: e\u{301}"),
    ("# comment: confirmation inspected", "# comment: "),
    ("# covers: 2", "# covers: 3"), ("# covers: 2", "# covers: 1"), ("# covers: 2", "# covers: 02"),
    ("# covers: 2\n", "# covers: 2\n# note: x\n"), ("# covers: 2\n", "# covers: 2\n\n"),
    ("14729f", "14729F"), ("14729f", "14729"), ("  data/evidence", " data/evidence"),
    ("  data/evidence", " *data/evidence"), ("data/evidence/A", "/data/evidence/A"),
    ("data/evidence/A", "data/../A"), ("data/evidence/A", "data//A"),
    ("data/evidence/A", "data/.A"),
    ("data/evidence/A", "data/-A"), ("data/evidence/A", "data/con/A"), ("bank-con", "bank con"),
    ("data/evidence/A", "data\\evidence/A"), ("bank-con", "bänk-con"), ("bank-con", "bank%2Dcon"),
    ("  data/evidence", "  zdata/evidence"), ("A-100.md\n", "A-100.md"),
    ("A-100.md\n", "A-100.md\n\n"), ("A-100.md\n", "A-100.md\r\n"), ("A-100.md\n", "A-100.md\nx"),
    ("data/evidence/A-100/bank-confirmation.txt", "data/workpapers/a-100.md"),
  ]

  @Test(arguments: edits.indices) func anyOtherFormIsRefused(_ index: Int) throws {
    let text = try Fixtures.text("pack/" + StatementTests.files[1])
    let (from, to) = StatementTests.edits[index]
    let at = try #require(text.range(of: from))
    let other = text.replacingCharacters(in: at, with: to)
    let error = #expect(throws: TrailError.self, "\(from) → \(to)") {
      try Statement(parsing: Array(other.utf8))
    }
    #expect(error?.code == .statementMalformed)
  }

  /// No single changed bit leaves a statement that is the same.
  @Test func flippedBitsAreRefusedOrSayAnotherThing() throws {
    let bytes = try Fixtures.bytes("pack/" + StatementTests.files[0])
    let original = try Statement(parsing: bytes)
    var same = 0
    for at in bytes.indices {
      for bit in 0..<8 {
        var other = bytes
        other[at] ^= 1 << UInt8(bit)
        guard let statement = try? Statement(parsing: other) else { continue }
        if statement.fields == original.fields && statement.covers == original.covers { same += 1 }
      }
    }
    #expect(same == 0)
  }

  static func fields(_ comment: String? = nil) throws -> Statement.Fields {
    Statement.Fields(
      engagement: "e-1", number: 12_345, scope: "pack", role: "preparer", decision: "prepared",
      signer: "alice@example.org", made: try #require(UTCTime("2024-02-29T23:59:59Z")),
      head: Statement.Head(origin: "o", size: 0, root: MerkleTree.emptyRoot), comment: comment)
  }

  @Test func composingKeepsTheRulesOfReading() throws {
    let covered = Statement.Covered(digest: Digest(of: [1]), path: "a.txt")
    let fields = try StatementTests.fields("Größe geprüft")
    let statement = try Statement(composing: fields, covers: [covered])
    #expect(statement.text.contains("# statement: 12345\n"))
    #expect(statement.text.hasSuffix("\(covered.digest.hex)  a.txt\n"))
    #expect(throws: TrailError.self) { try Statement(composing: fields, covers: []) }
    #expect(throws: TrailError.self) {
      try Statement(composing: fields, covers: [covered, covered])
    }
    for comment in ["", "two\nlines", "# covers: 1\n", "\u{FEFF}x"] {
      #expect(throws: TrailError.self) {
        try Statement(composing: try StatementTests.fields(comment), covers: [covered])
      }
    }
    let upper = Statement.Covered(digest: Digest(of: [1]), path: "A.txt")
    #expect(throws: TrailError.self) { try Statement(composing: fields, covers: [covered, upper]) }
  }

  @Test func withdrawalNamesWhatItTakesBack() throws {
    let covered = Statement.Covered(digest: Digest(of: [1]), path: "a.txt")
    var fields = try StatementTests.fields()
    fields.withdraws = Digest(of: [2])
    #expect(throws: TrailError.self) { try Statement(composing: fields, covers: [covered]) }
    fields.decision = "withdrawn"
    let statement = try Statement(composing: fields, covers: [covered])
    #expect(statement.text.contains("# decision: withdrawn\n# withdraws: \(Digest(of: [2]).hex)\n"))
    fields.withdraws = nil
    #expect(throws: TrailError.self) { try Statement(composing: fields, covers: [covered]) }
  }
}

@Suite struct UTCTimeTests {
  /// `date -u -d @N`.
  @Test func knownInstants() {
    for (seconds, text) in [
      (0, "1970-01-01T00:00:00Z"), (951_782_400, "2000-02-29T00:00:00Z"),
      (1_000_000_000, "2001-09-09T01:46:40Z"), (2_147_483_647, "2038-01-19T03:14:07Z"),
      (4_107_542_400, "2100-03-01T00:00:00Z"), (253_402_300_799, "9999-12-31T23:59:59Z"),
    ] as [(Int64, String)] {
      #expect(UTCTime(text)?.unixSeconds == seconds)
      #expect(UTCTime(unixSeconds: seconds)?.description == text)
    }
  }

  @Test func daysAgreeWithFoundation() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
    for day in stride(from: 0, to: 60_000, by: 5) {
      let time = try #require(UTCTime(unixSeconds: Int64(day) * 86_400 + 3_723))
      #expect(UTCTime(time.description) == time)
      #expect(UTCTime(compact: time.compact) == time)
      if day.isMultiple(of: 95) {
        let date = Date(timeIntervalSince1970: TimeInterval(time.unixSeconds))
        #expect(time.description == date.formatted(.iso8601))
      }
    }
  }

  @Test func otherFormsAreRefused() {
    for text in [
      "2026-02-29T00:00:00Z", "2100-02-29T00:00:00Z", "2026-13-01T00:00:00Z",
      "2026-00-01T00:00:00Z", "2026-01-00T00:00:00Z", "2026-01-01T24:00:00Z",
      "2026-01-01T23:60:00Z", "2026-01-01T23:59:60Z", "2026-01-01T00:00:00", "1969-12-31T23:59:59Z",
      "2026-01-01T00:00:00+00:00", "2026-01-01t00:00:00z", "2026-1-1T00:00:00Z", "",
      "２026-01-01T00:00:00Z", "+026-01-01T00:00:00Z",
    ] {
      #expect(UTCTime(text) == nil, "\(text)")
    }
    for text in ["20260101", "20260101T", "2026010110Z", "Z", "20261301Z", "202601011060Z"] {
      #expect(UTCTime(compact: text) == nil, "\(text)")
    }
    #expect(UTCTime(unixSeconds: -1) == nil)
    #expect(UTCTime(unixSeconds: 253_402_300_800) == nil)
  }
}
