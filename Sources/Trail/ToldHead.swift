/// A head of a log as somebody outside kept it: printed, mailed, copied from a signed statement.
///
/// Understood are a checkpoint of three lines, the same as a signed note, a statement, and one line
/// `[origin] size root` as statements quote it.
package struct ToldHead: Hashable, Sendable {
  /// Nil where only size and root were written down.
  package let origin: String?
  package let size: Int
  package let root: Digest

  /// Throws `checkpointMalformed` for anything else.
  package init(parsing bytes: [UInt8]) throws {
    if let checkpoint = try? ToldHead.checkpoint(bytes) {
      (origin, size, root) = (checkpoint.origin, checkpoint.size, checkpoint.root)
      return
    }
    if let statement = try? Statement(parsing: bytes) {
      let head = statement.fields.head
      (origin, size, root) = (head.origin, head.size, head.root)
      return
    }
    let words = String(decoding: bytes, as: UTF8.self)
      .split(whereSeparator: \.isWhitespace).map(String.init)
    guard (2...3).contains(words.count), let size = Int(plainDecimal: words[words.count - 2]),
      let root = Digest(base64: words[words.count - 1])
    else {
      throw TrailError(
        .checkpointMalformed, "not a head: a checkpoint, a statement, or `size root` in base64")
    }
    (origin, self.size, self.root) = (words.count == 3 ? words[0] : nil, size, root)
  }

  private static func checkpoint(_ bytes: [UInt8]) throws -> Checkpoint {
    if let note = try? SignedNote(parsing: bytes) { return try Checkpoint(parsing: note.text) }
    return try Checkpoint(parsing: bytes)
  }
}
