/// A text with signature lines, not yet checked (C2SP signed-note).
///
/// ```
/// text, one or more lines
///
/// — name base64(4 bytes of key id ‖ signature)
/// ```
package struct SignedNote: Hashable, Sendable {
  /// One signature line.
  package struct Signature: Hashable, Sendable {
    package let name: String
    /// Four bytes.
    package let keyID: [UInt8]
    /// The signature as its kind has it.
    package let body: [UInt8]
  }

  /// What is signed: ends in LF.
  package let text: [UInt8]
  package private(set) var signatures: [Signature]

  /// Bytes in a note, at most.
  package static let byteCountMax = 64 * 1024
  /// Signature lines in a note, at most.
  package static let signatureCountMax = 100

  private static let prefix = "\u{2014} "

  /// A text to sign; refuses one that is empty, does not end in LF or has other control characters.
  package init(text: String) throws {
    self.text = Array(text.utf8)
    signatures = []
    try SignedNote.checkText(self.text)
  }

  /// Reads a note; throws `noteMalformed`. Signatures are not checked.
  package init(parsing bytes: [UInt8]) throws {
    guard bytes.count <= SignedNote.byteCountMax else {
      throw TrailError(.noteMalformed, "note is longer than \(SignedNote.byteCountMax) bytes")
    }
    guard bytes.last == 0x0A, let gap = SignedNote.lastBlankLine(in: bytes) else {
      throw TrailError(.noteMalformed, "note has no blank line before signatures, or no last LF")
    }
    text = Array(bytes[...gap])
    try SignedNote.checkText(text)
    signatures = []
    var lines = ByteLines(Array(bytes[(gap + 2)...]))
    while let line = lines.nextText() {
      signatures.append(try SignedNote.signature(line))
    }
    guard lines.isAtEnd, !signatures.isEmpty, signatures.count <= SignedNote.signatureCountMax
    else { throw TrailError(.noteMalformed, "note has no signature lines, or malformed ones") }
  }

  /// The note as it is stored and shown.
  package var bytes: [UInt8] {
    signatures.reduce(text + [0x0A]) { bytes, signature in
      let body = Base64.text(signature.keyID + signature.body)
      return bytes + Array("\(SignedNote.prefix)\(signature.name) \(body)\n".utf8)
    }
  }

  /// Adds a signature line.
  package mutating func add(_ signature: Signature) { signatures.append(signature) }

  /// Checks every signature by a known key, and demands one at least.
  ///
  /// Signatures by unknown keys are passed over; a wrong one by a known key refuses the whole note.
  package func verified(by keys: [NoteKey]) throws -> VerifiedNote {
    var signers: [VerifiedNote.Signer] = []
    for signature in signatures {
      let known = keys.filter { $0.keyID == signature.keyID && $0.name.isSame(as: signature.name) }
      guard !known.isEmpty else { continue }
      let checks = known.compactMap { key in
        key.check(signature: signature.body, over: text)
          .map { VerifiedNote.Signer(key: key, time: key.kind == .cosignature ? $0 : nil) }
      }
      guard let signer = checks.first else {
        throw TrailError(.noteSignatureWrong, "signature of \(signature.name) is wrong")
      }
      if !signers.contains(where: { $0.key == signer.key }) { signers.append(signer) }
    }
    guard !signers.isEmpty else {
      throw TrailError(.noteUnsigned, "note has no signature by a known key")
    }
    return VerifiedNote(text: text, signers: signers)
  }

  private static func lastBlankLine(in bytes: [UInt8]) -> Int? {
    guard bytes.count >= 3 else { return nil }
    return (0..<(bytes.count - 1)).last { bytes[$0] == 0x0A && bytes[$0 + 1] == 0x0A }
  }

  private static func checkText(_ text: [UInt8]) throws {
    guard text.last == 0x0A, String(validating: text, as: UTF8.self) != nil,
      text.allSatisfy({ $0 >= 0x20 || $0 == 0x0A })
    else {
      throw TrailError(.noteMalformed, "text is not UTF-8 lines without control characters")
    }
  }

  private static func signature(_ line: String) throws -> Signature {
    guard let parts = line.dropping(prefix: prefix)?.spaceParts, parts.count == 2,
      NoteKey.isName(parts[0]), let body = Base64.bytes(parts[1].utf8), body.count > 4
    else { throw TrailError(.noteMalformed, "malformed signature line") }
    return Signature(name: parts[0], keyID: Array(body.prefix(4)), body: Array(body.dropFirst(4)))
  }
}

/// A note with at least one good signature by a known key. Only `SignedNote.verified` makes one.
package struct VerifiedNote: Hashable, Sendable {
  /// A known key that signed.
  package struct Signer: Hashable, Sendable {
    package let key: NoteKey
    /// Unix seconds a witness vouches for; nil for a plain signature.
    package let time: UInt64?
  }

  package let text: [UInt8]
  package let signers: [Signer]

  fileprivate init(text: [UInt8], signers: [Signer]) {
    self.text = text
    self.signers = signers
  }
}

extension String {
  /// Same bytes; `==` takes canonically equivalent spellings for the same.
  func isSame(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}
