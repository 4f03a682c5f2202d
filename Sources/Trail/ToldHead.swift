/// A head of a log as somebody outside kept it: printed, mailed, copied from a signed statement.
///
/// Understood are a checkpoint of three lines, the same as a signed note, a statement, one line
/// `[origin] size root` as statements quote it, and a slip: `assure pack ID`, `sha256 DIGEST` and
/// such a line.
package struct ToldHead: Hashable, Sendable {
  /// Nil where only size and root were written down.
  package let origin: String?
  package let size: Int
  package let root: Digest
  /// The pack's digest, where a slip was told; else nil.
  package let pack: Digest?

  /// Throws `checkpointMalformed` for anything else.
  package init(parsing bytes: [UInt8]) throws {
    let slip = try Self.slip(bytes)
    pack = slip?.pack
    let bytes = slip?.head ?? bytes
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

  /// The parts of a slip; nil if it is none.
  private static func slip(_ bytes: [UInt8]) throws -> (pack: Digest, head: [UInt8])? {
    let lines = String(decoding: bytes, as: UTF8.self)
      .split(whereSeparator: \.isNewline).map(String.init)
    guard lines.first?.hasPrefix("assure pack ") == true else { return nil }
    guard lines.count == 3, lines[1].hasPrefix("sha256 "),
      let pack = Digest(hex: String(lines[1].dropFirst(7)))
    else {
      throw TrailError(
        .checkpointMalformed, "a slip has three lines, the second is `sha256` and a digest")
    }
    return (pack, Array(lines[2].utf8))
  }

  private static func checkpoint(_ bytes: [UInt8]) throws -> Checkpoint {
    if let note = try? SignedNote(parsing: bytes) { return try Checkpoint(parsing: note.text) }
    return try Checkpoint(parsing: bytes)
  }
}
