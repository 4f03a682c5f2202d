import Foundation
import Testing

@testable import Trail

/// Whatever a reader accepts, its writer writes again byte for byte: no value has two spellings.
///
/// Inputs are good files with a few bytes changed, cut out, doubled or swapped, always the same.
@Suite struct OneSpellingTests {
  /// Knuth's MMIX generator: the same inputs in every run.
  struct Changes {
    var state: UInt64

    mutating func number(below bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % max(1, bound)
    }

    mutating func changed(_ bytes: [UInt8]) -> [UInt8] {
      var other = bytes
      for _ in 0...number(below: 3) where !other.isEmpty {
        let at = number(below: other.count)
        let end = min(other.count, at + number(below: 8))
        switch number(below: 6) {
        case 0: other[at] ^= 1 << UInt8(number(below: 8))
        case 1: other[at] = UInt8(number(below: 256))
        case 2: other.removeSubrange(at..<end)
        case 3: other.insert(contentsOf: other[at..<end], at: at)
        case 4: other.insert([0x0A, 0x20, 0x30, 0x0D, 0x09, 0x3D][number(below: 6)], at: at)
        default: other.swapAt(at, number(below: other.count))
        }
      }
      return other
    }
  }

  struct Reader: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let file: String
    let respelled: @Sendable ([UInt8]) throws -> [UInt8]
  }

  static let readers = [
    Reader(testDescription: "note", file: "pack/seal/checkpoint") {
      try SignedNote(parsing: $0).bytes
    },
    Reader(testDescription: "proof", file: "pack/seal/0003-reviewer-bob.tlog-proof") {
      try LogProof(parsing: $0).bytes
    },
    Reader(testDescription: "consistency", file: "pack/seal/consistency") {
      try LogConsistency(parsing: $0).bytes
    },
    Reader(testDescription: "checkpoint", file: "pack/seal/checkpoint") {
      Array(try Checkpoint(parsing: $0).text.utf8)
    },
    Reader(testDescription: "statement", file: "pack/seal/0003-reviewer-bob.txt") {
      let statement = try Statement(parsing: $0)
      return try Statement(composing: statement.fields, covers: statement.covers).bytes
    },
    Reader(testDescription: "JSON", file: "pack/seal/events-after-seal.jsonl") {
      try CanonicalJSON(parsing: $0.prefix { $0 != 0x0A }).bytes + $0.drop { $0 != 0x0A }
    },
    Reader(testDescription: "vkey", file: "pack/data/keys/log.vkey") {
      let text = String(decoding: $0.dropLast(), as: UTF8.self)
      return Array(try NoteKey(vkey: text).vkey.utf8) + $0.suffix(1)
    },
  ]

  @Test(arguments: readers) func acceptedMeansRespelled(_ reader: Reader) throws {
    let bytes = try Fixtures.bytes(reader.file)
    var changes = Changes(state: 42)
    var other = 0
    for _ in 0..<3_000 {
      let input = changes.changed(bytes)
      if let output = try? reader.respelled(input), output != input { other += 1 }
    }
    #expect(other == 0)
    if reader.testDescription != "checkpoint" {
      #expect(try reader.respelled(bytes) == bytes)
    }
  }

  /// No input makes the signature readers crash.
  @Test func signatureReadersSurvive() throws {
    var changes = Changes(state: 7)
    let signers = try Fixtures.bytes("sshsig/allowed_signers")
    let revoked = try Fixtures.bytes("sshsig/revoked_keys.txt")
    for name in ["ecdsa_sk", "rsa", "ed25519", "mldsa44-ed25519"] {
      let lines = try Fixtures.bytes("openssh/\(name).sig").split(separator: 0x0A)
      let blob = try #require(Base64.bytes(lines.dropFirst().dropLast().joined().map { $0 }))
      for _ in 0..<1_000 {
        if let signature = try? SSHSignature(blob: changes.changed(blob)) {
          let key = signature.publicKey
          try? signature.check(key: key, message: [], namespace: "unittest")
          _ = try? SSHCertificate(key)
        }
      }
    }
    for _ in 0..<1_000 {
      _ = try? AllowedSigners(parsing: changes.changed(signers))
      _ = try? RevokedKeys(parsing: changes.changed(revoked))
    }
  }
}
