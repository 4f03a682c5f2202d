import Assurance
import Foundation
import Pack
import Testing
import Trail

/// Levels, anchors and times of a sealed pack, as a reader with her own keys sees them.
@Suite struct LevelTests {
  @Test func everyLevelHolds() throws {
    let sealed = try SealedExample()
    let tree = try sealed.tree()
    let verdict = PackVerifier.verify(tree, trust: try sealed.trust())
    #expect(verdict.findings == [])
    let words = verdict.levels.map(\.word)
    #expect(
      words == [
        .holds, .holds, .holds, .holds, .holds, .holdsInPart, .holdsInPart, .holdsInPart,
      ], "\(verdict.levels) \(verdict.notChecked)")
    #expect(
      verdict.brackets.map(\.words) == [
        "between 2022-02-11T09:00:00Z (witness witness.example.org/w1) and "
          + "2022-02-11T10:00:00Z (witness witness.example.org/w1)",
        "between 2022-02-11T09:00:00Z (witness witness.example.org/w1) and "
          + "2022-02-11T10:00:00Z (witness witness.example.org/w1)",
        "not before 2022-02-11T10:00:00Z (witness witness.example.org/w1)",
      ])
    #expect(verdict.tail?.size == 10 && verdict.tail?.outside == 7)
  }

  /// "Not checked" is a verdict of its own: without keys of her own a reader is told so.
  @Test func thePacksOwnKeysAreClaims() throws {
    let verdict = PackVerifier.verify(try SealedExample().tree())
    #expect(verdict.findings == [])
    #expect(verdict.word == .validInPart)
    #expect(verdict.notChecked.contains { $0.hasPrefix("whose keys signed") })
    #expect(verdict.notChecked.contains { $0.hasPrefix("whose the log’s key is") })
    #expect(verdict.notChecked.contains { $0.contains("witness is in the pack’s policy only") })
    // Nothing from outside counts then: the brackets are other signers' claims.
    #expect(verdict.brackets.allSatisfy { !$0.isOutside })
  }

  @Test func aHeadToldFromOutside() throws {
    let sealed = try SealedExample()
    let content = try sealed.content()
    let tree = try sealed.tree(content)
    var trust = try sealed.trust()
    func codes(_ text: String) throws -> [String] {
      trust.heads = [try ToldHead(parsing: Array(text.utf8))]
      return PackVerifier.verify(tree, trust: trust).findings.map(\.code)
    }
    let root = SealedExample.root(content.trail.events)
    #expect(try codes("8 \(root.base64)") == [])
    #expect(try codes("\(SealedExample.origin) 8 \(root.base64)\n") == [])
    #expect(try codes(String(decoding: content.trail.checkpoint, as: UTF8.self)) == [])
    #expect(try codes("7 \(root.base64)") == ["head-differs"])
    #expect(try codes("other.org/log 8 \(root.base64)") == ["head-other"])
    // A head of later than the pack says nothing about it.
    #expect(try codes("800 \(root.base64)") == [])
  }

  /// Deloitte Canada, 2016 to 2018: the clock was turned back before signing.
  @Test func aClockTurnedBackShows() throws {
    let sealed = try SealedExample()
    for made in ["2022-02-10T23:59:00Z", "2022-02-11T10:30:00Z"] {
      let tree = try sealed.tree(try sealed.content(made: made))
      let verdict = PackVerifier.verify(tree, trust: try sealed.trust())
      #expect(verdict.findings.map(\.code) == ["time-outside"], "\(verdict.findings)")
      // Without anchors of her own, the reader sees it against what others say.
      let claims = PackVerifier.verify(tree)
      let isEarly = made < "2022-02-11"
      #expect(Set(claims.findings.map(\.code)) == (isEarly ? ["time-order"] : []))
      #expect(claims.word == .validInPart)
    }
  }

  @Test func anchorsThatAreNone() throws {
    let sealed = try SealedExample()
    var content = try sealed.content()
    let good = content.trail.anchors
    func codes(_ anchors: [AnchorFile]) throws -> [String] {
      content.trail.anchors = anchors
      return PackVerifier.verify(try sealed.tree(content), trust: try sealed.trust())
        .findings.map(\.code)
    }
    var note = try SignedNote(parsing: good[0].body)
    note.add(try sealed.witness.sign(Array("another text\n".utf8), time: 1))
    #expect(
      try codes([good[1], AnchorFile(kind: .cosigned, size: 4, body: note.bytes)])
        == ["anchor-wrong"])
    #expect(
      try codes([good[1], AnchorFile(kind: .cosigned, size: 5, body: good[0].body)])
        == ["anchor-differs"])
    #expect(
      try codes([good[1], AnchorFile(kind: .cosigned, size: 4, body: [0x41, 0x0A])])
        == ["anchor-malformed"])
    #expect(try codes([]) == ["quorum-missing"])
    let other = try NoteSigner(name: SealedExample.origin, seed: Array(repeating: 8, count: 32))
    let forged = try Checkpoint(origin: SealedExample.origin, size: 4, root: Digest(of: []))
      .signed(by: other)
    #expect(
      try codes([good[1], AnchorFile(kind: .cosigned, size: 4, body: forged.bytes)])
        == ["anchor-differs"])
  }

  /// A firm's log whose leaves are the heads of its engagements, as statements quote them.
  @Test func theFirmsLog() throws {
    let sealed = try SealedExample()
    var content = try sealed.content()
    let firm = try NoteSigner(name: "firm.example.org/log", seed: Array(repeating: 5, count: 32))
    var tree = MemoryHashStore()
    let root = SealedExample.root(Array(content.trail.events.prefix(6)))
    let leaves = [
      AnchorFile.leaf(origin: "other", size: 1, root: root),
      AnchorFile.leaf(origin: SealedExample.origin, size: 6, root: root),
    ]
    for leaf in leaves { try tree.append(leafHash: MerkleTree.leafHash(leaf)) }
    let note = try Checkpoint(origin: firm.key.name, size: 2, root: try tree.root())
      .signed(by: firm)
    let proof = LogProof(
      index: 1, hashes: try MerkleTree.inclusionProof(index: 1, size: 2, reading: tree),
      note: note)
    var trust = try sealed.trust()
    trust.policy = try LogPolicy(
      parsing: Array("log \(firm.key.vkey)\n".utf8) + sealed.policy)
    let anchors = content.trail.anchors
    for (size, expected) in [(6, []), (5, ["anchor-wrong"])] {
      content.trail.anchors = anchors + [AnchorFile(kind: .firm, size: size, body: proof.bytes)]
      let verdict = PackVerifier.verify(try sealed.tree(content), trust: trust)
      #expect(verdict.findings.map(\.code) == expected)
    }
  }

  /// A token is checked by whoever the reader has for it; what can't be checked is said.
  @Test func timeStamps() throws {
    let sealed = try SealedExample()
    var content = try sealed.content()
    let stamped = try sealed.note(Array(content.trail.events.prefix(6))).bytes
    content.trail.anchors.append(
      AnchorFile(kind: .token, size: 6, body: [0x30, 0x03], stamped: stamped))
    let tree = try sealed.tree(content)
    var trust = try sealed.trust()
    #expect(
      PackVerifier.verify(tree, trust: trust).notChecked.contains { $0.contains("--tsa-ca") })
    trust.token = { _, _ in .wrong("made up") }
    #expect(PackVerifier.verify(tree, trust: trust).findings.map(\.code) == ["anchor-wrong"])
    let time = try #require(UTCTime("2022-02-11T09:20:00Z"))
    trust.token = { bytes, _ in bytes == stamped ? .good(time) : .wrong("") }
    let verdict = PackVerifier.verify(tree, trust: trust)
    #expect(verdict.findings == [])
    #expect(verdict.brackets.first?.notAfter?.by == "time stamp")
  }

  /// What the pack says of its own log must be readable.
  @Test func claimsThatAreNone() throws {
    for (path, code) in [
      ("data/keys/log.vkey", "log-key"), ("data/trail/policy", "log-policy"),
    ] {
      var tree = try SealedExample().tree()
      tree.files[path] = Array("nothing\n".utf8)
      Mutations.redoLists(&tree)
      #expect(PackVerifier.verify(tree).findings.map(\.code).contains(code))
    }
  }
}
