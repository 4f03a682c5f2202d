import Foundation
import Testing

@testable import Trail

@Suite struct SSHCertificateTests {
  static func certificate() throws -> SSHPublicKey {
    try SSHPublicKey(
      line: try Fixtures.text("sshsig/carol-cert.pub").trimmingCharacters(in: .newlines))
  }

  /// `ssh-keygen -L -f carol-cert.pub`.
  @Test func fields() throws {
    let certificate = try SSHCertificate(try SSHCertificateTests.certificate())
    let key = try Fixtures.text("sshsig/carol.pub").trimmingCharacters(in: .newlines)
    let authority = try Fixtures.text("sshsig/ca.pub").trimmingCharacters(in: .newlines)
    #expect(certificate.key == (try SSHPublicKey(line: key)))
    #expect(certificate.authority == (try SSHPublicKey(line: authority)))
    #expect(certificate.serial == 7)
    #expect(certificate.keyID == "dave")
    #expect(certificate.principals == ["dave@example.org"])
  }

  @Test func everyFlippedBitIsRefused() throws {
    let blob = try SSHCertificateTests.certificate().blob
    var accepted: [Int] = []
    for at in blob.indices {
      for bit in 0..<8 {
        var other = blob
        other[at] ^= 1 << UInt8(bit)
        if let key = try? SSHPublicKey(blob: other), (try? SSHCertificate(key)) != nil {
          accepted.append(at)
        }
      }
      let cut = try? SSHPublicKey(blob: Array(blob[..<at]))
      #expect((try? cut.map(SSHCertificate.init)) == nil)
    }
    #expect(accepted == [])
  }

  @Test func revokingTheKeyOrTheAuthorityRevokesTheCertificate() throws {
    let one = try #require(
      try SSHSignatureTests.cases().first { $0.name == "cert-ed25519" })
    let signature = try SSHSignature(armored: try Fixtures.bytes("sshsig/\(one.sig)"))
    let message = try Fixtures.bytes("sshsig/\(one.message)")
    let signers = try AllowedSigners(parsing: try Fixtures.bytes("sshsig/allowed_signers"))
    let time = try #require(UTCTime(compact: one.verifyTime))
    func verify(revoked name: String) throws -> VerifiedSignature {
      try signature.verified(
        message: message, principal: one.principal, namespace: one.namespace, at: time,
        signers: signers, revoked: try RevokedKeys(parsing: try Fixtures.bytes("sshsig/\(name)")))
    }
    for name in ["carol.pub", "ca.pub", "carol-cert.pub"] {
      let error = #expect(throws: TrailError.self) { try verify(revoked: name) }
      #expect(error?.code == .signerRevoked)
    }
    #expect(try verify(revoked: "bob.pub").key.type == "ssh-ed25519")
  }
}

/// Certificates made by ssh-keygen: what we accept, it accepts.
@Suite(.enabled(if: Tool.sshKeygen != nil, "ssh-keygen is not installed"))
struct SSHCertificateInteropTests {
  struct Kind: CustomTestStringConvertible, Sendable {
    let name: String
    var key = ["-t", "ed25519"]
    var authority = ["-t", "ed25519"]
    var sign = ["-n", "bob@example.org", "-V", "20260101:20270101"]
    var options = "cert-authority,namespaces=\"reviewer@assure\" "
    let ours: Bool
    var theirs: Bool?
    var testDescription: String { name }
  }

  static let kinds = [
    Kind(name: "plain", ours: true),
    Kind(
      name: "rsa by ecdsa", key: ["-t", "rsa", "-b", "2048"], authority: ["-t", "ecdsa"], ours: true
    ),
    Kind(
      name: "ecdsa by rsa", key: ["-t", "ecdsa", "-b", "384"], authority: ["-t", "rsa"],
      ours: true),
    Kind(name: "other name", sign: ["-n", "eve@example.org"], ours: false),
    Kind(name: "no name", sign: [], ours: false),
    Kind(name: "two names", sign: ["-n", "a@b,bob@example.org"], ours: true),
    Kind(name: "expired", sign: ["-n", "bob@example.org", "-V", "20250101:20260101"], ours: false),
    Kind(name: "not yet", sign: ["-n", "bob@example.org", "-V", "20270101:20280101"], ours: false),
    Kind(name: "host", sign: ["-h", "-n", "bob@example.org"], ours: false),
    Kind(name: "no authority", options: "", ours: false),
    Kind(name: "other role", options: "cert-authority,namespaces=\"x\" ", ours: false),
    Kind(
      name: "critical option", sign: ["-n", "bob@example.org", "-O", "force-command=x"],
      ours: false,
      theirs: true),
  ]

  @Test(arguments: kinds) func verdictsAgree(_ kind: Kind) throws {
    try TemporaryFolder.with { folder in
      for (name, options) in [("key", kind.key), ("ca", kind.authority)] {
        let arguments = ["-q"] + options + ["-N", "", "-C", "", "-f", name]
        #expect(try Tool.keygen(arguments, in: folder) == 0)
      }
      let certify = ["-q", "-s", "ca", "-I", "id"] + kind.sign + ["key.pub"]
      #expect(try Tool.keygen(certify, in: folder) == 0)
      let message = SSHKeygenTests.message
      #expect(
        try Tool.keygen(
          ["-Y", "sign", "-f", "key-cert.pub", "-n", "reviewer@assure"], in: folder,
          input: message, output: "m.sig") == 0)
      let authority = try String(contentsOf: folder.appending(path: "ca.pub"), encoding: .utf8)
      let list = "bob@example.org \(kind.options)\(authority)"
      try Data(list.utf8).write(to: folder.appending(path: "allowed"))
      let theirs = try Tool.keygen(
        [
          "-Y", "verify", "-f", "allowed", "-I", "bob@example.org", "-n", "reviewer@assure", "-O",
          "verify-time=\(SSHKeygenTests.instant)", "-s", "m.sig",
        ], in: folder, input: message)
      let armored = Array(try Data(contentsOf: folder.appending(path: "m.sig")))
      let ours = try? SSHSignature(armored: armored).verified(
        message: message, principal: "bob@example.org", namespace: "reviewer@assure",
        at: try SSHKeygenTests.at(), signers: try AllowedSigners(parsing: Array(list.utf8)))
      #expect((ours != nil) == kind.ours)
      #expect((theirs == 0) == (kind.theirs ?? kind.ours))
    }
  }
}
