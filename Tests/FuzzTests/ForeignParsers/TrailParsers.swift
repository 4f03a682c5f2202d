import Trail

extension ForeignParser {
  /// Signatures, notes, statements and proofs.
  static let trail = [
    ForeignParser(name: "ssh-signature") { bytes in
      let signature =
        try (try? SSHSignature(armored: bytes)) ?? SSHSignature(blob: bytes)
      try signature.check(
        key: signature.publicKey, message: [1, 2, 3], namespace: signature.namespace)
    },
    ForeignParser(name: "ssh-key") { bytes in
      let key = try (try? SSHPublicKey(line: text(bytes))) ?? SSHPublicKey(blob: bytes)
      if key.type.contains("-cert-") { _ = try SSHCertificate(key) }
    },
    ForeignParser(name: "allowed-signers") { bytes in
      let signers = try AllowedSigners(parsing: bytes)
      let line = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJqA0n8Hz8t1mI4mFk0pI2b7sY0rW5mDqkq0oU3Xw9aB"
      guard let key = try? SSHPublicKey(line: line), let time = UTCTime("2024-01-01T00:00:00Z")
      else { return }
      _ = try signers.entry(
        for: key, byAuthority: false, principal: "a@b", namespace: "file", at: time)
    },
    ForeignParser(name: "revoked-keys") { _ = try RevokedKeys(parsing: $0) },
    ForeignParser(name: "note") { _ = try SignedNote(parsing: $0) },
    ForeignParser(name: "note-key") { _ = try NoteKey(vkey: text($0)) },
    ForeignParser(name: "checkpoint") { _ = try Checkpoint(parsing: $0) },
    ForeignParser(name: "log-proof") { _ = try LogProof(parsing: $0) },
    ForeignParser(name: "log-consistency") { _ = try LogConsistency(parsing: $0) },
    ForeignParser(name: "statement") { _ = try Statement(parsing: $0) },
    ForeignParser(name: "json") { _ = try CanonicalJSON(parsing: $0) },
  ]
}
