import Assurance
import Foundation
import GRDB
import Pack
import Testing

@testable import Workbench

/// From the last signature before the report to additions after the lock.
@Suite struct LockTests {
  private func code(_ body: () throws -> Void) -> String { MadeEngagement.code(body) }

  /// An engagement with everything done, and a pack that shows it.
  private func finished(_ more: String = "") throws -> (signing: SigningCase, pack: String) {
    let signing = try SigningCase(more: more)
    try signing.made.setMateriality(200)
    try MadeEngagement.write(
      "kpi,printed,unit,place,note\nwater,120,t,report line 1,\n",
      to: signing.made.path + "/reported.csv")
    let alice = try signing.open(as: "Alice")
    _ = try alice.plan(kpi: "water", round: nil, size: 2, method: nil)
    let drawn = try alice.draw(kpi: "water", round: 1, seed: "a", seedOrigin: "given")
    try signing.takeResults(drawn.items.map { ($0.key, "agreed") })
    _ = try alice.evaluate(kpi: "water", round: nil)
    try signing.sign("carol", .partner, scope: .team)
    for name in ["Alice", "Bob", "Carol"] {
      _ = try signing.open(as: name).declareIndependence(coolingOff: false, text: nil)
    }
    try signing.sign("alice", .preparer)
    try signing.sign("bob", .reviewer)
    try signing.sign("carol", .partner)
    return (signing, try signing.pack("final"))
  }

  private func release(_ signing: SigningCase, _ pack: String) throws {
    try signing.sign("carol", .partner, pack: pack, scope: .report)
  }

  private func lock(_ signing: SigningCase, _ pack: String) throws {
    try signing.sign("carol", .partner, pack: pack, decision: .locked)
  }

  @Test func theReportWaitsForEverything() throws {
    let (signing, pack) = try finished()
    func blocked() -> String { code { try release(signing, pack) } }
    _ = try signing.open(as: "Bob").raiseNote(kpi: "water", item: nil, text: "x")
    #expect(blocked() == "sign-order")
    try signing.open(as: "Bob").note(1, .clear, text: "")
    // The pack is older than the note.
    #expect(blocked() == "release-unready")
    let newer = try signing.pack("newer")
    #expect(code { try signing.sign("bob", .reviewer, pack: newer, scope: .report) } == "sign-role")
    try release(signing, newer)
    #expect(try signing.made.open().standing().phase == "reported")
    #expect(code { try release(signing, newer) } == "report-dated")
    let verdict = try PackVerifier.verify(newer)
    #expect(verdict.findings.isEmpty, "\(verdict.findings)")
    #expect(verdict.checked.contains { $0.hasPrefix("the report was dated after its gates") })
    #expect(verdict.notChecked.contains { $0.contains("file to be locked by") })
  }

  @Test func theReportWaitsForTheQualityReview() throws {
    let (signing, pack) = try finished(WorkflowTests.dora)
    #expect(code { try release(signing, pack) } == "release-unready")
    try signing.sign("dora", .eqr, scope: .independence(coolingOff: true))
    let newer = try signing.pack("newer")
    #expect(code { try release(signing, newer) } == "release-unready")
    try signing.sign("dora", .eqr, pack: newer)
    try release(signing, newer)
    #expect(try signing.codes(newer).isEmpty)
  }

  @Test func afterTheReportTheFileIsOnlyPutTogether() throws {
    let (signing, pack) = try finished()
    #expect(code { try lock(signing, pack) } == "lock-unready")
    try release(signing, pack)
    let alice = try signing.open(as: "Alice")
    func refused(_ body: () throws -> Void) -> Bool { code(body) == "report-dated" }
    #expect(refused { _ = try signing.made.ingest("3,2021-03-01,5,a", file: "late.csv") })
    #expect(refused { _ = try alice.plan(kpi: "water", round: 2, size: 1, method: nil) })
    #expect(refused { _ = try alice.evaluate(kpi: "water", round: nil) })
    #expect(refused { try signing.sign("alice", .preparer) })
    #expect(
      refused {
        _ = try alice.attach(
          path: pack + "/VERIFY.txt",
          EvidenceWish(
            kpi: "water", kind: .oral, date: try #require(Day("2021-01-01"))))
      })
    _ = try signing.pack("assembled")
  }

  @Test func afterTheLockNothingChanges() throws {
    let (signing, pack) = try finished()
    try release(signing, pack)
    try lock(signing, pack)
    #expect(try signing.codes(pack).isEmpty)
    #expect(try signing.made.open().standing().phase == "locked")
    let before = try signing.made.open().trail().root
    let alice = try signing.open(as: "Alice")
    func refused(_ body: () throws -> Void) -> Bool { code(body) == "engagement-locked" }
    #expect(refused { _ = try signing.made.ingest("3,2021-03-01,5,a", file: "late.csv") })
    #expect(refused { _ = try alice.check(kpi: "water") })
    #expect(refused { _ = try alice.reconcile(kpi: nil) })
    #expect(refused { _ = try alice.plan(kpi: "water", round: 2, size: 1, method: nil) })
    #expect(refused { _ = try alice.evaluate(kpi: "water", round: nil) })
    #expect(refused { try alice.resolve(exception: "x", state: "open", reason: "y") })
    #expect(refused { _ = try alice.raiseNote(kpi: "water", item: nil, text: "x") })
    #expect(refused { _ = try alice.declareIndependence(coolingOff: false, text: nil) })
    #expect(refused { _ = try signing.pack("late") })
    #expect(refused { try signing.sign("alice", .preparer) })
    #expect(refused { try signing.sign("carol", .partner, pack: pack) })
    #expect(refused { try lock(signing, pack) })
    // Nor for who writes past the program.
    let queue = try DatabaseQueue(path: signing.made.path + "/assure.sqlite")
    let words = queue.refusal(
      "INSERT INTO evaluation(kpi, round, body, evaluated) VALUES ('water', 1, '', '')")
    #expect(words.contains("the file is locked"))
    #expect(
      queue.refusal(
        "INSERT INTO trail_event SELECT max(seq) + 1, CAST('{\"event\":\"x\"}' AS BLOB), leaf_hash "
          + "FROM trail_event"
      ).contains("the report has its date"))
    #expect(try signing.made.open().trail().root == before)
  }

  @Test func additionsNameWhatTheyAmend() throws {
    let (signing, pack) = try finished()
    let target = signing.made.path + "/packs/amend-01"
    let letter = signing.made.path + "/report/letter.txt"
    try MadeEngagement.write("a letter\n", to: letter)
    func amend(_ pack: String) throws -> AmendmentReceipt {
      try signing.open(as: "Alice").amend(
        pack: pack, files: [letter], reason: "a letter came late", effect: "none", to: target,
        tool: "test")
    }
    #expect(code { _ = try amend(pack) } == "not-locked")
    try release(signing, pack)
    let other = try signing.pack("other")
    try lock(signing, other)
    #expect(code { _ = try amend(pack) } == "pack-not-locked")
    let receipt = try amend(other)
    #expect(receipt.number == 1)
    #expect(code { _ = try amend(other) } == "pack-exists")
    #expect(try signing.codes(target) == ["amendment-unsigned", "amendment-unreviewed"])
    let scope = SignoffScope.amendment(1)
    #expect(
      code { try signing.sign("bob", .reviewer, pack: target, scope: scope) } == "sign-order")
    try signing.sign("alice", .preparer, pack: target, scope: scope, decision: .amended)
    #expect(
      code { try signing.sign("alice.home", .reviewer, pack: target, scope: scope) }
        == "sign-independence")
    let review = try signing.sign("bob", .reviewer, pack: target, scope: scope)
    let verdict = try PackVerifier.verify(target)
    #expect(verdict.findings.isEmpty, "\(verdict.findings)")
    #expect(verdict.checked.contains("added by Alice, reviewed by Bob"))
    #expect(
      try signing.shell(
        "sha256sum --check --strict --quiet seal/\(review.name).txt", in: target
      ).status == 0)
    // Who adds something does not review it, in whatever role.
    let second = target + "-2"
    _ = try signing.open(as: "Carol").amend(
      pack: other, files: [], reason: "a sentence", effect: "none", to: second, tool: "test")
    let two = SignoffScope.amendment(2)
    try signing.sign("carol", .partner, pack: second, scope: two, decision: .amended)
    #expect(
      code { try signing.sign("carol", .partner, pack: second, scope: two) }
        == "sign-independence")
    // The locked pack is as it was.
    #expect(try signing.codes(other).isEmpty)
    for (file, found) in [
      ("data/additions/letter.txt", "amendment-file"),
      ("data/amends/tagmanifest-sha256.txt", "amendment-digest"),
    ] {
      let copy = target + "-copy"
      try? FileManager.default.removeItem(atPath: copy)
      try FileManager.default.copyItem(atPath: target, toPath: copy)
      try "x".write(toFile: copy + "/" + file, atomically: false, encoding: .utf8)
      #expect(try signing.codes(copy).contains(found))
    }
  }

  @Test func theClockRuns() throws {
    let day = try #require(Day("2022-03-01"))
    func clock(_ days: Int, _ locked: String? = nil) -> AssemblyClock {
      AssemblyClock(reported: day, days: days, locked: locked.flatMap { Day($0) })
    }
    #expect(clock(60).deadline == Day("2022-04-30"))
    #expect(clock(14).deadline == Day("2022-03-15"))
    #expect(clock(45).words(on: day.adding(days: 1)).hasSuffix("44 days left"))
    #expect(clock(60).words(on: day.adding(days: 30)).hasSuffix("30 days left: half is over"))
    #expect(clock(60).words(on: day.adding(days: 57)).hasSuffix("3 days left: hurry"))
    #expect(clock(60).words(on: day.adding(days: 61)).hasSuffix("1 days ago: late"))
    #expect(clock(14, "2022-03-15").words(on: day).contains("in time"))
    #expect(clock(14, "2022-03-16").words(on: day).contains("1 days late"))
    #expect(clock(14, "2022-03-16").isLate(on: day))
    #expect(!clock(14).isLate(on: day.adding(days: 14)))
    #expect(clock(14).isLate(on: day.adding(days: 15)))
  }

  // MARK: seal/

  /// A command that was killed between the log and `seal/`: the next one fills it.
  @Test func aSealThatWasLeftIsFilled() throws {
    let signing = try SigningCase()
    try signing.sign("alice", .preparer)
    let pack = try signing.pack()
    let signoff = try signing.sign("alice", .preparer, pack: pack)
    let there = try signing.shell("cd '\(pack)/seal' && sha256sum *").output
    try FileManager.default.removeItem(atPath: pack + "/seal")
    try SealJournal.note(pack, in: signing.made.path)
    _ = try signing.made.open()
    #expect(try signing.shell("cd '\(pack)/seal' && sha256sum *").output == there)
    try FileManager.default.removeItem(atPath: pack + "/seal")
    #expect(try signing.made.open().seal(pack) == [signoff.name])
    #expect(try signing.made.open().seal(pack) == [signoff.name])
    #expect(try signing.shell("cd '\(pack)/seal' && sha256sum *").output == there)
    #expect(code { _ = try signing.made.open().seal("/nowhere") } == "folder-unreadable")
    _ = try signing.shell("echo x >> '\(pack)/tagmanifest-sha256.txt'")
    #expect(code { _ = try signing.made.open().seal(pack) } == "pack-unknown")
  }

  // MARK: The next year

  @Test func rollForwardTakesStructureOnly() throws {
    let (signing, pack) = try finished(WorkflowTests.dora)
    let next = signing.made.path + "-next"
    let made = try RollForward.create(folder: next, from: signing.made.path, actor: "Carol")
    #expect(made.follows == "acme")
    #expect(made.pack == (try PackVerifier.verify(pack).digest))
    let engagement = try Engagement(folder: next, actor: "Carol")
    #expect(engagement.settings.period.description == "2022-01-01..2022-12-31")
    #expect(engagement.settings.team.map(\.name) == ["Alice", "Bob", "Carol", "Dora"])
    #expect(engagement.settings.materiality.isEmpty)
    #expect(engagement.reported.isEmpty)
    #expect(try engagement.sources().isEmpty)
    #expect(try engagement.signoffBoard().entries.isEmpty)
    #expect(try engagement.workflow().declarations.isEmpty)
    #expect(try engagement.trail().events.count == 1)
    #expect(try engagement.trail().events[0].line.contains(made.pack))
    #expect(
      code { _ = try RollForward.create(folder: next, from: signing.made.path, actor: "x") }
        == "engagement-exists")
    let leap = try #require(
      Period(Day("2023-03-01") ?? Day(number: 0), Day("2024-02-29") ?? Day(number: 0)))
    #expect(RollForward.next(leap).description == "2024-03-01..2025-02-28")
    #expect(
      RollForward.next(RollForward.next(RollForward.next(RollForward.next(leap)))).description
        == "2027-03-01..2028-02-29")
  }
}

extension DatabaseQueue {
  /// The words with which SQLite refuses a statement; empty if it takes it.
  fileprivate func refusal(_ sql: String) -> String {
    do {
      try write { try $0.execute(sql: sql) }
      return ""
    } catch { return "\(error)" }
  }
}
