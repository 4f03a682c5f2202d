/// A file that a pack takes over byte for byte.
package struct PackFile: Sendable {
  /// The name it was received or made with, without folders; need not be safe.
  package let name: String
  /// SHA-256 in hex that it must have, known from elsewhere; nil if nothing is known.
  package let digest: String?
  /// Its size in bytes.
  package let size: Int
  package let bytes: PackBytes
  /// SHA-256 in hex that its bytes were just found to have; nil if nobody looked.
  var found: String?

  package init(name: String, digest: String?, size: Int, bytes: PackBytes) {
    self.name = name
    self.digest = digest
    self.size = size
    self.bytes = bytes
  }

  /// A file held in memory.
  package init(name: String, bytes: [UInt8], digest: String? = nil) {
    self.init(name: name, digest: digest, size: bytes.count, bytes: .memory(bytes))
  }
}

/// Where bytes come from, so that a large source need not be held.
package enum PackBytes: Sendable {
  case memory([UInt8])
  /// Calls back with the pieces in order, each time it is asked.
  case stream(@Sendable (_ piece: (UnsafeRawBufferPointer) throws -> Void) throws -> Void)

  package static func text(_ text: String) -> PackBytes { .memory(Array(text.utf8)) }

  /// Hands out the bytes in pieces.
  package func forEachPiece(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    switch self {
    case .memory(let bytes): try bytes.withUnsafeBytes(body)
    case .stream(let stream): try stream(body)
    }
  }

  /// All bytes in memory.
  package func collected() throws -> [UInt8] {
    if case .memory(let bytes) = self { return bytes }
    var all: [UInt8] = []
    try forEachPiece { all.append(contentsOf: $0) }
    return all
  }
}
