/// Keys nobody may sign with any more: a text file of public keys, one a line.
///
/// Binary revocation lists (KRL) and their text form with serials or hashes are refused as
/// unsupported: passing one over would accept what it revokes.
package struct RevokedKeys: Hashable, Sendable {
  package let keys: Set<SSHPublicKey>

  /// No key.
  package init() { keys = [] }

  /// Reads a file; blank lines and lines that begin with `#` are passed over.
  package init(parsing bytes: [UInt8]) throws {
    guard !bytes.starts(with: Array("SSHKRL\n".utf8)) else {
      throw TrailError(.revocationUnsupported, "binary revocation lists are not supported")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw TrailError(.revocationMalformed, "list of revoked keys is not UTF-8")
    }
    var keys: Set<SSHPublicKey> = []
    let lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
    for (index, bytes) in lines.enumerated() {
      let line = String(decoding: Array(bytes), as: UTF8.self)
      if line.isEmpty || line.hasPrefix("#") { continue }
      guard let key = try? SSHPublicKey(line: line) else {
        throw TrailError(.revocationMalformed, "not a public key", line: index + 1)
      }
      keys.insert(key)
    }
    self.keys = keys
  }

  package func contains(_ key: SSHPublicKey) -> Bool { keys.contains(key) }
}
