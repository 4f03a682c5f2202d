/// A public key of OpenSSH: its type and its blob. Equal where the blobs are equal.
package struct SSHPublicKey: Hashable, Sendable {
  /// `ssh-ed25519`, `ecdsa-sha2-nistp256`, …
  package let type: String
  /// The whole key in wire form, type included.
  package let blob: [UInt8]

  /// Bytes in a blob, at most; an RSA key of 16384 bits has 2,100.
  package static let blobByteCountMax = 16 * 1024

  /// From a blob; whether the type can be checked shows only at a signature.
  package init(blob: [UInt8]) throws {
    guard blob.count <= SSHPublicKey.blobByteCountMax else {
      throw TrailError(.keyMalformed, "public key is too long")
    }
    var reader = SSHWireReader(blob, refusing: .keyMalformed)
    type = try reader.text()
    self.blob = blob
    guard SSHPublicKey.isTypeName(type), !reader.isAtEnd else {
      throw TrailError(.keyMalformed, "not a public key")
    }
  }

  /// From a line of a `.pub` file: type, base64 and, ignored, a comment.
  package init(line: String) throws {
    let parts = line.utf8.split(
      separator: UInt8(ascii: " "), maxSplits: 2, omittingEmptySubsequences: true)
    guard parts.count >= 2, let blob = Base64.bytes(parts[1]) else {
      throw TrailError(.keyMalformed, "not a public key: type and base64")
    }
    try self.init(blob: blob)
    guard type.utf8.elementsEqual(parts[0]) else {
      throw TrailError(.keyMalformed, "type of a public key differs from the one inside it")
    }
  }

  /// Type and base64, as in a `.pub` file without comment.
  package var line: String { "\(type) \(Base64.text(blob))" }

  /// `SHA256:` and unpadded base64, as `ssh-keygen -l` shows it.
  package var fingerprint: String {
    "SHA256:" + Digest(of: blob).base64.dropLast()
  }

  /// Whether a word can be the name of a key type; tells options from keys in a list.
  static func isTypeName(_ word: some StringProtocol) -> Bool {
    ["ssh-", "ecdsa-", "sk-"].contains { word.hasPrefix($0) }
      && word.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x2C }
  }
}
