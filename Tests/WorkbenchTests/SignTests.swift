import Assurance
import Foundation
import Pack
import Testing
import Trail

@testable import Workbench

/// Sign-off from the key to the verdict, with keys made for the test by `ssh-keygen`.
@Suite struct SignTests {
  @Test func thePreparerSignsBeforeTheReviewer() throws {
    let signing = try SigningCase()
    #expect(MadeEngagement.code { try signing.sign("bob", .reviewer) } == "sign-order")
    try signing.sign("alice", .preparer)
    try signing.sign("bob", .reviewer)
    try signing.sign("carol", .partner)
    #expect(try signing.states() == ["current", "current", "current"])
  }

  /// Segregation goes by person: a second key makes no second person.
  @Test func twoKeysAreOnePerson() throws {
    let signing = try SigningCase()
    try signing.sign("alice", .preparer)
    #expect(
      MadeEngagement.code { try signing.sign("alice.home", .reviewer) } == "sign-independence")
  }

  @Test func aKeySignsInItsRoleAndNameAlone() throws {
    let signing = try SigningCase()
    #expect(MadeEngagement.code { try signing.sign("bob", .preparer) } == "signer-unknown")
    #expect(
      MadeEngagement.code { try signing.sign("alice", .preparer, key: "carol") }
        == "signer-unknown")
    #expect(MadeEngagement.code { try signing.sign("mallory", .preparer) } == "signer-unknown")
    #expect(try signing.states().isEmpty)
  }

  @Test func newRecordsMakeItStale() throws {
    let signing = try SigningCase()
    try signing.sign("alice", .preparer)
    try signing.sign("bob", .reviewer)
    _ = try signing.made.ingest("3,2021-03-01,5,a", file: "late.csv")
    let entries = try signing.made.open().signoffBoard().entries
    #expect(entries.map(\.state.word) == ["stale", "stale"])
    guard case .stale(let paths) = entries[0].state else { return }
    #expect(paths.contains("data/workpapers/water.json"))
    // The reviewer can't overtake a preparer who has not looked again.
    #expect(MadeEngagement.code { try signing.sign("bob", .reviewer) } == "sign-order")
    try signing.sign("alice", .preparer)
    try signing.sign("bob", .reviewer)
    #expect(try signing.codes(signing.pack()).isEmpty)
    #expect(try signing.states() == ["signed again", "signed again", "current", "current"])
  }

  @Test func aSignatureIsTakenBackByItsSignerAlone() throws {
    let signing = try SigningCase()
    try signing.sign("alice", .preparer)
    #expect(
      MadeEngagement.code { try signing.sign("bob", .reviewer, withdraws: 1) }
        == "nothing-to-withdraw")
    try signing.sign("alice", .preparer, withdraws: 1)
    #expect(try signing.states() == ["withdrawn", "current"])
    #expect(MadeEngagement.code { try signing.sign("bob", .reviewer) } == "sign-order")
  }

  /// What everybody has says the same: ssh-keygen of the signature, sha256sum of what it covers.
  @Test func stockToolsAgree() throws {
    let signing = try SigningCase()
    let signoff = try signing.sign("alice", .preparer)
    let pack = try signing.pack()
    #expect(try signing.codes(pack).isEmpty)
    let name = "data/signoffs/" + signoff.name
    let time = signoff.statement.fields.made.compact
    let verify = """
      ssh-keygen -Y verify -f data/keys/allowed_signers -I alice@example.org \
      -n preparer@assure -O verify-time=\(time) -s \(name).sig < \(name).txt
      """
    #expect(try signing.shell(verify, in: pack).status == 0)
    let check = "sha256sum --check --strict --quiet \(name).txt"
    #expect(try signing.shell(check, in: pack).status == 0)
    let text = try String(contentsOfFile: pack + "/VERIFY.txt", encoding: .utf8)
    #expect(text.contains(name + ".sig") && text.contains("verify-time=\(time)"))
    try "x".write(toFile: pack + "/data/workpapers/water.md", atomically: false, encoding: .utf8)
    #expect(try signing.shell(check, in: pack).status != 0)
  }

  /// Someone edits a figure and redoes every list: the checksums agree, the signatures do not.
  @Test func aHiddenChangeShowsInTheSignature() throws {
    let signing = try SigningCase()
    try signing.sign("alice", .preparer)
    let pack = try signing.pack()
    let path = pack + "/data/ledger/water-exceptions.csv"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try (text + "x,,,,,,,,,\n").write(toFile: path, atomically: false, encoding: .utf8)
    try signing.redoManifests(pack)
    let codes = try signing.codes(pack)
    #expect(codes.contains("signoff-stale"))
    #expect(!codes.contains("digest-differs"))
  }

  @Test func aStatementThatIsLostOrAddedIsMissed() throws {
    let signing = try SigningCase()
    let signoff = try signing.sign("alice", .preparer)
    let other = try SigningCase()
    _ = try other.made.ingest("9,2021-09-01,1,a", file: "other.csv")
    let pack = try signing.pack()
    for ending in ["txt", "sig"] {
      try FileManager.default.removeItem(
        atPath: pack + "/data/signoffs/\(signoff.name).\(ending)")
    }
    try signing.redoManifests(pack)
    #expect(try signing.codes(pack).contains("signoff-missing"))
    // A statement of another log of the same name, with a good signature.
    let foreign = try other.sign("alice", .preparer)
    try Data(foreign.statement.bytes).write(
      to: URL(filePath: pack + "/data/signoffs/\(foreign.name).txt"))
    try Data(foreign.signature).write(
      to: URL(filePath: pack + "/data/signoffs/\(foreign.name).sig"))
    try signing.redoManifests(pack)
    #expect(try signing.codes(pack).isSuperset(of: ["signoff-broken", "signoff-missing"]))
  }

  /// Each byte of a statement and of a signature, with one bit turned.
  @Test func everyByteCounts() throws {
    let signing = try SigningCase()
    let signoff = try signing.sign("alice", .preparer)
    let engagement = try signing.made.open()
    let pack = try signing.pack()
    let signers = try AllowedSigners(
      parsing: Array(Data(contentsOf: URL(filePath: pack + "/data/keys/allowed_signers"))))
    func accepts(_ statement: [UInt8], _ signature: [UInt8]) -> Bool {
      guard let statement = try? Statement(parsing: statement),
        let signature = try? SSHSignature(armored: signature)
      else { return false }
      let verified = try? signature.verified(
        message: statement.bytes, principal: statement.fields.signer,
        namespace: statement.namespace, at: statement.fields.made, signers: signers)
      return verified != nil
    }
    #expect(accepts(signoff.statement.bytes, signoff.signature))
    for index in signoff.statement.bytes.indices {
      var bytes = signoff.statement.bytes
      bytes[index] ^= 1
      #expect(!accepts(bytes, signoff.signature), "byte \(index) of the statement")
    }
    for index in signoff.signature.indices {
      var bytes = signoff.signature
      bytes[index] ^= 1
      #expect(!accepts(signoff.statement.bytes, bytes), "byte \(index) of the signature")
    }
    withExtendedLifetime(engagement) {}
  }

  @Test func aPackIsSignedAsAWhole() throws {
    let signing = try SigningCase()
    try signing.sign("alice", .preparer)
    try signing.sign("bob", .reviewer)
    let pack = try signing.pack()
    let signoff = try signing.sign("carol", .partner, pack: pack)
    let verdict = try PackVerifier.verify(pack)
    #expect(verdict.findings.isEmpty, "\(verdict.findings)")
    #expect(verdict.checked.contains { $0.hasPrefix("1 sign-offs of the whole pack") })
    #expect(
      try signing.shell("sha256sum --check --strict --quiet seal/\(signoff.name).txt", in: pack)
        .status == 0)
    // The log's later events are part of the proof.
    let events = pack + "/seal/events-after-pack.jsonl"
    let text = try String(contentsOfFile: events, encoding: .utf8)
    try text.replacing("Carol", with: "Karol").replacing("tester", with: "Tester").write(
      toFile: events, atomically: false, encoding: .utf8)
    #expect(try signing.codes(pack).contains("signoff-broken"))
    try text.write(toFile: events, atomically: false, encoding: .utf8)
    // Another pack's digest under the same signature.
    try "# \n".write(toFile: pack + "/VERIFY.txt", atomically: false, encoding: .utf8)
    try signing.redoManifests(pack)
    #expect(try signing.codes(pack).contains("signoff-stale"))
    try "x".write(toFile: pack + "/seal/note.txt", atomically: false, encoding: .utf8)
    #expect(
      !(try signing.codes(pack)).isDisjoint(with: [
        "seal-file", "text-malformed", "seal-unreadable",
      ]))
  }

  /// States that the command line refuses to bring about, asked of the board itself: the same
  /// signatures are judged with another team, other people or other files.
  @Test func whatJudgesAreAsked() throws {
    let signing = try SigningCase()
    try signing.sign("alice", .preparer)
    try signing.sign("bob", .reviewer)
    let engagement = try signing.made.open()
    let entries = try engagement.signoffBoard().entries
    let scope = SignoffScope.workpaper("water")
    func basis() throws -> SignoffBoard.Basis {
      try SignoffBasis.basis(
        engagement: engagement.settings.id,
        origin: "assure/engagement/" + engagement.settings.id, signoffs: entries.map(\.signoff),
        signers: try AllowedSigners(
          parsing: Array(
            Data(contentsOf: URL(filePath: signing.made.path + "/keys/allowed_signers")))),
        scopes: [scope: entries[0].signoff.statement.covers],
        events: engagement.store.read { try TrailTables.lines($0).map { Array($0.utf8) } },
        roles: [.preparer, .reviewer], people: engagement.settings.signers)
    }
    func words(_ signoffs: [Signoff], _ basis: SignoffBoard.Basis) -> [String] {
      SignoffBoard(signoffs, basis).entries.map(\.state.word)
    }
    let all = entries.map(\.signoff)
    #expect(words(all, try basis()) == ["current", "current"])
    var one = try basis()
    one.rules.people["bob@example.org"] = "Alice"
    #expect(words(all, one) == ["current", "not independent"])
    #expect(words([all[1]], try basis()) == ["out of order"])
    var grown = try basis()
    grown.scopes[scope]?.append(
      Statement.Covered(digest: Digest(ofText: "x"), path: "data/samples/water-round-1.csv"))
    #expect(words(all, grown) == ["scope grew", "scope grew"])
    var elsewhere = try basis()
    elsewhere.scopes = [:]
    #expect(words(all, elsewhere) == ["not here", "not here"])
    var other = try basis()
    other.roots = [:]
    #expect(words(all, other) == ["broken", "broken"])
  }

  @Test func aListOfSignersThatIsNone() throws {
    let signing = try SigningCase()
    try signing.sign("alice", .preparer)
    let pack = try signing.pack()
    try "nobody knows\n".write(
      toFile: pack + "/data/keys/allowed_signers", atomically: false, encoding: .utf8)
    try signing.redoManifests(pack)
    #expect(try signing.codes(pack).contains("signer-list"))
  }

  /// A reader's own list decides: a key that she does not know is void, whatever the pack says.
  @Test func theReadersListDecides() throws {
    let signing = try SigningCase()
    try signing.sign("alice", .preparer)
    let pack = try signing.pack()
    let verdict = try PackVerifier.verify(pack, signers: try AllowedSigners(parsing: []))
    #expect(verdict.findings.map(\.code) == ["signoff-void"])
    #expect(try PackVerifier.verify(pack).notChecked.contains { $0.hasPrefix("whose keys") })
  }
}
