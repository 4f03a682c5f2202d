import Foundation
import Testing

@testable import Trail

/// Verdicts of OpenSSH 9.2 and ours on the same files.
@Suite struct SSHSignatureTests {
  struct Cases: Decodable {
    struct Case: Decodable {
      let name: String
      let sig: String
      let message: String
      let namespace: String
      let principal: String
      let allowedSigners: String
      let verifyTime: String
      let revoked: String?
      let expect: String
      let openssh92: String
      let note: String

      enum CodingKeys: String, CodingKey {
        case name, sig, message, namespace, principal, revoked, expect, note
        case allowedSigners = "allowed_signers"
        case verifyTime = "verify_time"
        case openssh92 = "openssh_9_2"
      }
    }
    let cases: [Case]
  }

  static func cases() throws -> [Cases.Case] {
    let data = Data(try Fixtures.bytes("sshsig/cases.json"))
    return try JSONDecoder().decode(Cases.self, from: data).cases
  }

  static func verify(_ one: Cases.Case) throws -> VerifiedSignature {
    let revoked = try one.revoked.map {
      try RevokedKeys(parsing: try Fixtures.bytes("sshsig/\($0)"))
    }
    return try SSHSignature(armored: try Fixtures.bytes("sshsig/\(one.sig)")).verified(
      message: try Fixtures.bytes("sshsig/\(one.message)"), principal: one.principal,
      namespace: one.namespace, at: try #require(UTCTime(compact: one.verifyTime)),
      signers: try AllowedSigners(parsing: try Fixtures.bytes("sshsig/\(one.allowedSigners)")),
      revoked: revoked ?? RevokedKeys())
  }

  @Test func everyCaseHasTheExpectedVerdict() throws {
    let cases = try SSHSignatureTests.cases()
    #expect(cases.count == 56)
    for one in cases {
      do {
        let verified = try SSHSignatureTests.verify(one)
        #expect(one.expect == "accept", "\(one.name) was accepted")
        #expect(one.openssh92 == "accept", "\(one.name): ssh-keygen refuses")
        #expect(verified.principal == one.principal)
        #expect((verified.certificate != nil) == (one.name == "cert-ed25519"))
      } catch let error as TrailError {
        #expect(one.expect == "reject", "\(one.name): \(error)")
      }
    }
  }

  static let refusals: [String: TrailError.Code] = [
    "reserved-nonempty": .signatureUnsupported, "wrong-namespace-asked": .signerUnknown,
    "wrong-namespace-signed": .signatureWrong, "role-not-granted": .signerUnknown,
    "wrong-principal": .signerUnknown, "unlisted-key": .signerUnknown,
    "wrong-message": .signatureWrong, "not-yet-valid": .signerUnknown, "expired": .signerUnknown,
    "revoked-plain": .signerRevoked, "revoked-krl": .revocationUnsupported,
    "bad-option-in-allowed-signers": .signersMalformed, "plain-key-listed-as-ca": .signerUnknown,
    "trunc-armor": .signatureMalformed, "no-header": .signatureMalformed,
    "leading-text": .signatureMalformed, "trailing-text": .signatureMalformed,
    "crlf-armor": .signatureMalformed, "bad-base64": .signatureMalformed,
    "magic": .signatureMalformed, "version-0": .signatureUnsupported,
    "trailing-bytes-in-blob": .signatureMalformed, "short-blob": .signatureMalformed,
    "hash-sha1": .signatureUnsupported, "empty-namespace": .signatureMalformed,
    "sigtype-mismatch": .signatureWrong, "sig-63-bytes": .signatureWrong,
    "flip-bit-in-signature": .signatureWrong, "s-plus-L": .signatureWrong,
    "cert-wrong-principal": .signerUnknown, "cert-expired": .signerUnknown,
    "raw-message-signed": .signatureWrong, "reserved-not-covered": .signatureUnsupported,
  ]

  @Test(arguments: refusals.keys.sorted()) func refusalSaysWhy(_ name: String) throws {
    let one = try #require(try SSHSignatureTests.cases().first { $0.name == name })
    let error = #expect(throws: TrailError.self) { try SSHSignatureTests.verify(one) }
    #expect(error?.code == SSHSignatureTests.refusals[name], "\(error?.message ?? "")")
  }

  /// OpenSSH's own unit vectors.
  @Test func openSSHUnitVectors() throws {
    let message = try Fixtures.bytes("openssh/signed-data")
    let namespace = try Fixtures.text("openssh/namespace")
    let supported = ["ed25519", "ecdsa", "rsa", "ed25519_sk", "ecdsa_sk"]
    for name in supported {
      let key = try SSHPublicKey(
        line: try Fixtures.text("openssh/\(name).pub").trimmingCharacters(in: .newlines))
      let signature = try SSHSignature(armored: try Fixtures.bytes("openssh/\(name).sig"))
      #expect(signature.publicKey == key)
      try signature.check(key: signature.publicKey, message: message, namespace: namespace)
      for other in [message + [0], [], message.dropLast()] {
        let error = #expect(throws: TrailError.self) {
          try signature.check(key: key, message: Array(other), namespace: namespace)
        }
        #expect(error?.code == .signatureWrong)
      }
    }
    for name in ["ecdsa_sk_webauthn", "mldsa44-ed25519"] {
      let signature = try SSHSignature(armored: try Fixtures.bytes("openssh/\(name).sig"))
      let error = #expect(throws: TrailError.self) {
        try signature.check(key: signature.publicKey, message: message, namespace: namespace)
      }
      #expect(error?.code == .signatureUnsupported)
    }
  }

  /// Every single bit of every kind of signature matters, and nothing crashes.
  @Test func everyFlippedBitIsRefused() throws {
    let message = try Fixtures.bytes("openssh/signed-data")
    for name in ["ed25519", "ecdsa", "ed25519_sk", "ecdsa_sk"] {
      let armored = try Fixtures.bytes("openssh/\(name).sig")
      let lines = armored.split(separator: 0x0A)
      let blob = try #require(Base64.bytes(lines.dropFirst().dropLast().joined().map { $0 }))
      var accepted = 0
      for at in blob.indices {
        for bit in 0..<8 {
          var other = blob
          other[at] ^= 1 << UInt8(bit)
          guard let signature = try? SSHSignature(blob: other) else { continue }
          let key = signature.publicKey
          if (try? signature.check(key: key, message: message, namespace: "unittest")) != nil {
            accepted += 1
          }
        }
        let cut = try? SSHSignature(blob: Array(blob[..<at]))
        #expect(cut == nil, "\(name) cut at \(at)")
      }
      #expect(accepted == 0, "\(name)")
    }
  }

  @Test func fingerprintsAreThoseOfSSHKeygen() throws {
    // ssh-keygen -l -f NAME.pub, OpenSSH 9.2p1.
    let shown = [
      "sshsig/bob": "SHA256:yU7rujTlV3MI9PDXdgfnSnES4ehRYoJ/xsrR268p1xc",
      "sshsig/rsa3072": "SHA256:HzYy32qWiBqFeCvWUtuZID0kjZeVKQBU50ImPXB0GG8",
      "openssh/ed25519_sk": "SHA256:pbI9wlyrFSsUbp+GTiIAOqNMvoajbF2tHsPMECyrMYU",
    ]
    for (name, fingerprint) in shown {
      let key = try SSHPublicKey(
        line: try Fixtures.text("\(name).pub").trimmingCharacters(in: .newlines))
      #expect(key.fingerprint == fingerprint)
      #expect(try SSHPublicKey(line: key.line) == key)
    }
  }
}
