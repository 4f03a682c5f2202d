/// Reads the lines of a statement in their order.
struct StatementParser {
  private var lines: ByteLines
  /// Line that was looked at and not taken.
  private var ahead: String?
  private var listed = 0

  init(_ bytes: [UInt8]) throws {
    lines = ByteLines(bytes)
    guard bytes.count <= Statement.byteCountMax else {
      throw refusal("statement is longer than \(Statement.byteCountMax) bytes")
    }
    guard lines.nextText()?.isSame(as: Statement.firstLine) == true else {
      throw refusal("first line is not \(Statement.firstLine)")
    }
  }

  mutating func fields() throws -> Statement.Fields {
    let engagement = try value("engagement") { PlainPath.isPlainPart($0) ? $0 : nil }
    let number = try value("statement", StatementParser.number)
    let scope = try value("scope") { VisibleText.isLine($0) ? $0 : nil }
    let role = try value("role", StatementParser.token)
    let decision = try value("decision", StatementParser.token)
    var withdraws: Digest?
    if decision == "withdrawn" { withdraws = try value("withdraws", Digest.init(hex:)) }
    let signer = try value("signer") { SignerName.isExact($0) ? $0 : nil }
    let made = try value("made") { UTCTime($0) }
    let head = try value("trail", StatementParser.head)
    var comment: String?
    if try peek()?.dropping(prefix: "# comment: ") != nil {
      comment = try value("comment") { VisibleText.isLine($0) ? $0 : nil }
    }
    listed = try value("covers", Int.init(plainDecimal:))
    return Statement.Fields(
      engagement: engagement, number: number, scope: scope, role: role, decision: decision,
      withdraws: withdraws, signer: signer, made: made, head: head, comment: comment)
  }

  /// The list: at least one file, paths rising by bytes and unique without regard to case.
  mutating func covers() throws -> [Statement.Covered] {
    var covers: [Statement.Covered] = []
    var folded: Set<String> = []
    while let line = try take() {
      let digest = Digest(hex: String(decoding: Array(line.utf8.prefix(64)), as: UTF8.self))
      let rest = String(decoding: Array(line.utf8.dropFirst(64)), as: UTF8.self)
      guard let digest, let path = rest.dropping(prefix: "  "), PlainPath.isPlain(path) else {
        throw refusal("not a digest, two spaces and a plain path")
      }
      guard covers.last.map({ $0.path.utf8.lexicographicallyPrecedes(path.utf8) }) ?? true,
        folded.insert(path.lowercased()).inserted
      else { throw refusal("path is out of order or there twice") }
      covers.append(Statement.Covered(digest: digest, path: path))
    }
    guard covers.count == listed, !covers.isEmpty else {
      throw refusal("\(covers.count) files are listed, \(listed) announced")
    }
    return covers
  }

  private mutating func value<Value>(
    _ key: String, _ read: (String) -> Value?
  ) throws -> Value {
    guard let text = try take()?.dropping(prefix: "# \(key): ") else {
      throw refusal("no line \"# \(key): \" here")
    }
    guard let value = read(text) else { throw refusal("malformed value of \(key)") }
    return value
  }

  private mutating func peek() throws -> String? {
    if ahead == nil { ahead = try take() }
    return ahead
  }

  private mutating func take() throws -> String? {
    if let line = ahead {
      ahead = nil
      return line
    }
    if let line = lines.nextText() { return line }
    guard lines.isAtEnd else { throw refusal("last line has no LF or a line is not UTF-8") }
    return nil
  }

  private func refusal(_ why: String) -> TrailError {
    TrailError(.statementMalformed, why, line: lines.line)
  }

  private static func number(_ text: String) -> Int? {
    guard text.utf8.count >= 4, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    return Int(text).flatMap { $0 > 0 ? $0 : nil }
  }

  /// A lower-case letter, then lower-case letters, digits and hyphens; 40 bytes at most.
  private static func token(_ text: String) -> String? {
    let bytes = Array(text.utf8)
    guard let first = bytes.first, bytes.count <= 40, (0x61...0x7A).contains(first),
      bytes.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D })
    else { return nil }
    return text
  }

  private static func head(_ text: String) -> Statement.Head? {
    let parts = text.spaceParts
    guard parts.count == 3, NoteKey.isName(parts[0]), VisibleText.isLine(parts[0]),
      let size = Int(plainDecimal: parts[1]), let root = Digest(base64: parts[2])
    else { return nil }
    return Statement.Head(origin: parts[0], size: size, root: root)
  }
}

/// Names of people in statements and allowed_signers.
enum SignerName {
  /// Whether a name is exact and safe as an argument: letters, digits and `. _ @ + -`, beginning
  /// with a letter or digit, so it is no pattern, list, quotation or option; 200 bytes at most.
  static func isExact(_ name: String) -> Bool {
    let bytes = Array(name.utf8)
    func isLetterOrDigit(_ byte: UInt8) -> Bool {
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
    guard let first = bytes.first, bytes.count <= 200, isLetterOrDigit(first) else { return false }
    return bytes.allSatisfy { isLetterOrDigit($0) || Array("._@+-".utf8).contains($0) }
  }
}
