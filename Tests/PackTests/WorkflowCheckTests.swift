import Assurance
import Pack
import Testing
import Trail

/// What a log tells of gates and days, in packs whose logs were made for it: nobody can bring these
/// about with the program.
@Suite struct WorkflowCheckTests {
  private struct Step {
    let kind: String
    let at: String
    let facts: CanonicalJSON.Object
  }

  private func signed(_ scope: String, _ decision: String, _ at: String, pack: String = "") -> Step
  {
    Step(
      kind: "statement.signed", at: at,
      facts: [
        "scope": .string(scope), "decision": .string(decision), "role": "partner",
        "signer": "carol", "pack": .string(pack), "number": 1,
        "statement": .string(Digest(ofText: scope + decision).hex),
      ])
  }

  private func declared(_ person: String, coolingOff: Bool = false) -> Step {
    Step(
      kind: "independence.declared", at: "2022-02-10T00:00:00Z",
      facts: [
        "person": .string(person), "role": "", "coolingOff": .bool(coolingOff), "text": "",
      ])
  }

  private func codes(_ steps: [Step], members: [(String, String)]) throws -> Set<String> {
    let folder = try TemporaryFolder()
    let pack = try folder.pack { content in
      var events = content.trail.events
      for step in steps {
        let event: CanonicalJSON = [
          "actor": "x", "at": .string(step.at), "event": .string(step.kind),
          "facts": .object(step.facts), "seq": .integer(Int64(events.count)),
        ]
        events.append(event.bytes)
      }
      content.trail = try Example.trail(of: events)
      var terms = Terms()
      terms.members = members.map { Terms.Pair($0.0, $0.1) }
      terms.assemblyDays = 14
      content.signing = SigningFacts(
        signoffs: [], allowedSigners: [], people: [], terms: terms)
    }
    return Set(try PackVerifier.verify(pack).findings.map(\.code)).subtracting(["signoff-missing"])
  }

  private let team = [("Carol", "partner"), ("Dora", "eqr")]

  @Test func theReportWaitsForItsGates() throws {
    let report = signed("report", "approved", "2022-03-01T00:00:00Z")
    let concurs = signed("pack", "concurs", "2022-02-20T00:00:00Z")
    let both = [declared("Carol"), declared("Dora", coolingOff: true)]
    #expect(try codes(both + [concurs, report], members: team) == [])
    #expect(try codes([concurs, report] + both, members: team) == ["release-unready"])
    #expect(try codes(both + [report, concurs], members: team) == ["release-unready"])
    #expect(
      try codes([declared("Carol"), declared("Dora"), concurs, report], members: team)
        == ["release-unready"])
  }

  @Test func theLockIsInTime() throws {
    func lock(_ at: String) throws -> Set<String> {
      try codes(
        [
          declared("Carol"), signed("report", "approved", "2022-03-01T23:59:59Z"),
          signed("pack", "locked", at),
        ], members: [("Carol", "partner")])
    }
    #expect(try lock("2022-03-15T23:59:59Z") == [])
    #expect(try lock("2022-03-16T00:00:00Z") == ["lock-late"])
  }

  /// Not locked by the last event of the log, which is all the time that a pack knows.
  @Test func theLockIsMissed() throws {
    let steps = [
      declared("Carol"), signed("report", "approved", "2022-03-01T00:00:00Z"),
      signed("pack", "concurs", "2022-03-16T00:00:00Z"),
    ]
    #expect(try codes(steps, members: [("Carol", "partner")]) == ["lock-late"])
  }

  /// A row of a table that this format does not have refuses the whole.
  @Test func termsAreReadStrictly() {
    #expect(Terms(rows: [["member", "a", "preparer"]]) != nil)
    #expect(Terms(rows: [["guest", "a", "b"]]) == nil)
    #expect(Terms(rows: [["assembly", "days", "30"]]) == nil)
    var terms = Terms()
    terms.members = [Terms.Pair("a,\"b\"", "preparer")]
    #expect(String(decoding: terms.teamTable, as: UTF8.self).contains("\"a,\"\"b\"\"\",preparer"))
  }
}
