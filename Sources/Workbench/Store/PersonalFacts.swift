import Assurance
import Trail

/// Which facts of which events are personal or may be: their leaves hold them salted.
///
/// A closed list, the same for every engagement whatever its policy says: a field that somebody
/// calls personal next year is in the log already. `*` is every place of a list or every name.
/// The page `Redaction` of Pack's documentation has the list with the reasons.
enum PersonalFacts {
  /// Digests of rows: a row is mostly known and the rest of it can be guessed.
  static let everywhere = ["state/*/sha256"]

  static let byKind: [String: [String]] = [
    "source.received": ["facts/tables/*/records"],
    "source.replaced": ["facts/parts/*/changes"],
    "population.checked": ["facts/found"],
    "exception.decided": ["facts/exception", "facts/reason"],
    "sample.drawn": ["facts/draw", "facts/keys"],
    "worksheet.imported": ["facts/results"],
    "note.raised": ["facts/item", "facts/text"],
    "note.answered": ["facts/text"],
    "note.returned": ["facts/text"],
    "note.cleared": ["facts/text"],
    "independence.declared": ["facts/text"],
    "request.made": ["facts/from", "facts/item", "facts/text"],
    "request.closed": ["facts/text"],
    "evidence.attached": [
      "facts/file", "facts/items", "facts/page", "facts/region", "facts/text",
    ],
  ]

  /// An event as its leaf has it, and the values that were taken out.
  static func salted(
    _ event: CanonicalJSON.Object, kind: String, seq: Int, _ salts: SaltSource
  ) -> (leaf: CanonicalJSON, values: [SaltedValue]) {
    var json = CanonicalJSON.object(event)
    var values: [SaltedValue] = []
    for pattern in (byKind[kind] ?? []) + everywhere {
      json = replaced(json, pattern.split(separator: "/")[...], []) { path, value in
        let one = salts.salted(event: seq, path: path.joined(separator: "/"), value)
        values.append(one)
        return SaltedLeaf.holder(one.digest)
      }
    }
    return (json, values)
  }

  /// Replaces what stands at each place that the pattern names; nothing where it names none.
  private static func replaced(
    _ json: CanonicalJSON, _ pattern: ArraySlice<Substring>, _ path: [String],
    _ value: ([String], CanonicalJSON) -> CanonicalJSON
  ) -> CanonicalJSON {
    guard let name = pattern.first else { return value(path, json) }
    if let elements = json.array, name == "*" {
      return .array(
        elements.enumerated().map {
          replaced($1, pattern.dropFirst(), path + [String($0)], value)
        })
    }
    guard var object = json.object else { return json }
    for member in object.members where name == "*" || member.key == name {
      object[member.key] = replaced(
        member.value, pattern.dropFirst(), path + [member.key], value)
    }
    return .object(object)
  }
}
