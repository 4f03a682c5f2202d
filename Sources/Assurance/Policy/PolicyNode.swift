import Yams

/// A place in a policy file: reads values strictly and says where each came from.
///
/// Every mapping that is read must be closed with ``finish()``: keys nobody asked for are errors,
/// because a misspelt key would otherwise change an engagement without a word.
package final class PolicyNode {
  private let node: Node
  private let file: String
  private let path: String
  private var used: Set<String> = []

  private init(_ node: Node, file: String, path: String) {
    self.node = node
    self.file = file
    self.path = path
  }

  /// Parses YAML text.
  ///
  /// - Parameter file: the name to blame in errors.
  /// - Throws: `policy-not-yaml` for text that is no YAML or repeats a key, `policy-empty` if there
  ///   is nothing in it, `policy-too-large`, `policy-anchor`.
  package static func parse(_ text: String, file: String) throws(AssureError) -> PolicyNode {
    try PolicyText.check(text, file: file)
    let node: Node?
    do { node = try Yams.compose(yaml: text) } catch {
      let line = String(describing: error).split(separator: "\n").first ?? ""
      let message = line.hasSuffix(".") ? line.dropLast() : line
      throw AssureError(
        "policy-not-yaml", place: file, "this is not YAML: \(message)",
        remedy: "check indentation and repeated keys near the line named")
    }
    guard let node else {
      throw AssureError(
        "policy-empty", place: file, "the file is empty", remedy: "write it or remove it")
    }
    return PolicyNode(node, file: file, path: "")
  }

  /// `file:line`, and the path of keys.
  package var place: String {
    let line = node.mark.map { ":\($0.line)" } ?? ""
    return file + line + (path.isEmpty ? "" : " (\(path))")
  }

  package func error(_ code: String, _ reason: String, remedy: String) -> AssureError {
    AssureError(code, place: place, reason, remedy: remedy)
  }

  private func child(_ node: Node, _ name: String) -> PolicyNode {
    PolicyNode(node, file: file, path: path.isEmpty ? name : path + "." + name)
  }

  /// The value under a key, or nil if there is none.
  package func optional(_ key: String) throws(AssureError) -> PolicyNode? {
    guard let mapping = node.mapping else {
      throw error(
        "policy-shape", "a mapping of keys to values is expected here",
        remedy: "write `key: value` lines")
    }
    used.insert(key)
    guard let value = mapping[Node(key)], !(value.scalar?.string.isEmpty ?? false) else {
      return nil
    }
    return child(value, key)
  }

  /// The value under a key that must be there.
  package func required(_ key: String) throws(AssureError) -> PolicyNode {
    guard let value = try optional(key) else {
      if let (misspelt, place) = misspelling(of: key) {
        throw place.error(
          "policy-missing-key", "the key `\(key)` is missing; `\(misspelt)` stands here",
          remedy: "write `\(key)`")
      }
      throw error("policy-missing-key", "the key `\(key)` is missing", remedy: "add `\(key): …`")
    }
    return value
  }

  /// A key that nobody asked for yet and that differs from a missing one by a slip: one letter
  /// more, less or other, or two letters swapped.
  private func misspelling(of key: String) -> (String, PolicyNode)? {
    for other in (node.mapping ?? [:]).keys {
      guard let name = other.scalar?.string, !used.contains(name), Self.isSlip(name, for: key)
      else { continue }
      return (name, child(other, name))
    }
    return nil
  }

  private static func isSlip(_ a: String, for b: String) -> Bool {
    let (a, b) = (Array(a.utf8), Array(b.utf8))
    let head = zip(a, b).prefix { $0 == $1 }.count
    let tail = zip(a.reversed(), b.reversed()).prefix { $0 == $1 }
      .prefix(max(0, min(a.count, b.count) - head)).count
    let (left, right) = (a.count - head - tail, b.count - head - tail)
    if max(left, right) <= 1 { return a.count > 1 && b.count > 1 }
    return left == 2 && right == 2 && a[head] == b[head + 1] && a[head + 1] == b[head]
  }

  /// Refuses keys that nobody asked for.
  package func finish() throws(AssureError) {
    guard let mapping = node.mapping else { return }
    for (key, value) in mapping {
      guard let name = key.scalar?.string, used.contains(name) else {
        throw child(value, key.scalar?.string ?? "?").error(
          "policy-unknown-key", "the key `\(key.scalar?.string ?? "?")` has no meaning here",
          remedy: "one of: \(used.sorted().joined(separator: ", "))")
      }
    }
  }

  /// The text of a scalar, as written: `no` stays `no`, `1.50` stays `1.50`.
  package func text() throws(AssureError) -> String {
    guard let scalar = node.scalar else {
      throw error(
        "policy-shape", "a single value is expected here", remedy: "write one word, number or text")
    }
    return scalar.string
  }

  /// A scalar that must parse as `Value`.
  package func value<Value: LosslessStringConvertible>(
    _ type: Value.Type, _ what: String
  ) throws(AssureError) -> Value {
    let text = try text()
    guard let value = Value(text) else {
      throw error("policy-value", "`\(text)` is not \(what)", remedy: "write \(what)")
    }
    return value
  }

  /// A scalar that must be one of the words given.
  package func word<Value: RawRepresentable & CaseIterable>(
    _ type: Value.Type
  ) throws(AssureError) -> Value where Value.RawValue == String {
    let text = try text()
    guard let value = Value(rawValue: text) else {
      throw error(
        "policy-value", "`\(text)` is not a word known here",
        remedy: "one of: \(Value.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return value
  }

  /// The items of a list; a single value counts as a list of one.
  package func items() throws(AssureError) -> [PolicyNode] {
    guard let sequence = node.sequence else {
      _ = try text()
      return [self]
    }
    return sequence.enumerated().map { child($0.element, "\($0.offset + 1)") }
  }

  /// The keys and values of a mapping, in the order written.
  package func entries() throws(AssureError) -> [(key: String, value: PolicyNode)] {
    guard let mapping = node.mapping else {
      throw error(
        "policy-shape", "a mapping of keys to values is expected here",
        remedy: "write `key: value` lines")
    }
    var entries: [(key: String, value: PolicyNode)] = []
    for (key, value) in mapping {
      let name = key.scalar?.string ?? ""
      used.insert(name)
      entries.append((name, child(value, name)))
    }
    return entries
  }

  package var isMapping: Bool { node.mapping != nil }
  package var isList: Bool { node.sequence != nil }
}
