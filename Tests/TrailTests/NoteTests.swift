import Foundation
import Testing

@testable import Trail

@Suite struct NoteTests {
  struct Published: Decodable {
    let skey: String?
    let vkeys: [String]
    let note: String
    let bad: [String]?

    enum CodingKeys: String, CodingKey {
      case skey, vkeys, note
      case bad = "badVkeys"
    }
  }

  static func published() throws -> [Published] {
    Array(try Fixtures.json([String: Published].self, "note/published.json").values)
  }

  @Test func publishedNotesVerify() throws {
    let all = try NoteTests.published()
    #expect(all.count == 2)
    for one in all {
      let keys = try one.vkeys.map(NoteKey.init(vkey:))
      #expect(keys.map(\.vkey) == one.vkeys)
      let note = try SignedNote(parsing: Array(one.note.utf8))
      #expect(note.bytes == Array(one.note.utf8))
      #expect(try note.verified(by: keys).signers.map(\.key) == keys)
      // Signing is deterministic, so the published signature comes out again.
      if let skey = one.skey {
        let signer = try NoteSigner(skey: skey)
        #expect(signer.skey == skey)
        #expect(try signer.sign(note.text) == note.signatures.first)
      }
      for bad in one.bad ?? [] {
        #expect(throws: TrailError.self) { try NoteKey(vkey: bad) }
      }
    }
  }

  /// golang.org/x/mod/sumdb/note: every proper substring of a key, and every key with one byte
  /// raised by one, is refused. Here every flipped bit as well.
  @Test func everyChangeOfAKeyIsRefused() throws {
    for vkey in try NoteTests.published().flatMap(\.vkeys) {
      let bytes = Array(vkey.utf8)
      var accepted: [String] = []
      func offer(_ bytes: some Sequence<UInt8>) {
        let text = String(decoding: Array(bytes), as: UTF8.self)
        if (try? NoteKey(vkey: text)) != nil { accepted.append(text) }
      }
      for at in bytes.indices {
        for bit in 0..<8 {
          var other = bytes
          other[at] ^= 1 << UInt8(bit)
          offer(other)
        }
        var raised = bytes
        raised[at] &+= 1
        offer(raised)
        offer(bytes[..<at])
        if at > 0 { offer(bytes[at...]) }
      }
      #expect(accepted == [])
      #expect((try? NoteKey(vkey: vkey + "\n")) == nil)
    }
  }

  @Test func everyChangeOfANoteIsRefusedOrIsAboutAnUnknownKey() throws {
    for one in try NoteTests.published() {
      let keys = try one.vkeys.map(NoteKey.init(vkey:))
      let bytes = Array(one.note.utf8)
      let signed = try SignedNote(parsing: bytes)
      var accepted: [Int] = []
      for at in bytes.indices {
        for bit in 0..<8 {
          var other = bytes
          other[at] ^= 1 << UInt8(bit)
          guard let note = try? SignedNote(parsing: other),
            let verified = try? note.verified(by: keys)
          else { continue }
          // What still verifies is the same text, with one signer fewer.
          if verified.text != signed.text || verified.signers.count >= keys.count {
            accepted.append(at)
          }
        }
      }
      #expect(accepted == [])
    }
  }

  @Test func anUnfinishedOrForeignLineAfterTheSignaturesIsRefused() throws {
    let note = try #require(try NoteTests.published().first).note
    for tail: [UInt8] in [[0xFF, 0x0A], [0xFF], [0x0A], Array("x\n".utf8), Array("x".utf8)] {
      let error = #expect(throws: TrailError.self) {
        try SignedNote(parsing: Array(note.utf8) + tail)
      }
      #expect(error?.code == .noteMalformed)
    }
  }
}

@Suite struct CheckpointTests {
  struct Heads: Decodable {
    struct Case: Decodable {
      let name: String
      let note: String
      let accept: Bool
      let size: Int?
    }
    let origin: String
    let logVkey: String
    let logSeedHex: String
    let witnessName: String
    let witnessVkey: String
    let witnessSeedHex: String
    let cases: [Case]

    var log: NoteKey { get throws { try NoteKey(vkey: logVkey) } }
    var witness: NoteKey { get throws { try NoteKey(vkey: witnessVkey) } }
  }

  static func heads() throws -> Heads { try Fixtures.json(Heads.self, "note/checkpoints.json") }

  @Test func checkpointCases() throws {
    let heads = try CheckpointTests.heads()
    #expect(heads.cases.count == 20)
    for one in heads.cases {
      let head = try? VerifiedCheckpoint(
        try SignedNote(parsing: Array(one.note.utf8)), log: try heads.log, origin: heads.origin,
        witnesses: [try heads.witness], allowingExtensions: true)
      #expect((head != nil) == one.accept, "\(one.name)")
      guard let head else { continue }
      #expect(head.checkpoint.size == one.size)
      #expect(head.witnesses.isEmpty == (one.name != "with-cosignature"))
      #expect(one.note.utf8.starts(with: head.checkpoint.text.utf8))
    }
    #expect(heads.cases.filter(\.accept).count == 5)
  }

  /// Witnesses do not vouch for extension lines, so by default there are none.
  @Test func extensionLinesAreRefusedUnlessAllowed() throws {
    let heads = try CheckpointTests.heads()
    let one = try #require(heads.cases.first { $0.name == "with-extension-line" })
    let error = #expect(throws: TrailError.self) {
      try VerifiedCheckpoint(
        try SignedNote(parsing: Array(one.note.utf8)), log: try heads.log, origin: heads.origin)
    }
    #expect(error?.code == .checkpointMalformed)
  }

  @Test func refusalsSayWhy() throws {
    let heads = try CheckpointTests.heads()
    let expected: [String: TrailError.Code] = [
      "unknown-only": .noteUnsigned, "bad-known-signature": .noteSignatureWrong,
      "right-name-wrong-key-id": .noteUnsigned, "size-edited": .noteSignatureWrong,
      "leading-zero-size": .checkpointMalformed, "negative-size": .checkpointMalformed,
      "root-31-bytes": .checkpointMalformed, "root-noncanonical-base64": .checkpointMalformed,
      "wrong-origin": .checkpointOrigin, "two-lines": .checkpointMalformed,
      "no-blank-line": .noteMalformed, "no-final-newline": .noteMalformed,
      "crlf": .noteMalformed, "empty-line-in-text": .checkpointMalformed,
      "hyphen-not-em-dash": .noteMalformed,
    ]
    #expect(expected.count == 15)
    for (name, code) in expected {
      let one = try #require(heads.cases.first { $0.name == name })
      let error = #expect(throws: TrailError.self) {
        try VerifiedCheckpoint(
          try SignedNote(parsing: Array(one.note.utf8)), log: try heads.log, origin: heads.origin)
      }
      #expect(error?.code == code, "\(name)")
    }
  }

  /// Ed25519 is deterministic: our signatures equal those of the program that made the vectors.
  @Test func signingGivesTheSameBytes() throws {
    let heads = try CheckpointTests.heads()
    let seed = try #require(Hex.bytes(heads.logSeedHex.utf8))
    let log = try NoteSigner(name: heads.origin, seed: seed)
    #expect(log.key.vkey == heads.logVkey)
    let plain = try #require(heads.cases.first { $0.name == "plain" })
    let root = try MerkleTests.store(100).root()
    let checkpoint = try Checkpoint(origin: heads.origin, size: 100, root: root)
    var note = try checkpoint.signed(by: log)
    #expect(note.bytes == Array(plain.note.utf8))

    let cosigned = try #require(heads.cases.first { $0.name == "with-cosignature" })
    let verified = try VerifiedCheckpoint(
      try SignedNote(parsing: Array(cosigned.note.utf8)), log: log.key, origin: heads.origin,
      witnesses: [try heads.witness])
    let time = try #require(verified.witnesses.first?.time)
    let witness = try NoteSigner(
      name: heads.witnessName, kind: .cosignature,
      seed: try #require(Hex.bytes(heads.witnessSeedHex.utf8)))
    #expect(witness.key.vkey == heads.witnessVkey)
    note.add(try witness.sign(note.text, time: time))
    #expect(note.bytes == Array(cosigned.note.utf8))
  }

  /// A witness alone is not the log.
  @Test func aWitnessDoesNotStandForTheLog() throws {
    let heads = try CheckpointTests.heads()
    let witness = try NoteSigner(
      name: heads.witnessName, kind: .cosignature,
      seed: try #require(Hex.bytes(heads.witnessSeedHex.utf8)))
    var note = try SignedNote(text: "\(heads.origin)\n0\n\(MerkleTree.emptyRoot.base64)\n")
    note.add(try witness.sign(note.text, time: 1))
    for log in [try heads.log, witness.key] {
      let error = #expect(throws: TrailError.self) {
        try VerifiedCheckpoint(note, log: log, origin: heads.origin, witnesses: [witness.key])
      }
      #expect(error?.code == .noteUnsigned)
    }
  }
}

@Suite struct LogProofTests {
  struct Proofs: Decodable {
    struct Case: Decodable {
      let name: String
      let leaf: String
      let proof: String
      let accept: Bool
    }
    let cases: [Case]
  }

  @Test func proofCases() throws {
    let heads = try CheckpointTests.heads()
    let cases = try Fixtures.json(Proofs.self, "note/tlog-proofs.json").cases
    #expect(cases.count == 18)
    for one in cases {
      let bytes = Array(one.proof.utf8)
      let head = try? LogProof(parsing: bytes).verified(
        leaf: Array(one.leaf.utf8), log: try heads.log, origin: heads.origin,
        witnesses: [try heads.witness])
      #expect((head != nil) == one.accept, "\(one.name)")
      if head != nil { #expect(try LogProof(parsing: bytes).bytes == bytes) }
    }
    #expect(cases.filter(\.accept).count == 5)
  }

  @Test func aLineOfForeignBytesForTheBlankLineIsRefused() throws {
    let cases = try Fixtures.json(Proofs.self, "note/tlog-proofs.json").cases
    var bytes = Array(try #require(cases.first { $0.name == "ok-42" }).proof.utf8)
    let gap = try #require(bytes.indices.dropLast().first { bytes[$0...].starts(with: [10, 10]) })
    bytes.insert(0xFF, at: gap + 1)
    let error = #expect(throws: TrailError.self) { try LogProof(parsing: bytes) }
    #expect(error?.code == .proofMalformed)
  }

  @Test func proofsAndConsistencyOfTheExamplePack() throws {
    let log = try NoteKey(
      vkey: try Fixtures.text("pack/data/keys/log.vkey").trimmingCharacters(in: .newlines))
    let leaves = try Fixtures.bytes("pack/data/trail/events.jsonl").split(separator: 0x0A)
    let sealed = try VerifiedCheckpoint(
      try SignedNote(parsing: try Fixtures.bytes("pack/data/trail/checkpoint")), log: log,
      origin: log.name)
    #expect(sealed.checkpoint.size == 7)
    for (name, index) in [("0001-preparer-alice", 4), ("0002-reviewer-bob", 5)] {
      let proof = try LogProof(
        parsing: try Fixtures.bytes("pack/data/trail/proofs/\(name).tlog-proof"))
      #expect(proof.index == index)
      let head = try proof.verified(leaf: leaves[index], log: log, origin: log.name)
      #expect(head.checkpoint == sealed.checkpoint)
      #expect(throws: TrailError.self) {
        try proof.verified(leaf: leaves[index - 1], log: log, origin: log.name)
      }
    }
    let bytes = try Fixtures.bytes("pack/seal/consistency")
    let consistency = try LogConsistency(parsing: bytes)
    #expect(consistency.bytes == bytes)
    let later = try consistency.verified(extending: sealed.checkpoint, log: log)
    #expect(later.checkpoint.size == 9)
    let forked = try Checkpoint(origin: log.name, size: 7, root: Digest(of: []))
    let error = #expect(throws: TrailError.self) {
      try consistency.verified(extending: forked, log: log)
    }
    #expect(error?.code == .proofWrong)
  }
}
