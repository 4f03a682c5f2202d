/// A `.tlog-proof` file: a leaf's index, its inclusion proof and a checkpoint (C2SP tlog-proof).
package struct LogProof: Hashable, Sendable {
  /// Free bytes that nothing vouches for.
  package let extra: [UInt8]?
  package let index: Int
  package let hashes: [Digest]
  package let note: SignedNote

  private static let head = "c2sp.org/tlog-proof@v1"

  package init(index: Int, hashes: [Digest], note: SignedNote, extra: [UInt8]? = nil) {
    (self.index, self.hashes, self.note, self.extra) = (index, hashes, note, extra)
  }

  /// Reads a proof file; nothing is checked but the form.
  package init(parsing bytes: [UInt8]) throws {
    guard bytes.count <= SignedNote.byteCountMax else {
      throw TrailError(.proofMalformed, "proof is longer than \(SignedNote.byteCountMax) bytes")
    }
    var lines = ByteLines(bytes)
    guard lines.nextText()?.isSame(as: LogProof.head) == true else {
      throw TrailError(.proofMalformed, "first line is not \(LogProof.head)", line: 1)
    }
    var line = lines.nextText()
    if let text = line?.dropping(prefix: "extra ") {
      guard let body = Base64.bytes(text.utf8) else {
        throw TrailError(.proofMalformed, "extra is not base64", line: lines.line)
      }
      extra = body
      line = lines.nextText()
    } else {
      extra = nil
    }
    guard let index = line?.dropping(prefix: "index ").flatMap(Int.init(plainDecimal:)) else {
      throw TrailError(.proofMalformed, "no index in plain decimal", line: lines.line)
    }
    self.index = index
    hashes = try LogProof.hashes(from: &lines)
    note = try SignedNote(parsing: Array(lines.rest))
  }

  /// Hash lines up to an empty line; 63 at most, as no tree is deeper.
  static func hashes(from lines: inout ByteLines) throws -> [Digest] {
    var hashes: [Digest] = []
    while true {
      let line = lines.nextText()
      if line?.isEmpty == true { return hashes }
      guard let hash = line.flatMap(Digest.init(base64:)), hashes.count < 64 else {
        throw TrailError(.proofMalformed, "not a hash in base64", line: lines.line)
      }
      hashes.append(hash)
    }
  }

  /// The file.
  package var bytes: [UInt8] {
    var text = LogProof.head + "\n"
    if let extra { text += "extra \(Base64.text(extra))\n" }
    text += "index \(index)\n"
    text += hashes.map { $0.base64 + "\n" }.joined() + "\n"
    return Array(text.utf8) + note.bytes
  }

  /// Demands a checkpoint by the log and that the leaf is under its root.
  package func verified(
    leaf: some Collection<UInt8>, log: NoteKey, origin: String, witnesses: [NoteKey] = []
  ) throws -> VerifiedCheckpoint {
    let head = try VerifiedCheckpoint(note, log: log, origin: origin, witnesses: witnesses)
    let checkpoint = head.checkpoint
    let leafHash = MerkleTree.leafHash(leaf)
    guard
      MerkleTree.checkInclusion(
        of: leafHash, index: index, size: checkpoint.size, proof: hashes, root: checkpoint.root)
    else { throw TrailError(.proofWrong, "proof does not lead from the leaf to the root") }
    return head
  }
}

/// Shows that a later checkpoint extends an earlier size: `old N`, hashes, blank line, checkpoint.
///
/// The body of an add-checkpoint request of C2SP tlog-witness, kept as a file.
package struct LogConsistency: Hashable, Sendable {
  package let oldSize: Int
  package let hashes: [Digest]
  package let note: SignedNote

  package init(oldSize: Int, hashes: [Digest], note: SignedNote) {
    (self.oldSize, self.hashes, self.note) = (oldSize, hashes, note)
  }

  /// Reads the file; nothing is checked but the form.
  package init(parsing bytes: [UInt8]) throws {
    guard bytes.count <= SignedNote.byteCountMax else {
      throw TrailError(.proofMalformed, "proof is longer than \(SignedNote.byteCountMax) bytes")
    }
    var lines = ByteLines(bytes)
    guard let size = lines.nextText()?.dropping(prefix: "old ").flatMap(Int.init(plainDecimal:))
    else { throw TrailError(.proofMalformed, "no old size in plain decimal", line: 1) }
    oldSize = size
    hashes = try LogProof.hashes(from: &lines)
    note = try SignedNote(parsing: Array(lines.rest))
  }

  /// The file.
  package var bytes: [UInt8] {
    let text = "old \(oldSize)\n" + hashes.map { $0.base64 + "\n" }.joined() + "\n"
    return Array(text.utf8) + note.bytes
  }

  /// Demands a checkpoint by the log and that it extends the old one.
  package func verified(
    extending old: Checkpoint, log: NoteKey, witnesses: [NoteKey] = []
  ) throws -> VerifiedCheckpoint {
    let head = try VerifiedCheckpoint(note, log: log, origin: old.origin, witnesses: witnesses)
    let new = head.checkpoint
    guard oldSize == old.size,
      MerkleTree.checkConsistency(
        oldSize: old.size, oldRoot: old.root, newSize: new.size, newRoot: new.root, proof: hashes)
    else { throw TrailError(.proofWrong, "the later log does not extend the earlier one") }
    return head
  }
}
