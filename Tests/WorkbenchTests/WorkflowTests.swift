import Assurance
import Foundation
import Pack
import Testing
import Trail

@testable import Workbench

/// The work of several people around the figures: sections, notes, declarations, assignments.
@Suite struct WorkflowTests {
  private func code(_ body: () throws -> Void) -> String { MadeEngagement.code(body) }

  // MARK: Decisions and scopes

  @Test func aSectionIsAllOfItsWorkpapers() throws {
    let signing = try SigningCase()
    try signing.made.edit(
      "engagement.yaml", "materiality: []",
      "materiality: []\nsections: [{name: env, kpis: [water]}]")
    let env = SignoffScope.section("env")
    #expect(code { try signing.sign("bob", .reviewer, scope: env) } == "sign-order")
    try signing.sign("alice", .preparer, scope: env)
    // The preparer's signature on the section stands under the workpaper, and the other way round.
    try signing.sign("bob", .reviewer)
    try signing.sign("carol", .partner, scope: env)
    #expect(try signing.states() == ["current", "current", "current"])
    #expect(code { try signing.sign("alice.home", .reviewer) } == "sign-independence")
    #expect(
      code { try signing.sign("alice", .preparer, scope: .section("none")) } == "unknown-section")
    let pack = try signing.pack()
    #expect(try signing.codes(pack).isEmpty)
    _ = try signing.made.ingest("3,2021-03-01,5,a", file: "late.csv")
    #expect(try signing.states() == ["stale", "stale", "stale"])
  }

  @Test func eachScopeHasItsWords() throws {
    let signing = try SigningCase()
    #expect(
      code { try signing.sign("alice", .preparer, decision: .approved) } == "sign-decision")
    #expect(code { try signing.sign("alice", .preparer, decision: .locked) } == "sign-decision")
    #expect(
      code { try signing.sign("alice", .preparer, decision: .rejected) } == "sign-decision")
    #expect(code { try signing.sign("bob", .reviewer, scope: .team) } == "sign-role")
    try signing.sign("bob", .reviewer, decision: .rejected, comment: "no bill for March")
    #expect(try signing.states() == ["current"])
  }

  @Test func theAssignmentGoesStaleWithTheTeam() throws {
    let signing = try SigningCase()
    try signing.sign("carol", .partner, scope: .team)
    #expect(try signing.states() == ["current"])
    try signing.made.edit("engagement.yaml", "name: Bob", "name: Robert")
    #expect(try signing.states() == ["stale"])
    let keys = signing.made.path + "/keys/allowed_signers"
    try signing.made.edit("engagement.yaml", "name: Robert", "name: Bob")
    let text = try String(contentsOfFile: keys, encoding: .utf8)
    try MadeEngagement.write(text + "# a line more\n", to: keys)
    #expect(try signing.states() == ["stale"])
  }

  /// ISA 230.9, the lead's rule: who made the last change does not review it.
  @Test func theLastEditorDoesNotReview() throws {
    let signing = try SigningCase()
    try signing.made.setMateriality()
    _ = try signing.open(as: "Bob").plan(kpi: "water", round: nil, size: 1, method: nil)
    try signing.sign("alice", .preparer)
    #expect(code { try signing.sign("bob", .reviewer) } == "sign-independence")
    _ = try signing.open(as: "Alice").draw(
      kpi: "water", round: 1, seed: "a", seedOrigin: "given")
    try signing.sign("alice", .preparer)
    try signing.sign("bob", .reviewer)
    #expect(try signing.states().last == "current")
  }

  // MARK: Review notes

  @Test func anOpenNoteBlocksItsRoleAndThoseAbove() throws {
    let signing = try SigningCase()
    try signing.sign("alice", .preparer)
    let bob = try signing.open(as: "Bob")
    #expect(try bob.raiseNote(kpi: "water", item: nil, text: "where is March?") == 1)
    #expect(code { try signing.sign("bob", .reviewer) } == "sign-order")
    try signing.sign("alice", .preparer)
    let alice = try signing.open(as: "alice@example.org")
    #expect(code { try alice.note(1, .clear, text: "") } == "note-not-yours")
    #expect(code { try alice.note(1, .return, text: "x") } == "note-not-yours")
    #expect(code { try bob.note(1, .answer, text: "x") } == "note-own")
    #expect(code { try bob.note(2, .clear, text: "") } == "unknown-note")
    #expect(code { try alice.note(1, .answer, text: " \u{202E} ") } == "text-refused")
    try alice.note(1, .answer, text: "the meter\nwas read in April")
    #expect(code { try signing.sign("bob", .reviewer) } == "sign-order")
    try bob.note(1, .return, text: "show the reading")
    #expect(try bob.workflow().notes[0].state == .open)
    try alice.note(1, .answer, text: "see line 2")
    try bob.note(1, .clear, text: "")
    #expect(code { try alice.note(1, .answer, text: "more") } == "note-cleared")
    try signing.sign("bob", .reviewer)
    #expect(try signing.states() == ["current", "current", "current"])
    let note = try #require(try bob.workflow().notes.first)
    #expect(note.turns.map(\.what) == ["raised", "answered", "returned", "answered", "cleared"])
    #expect(note.turns[1].by == "Alice" && note.turns[1].text == "the meter was read in April")
  }

  @Test func notesAreOfTheTeamAndAboutSomething() throws {
    let signing = try SigningCase()
    #expect(
      code { _ = try signing.made.open().raiseNote(kpi: "water", item: nil, text: "x") }
        == "actor-unknown")
    let bob = try signing.open(as: "Bob")
    #expect(
      code { _ = try bob.raiseNote(kpi: "water", item: "bill/77", text: "x") } == "unknown-item")
    #expect(code { _ = try bob.raiseNote(kpi: "air", item: nil, text: "x") } == "unknown-kpi")
    #expect(code { _ = try bob.raiseNote(kpi: "water", item: nil, text: "") } == "text-refused")
  }

  @Test func notesAreInThePack() throws {
    let signing = try SigningCase()
    try signing.sign("alice", .preparer)
    _ = try signing.open(as: "Bob").raiseNote(kpi: "water", item: nil, text: "a, \"b\" <c>")
    let pack = try signing.pack()
    let table = try String(contentsOfFile: pack + "/data/review/notes.csv", encoding: .utf8)
    #expect(table.hasPrefix("note,kpi,item,role,state,what,by,at,text\n"))
    #expect(table.contains("1,water,,reviewer,open,raised,Bob,"))
    #expect(table.contains(#""a, ""b"" <c>""#))
    let page = try String(contentsOfFile: pack + "/data/pages/review-notes.html", encoding: .utf8)
    #expect(page.contains("&lt;c&gt;") && !page.contains("<c>"))
    let verdict = try PackVerifier.verify(pack)
    #expect(verdict.word == .validInPart)
    #expect(verdict.findings.map(\.code) == ["note-open"])
  }

  // MARK: Independence and engagement quality review

  static let dora = "  - {name: Dora, role: eqr, signers: [dora@example.org]}"

  @Test func theQualityReviewerTookNoPartAndCooledOff() throws {
    let signing = try SigningCase(more: Self.dora)
    try signing.sign("alice", .preparer)
    try signing.sign("bob", .reviewer)
    try signing.sign("carol", .partner)
    let pack = try signing.pack()
    #expect(code { try signing.sign("dora", .eqr, pack: pack) } == "sign-independence")
    try signing.sign("dora", .eqr, scope: .independence(coolingOff: false))
    #expect(code { try signing.sign("dora", .eqr, pack: pack) } == "sign-independence")
    try signing.sign("dora", .eqr, scope: .independence(coolingOff: true))
    try signing.sign("dora", .eqr, pack: pack)
    #expect(try signing.codes(pack).isEmpty)
  }

  @Test func whoWorkedOnItIsNoQualityReviewer() throws {
    let signing = try SigningCase(more: Self.dora)
    try signing.made.setMateriality()
    _ = try signing.open(as: "Dora").declareIndependence(coolingOff: true, text: nil)
    _ = try signing.open(as: "Dora").plan(kpi: "water", round: nil, size: 1, method: nil)
    try signing.sign("alice", .preparer)
    try signing.sign("bob", .reviewer)
    try signing.sign("carol", .partner)
    let pack = try signing.pack()
    #expect(code { try signing.sign("dora", .eqr, pack: pack) } == "sign-independence")
  }

  @Test func theQualityReviewerComesWhenTheOthersHaveSigned() throws {
    let signing = try SigningCase(more: Self.dora)
    _ = try signing.open(as: "Dora").declareIndependence(coolingOff: true, text: nil)
    try signing.sign("alice", .preparer)
    let pack = try signing.pack()
    #expect(code { try signing.sign("dora", .eqr, pack: pack) } == "sign-order")
  }

  @Test func aDeclarationIsByOneOfTheTeam() throws {
    let signing = try SigningCase()
    let stranger = try signing.open(as: "Mallory")
    #expect(
      code { _ = try stranger.declareIndependence(coolingOff: false, text: nil) }
        == "actor-unknown")
  }

  @Test func aSinglePractitionerIsNamed() throws {
    let signing = try SigningCase()
    for line in ["Bob, role: reviewer, signers: [bob", "Carol, role: partner, signers: [carol"] {
      let name = line.prefix { $0 != "," }
      try signing.made.edit(
        "engagement.yaml", "- {name: \(line)", "- {name: Alice\(line.dropFirst(name.count))")
    }
    try signing.sign("alice", .preparer)
    try signing.sign("bob", .reviewer)
    #expect(try signing.states() == ["current", "current"])
    let verdict = try PackVerifier.verify(try signing.pack())
    #expect(verdict.findings.isEmpty)
    #expect(verdict.notChecked.contains { $0.contains("Alice is a single practitioner") })
    #expect(try signing.made.open().standing().single == "Alice")
  }

  // MARK: What waits for whom

  @Test func itIsSomebodysTurn() throws {
    let signing = try SigningCase(more: Self.dora)
    func turns() throws -> [String] {
      try signing.made.open().standing().turns.map { "\($0.who): \($0.what)" }
    }
    #expect(try turns().contains("Alice: sign water as preparer"))
    #expect(try turns().contains("Carol: sign the assignment of the team"))
    #expect(try turns().contains("Dora: declare independence and cooling-off"))
    try signing.sign("alice", .preparer)
    #expect(try turns().contains("Bob: sign water as reviewer"))
    _ = try signing.open(as: "Bob").raiseNote(kpi: "water", item: nil, text: "x")
    #expect(try turns().contains("Alice: answer note 1 on water"))
    try signing.open(as: "Alice").note(1, .answer, text: "y")
    #expect(try turns().contains("Bob: clear or return note 1 on water"))
    _ = try signing.made.ingest("3,2021-03-01,5,a", file: "late.csv")
    #expect(try turns().contains("Alice: sign water again as preparer"))
  }

  @Test func settingsThatMeanNothing() throws {
    func code(_ lines: String) throws -> String {
      let made = try MadeEngagement()
      try made.edit("engagement.yaml", "materiality: []", "materiality: []\n" + lines)
      return MadeEngagement.code { _ = try made.open() }
    }
    #expect(try code("assembly: 30") == "engagement-assembly")
    #expect(try code("sections: [{name: a, kpis: [air]}]") == "unknown-kpi")
    #expect(try code("sections: [{name: a, kpis: [water, water]}]") == "engagement-twice")
    #expect(
      try code("sections: [{name: a, kpis: [water]}, {name: a, kpis: []}]") == "engagement-twice")
    #expect(
      try code("evidence: [{kpi: water, minimum: hearsay, reason: x}]").hasPrefix("policy"))
    #expect(try code("assembly: 14") == "none")
  }
}
