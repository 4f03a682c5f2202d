import Crypto

/// A SHA-256 digest (FIPS 180-4), 32 bytes.
///
/// Kept as four big-endian words, so that a set of millions costs no allocation each and the order
/// is the order of the bytes.
package struct Digest: Hashable, Sendable {
  private let word0: UInt64
  private let word1: UInt64
  private let word2: UInt64
  private let word3: UInt64

  /// Bytes in a digest.
  package static let byteCount = 32

  /// The digest of these bytes.
  package init(of bytes: some Collection<UInt8>) {
    var stream = DigestStream()
    stream.update(bytes)
    self = stream.digest()
  }

  /// The digest of a text's UTF-8 bytes.
  package init(ofText text: String) {
    self.init(of: Array(text.utf8))
  }

  /// A digest that was computed elsewhere; nil unless there are 32 bytes.
  package init?(bytes: some Collection<UInt8>) {
    guard bytes.count == Digest.byteCount else { return nil }
    let copy = Array(bytes)
    self = copy.withUnsafeBytes { Digest(raw: $0) }
  }

  /// A digest written as 64 lower-case hexadecimal digits; nil for any other text.
  package init?(hex: String) {
    guard let bytes = Hex.bytes(hex.utf8) else { return nil }
    self.init(bytes: bytes)
  }

  /// A digest written in base64, 44 characters, as checkpoints have it; nil for any other text.
  package init?(base64: String) {
    guard let bytes = Base64.bytes(Array(base64.utf8)) else { return nil }
    self.init(bytes: bytes)
  }

  /// Reads 32 bytes; the caller has counted them.
  init(raw: UnsafeRawBufferPointer) {
    func word(_ index: Int) -> UInt64 {
      UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))
    }
    word0 = word(0)
    word1 = word(1)
    word2 = word(2)
    word3 = word(3)
  }

  /// The 32 bytes.
  package var bytes: [UInt8] {
    withBytes { Array($0) }
  }

  /// 64 lower-case hexadecimal digits.
  package var hex: String {
    withBytes { Hex.text($0) }
  }

  /// 44 characters of base64.
  package var base64: String { Base64.text(bytes) }

  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    let words = (word0.bigEndian, word1.bigEndian, word2.bigEndian, word3.bigEndian)
    return withUnsafeBytes(of: words, body)
  }
}

extension Digest: Comparable {
  /// Order of the bytes, which is the order of the hexadecimal text.
  package static func < (left: Digest, right: Digest) -> Bool {
    (left.word0, left.word1, left.word2, left.word3)
      < (right.word0, right.word1, right.word2, right.word3)
  }
}

extension Digest: CustomStringConvertible {
  package var description: String { hex }
}

extension Digest: Codable {
  /// From a hexadecimal string.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let digest = Digest(hex: try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "not 64 lower-case hexadecimal digits")
    }
    self = digest
  }

  /// As a hexadecimal string.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(hex)
  }
}

/// SHA-256 of bytes that arrive in pieces; a copy is a branch.
package struct DigestStream {
  private var hash = SHA256()

  package init() {}

  /// Appends a piece without copying it.
  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    hash.update(bufferPointer: bytes)
  }

  /// Appends a piece; copied once where the collection is not contiguous.
  package mutating func update(_ bytes: some Collection<UInt8>) {
    let done: Void? = bytes.withContiguousStorageIfAvailable {
      hash.update(bufferPointer: UnsafeRawBufferPointer($0))
    }
    if done == nil {
      Array(bytes).withUnsafeBytes { hash.update(bufferPointer: $0) }
    }
  }

  /// Appends the bytes of a digest.
  package mutating func update(_ digest: Digest) {
    digest.withBytes { hash.update(bufferPointer: $0) }
  }

  /// The digest of everything so far; more may follow.
  package func digest() -> Digest {
    hash.finalize().withUnsafeBytes { Digest(raw: $0) }
  }
}
