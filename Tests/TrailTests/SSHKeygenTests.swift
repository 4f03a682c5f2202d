import Crypto
import Foundation
import Testing

@testable import Trail

/// The stock tools and this room on the same files, both directions.
///
/// Skipped, and shown as skipped, where ssh-keygen is not installed.
@Suite(.enabled(if: Tool.sshKeygen != nil, "ssh-keygen is not installed"))
struct SSHKeygenTests {
  static let message = Array("# assure.signoff/v1\nany bytes at all \u{E9}\n".utf8)
  static let instant = "20261122100000Z"

  static func at() throws -> UTCTime { try #require(UTCTime(compact: instant)) }

  /// Keys made by ssh-keygen sign; we verify, and ssh-keygen does.
  @Test(arguments: [
    ["ed25519"], ["ecdsa", "256"], ["ecdsa", "384"], ["ecdsa", "521"], ["rsa", "2048"],
    ["rsa", "3072"],
  ]) func weVerifyWhatItSigns(_ kind: [String]) throws {
    try TemporaryFolder.with { folder in
      let size = kind.count > 1 ? ["-b", kind[1]] : []
      let made = try Tool.keygen(
        ["-q", "-t", kind[0]] + size + ["-N", "", "-C", "", "-f", "key"], in: folder)
      #expect(made == 0)
      try Data(SSHKeygenTests.message).write(to: folder.appending(path: "m"))
      for hash in ["sha256", "sha512"] {
        let signed = try Tool.keygen(
          ["-Y", "sign", "-f", "key", "-n", "reviewer@assure", "-O", "hashalg=\(hash)"],
          in: folder, input: SSHKeygenTests.message, output: "m.sig")
        #expect(signed == 0)
        try SSHKeygenTests.check(folder, principal: "bob@example.org", ours: true, theirs: true)
        try SSHKeygenTests.check(folder, principal: "eve@example.org", ours: false, theirs: false)
      }
    }
  }

  /// Both verdicts on m, m.sig and key.pub in the folder.
  static func check(
    _ folder: URL, principal: String, ours expected: Bool, theirs accepted: Bool
  ) throws {
    let pub = try String(contentsOf: folder.appending(path: "key.pub"), encoding: .utf8)
    let list = "bob@example.org namespaces=\"reviewer@assure\",valid-after=\"20260101Z\" \(pub)"
    try Data(list.utf8).write(to: folder.appending(path: "allowed"))
    let theirs = try Tool.keygen(
      [
        "-Y", "verify", "-f", "allowed", "-I", principal, "-n", "reviewer@assure", "-O",
        "verify-time=\(instant)", "-s", "m.sig",
      ], in: folder, input: message)
    #expect((theirs == 0) == accepted)
    let armored = Array(try Data(contentsOf: folder.appending(path: "m.sig")))
    let ours = try? SSHSignature(armored: armored).verified(
      message: message, principal: principal, namespace: "reviewer@assure", at: try at(),
      signers: try AllowedSigners(parsing: Array(list.utf8)))
    #expect((ours != nil) == expected)
  }

  /// RFC 8301: RSA under 2048 bits is weak. ssh-keygen lets it pass, we do not.
  @Test func shortRSAKeysAreRefused() throws {
    try TemporaryFolder.with { folder in
      let arguments = ["-q", "-t", "rsa", "-b", "1024", "-N", "", "-C", "", "-f", "key"]
      #expect(try Tool.keygen(arguments, in: folder) == 0)
      let signed = try Tool.keygen(
        ["-Y", "sign", "-f", "key", "-n", "n"], in: folder, input: [1], output: "m.sig")
      #expect(signed == 0)
      let signature = try SSHSignature(
        armored: Array(try Data(contentsOf: folder.appending(path: "m.sig"))))
      let error = #expect(throws: TrailError.self) {
        try signature.check(key: signature.publicKey, message: [1], namespace: "n")
      }
      #expect(error?.code == .signatureUnsupported)
    }
  }

  /// A signature put together here, from our signed data, verifies in ssh-keygen.
  @Test func itVerifiesWhatWeSign() throws {
    let secret = Curve25519.Signing.PrivateKey()
    var key = SSHWireWriter()
    key.string("ssh-ed25519")
    key.string(Array(secret.publicKey.rawRepresentation))
    var signature = SSHWireWriter()
    signature.string("ssh-ed25519")
    signature.string(Array(try secret.signature(for: SSHKeygenTests.signedData)))
    try SSHKeygenTests.offer(key: key.bytes, signature: signature.bytes, ours: true)
  }

  /// A security key made in software: `ssh-keygen -Y verify` does not look at its touch flag.
  @Test(arguments: [(flags: UInt8(1), ours: true), (5, true), (0, false), (4, false)])
  func securityKeysMustBeTouched(flags: UInt8, ours: Bool) throws {
    let secret = Curve25519.Signing.PrivateKey()
    var key = SSHWireWriter()
    key.string("sk-ssh-ed25519@openssh.com")
    key.string(Array(secret.publicKey.rawRepresentation))
    key.string("ssh:")
    let message =
      Digest(ofText: "ssh:").bytes + [flags, 0, 0, 0, 9]
      + Digest(of: SSHKeygenTests.signedData).bytes
    var signature = SSHWireWriter()
    signature.string("sk-ssh-ed25519@openssh.com")
    signature.string(Array(try secret.signature(for: message)))
    signature.raw([flags, 0, 0, 0, 9])
    try SSHKeygenTests.offer(key: key.bytes, signature: signature.bytes, ours: ours)
  }

  static let signedData = SSHSignature.signedData(
    message: message, namespace: "reviewer@assure", hash: .sha512)

  /// Puts a signature together and asks for both verdicts.
  static func offer(key: [UInt8], signature: [UInt8], ours: Bool) throws {
    var blob = SSHWireWriter()
    blob.raw(Array("SSHSIG".utf8))
    blob.uint32(1)
    blob.string(key)
    blob.string("reviewer@assure")
    blob.string([])
    blob.string("sha512")
    blob.string(signature)
    let armor =
      "-----BEGIN SSH SIGNATURE-----\n\(Base64.text(blob.bytes))\n"
      + "-----END SSH SIGNATURE-----\n"
    try TemporaryFolder.with { folder in
      try Data(armor.utf8).write(to: folder.appending(path: "m.sig"))
      let pub = try SSHPublicKey(blob: key).line + "\n"
      try Data(pub.utf8).write(to: folder.appending(path: "key.pub"))
      try check(folder, principal: "bob@example.org", ours: ours, theirs: true)
      try check(folder, principal: "eve@example.org", ours: false, theirs: false)
    }
  }

  /// Lists it accepts and lists it refuses: we accept no list that it does not.
  @Test func aListWeAcceptIsAcceptedThere() throws {
    let pub = AllowedSignersTests.key
    let lists = [
      "bob@example.org KEY", "*@example.org KEY", "!eve@x,bob@example.org KEY",
      "\"bob@example.org\" KEY",
      "bob@example.org namespaces=\"*@assure\" KEY",
      "bob@example.org namespaces=\"x,reviewer@assure\" KEY",
      "bob@example.org valid-before=\"20261122100000Z\" KEY",
      "bob@example.org valid-after=\"20261122100000Z\" KEY",
      "bob@example.org valid-before=\"202611221000Z\" KEY", "bob@example.org  KEY  comment",
      "\tbob@example.org\tKEY", "# x\n\nbob@example.org KEY",
      "bob@example.org valid-before=\"20261122095959Z\" KEY", "!bob@example.org KEY",
      "bob@example.org namespaces=\"!reviewer@assure,*\" KEY", "bob@example.org octopus KEY",
      "bob@example.org namespaces=\"\" KEY", "b?b@example.org KEY", "BOB@example.org KEY",
      "bob@example.org,x namespaces=\"reviewer@assure\",valid-after=\"20260101Z\" KEY",
    ]
    try TemporaryFolder.with { folder in
      let message = try Fixtures.bytes("sshsig/statement.txt")
      let armored = try Fixtures.bytes("sshsig/ed25519.sig")
      try Data(armored).write(to: folder.appending(path: "m.sig"))
      for list in lists {
        let text = list.replacing("KEY", with: pub) + "\n"
        try Data(text.utf8).write(to: folder.appending(path: "allowed"))
        let theirs = try Tool.keygen(
          [
            "-Y", "verify", "-f", "allowed", "-I", "bob@example.org", "-n", "reviewer@assure",
            "-O", "verify-time=\(SSHKeygenTests.instant)", "-s", "m.sig",
          ], in: folder, input: message)
        let ours = try? SSHSignature(armored: armored).verified(
          message: message, principal: "bob@example.org", namespace: "reviewer@assure",
          at: try SSHKeygenTests.at(), signers: try AllowedSigners(parsing: Array(text.utf8)))
        #expect((ours != nil) == (theirs == 0), "\(list)")
      }
    }
  }
}

/// A statement is a list for `sha256sum -c --strict`.
@Suite(.enabled(if: Tool.sha256sum != nil, "sha256sum is not installed"))
struct ChecksumListTests {
  @Test func statementIsACheckableList() throws {
    try TemporaryFolder.with { folder in
      try Data("one".utf8).write(to: folder.appending(path: "b.txt"))
      try Data("two".utf8).write(to: folder.appending(path: "a.txt"))
      let covers = try ["b.txt", "a.txt"].map { name in
        let digests = try FileDigests(path: folder.appending(path: name).path())
        return Statement.Covered(digest: digests.sha256, path: name)
      }
      let statement = try Statement(
        composing: try StatementTests.fields("checked"), covers: covers)
      try Data(statement.bytes).write(to: folder.appending(path: "s"))
      let arguments = ["-c", "--strict", "--quiet", "s"]
      #expect(try Tool.run(Tool.sha256sum, arguments, in: folder) == 0)
      try Data("two!".utf8).write(to: folder.appending(path: "a.txt"))
      #expect(try Tool.run(Tool.sha256sum, arguments, in: folder) != 0)
    }
  }
}
