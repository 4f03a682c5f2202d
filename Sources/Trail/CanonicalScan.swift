/// Goes through canonical JSON without building it: many times faster over a long log.
///
/// Lines without a backslash, which are nearly all, are checked byte by byte; any other goes
/// through the parser. Both accept the same lines.
package struct CanonicalScan {
  /// Where a string stands that is no key.
  package struct Place {
    /// Of the member that it is, or of the nearest one around it; nil outside of objects.
    package let key: UnsafeBufferPointer<UInt8>?
    /// Of the member around the object that it stands in.
    package let parent: UnsafeBufferPointer<UInt8>?
    /// 1 for a member of the outermost object or array.
    package let depth: Int
  }

  private typealias Each = (Place, UnsafeBufferPointer<UInt8>) -> Void

  private let bytes: UnsafeBufferPointer<UInt8>
  private var at = 0

  private init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// Whether bytes are one canonical value; hands out the UTF-8 of each string in it that is no
  /// key.
  package static func check(
    _ bytes: UnsafeBufferPointer<UInt8>, each: (UnsafeBufferPointer<UInt8>) -> Void
  ) -> Bool {
    var isPlain = true
    var isASCII = true
    for byte in bytes {
      if byte == UInt8(ascii: "\\") { isPlain = false }
      if byte >= 0x80 { isASCII = false }
    }
    guard isPlain, isASCII || String(validating: bytes, as: UTF8.self) != nil else {
      return slowly(bytes, each)
    }
    var scan = CanonicalScan(bytes)
    let top = Place(key: nil, parent: nil, depth: 0)
    return scan.value(top) { _, text in each(text) } && scan.at == bytes.count
  }

  /// The same for a line without a backslash, with the place of each string; nil for any other.
  package static func strings(
    _ bytes: UnsafeBufferPointer<UInt8>,
    each: (Place, UnsafeBufferPointer<UInt8>) -> Void
  ) -> Bool? {
    guard !bytes.contains(UInt8(ascii: "\\")) else { return nil }
    var scan = CanonicalScan(bytes)
    return scan.value(Place(key: nil, parent: nil, depth: 0), each) && scan.at == bytes.count
  }

  private static func slowly(
    _ bytes: UnsafeBufferPointer<UInt8>, _ each: (UnsafeBufferPointer<UInt8>) -> Void
  ) -> Bool {
    guard let json = try? CanonicalJSON(parsing: bytes) else { return false }
    visit(json, each)
    return true
  }

  /// Depth is bounded by the parser.
  private static func visit(
    _ json: CanonicalJSON, _ each: (UnsafeBufferPointer<UInt8>) -> Void
  ) {
    switch json {
    case .string(let text): Array(text.utf8).withUnsafeBufferPointer(each)
    case .array(let items): for item in items { visit(item, each) }
    case .object(let object): for member in object.members { visit(member.value, each) }
    case .null, .bool, .integer: break
    }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard at < bytes.count, bytes[at] == byte else { return false }
    at += 1
    return true
  }

  private mutating func value(_ place: Place, _ each: Each) -> Bool {
    guard place.depth <= CanonicalJSON.depthMax, at < bytes.count else { return false }
    switch bytes[at] {
    case UInt8(ascii: "{"): return object(in: place, each)
    case UInt8(ascii: "["): return array(in: place, each)
    case UInt8(ascii: "\""):
      guard let text = string() else { return false }
      each(place, text)
      return true
    case UInt8(ascii: "t"): return word("true")
    case UInt8(ascii: "f"): return word("false")
    case UInt8(ascii: "n"): return word("null")
    default: return integer()
    }
  }

  private mutating func object(in place: Place, _ each: Each) -> Bool {
    at += 1
    if take(UInt8(ascii: "}")) { return true }
    var last: UnsafeBufferPointer<UInt8>?
    repeat {
      guard let key = string(), last.map({ precedes($0, key) }) ?? true,
        take(UInt8(ascii: ":")),
        value(Place(key: key, parent: place.key, depth: place.depth + 1), each)
      else { return false }
      last = key
    } while take(UInt8(ascii: ","))
    return take(UInt8(ascii: "}"))
  }

  private mutating func array(in place: Place, _ each: Each) -> Bool {
    at += 1
    if take(UInt8(ascii: "]")) { return true }
    let inside = Place(key: place.key, parent: place.parent, depth: place.depth + 1)
    repeat { guard value(inside, each) else { return false } } while take(UInt8(ascii: ","))
    return take(UInt8(ascii: "]"))
  }

  private func precedes(
    _ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    let common = min(a.count, b.count)
    for index in 0..<common where a[index] != b[index] { return a[index] < b[index] }
    return a.count < b.count
  }

  private mutating func string() -> UnsafeBufferPointer<UInt8>? {
    guard take(UInt8(ascii: "\"")) else { return nil }
    let start = at
    while at < bytes.count, bytes[at] != UInt8(ascii: "\"") {
      guard bytes[at] >= 0x20 else { return nil }
      at += 1
    }
    let end = at
    guard take(UInt8(ascii: "\"")) else { return nil }
    return UnsafeBufferPointer(rebasing: bytes[start..<end])
  }

  private mutating func word(_ word: StaticString) -> Bool {
    for index in 0..<word.utf8CodeUnitCount where !take(word.utf8Start[index]) { return false }
    return true
  }

  /// Shortest form, within 64 bits.
  private mutating func integer() -> Bool {
    let start = at
    while at < bytes.count, bytes[at] == UInt8(ascii: "-") || (0x30...0x39).contains(bytes[at]) {
      at += 1
    }
    let text = bytes[start..<at]
    guard !text.isEmpty, text.count <= 20 else { return false }
    let written = String(decoding: text, as: UTF8.self)
    return Int64(written).map { String($0) == written } ?? false
  }
}
