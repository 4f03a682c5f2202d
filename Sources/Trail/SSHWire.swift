/// Fields of RFC 4251 section 5, read strictly.
struct SSHWireReader {
  private var rest: ArraySlice<UInt8>
  private let code: TrailError.Code

  /// Refusals carry this code.
  init(_ bytes: some Collection<UInt8>, refusing code: TrailError.Code) {
    rest = Array(bytes)[...]
    self.code = code
  }

  mutating func fixed(_ count: Int) throws -> [UInt8] {
    guard rest.count >= count else { throw TrailError(code, "blob ends inside a field") }
    defer { rest = rest.dropFirst(count) }
    return Array(rest.prefix(count))
  }

  mutating func byte() throws -> UInt8 { try fixed(1)[0] }

  mutating func uint32() throws -> UInt32 {
    try fixed(4).reduce(0) { $0 << 8 | UInt32($1) }
  }

  mutating func uint64() throws -> UInt64 {
    try fixed(8).reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// A string of bytes.
  mutating func string() throws -> [UInt8] {
    let count = try uint32()
    guard count <= rest.count else { throw TrailError(code, "blob ends inside a field") }
    return try fixed(Int(count))
  }

  /// A string of UTF-8 without NUL.
  mutating func text() throws -> String {
    let bytes = try string()
    guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else {
      throw TrailError(code, "name in a blob is not text")
    }
    return text
  }

  /// A non-negative integer, big-endian, without leading zeros; nought is empty. An integer with a
  /// needless zero or a sign is refused: it would be a second spelling.
  mutating func natural() throws -> [UInt8] {
    let bytes = try string()
    guard let first = bytes.first else { return [] }
    guard first & 0x80 == 0 else { throw TrailError(code, "negative number in a blob") }
    guard first == 0 else { return bytes }
    guard bytes.count > 1, bytes[1] & 0x80 != 0 else {
      throw TrailError(code, "number in a blob has a needless zero")
    }
    return Array(bytes.dropFirst())
  }

  /// Throws where something is left.
  func end() throws {
    guard rest.isEmpty else { throw TrailError(code, "bytes after the last field of a blob") }
  }

  var isAtEnd: Bool { rest.isEmpty }
}

/// Writes the same fields.
struct SSHWireWriter {
  private(set) var bytes: [UInt8] = []

  mutating func raw(_ more: [UInt8]) { bytes += more }

  mutating func uint32(_ number: UInt32) {
    bytes += [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> UInt32($0)) }
  }

  mutating func string(_ content: [UInt8]) {
    uint32(UInt32(content.count))
    bytes += content
  }

  mutating func string(_ content: String) { string(Array(content.utf8)) }
}
