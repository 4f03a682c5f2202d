import Assurance
import Foundation
import GRDB
import Pack
import Testing
import Trail

@testable import Workbench

/// Personal facts stand in the log as salted digests, and are told from beside it.
@Suite struct SaltTests {
  private func leaves(_ made: MadeEngagement) throws -> [String] {
    try made.open().store.read { try TrailTables.lines($0) }
  }

  /// A request, a note, a declaration, a piece of evidence and a decision with names in them.
  private func spoken() throws -> SigningCase {
    let signing = try SigningCase()
    let alice = try signing.open(as: "Alice")
    let path = signing.made.path + "/report/chan-sick-note.pdf"
    try MadeEngagement.write("%PDF", to: path)
    _ = try alice.request(
      kpi: "water", item: nil, from: "Chan Tai Man", due: Day(number: 19000), text: "Chan’s bills")
    _ = try alice.raiseNote(kpi: "water", item: nil, text: "ask Chan")
    try alice.note(1, .clear, text: "Chan answered")
    _ = try alice.declareIndependence(coolingOff: false, text: "my brother Chan left in May")
    _ = try alice.attach(
      path: path,
      EvidenceWish(
        kpi: "water", kind: .oral, date: Day(number: 18000), page: "Chan 2", region: nil,
        request: 1, text: "Chan said so"))
    return signing
  }

  @Test func namesAreNotInTheLog() throws {
    let signing = try spoken()
    for line in try leaves(signing.made) {
      #expect(!line.lowercased().contains("chan ") && !line.contains("chan-"), "\(line)")
    }
    // Whoever reads events reads them with the values.
    let workflow = try signing.made.open().workflow()
    #expect(workflow.requests.first?.from == "Chan Tai Man")
    #expect(workflow.notes.first?.turns.first?.text == "ask Chan")
    #expect(workflow.declarations.first?.text == "my brother Chan left in May")
    #expect(workflow.evidence.first?.file == "chan-sick-note.pdf")
    let subjects = try signing.made.open().trail().events.map(\.subject)
    #expect(subjects.contains("chan-sick-note.pdf water"))
    let verdict = try signing.made.open().verifyStore()
    #expect(verdict.findings == [])
    let held = "values beside the log are those whose digests it has"
    #expect(verdict.checked.contains { $0.hasSuffix(held) })
  }

  @Test func aChangedValueIsFound() throws {
    let signing = try spoken()
    let database = try DatabaseQueue(path: signing.made.path + "/assure.sqlite")
    func codes() throws -> [String] {
      try signing.made.open().verifyStore().findings.map(\.code)
    }
    try StoreAttackTests.Case.attack(
      database, ["UPDATE trail_salt SET value = '\"Wong\"' WHERE path = 'facts/from'"])
    #expect(try codes() == ["store-value"])
    #expect(try signing.made.open().workflow().requests.first?.from.hasPrefix("withheld:") == true)
    try StoreAttackTests.Case.attack(
      database, ["UPDATE trail_salt SET value = '\"Chan Tai Man\"' WHERE path = 'facts/from'"])
    #expect(try codes() == [])
    try StoreAttackTests.Case.attack(
      database,
      ["INSERT INTO trail_salt VALUES (0, 'facts/none', x'00112233445566778899aabbccddeeff', '1')"])
    #expect(try codes() == ["store-value"])
  }

  /// Destroyed at the end of retention: the log is whole, and says what it lacks.
  @Test func aDestroyedValueBreaksNothing() throws {
    let signing = try spoken()
    let pack = try signing.pack()
    let database = try DatabaseQueue(path: signing.made.path + "/assure.sqlite")
    try StoreAttackTests.Case.attack(database, ["DELETE FROM trail_salt WHERE path = 'facts/from'"])
    let verdict = try signing.made.open().verifyStore()
    #expect(verdict.findings == [])
    #expect(
      verdict.notChecked.contains("1 values of events: they are not there, only their digests are"))
    #expect(try signing.made.open().workflow().requests.first?.from.hasPrefix("withheld:") == true)
    // A pack of before has it yet; one of after says that it is gone.
    #expect(try signing.codes(pack).isEmpty)
    #expect(try signing.codes(signing.pack("two")) == ["value-missing"])
  }

  /// An event of a time before salts holds its facts in the open and stays valid.
  @Test func olderEventsStayValid() throws {
    let signing = try spoken()
    let store = try signing.made.open().store
    try store.queue.write { db in
      let seq = try TrailTables.size(db)
      let json: CanonicalJSON = [
        "actor": "Alice", "at": "2021-06-01T00:00:00Z", "event": "request.made",
        "facts": [
          "by": "Alice", "due": "2021-07-01", "from": "Wong", "item": "", "kpi": "water",
          "request": 2, "text": "as before",
        ], "seq": .integer(Int64(seq)),
      ]
      let hash = MerkleTree.leafHash(json.bytes)
      var tree = MemoryHashStore()
      for leaf in try TrailTables.leaves(db) {
        try tree.append(leafHash: MerkleTree.leafHash(leaf))
      }
      try db.execute(
        sql: "INSERT INTO trail_event VALUES (?, ?, ?)",
        arguments: [seq, Data(json.bytes), Data(hash.bytes)])
      for node in try MerkleTree.nodesToStore(appending: hash, at: seq, reading: tree) {
        try db.execute(
          sql: "INSERT INTO trail_node VALUES (?, ?, ?)",
          arguments: [node.level, node.index, Data(node.hash.bytes)])
      }
    }
    #expect(try signing.made.open().verifyStore().findings == [])
    #expect(try signing.made.open().workflow().requests.map(\.from) == ["Chan Tai Man", "Wong"])
    let pack = try signing.pack()
    #expect(try signing.codes(pack).isEmpty)
    // It can't be taken out of the log, so such a pack can't be redacted.
    #expect(
      MadeEngagement.code { _ = try PackRedaction.write(pack, to: pack + "-redacted") }
        == "redaction-open-event")
  }

  @Test func theSecretIsItsOwnersAlone() throws {
    let made = try MadeEngagement()
    let path = made.path + "/.assure/salt.key"
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    let secret = try String(contentsOfFile: path, encoding: .utf8)
    #expect(secret.utf8.count == 65)
    chmod(path, 0o644)
    #expect(MadeEngagement.code { _ = try made.ingest("1,2021-01-01,50,a") } == "salt-key")
    chmod(path, 0o600)
    try Data("5a5a\n".utf8).write(to: URL(filePath: path))
    chmod(path, 0o600)
    #expect(MadeEngagement.code { _ = try made.ingest("1,2021-01-01,50,a") } == "salt-key")
    // Salts are kept: another secret does no harm to what is there.
    try FileManager.default.removeItem(atPath: path)
    _ = try made.ingest("1,2021-01-01,50,a")
    #expect(try String(contentsOfFile: path, encoding: .utf8) != secret)
    #expect(try made.open().verifyStore().findings == [])
  }

  // MARK: the list is closed

  private var repository: String {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().path()
  }

  /// Kinds that hold nothing personal, or only who answers for what.
  private static let open: Set<String> = [
    "amendment.written", "engagement.opened", "figures.reconciled", "pack.written", "plan.frozen",
    "report.drafted", "report.tied", "sample.evaluated", "statement.signed", "tie.decided",
    "trail.anchored",
  ]

  /// Whoever adds a kind of event decides here what of it is personal.
  @Test func everyKindIsDecided() throws {
    var kinds: Set<String> = []
    let folder = repository + "Sources/Workbench"
    for path in try Folder.files(folder) where path.hasSuffix(".swift") {
      let text = try Folder.text(folder + "/" + path)
      for match in text.matches(of: /(?:Event|record)\(\s*"([a-z-]+\.[a-z-]+)"/) {
        kinds.insert(String(match.1))
      }
    }
    // Named before the event is made.
    kinds.formUnion(["note.answered", "note.returned", "note.cleared"])
    #expect(kinds == Self.open.union(PersonalFacts.byKind.keys))
    #expect(Self.open.isDisjoint(with: PersonalFacts.byKind.keys))
  }

  /// The table of the documentation has every fact.
  @Test func theListIsDocumented() throws {
    let page = try Folder.text(repository + "Sources/Pack/Pack.docc/Redaction.md")
    for (kind, paths) in PersonalFacts.byKind {
      let row = try #require(page.split(separator: "\n").first { $0.contains("`\(kind)`") })
      for path in paths {
        let name = path.split(separator: "/").last ?? ""
        #expect(row.contains("`\(name)`"), "\(kind) \(name)")
      }
    }
  }
}
