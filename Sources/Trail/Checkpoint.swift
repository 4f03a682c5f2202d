/// The head of a log: which log, how many leaves, what root (C2SP tlog-checkpoint).
///
/// Three lines: origin, size, base64 root. Lines after them are extensions, kept but never made.
package struct Checkpoint: Hashable, Sendable {
  package let origin: String
  /// Number of leaves.
  package let size: Int
  package let root: Digest
  /// Further lines of the text.
  package let extensions: [String]

  /// A head to sign; refuses an origin that cannot be the name of a key.
  package init(origin: String, size: Int, root: Digest) throws {
    guard NoteKey.isName(origin), size >= 0 else {
      throw TrailError(.checkpointMalformed, "origin is empty or has a space, or size is negative")
    }
    (self.origin, self.size, self.root, extensions) = (origin, size, root, [])
  }

  /// Reads the text of a note, without signatures.
  package init(parsing text: [UInt8]) throws {
    var lines = ByteLines(text)
    guard let origin = lines.nextText(), !origin.isEmpty else {
      throw TrailError(.checkpointMalformed, "no origin", line: 1)
    }
    guard let size = lines.nextText().flatMap(Int.init(plainDecimal:)) else {
      throw TrailError(.checkpointMalformed, "size is no plain decimal number", line: 2)
    }
    guard let root = lines.nextText().flatMap(Digest.init(base64:)) else {
      throw TrailError(.checkpointMalformed, "root is not 32 bytes of base64", line: 3)
    }
    var extensions: [String] = []
    while let line = lines.nextText() {
      guard !line.isEmpty else {
        throw TrailError(.checkpointMalformed, "empty line", line: lines.line)
      }
      extensions.append(line)
    }
    guard lines.isAtEnd else { throw TrailError(.checkpointMalformed, "last line is unfinished") }
    (self.origin, self.size, self.root, self.extensions) = (origin, size, root, extensions)
  }

  /// The lines as they are signed.
  package var text: String {
    ([origin, String(size), root.base64] + extensions).map { $0 + "\n" }.joined()
  }

  /// The note that a log publishes.
  package func signed(by signer: NoteSigner) throws -> SignedNote {
    var note = try SignedNote(text: text)
    note.add(try signer.sign(note.text))
    return note
  }
}

/// A checkpoint signed by the log that it names. Only the check makes one.
package struct VerifiedCheckpoint: Hashable, Sendable {
  package let checkpoint: Checkpoint
  /// Witnesses that vouch for the head and when (Unix seconds); each witness once.
  package let witnesses: [VerifiedNote.Signer]

  /// Demands the log's signature and its origin; reports the witnesses among `witnesses` that
  /// signed. A wrong signature by any known key is refused.
  ///
  /// Witnesses do not vouch for extension lines, so a head that has them can be refused.
  package init(
    _ note: SignedNote, log: NoteKey, origin: String, witnesses: [NoteKey] = [],
    allowingExtensions: Bool = false
  ) throws {
    let verified = try note.verified(by: [log] + witnesses)
    guard log.kind == .note, verified.signers.contains(where: { $0.key == log }) else {
      throw TrailError(.noteUnsigned, "checkpoint is not signed by its log")
    }
    let checkpoint = try Checkpoint(parsing: verified.text)
    guard checkpoint.origin.isSame(as: origin) else {
      throw TrailError(.checkpointOrigin, "checkpoint is of another log: \(checkpoint.origin)")
    }
    guard allowingExtensions || checkpoint.extensions.isEmpty else {
      throw TrailError(.checkpointMalformed, "checkpoint has extension lines", line: 4)
    }
    self.checkpoint = checkpoint
    self.witnesses = verified.signers.filter { $0.key.kind == .cosignature }
  }
}
