/// A standard that exists, by body and number.
package struct StandardNumber: Hashable, Sendable {
  package let body: String
  package let number: String
  /// The edition that was current when the list was made; nil where not listed.
  package let edition: String?
  package let subject: String
  /// Whether it was seen in a public source, or is from general knowledge.
  package let confirmed: Bool
}

/// A code of a reporting framework.
struct IndexCode: Hashable, Sendable {
  let framework: String
  let code: String

  /// The codes from first to last; the part behind the last point or hyphen counts up.
  static func expand(framework: String, first: String, last: String) -> [IndexCode] {
    guard !last.isEmpty,
      let mark = first.lastIndex(where: { $0 == "." || $0 == "-" }),
      let low = Int(first[first.index(after: mark)...]),
      let lastMark = last.lastIndex(where: { $0 == "." || $0 == "-" }),
      let high = Int(last[last.index(after: lastMark)...]), low <= high
    else { return [IndexCode(framework: framework, code: first)] }
    return (low...high).map { IndexCode(framework: framework, code: first[...mark] + String($0)) }
  }
}
