/// Which log and which witnesses a reader relies on (C2SP tlog-policy).
///
/// ```
/// log <vkey> [<url>]
/// witness <name> <vkey> [<url>]
/// group <name> <k|any|all> <member>…
/// quorum <name|none>
/// ```
///
/// Lines in which `#` comes first are comments. One quorum line; names stand once.
package struct LogPolicy: Hashable, Sendable {
  /// A named set of witnesses of which `needed` must have signed.
  struct Group: Hashable, Sendable {
    let needed: Int
    let members: [String]
  }

  package private(set) var logs: [NoteKey] = []
  private var witnessNames: [String] = []
  private var keys: [String: NoteKey] = [:]
  private var groups: [String: Group] = [:]
  /// Nil for `none`.
  package private(set) var quorum: String?

  /// Bytes in a policy, at most.
  package static let byteCountMax = 64 * 1024

  /// The witnesses' keys in the order of the file.
  package var witnesses: [NoteKey] { witnessNames.compactMap { keys[$0] } }

  /// Reads a policy; throws `policyMalformed` with the line.
  package init(parsing bytes: [UInt8]) throws {
    guard bytes.count <= LogPolicy.byteCountMax, bytes.last == 0x0A,
      String(validating: bytes, as: UTF8.self) != nil
    else { throw TrailError(.policyMalformed, "policy is too long, not UTF-8 or unfinished") }
    var lines = ByteLines(bytes)
    var hasQuorum = false
    while let line = lines.nextText() {
      let number = lines.line
      let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init)
      guard let verb = words.first, !verb.hasPrefix("#") else { continue }
      switch (verb, words.count) {
      case ("log", 2...3): logs.append(try NoteKey(vkey: words[1]))
      case ("witness", 3...4): try add(witness: words[1], vkey: words[2], number)
      case ("group", 4...): try add(group: words, number)
      case ("quorum", 2) where !hasQuorum:
        hasQuorum = true
        guard words[1] == "none" || isName(words[1]) else { throw unknown(words[1], number) }
        quorum = words[1] == "none" ? nil : words[1]
      default: throw TrailError(.policyMalformed, "no line of a policy: \(verb)", line: number)
      }
    }
    guard hasQuorum else { throw TrailError(.policyMalformed, "no quorum line") }
  }

  private func isName(_ name: String) -> Bool { keys[name] != nil || groups[name] != nil }

  private func unknown(_ name: String, _ line: Int) -> TrailError {
    TrailError(.policyMalformed, "\(name) is no witness or group named before", line: line)
  }

  private mutating func add(witness name: String, vkey: String, _ line: Int) throws {
    guard !isName(name), name != "none" else {
      throw TrailError(.policyMalformed, "\(name) stands twice", line: line)
    }
    let key = try NoteKey(vkey: vkey)
    guard key.kind == .cosignature else {
      throw TrailError(.policyMalformed, "\(name): not the key of a witness", line: line)
    }
    witnessNames.append(name)
    keys[name] = key
  }

  private mutating func add(group words: [String], _ line: Int) throws {
    let members = Array(words[3...])
    guard !isName(words[1]), words[1] != "none", Set(members).count == members.count else {
      throw TrailError(.policyMalformed, "\(words[1]) or a member of it stands twice", line: line)
    }
    for member in members where !isName(member) { throw unknown(member, line) }
    let needed: Int? =
      switch words[2] {
      case "any": 1
      case "all": members.count
      default: Int(plainDecimal: words[2])
      }
    guard let needed, needed >= 1, needed <= members.count else {
      throw TrailError(.policyMalformed, "\(words[2]) of \(members.count) members", line: line)
    }
    groups[words[1]] = Group(needed: needed, members: members)
  }

  /// Whether enough witnesses signed. Groups name only what stands before them: no cycle.
  package func isSatisfied(by signers: [NoteKey]) -> Bool {
    guard let quorum else { return true }
    return holds(quorum, Set(signers))
  }

  private func holds(_ name: String, _ signers: Set<NoteKey>) -> Bool {
    if let key = keys[name] { return signers.contains(key) }
    guard let group = groups[name] else { return false }
    return group.members.count { holds($0, signers) } >= group.needed
  }
}
