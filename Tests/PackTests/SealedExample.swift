import Assurance
import Exact
import Foundation
import Pack
import Trail

/// The example signed by a preparer and a reviewer, anchored by a witness, packed, and sealed by a
/// partner: every part that a pack can have.
struct SealedExample {
  static let origin = "assure/engagement/acme-2021"

  let alice: TestKey
  let bob: TestKey
  let carol: TestKey
  let log: NoteSigner
  let witness: NoteSigner

  init() throws {
    alice = try TestKey("alice@example.org", letter: 1)
    bob = try TestKey("bob@example.org", letter: 2)
    carol = try TestKey("carol@example.org", letter: 3)
    log = try NoteSigner(name: Self.origin, seed: Array(repeating: 7, count: 32))
    witness = try NoteSigner(
      name: "witness.example.org/w1", kind: .cosignature, seed: Array(repeating: 9, count: 32))
  }

  var signers: [UInt8] {
    let lines = [(alice, "preparer"), (bob, "reviewer"), (carol, "partner")].map {
      "\($0.0.name) namespaces=\"\($0.1)@assure\" \($0.0.line)\n"
    }
    return Array(lines.joined().utf8)
  }

  /// The reader's own policy, which is also the engagement's.
  var policy: [UInt8] {
    Array(
      """
      log \(log.key.vkey)
      witness w1 \(witness.key.vkey)
      quorum w1

      """.utf8)
  }

  func trust() throws -> ReaderTrust {
    var trust = ReaderTrust(signers: try AllowedSigners(parsing: signers))
    trust.policy = try LogPolicy(parsing: policy)
    return trust
  }

  static func root(_ events: [[UInt8]]) -> Digest {
    var frontier = Frontier()
    for event in events { frontier.append(leafHash: MerkleTree.leafHash(event)) }
    return frontier.root
  }

  func note(_ events: [[UInt8]]) throws -> SignedNote {
    try Checkpoint(origin: Self.origin, size: events.count, root: Self.root(events))
      .signed(by: log)
  }

  static func event(_ events: [[UInt8]], _ kind: String, _ facts: CanonicalJSON) -> [UInt8] {
    let json: CanonicalJSON = [
      "seq": .integer(Int64(events.count)), "at": "2022-02-11T08:00:00Z", "actor": "Wong",
      "event": .string(kind), "facts": facts,
    ]
    return json.bytes
  }

  /// Signs and records a statement.
  func sign(
    _ key: TestKey, _ role: SignoffRole, _ scope: SignoffScope, number: Int, made: String,
    covers: [Statement.Covered], _ events: inout [[UInt8]]
  ) throws -> Signoff {
    guard let made = UTCTime(made) else { throw TrailError(.statementMalformed, made) }
    let statement = try Statement(
      composing: Statement.Fields(
        engagement: "acme-2021", number: number, scope: scope.description, role: role.rawValue,
        decision: role.decision.rawValue, signer: key.name, made: made,
        head: Statement.Head(
          origin: Self.origin, size: events.count, root: Self.root(events)), comment: nil),
      covers: covers)
    let signoff = Signoff(
      statement: statement, signature: try key.sign(statement.bytes, statement.namespace))
    events.append(
      Self.event(
        events, "statement.signed", ["statement": .string(statement.digest.hex)]))
    return signoff
  }

  /// A head signed by the witness at a time, taken in as an event.
  func anchor(at time: String, _ events: inout [[UInt8]]) throws -> AnchorFile {
    var note = try note(events)
    let seconds = UTCTime(time).map { UInt64($0.unixSeconds) } ?? 0
    note.add(try witness.sign(note.text, time: seconds))
    let anchor = AnchorFile(kind: .cosigned, size: events.count, body: note.bytes)
    events.append(
      Self.event(
        events, "trail.anchored", ["sha256": .string(Digest(of: anchor.body).hex)]))
    return anchor
  }

  /// The content and the whole log, before the pack itself is signed.
  ///
  /// - Parameter made: when the reviewer says that he signed.
  func content(
    of source: PackContent? = nil, made: String = "2022-02-11T09:30:00Z"
  ) throws -> PackContent {
    var content = try source ?? Example.content()
    content.engagement.team = [
      ("Alice", "preparer"), ("Bob", "reviewer"), ("Carol", "partner"),
    ]
    var events = content.trail.events
    var anchors: [AnchorFile] = []
    var paper = content
    paper.workpapers = [content.workpapers[0]]
    let covers = try EvidencePack.scope(of: paper)
    let scope = SignoffScope.workpaper(content.workpapers[0].kpi.name)
    anchors.append(try anchor(at: "2022-02-11T09:00:00Z", &events))
    let first = try sign(
      alice, .preparer, scope, number: 1, made: "2022-02-11T09:10:00Z", covers: covers, &events)
    let second = try sign(
      bob, .reviewer, scope, number: 2, made: made, covers: covers, &events)
    anchors.append(try anchor(at: "2022-02-11T10:00:00Z", &events))
    content.trail = TrailFacts(
      events: events, checkpoint: try note(events).bytes, key: log.key.vkey, policy: policy,
      anchors: anchors)
    content.signing = SigningFacts(
      signoffs: [first, second], allowedSigners: signers,
      people: [(alice.name, "Alice"), (bob.name, "Bob"), (carol.name, "Carol")])
    return content
  }

  /// A sealed pack in memory.
  func tree(_ content: PackContent? = nil) throws -> MemoryTree {
    let folder = try TemporaryFolder()
    let content = try content ?? self.content()
    let path = folder.path + "/pack"
    let receipt = try EvidencePack.write(content, to: path)
    var tree = MemoryTree(of: try FolderReader(path: path))
    for (path, bytes) in try seal(content, digest: receipt.digest) { tree.files[path] = bytes }
    return tree
  }

  /// The files of seal/ after a partner has signed the pack.
  func seal(_ content: PackContent, digest: String) throws -> [(path: String, bytes: [UInt8])] {
    var events = content.trail.events
    let size = events.count
    events.append(Self.event(events, "pack.written", ["digest": .string(digest)]))
    guard let covered = Digest(hex: digest) else { return [] }
    let signoff = try sign(
      carol, .partner, .pack, number: 3, made: "2022-02-11T11:00:00Z",
      covers: [Statement.Covered(digest: covered, path: "tagmanifest-sha256.txt")], &events)
    return try PackSeal.files(adding: signoff, events: events, packSize: size, log: log)
  }
}
