import Crypto

/// A key that checks signatures on notes: name, kind, Ed25519 public key (C2SP signed-note).
///
/// As text it is a *vkey*: `name+key id in hex+base64(kind ‖ public key)`.
package struct NoteKey: Hashable, Sendable {
  /// What a signature by this key is over.
  package enum Kind: UInt8, Sendable {
    /// The text of the note.
    case note = 0x01
    /// A witness: a time and the text of the note (C2SP tlog-cosignature, version 1).
    case cosignature = 0x04
  }

  package let name: String
  package let kind: Kind
  /// 32 bytes.
  package let publicKey: [UInt8]

  /// A key from its parts; refuses a name with a space, a plus or a control character.
  package init(name: String, kind: Kind, publicKey: [UInt8]) throws {
    guard NoteKey.isName(name) else {
      throw TrailError(.keyMalformed, "key name is empty or has a space, plus or control character")
    }
    guard publicKey.count == 32 else {
      throw TrailError(.keyMalformed, "an Ed25519 public key has 32 bytes, not \(publicKey.count)")
    }
    self.name = name
    self.kind = kind
    self.publicKey = publicKey
  }

  /// A key from its vkey text, without a line end.
  package init(vkey text: String) throws {
    let parts = text.utf8.split(
      separator: UInt8(ascii: "+"), maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[1].count == 8, let id = Hex.bytes(parts[1]),
      let body = Base64.bytes(parts[2]), let first = body.first
    else { throw TrailError(.keyMalformed, "not a verifier key: name+8 hex digits+base64") }
    guard let kind = Kind(rawValue: first) else {
      throw TrailError(.keyMalformed, "verifier key of unknown kind \(first)")
    }
    let name = String(decoding: Array(parts[0]), as: UTF8.self)
    try self.init(name: name, kind: kind, publicKey: Array(body.dropFirst()))
    guard keyID == id else {
      throw TrailError(.keyMalformed, "key id of the verifier key does not fit its name and key")
    }
  }

  /// The vkey text.
  package var vkey: String {
    "\(name)+\(Hex.text(keyID))+\(Base64.text([kind.rawValue] + publicKey))"
  }

  /// First four bytes of SHA-256(name ‖ LF ‖ kind ‖ public key); a hint, no identity.
  package var keyID: [UInt8] {
    Array(Digest(of: Array(name.utf8) + [0x0A, kind.rawValue] + publicKey).bytes.prefix(4))
  }

  /// Checks a signature's bytes, key id stripped; returns a witness's time in Unix seconds, nought
  /// for a plain signature, nil where the signature is wrong.
  func check(signature: [UInt8], over text: [UInt8]) -> UInt64? {
    guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else {
      return nil
    }
    switch kind {
    case .note:
      return key.isValidSignature(signature, for: text) ? 0 : nil
    case .cosignature:
      guard signature.count == 72 else { return nil }
      let time = signature.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      let message = NoteKey.cosignedMessage(time: time, text: text)
      return key.isValidSignature(signature.dropFirst(8), for: message) ? time : nil
    }
  }

  /// What a witness signs.
  static func cosignedMessage(time: UInt64, text: [UInt8]) -> [UInt8] {
    Array("cosignature/v1\ntime \(time)\n".utf8) + text
  }

  static func isName(_ name: String) -> Bool {
    !name.isEmpty
      && name.unicodeScalars.allSatisfy {
        !$0.properties.isWhitespace && $0 != "+" && $0.value >= 0x20 && $0.value != 0x7F
      }
  }
}

/// A private key that signs notes: a log's, or in tests a witness's.
package struct NoteSigner: Sendable {
  package let key: NoteKey
  private let seed: [UInt8]

  /// From a name and the 32-byte Ed25519 seed.
  package init(name: String, kind: NoteKey.Kind = .note, seed: [UInt8]) throws {
    guard let secret = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else {
      throw TrailError(.keyMalformed, "an Ed25519 seed has 32 bytes, not \(seed.count)")
    }
    key = try NoteKey(name: name, kind: kind, publicKey: Array(secret.publicKey.rawRepresentation))
    self.seed = seed
  }

  /// A key from the system's source of randomness.
  package static func random(name: String) throws -> NoteSigner {
    let secret = Curve25519.Signing.PrivateKey()
    return try NoteSigner(name: name, seed: Array(secret.rawRepresentation))
  }

  /// From the text `skey` writes.
  package init(skey text: String) throws {
    guard let body = text.dropping(prefix: "PRIVATE+KEY+") else {
      throw TrailError(.keyMalformed, "not a signer key: it begins PRIVATE+KEY+")
    }
    let parts = body.utf8.split(
      separator: UInt8(ascii: "+"), maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let id = Hex.bytes(parts[1]), let secret = Base64.bytes(parts[2]),
      let kind = secret.first.flatMap(NoteKey.Kind.init(rawValue:))
    else { throw TrailError(.keyMalformed, "not a signer key") }
    let name = String(decoding: Array(parts[0]), as: UTF8.self)
    try self.init(name: name, kind: kind, seed: Array(secret.dropFirst()))
    guard key.keyID == id else {
      throw TrailError(.keyMalformed, "key id of the signer key does not fit its name and key")
    }
  }

  /// The same secret under another name: a log that is called otherwise has another key id.
  package func named(_ name: String) throws -> NoteSigner {
    try NoteSigner(name: name, kind: key.kind, seed: seed)
  }

  /// The private key as text, as golang.org/x/mod/sumdb/note writes it. Secret.
  package var skey: String {
    let body = Base64.text([key.kind.rawValue] + seed)
    return "PRIVATE+KEY+\(key.name)+\(Hex.text(key.keyID))+\(body)"
  }

  /// Signs the text of a note; a witness's signature takes a time in Unix seconds.
  package func sign(_ text: [UInt8], time: UInt64 = 0) throws -> SignedNote.Signature {
    let secret = try Curve25519.Signing.PrivateKey(rawRepresentation: seed)
    let body: [UInt8]
    switch key.kind {
    case .note:
      body = Array(try secret.signature(for: text))
    case .cosignature:
      let stamp = (0..<8).map { UInt8(truncatingIfNeeded: time >> UInt64(56 - 8 * $0)) }
      let message = NoteKey.cosignedMessage(time: time, text: text)
      body = stamp + Array(try secret.signature(for: message))
    }
    return SignedNote.Signature(name: key.name, keyID: key.keyID, body: body)
  }
}
