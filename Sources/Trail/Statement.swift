/// Who says what about which files: a short text to sign.
///
/// It is itself a list for `sha256sum -c --strict`, which tells whether the files have changed
/// since.
///
/// ```
/// # assure.signoff/v1
/// # engagement: example-2026-001
/// # statement: 0002
/// # scope: workpaper A-100
/// # role: reviewer
/// # decision: reviewed
/// # signer: bob@example.org
/// # made: 2026-11-21T10:00:00Z
/// # trail: example.org/assure/engagement-2026-001 5 <base64 root>
/// # covers: 1
/// <sha256>  data/workpapers/A-100.md
/// ```
///
/// Keys stand once and in this order; `withdraws` may follow `decision`, `comment` may follow
/// `trail`. The bytes are the truth: they are shown, signed, stored and checked as they stand.
package struct Statement: Hashable, Sendable {
  /// One covered file.
  package struct Covered: Hashable, Sendable {
    package let digest: Digest
    /// Plain path from the root of the pack.
    package let path: String

    package init(digest: Digest, path: String) {
      (self.digest, self.path) = (digest, path)
    }

    /// As `sha256sum` writes it, without LF.
    package var line: String { "\(digest.hex)  \(path)" }
  }

  /// The log head that was seen when the statement was made.
  package struct Head: Hashable, Sendable {
    package let origin: String
    package let size: Int
    package let root: Digest

    package init(origin: String, size: Int, root: Digest) {
      (self.origin, self.size, self.root) = (origin, size, root)
    }

    package init(_ checkpoint: Checkpoint) {
      self.init(origin: checkpoint.origin, size: checkpoint.size, root: checkpoint.root)
    }
  }

  /// What the lines before the list say.
  package struct Fields: Hashable, Sendable {
    /// Plain name.
    package var engagement: String
    /// Running number from 1, written with at least four digits.
    package var number: Int
    package var scope: String
    /// Token; with `@assure` the namespace of the signature.
    package var role: String
    /// Token.
    package var decision: String
    /// Digest of the statement taken back; there if and only if the decision is `withdrawn`.
    package var withdraws: Digest?
    /// Principal of allowed_signers.
    package var signer: String
    /// The signer's own claim; never a proof of time.
    package var made: UTCTime
    package var head: Head
    package var comment: String?

    package init(
      engagement: String, number: Int, scope: String, role: String, decision: String,
      withdraws: Digest? = nil, signer: String, made: UTCTime, head: Head, comment: String? = nil
    ) {
      (self.engagement, self.number, self.scope) = (engagement, number, scope)
      (self.role, self.decision, self.withdraws) = (role, decision, withdraws)
      (self.signer, self.made, self.head, self.comment) = (signer, made, head, comment)
    }
  }

  /// Bytes in a statement, at most.
  package static let byteCountMax = 64 * 1024

  /// The statement itself.
  package let bytes: [UInt8]
  package let fields: Fields
  /// In the order of the bytes of their paths; one at least.
  package let covers: [Covered]

  /// Writes a statement; files are sorted by path. Throws what reading it would throw.
  package init(composing fields: Fields, covers: [Covered]) throws {
    let sorted = covers.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    try self.init(parsing: Array(Statement.text(fields, sorted).utf8))
  }

  /// Reads a statement; throws `statementMalformed` with the line for anything but the grammar.
  package init(parsing bytes: [UInt8]) throws {
    var parser = try StatementParser(bytes)
    fields = try parser.fields()
    covers = try parser.covers()
    self.bytes = bytes
    // What the fields would write is what stands there: no second spelling slips through.
    guard Array(Statement.text(fields, covers).utf8) == bytes else {
      throw TrailError(.statementMalformed, "statement is not in its one spelling")
    }
  }

  /// Name of the statement in the log and in a withdrawal.
  package var digest: Digest { Digest(of: bytes) }

  /// Namespace of the signature: a key is granted a role by its namespaces in allowed_signers.
  package var namespace: String { "\(fields.role)@assure" }

  /// The text as it is shown before signing.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  static let firstLine = "# assure.signoff/v1"

  private static func text(_ fields: Fields, _ covers: [Covered]) -> String {
    let number = String(fields.number)
    let zeros = String(repeating: "0", count: max(0, 4 - number.utf8.count))
    let head = "\(fields.head.origin) \(fields.head.size) \(fields.head.root.base64)"
    let values: [(String, String?)] = [
      ("engagement", fields.engagement), ("statement", zeros + number), ("scope", fields.scope),
      ("role", fields.role), ("decision", fields.decision), ("withdraws", fields.withdraws?.hex),
      ("signer", fields.signer), ("made", fields.made.description), ("trail", head),
      ("comment", fields.comment), ("covers", String(covers.count)),
    ]
    let lines = values.compactMap { key, value in value.map { "# \(key): \($0)" } }
    return ([firstLine] + lines + covers.map(\.line)).map { $0 + "\n" }.joined()
  }
}
