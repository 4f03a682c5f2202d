#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A value that a leaf of the log holds as a digest only, with the salt that belongs to it.
///
/// In the leaf stands `{"salted":"HEX"}`, HEX being SHA-256 over 16 bytes of salt and then the
/// value as canonical JSON. Value and salt lie beside the leaf. Whoever has both can check them;
/// whoever has neither learns nothing and can guess nothing, however short the value; and the log's
/// hashes are the same for both.
package struct SaltedValue: Hashable, Sendable {
  /// Number of the leaf in the log, from 0.
  package let event: Int
  /// Where the value belongs: names and list places from the root, joined by `/`.
  package let path: String
  /// Always ``saltByteCount`` bytes.
  package let salt: [UInt8]
  /// The value as canonical JSON.
  package let bytes: [UInt8]

  package static let saltByteCount = 16

  package init(event: Int, path: String, salt: [UInt8], value: CanonicalJSON) {
    (self.event, self.path, self.salt, bytes) = (event, path, salt, value.bytes)
  }

  /// What the leaf holds of it.
  package var digest: Digest { Digest(of: salt + bytes) }

  /// The value itself; null if the bytes are none.
  package var value: CanonicalJSON { (try? CanonicalJSON(parsing: bytes)) ?? .null }

  // MARK: a line of a file

  /// One line of canonical JSON without its end: `event`, `path`, `salt` in hex, `value`.
  package var line: [UInt8] {
    let json: CanonicalJSON = [
      "event": .integer(Int64(event)), "path": .string(path), "salt": .string(Hex.text(salt)),
      "value": value,
    ]
    return json.bytes
  }

  /// Reads a line; nil unless it is exactly what ``line`` writes.
  package init?(line: [UInt8]) {
    guard let json = try? CanonicalJSON(parsing: line), json.object?.members.count == 4,
      let event = json["event"]?.integer, event >= 0, let path = json["path"]?.string,
      let salt = (json["salt"]?.string).flatMap({ Hex.bytes($0.utf8) }),
      salt.count == Self.saltByteCount, let value = json["value"], let place = Int(exactly: event)
    else { return nil }
    self.init(event: place, path: path, salt: salt, value: value)
  }
}

/// Leaves with salted values in them.
package enum SaltedLeaf {
  /// The one member of an object that stands for a value.
  package static let mark = "salted"

  /// What stands in the leaf for a value of this digest.
  package static func holder(_ digest: Digest) -> CanonicalJSON { [mark: .string(digest.hex)] }

  /// The digest that an object stands for; nil if it is anything else.
  package static func digest(_ json: CanonicalJSON) -> Digest? {
    guard let members = json.object?.members, members.count == 1, members[0].key == mark else {
      return nil
    }
    return members[0].value.string.flatMap { Digest(hex: $0) }
  }

  /// Every place of a leaf where a digest stands for a value, in the leaf's order.
  package static func places(_ json: CanonicalJSON) -> [(path: String, digest: Digest)] {
    if let digest = digest(json) { return [("", digest)] }
    var found: [(path: String, digest: Digest)] = []
    func add(_ name: String, _ value: CanonicalJSON) {
      for inner in places(value) {
        found.append((inner.path.isEmpty ? name : name + "/" + inner.path, inner.digest))
      }
    }
    for member in json.object?.members ?? [] { add(member.key, member.value) }
    for (index, element) in (json.array ?? []).enumerated() { add(String(index), element) }
    return found
  }

  /// A leaf as it was meant: each digest replaced by its value, or where that is not here by the
  /// text `withheld:` and the digest's first 32 digits.
  ///
  /// - Parameter values: of this leaf. One that has not the digest that stands there is not used.
  package static func told(_ leaf: [UInt8], _ values: [SaltedValue]) -> [UInt8] {
    guard mayHold(leaf), let json = try? CanonicalJSON(parsing: leaf) else { return leaf }
    var known: [Digest: CanonicalJSON] = [:]
    for value in values { known[value.digest] = value.value }
    return replaced(json) { digest in known[digest] ?? .string(withheld(digest)) }.bytes
  }

  /// A log, or the part of one that begins with the event of number `first`, as it was meant.
  package static func told(
    _ leaves: [[UInt8]], _ values: [SaltedValue], from first: Int = 0
  ) -> [[UInt8]] {
    let byEvent = Dictionary(grouping: values, by: \.event)
    return leaves.enumerated().map { told($1, byEvent[first + $0] ?? []) }
  }

  /// What is shown in place of a value that is not here.
  package static func withheld(_ digest: Digest) -> String { "withheld:" + digest.hex.prefix(32) }

  /// Whether a leaf may have a salted value, without reading it.
  package static func mayHold(_ leaf: [UInt8]) -> Bool {
    leaf.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else { return false }
      var place = 0
      while bytes.count - place >= sought.count,
        let found = memchr(start + place, Int32(sought[0]), bytes.count - place)
      {
        place = UnsafeRawPointer(found) - start
        if bytes[place...].starts(with: sought) { return true }
        place += 1
      }
      return false
    }
  }

  private static let sought = Array("{\"salted\":\"".utf8)

  /// The depth is bounded by the parser.
  private static func replaced(
    _ json: CanonicalJSON, _ value: (Digest) -> CanonicalJSON
  ) -> CanonicalJSON {
    if let digest = digest(json) { return value(digest) }
    if let members = json.object?.members {
      var object = CanonicalJSON.Object()
      for member in members { object[member.key] = replaced(member.value, value) }
      return .object(object)
    }
    if let elements = json.array { return .array(elements.map { replaced($0, value) }) }
    return json
  }
}
