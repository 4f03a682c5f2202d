package import Assurance
import Foundation
import GRDB
package import Pack
import Trail

/// What became of an anchor given to `log anchor`.
package struct AnchorOutcome: Sendable {
  package let kind: AnchorFile.Kind
  /// Events under the head that it fixes.
  package let size: Int
  /// The time that it gives, as text; empty if it gives none that could be read.
  package let time: String
  /// Whether the same bytes were taken in before.
  package let wasKnown: Bool
}

extension Engagement {
  /// Takes in what somebody outside made of a head of this log: a cosigned checkpoint, an RFC 3161
  /// reply over one, or a proof that the head is in the firm's log.
  ///
  /// - Throws: `anchor-unknown` for any other file, `anchor-other` if it is about a head that this
  ///   log never had.
  package func anchor(path: String) throws(AssureError) -> AnchorOutcome {
    guard let data = FileManager.default.contents(atPath: path), data.count <= 1 << 20 else {
      throw AssureError(
        "file-unreadable", place: path, "the file cannot be read, or is too long",
        remedy: "name the file that the witness, the authority or the firm's log sent back")
    }
    let body = Array(data)
    let leaves = try store.read { try TrailTables.leaves($0) }
    let (anchor, root, time) = try recognise(body, leaves, path)
    let known = try store.read { try AnchorTable.all($0) }
    let isKnown = known.contains { $0.body == body }
    if !isKnown {
      let at = try Moment.now()
      try store.commit(actor: actor, at: at) { db in
        (try AnchorTable.insert(anchor, root: root, time: time, at: at, db), ())
      }
    }
    return AnchorOutcome(kind: anchor.kind, size: anchor.size, time: time, wasKnown: isKnown)
  }

  private func recognise(
    _ body: [UInt8], _ leaves: [[UInt8]], _ path: String
  ) throws(AssureError) -> (AnchorFile, Digest, String) {
    if let proof = try? LogProof(parsing: body) {
      return try firm(proof, body, leaves, path)
    }
    if let note = try? SignedNote(parsing: body) {
      guard let checkpoint = try? Checkpoint(parsing: note.text),
        checkpoint.origin == logOrigin, root(leaves, checkpoint.size) == checkpoint.root
      else { throw other(path) }
      let policy = try logPolicy().flatMap { try? LogPolicy(parsing: $0) }
      let signers = (try? note.verified(by: policy?.witnesses ?? []))?.signers ?? []
      guard let seconds = signers.compactMap(\.time).min() else {
        throw AssureError(
          "witness-unknown", place: path, "no witness of keys/policy signed it",
          remedy: "add a line `witness NAME VKEY` to keys/policy")
      }
      let time = UTCTime(unixSeconds: Int64(clamping: seconds))?.description ?? ""
      return (
        AnchorFile(kind: .cosigned, size: checkpoint.size, body: body), checkpoint.root, time
      )
    }
    return try token(body, leaves, path)
  }

  /// An RFC 3161 reply says which digest it is over; the checkpoint that has it is looked for.
  private func token(
    _ body: [UInt8], _ leaves: [[UInt8]], _ path: String
  ) throws(AssureError) -> (AnchorFile, Digest, String) {
    guard body.first == 0x30 else {
      throw AssureError(
        "anchor-unknown", place: path,
        "it is no cosigned checkpoint, no RFC 3161 reply and no proof of a log",
        remedy: "`assure log checkpoint` writes what is to be signed or stamped")
    }
    let notes = try store.read { db in
      try Row.fetchAll(db, sql: "SELECT size, note FROM trail_checkpoint ORDER BY size DESC")
        .map { (size: $0[0] as Int, note: Array(($0[1] as String).utf8)) }
    }
    for (size, note) in notes where TimestampTool.isOver(note, reply: body) {
      guard let root = root(leaves, size) else { throw other(path) }
      let time = TimestampTool.time(of: body)?.description ?? ""
      return (AnchorFile(kind: .token, size: size, body: body, stamped: note), root, time)
    }
    throw other(path)
  }

  private func firm(
    _ proof: LogProof, _ body: [UInt8], _ leaves: [[UInt8]], _ path: String
  ) throws(AssureError) -> (AnchorFile, Digest, String) {
    // The leaf is not in the file: every head of this log is tried, the last first.
    var index = LogIndex(rootsAt: Set(0...leaves.count))
    index.append(leaves)
    guard let head = try? Checkpoint(parsing: proof.note.text) else { throw other(path) }
    for size in (0...leaves.count).reversed() {
      guard let root = index.roots[size] else { continue }
      let leaf = MerkleTree.leafHash(
        AnchorFile.leaf(origin: logOrigin, size: size, root: root))
      if MerkleTree.checkInclusion(
        of: leaf, index: proof.index, size: head.size, proof: proof.hashes, root: head.root)
      {
        return (AnchorFile(kind: .firm, size: size, body: body), root, "")
      }
    }
    throw other(path)
  }

  private func root(_ leaves: [[UInt8]], _ size: Int) -> Digest? {
    guard size <= leaves.count else { return nil }
    var index = LogIndex(rootsAt: [size])
    index.append(leaves)
    return index.roots[size]
  }

  private func other(_ path: String) -> AssureError {
    AssureError(
      "anchor-other", place: path, "it is about a head that this log never had",
      remedy: "take `assure log checkpoint` again and have that signed or stamped")
  }

  /// How far heads of the log are fixed by signatures and anchors taken in.
  package func unanchoredTail() throws(AssureError) -> UnanchoredTail {
    let (leaves, signoffs, anchors) = try store.read { db in
      (
        try TrailTables.leaves(db), try StatementTable.all(db).map(\.signoff),
        try AnchorTable.all(db)
      )
    }
    let sizes = signoffs.map(\.statement.fields.head.size)
    var index = LogIndex(rootsAt: Set(sizes + anchors.map(\.size)))
    index.append(leaves)
    return TimeBrackets.tail(
      of: leaves.count, signoffs: signoffs, roots: index.roots,
      anchors.filter { index.roots[$0.size] != nil }.map(\.size).max() ?? 0)
  }
}
