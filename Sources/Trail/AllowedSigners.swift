/// Who may sign what and when: the file of ssh-keygen(1), ALLOWED SIGNERS.
///
/// Stricter than OpenSSH: one malformed line refuses the whole file, option names are lower case,
/// and a time without Z (local time there) is refused.
package struct AllowedSigners: Hashable, Sendable {
  /// One line.
  package struct Entry: Hashable, Sendable {
    /// Line number from 1.
    package let line: Int
    package let principals: PatternList
    /// The key signs certificates, not files.
    package let isCertificateAuthority: Bool
    /// Nil where every namespace is allowed.
    package let namespaces: PatternList?
    /// First second of validity.
    package let validAfter: UTCTime?
    /// Last second of validity, as ssh-keygen counts it.
    package let validBefore: UTCTime?
    package let key: SSHPublicKey
  }

  package let entries: [Entry]

  /// Bytes in a file, at most.
  package static let byteCountMax = 4 * 1024 * 1024

  /// Reads a file; throws `signersMalformed` with the line.
  package init(parsing bytes: [UInt8]) throws {
    guard bytes.count <= AllowedSigners.byteCountMax,
      let text = String(validating: bytes, as: UTF8.self)
    else { throw TrailError(.signersMalformed, "list of signers is too long or not UTF-8") }
    var entries: [Entry] = []
    let lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      var parser = AllowedSignersLine(line: Array(line), number: index + 1)
      if let entry = try parser.entry() { entries.append(entry) }
    }
    self.entries = entries
  }

  /// The line that lets this key sign as this principal in this namespace at this time.
  ///
  /// A key is allowed by a line of its own, a certificate by a cert-authority line of the key that
  /// signed it. Throws `signerUnknown` with the nearest miss: unknown key, other name, namespace or
  /// time.
  package func entry(
    for key: SSHPublicKey, byAuthority: Bool = false, principal: String, namespace: String,
    at time: UTCTime
  ) throws -> Entry {
    let name = "\(byAuthority ? "authority" : "key") \(key.fingerprint)"
    var miss = "\(name) is not in the list of signers"
    for entry in entries where entry.key == key && entry.isCertificateAuthority == byAuthority {
      guard entry.principals.matches(principal) else {
        miss = "\(name) is not allowed for \(principal)"
        continue
      }
      guard entry.namespaces?.matches(namespace) ?? true else {
        miss = "\(name) is not allowed in namespace \(namespace)"
        continue
      }
      guard entry.validAfter.map({ time >= $0 }) ?? true,
        entry.validBefore.map({ time <= $0 }) ?? true
      else {
        miss = "\(name) is not valid at \(time)"
        continue
      }
      return entry
    }
    throw TrailError(.signerUnknown, miss)
  }
}

/// Reads one line: principals, options, key type, base64, comment.
struct AllowedSignersLine {
  let line: [UInt8]
  let number: Int
  private var at = 0

  init(line: [UInt8], number: Int) {
    self.line = line
    self.number = number
  }

  /// Nil for a blank line or a comment.
  mutating func entry() throws -> AllowedSigners.Entry? {
    skipBlanks()
    guard at < line.count, line[at] != UInt8(ascii: "#") else { return nil }
    guard line.allSatisfy({ $0 >= 0x20 || $0 == 0x09 }) else {
      throw refusal("control character, perhaps a CR line end")
    }
    let principals = try principals()
    skipBlanks()
    var options = Options()
    if !startsWithKeyType {
      options = try self.options()
      skipBlanks()
    }
    let key: SSHPublicKey
    do {
      let text = String(decoding: line[at...], as: UTF8.self)
      key = try SSHPublicKey(line: text.replacingTabs)
    } catch {
      throw refusal("\(error)")
    }
    return AllowedSigners.Entry(
      line: number, principals: PatternList(principals),
      isCertificateAuthority: options.isCertificateAuthority,
      namespaces: options.namespaces.map(PatternList.init), validAfter: options.validAfter,
      validBefore: options.validBefore, key: key)
  }

  private struct Options {
    var isCertificateAuthority = false
    var namespaces: String?
    var validAfter: UTCTime?
    var validBefore: UTCTime?
  }

  private mutating func skipBlanks() {
    while at < line.count, line[at] == 0x20 || line[at] == 0x09 { at += 1 }
  }

  private var startsWithKeyType: Bool {
    let word = line[at...].prefix { $0 != 0x20 && $0 != 0x09 }
    return SSHPublicKey.isTypeName(String(decoding: word, as: UTF8.self))
  }

  private mutating func principals() throws -> String {
    let text: String
    if line[at] == UInt8(ascii: "\"") {
      text = try quoted()
    } else {
      let word = line[at...].prefix { $0 != 0x20 && $0 != 0x09 }
      at += word.count
      text = String(decoding: word, as: UTF8.self)
    }
    guard !text.isEmpty, !text.utf8.contains(UInt8(ascii: "\"")) else {
      throw refusal("principals are empty or have a quotation mark inside")
    }
    return text
  }

  /// Text between quotation marks; a backslash is refused, as OpenSSH gives it a meaning.
  private mutating func quoted() throws -> String {
    guard at < line.count, line[at] == UInt8(ascii: "\"") else { throw refusal("no quotation") }
    let content = line[(at + 1)...].prefix { $0 != UInt8(ascii: "\"") }
    at += content.count + 2
    guard at <= line.count, !content.contains(UInt8(ascii: "\\")) else {
      throw refusal("quotation not closed, or a backslash in it")
    }
    return String(decoding: content, as: UTF8.self)
  }

  private mutating func options() throws -> Options {
    var options = Options()
    var seen: Set<String> = []
    repeat {
      let word = line[at...].prefix { (0x61...0x7A).contains($0) || $0 == 0x2D }
      at += word.count
      let name = String(decoding: word, as: UTF8.self)
      guard seen.insert(name).inserted else { throw refusal("option \(name) is there twice") }
      switch name {
      case "cert-authority": options.isCertificateAuthority = true
      case "namespaces": options.namespaces = try value()
      case "valid-after": options.validAfter = try time()
      case "valid-before": options.validBefore = try time()
      default: throw refusal("unknown option or key type")
      }
    } while take(",")
    guard at < line.count, line[at] == 0x20 || line[at] == 0x09 else {
      throw refusal("no space after the options")
    }
    if let after = options.validAfter, let before = options.validBefore, after >= before {
      throw refusal("valid-after is not before valid-before")
    }
    return options
  }

  private mutating func value() throws -> String {
    guard take("=") else { throw refusal("option without a value") }
    let value = try quoted()
    guard !value.isEmpty else { throw refusal("option with an empty value") }
    return value
  }

  private mutating func time() throws -> UTCTime {
    let text = try value()
    guard let time = UTCTime(compact: text) else {
      throw refusal("\(text) is no time in UTC: write YYYYMMDDZ or YYYYMMDDHHMMSSZ")
    }
    return time
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard at < line.count, line[at] == UInt8(ascii: character) else { return false }
    at += 1
    return true
  }

  private func refusal(_ why: String) -> TrailError {
    TrailError(.signersMalformed, why, line: number)
  }
}

extension String {
  /// Tabs as spaces.
  fileprivate var replacingTabs: String {
    String(decoding: utf8.map { $0 == 0x09 ? 0x20 : $0 }, as: UTF8.self)
  }
}
