/// Comma-separated patterns of ssh_config(5): `*` any bytes, `?` one byte, `!` before a pattern
/// excludes what it matches.
package struct PatternList: Hashable, Sendable {
  /// As it stands in the file.
  package let text: String

  init(_ text: String) { self.text = text }

  /// Whether a pattern matches and none that excludes does. Nothing but exclusions matches nothing.
  package func matches(_ name: String) -> Bool {
    let name = Array(name.utf8)
    var found = false
    for part in text.utf8.split(separator: UInt8(ascii: ",")) {
      let excludes = part.first == UInt8(ascii: "!")
      let pattern = Array(excludes ? part.dropFirst() : part)
      guard PatternList.matches(pattern, name) else { continue }
      if excludes { return false }
      found = true
    }
    return found
  }

  /// Whether it is one plain name that means itself only.
  package var isExact: Bool { SignerName.isExact(text) }

  /// Greedy match with one point to come back to: linear in practice, never exponential.
  private static func matches(_ pattern: [UInt8], _ name: [UInt8]) -> Bool {
    var (at, position) = (0, 0)
    var star: (pattern: Int, name: Int)?
    while position < name.count {
      if at < pattern.count, pattern[at] == UInt8(ascii: "*") {
        star = (at, position)
        at += 1
      } else if at < pattern.count,
        pattern[at] == name[position] || pattern[at] == UInt8(ascii: "?")
      {
        at += 1
        position += 1
      } else if let last = star {
        star = (last.pattern, last.name + 1)
        at = last.pattern + 1
        position = last.name + 1
      } else {
        return false
      }
    }
    return pattern[at...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
