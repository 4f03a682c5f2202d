import Crypto

/// The checksum algorithms of BagIt manifests, by the names in their file names.
///
/// Packs are written with the last two alone; MD5 and SHA-1 are there to read other people's bags
/// and find damage, not attackers.
package enum BagAlgorithm: String, Sendable, CaseIterable {
  case md5, sha1, sha224, sha256, sha384, sha512

  /// Both of a pack.
  package static let pack: [BagAlgorithm] = [.sha256, .sha512]

  /// Hexadecimal digits in a checksum.
  var digits: Int {
    switch self {
    case .md5: 32
    case .sha1: 40
    case .sha224: 56
    case .sha256: 64
    case .sha384: 96
    case .sha512: 128
    }
  }
}

/// Several checksums over one pass of the bytes.
struct BagHasher {
  private enum State {
    case md5(Insecure.MD5)
    case sha1(Insecure.SHA1)
    case sha224(SHA224)
    case sha256(SHA256)
    case sha384(SHA384)
    case sha512(SHA512)
  }
  private var states: [(BagAlgorithm, State)]
  private(set) var count = 0

  init(_ algorithms: some Sequence<BagAlgorithm>) {
    states = algorithms.map { algorithm in
      switch algorithm {
      case .md5: (algorithm, .md5(Insecure.MD5()))
      case .sha1: (algorithm, .sha1(Insecure.SHA1()))
      case .sha224: (algorithm, .sha224(SHA224()))
      case .sha256: (algorithm, .sha256(SHA256()))
      case .sha384: (algorithm, .sha384(SHA384()))
      case .sha512: (algorithm, .sha512(SHA512()))
      }
    }
  }

  mutating func update(_ piece: UnsafeRawBufferPointer) {
    count += piece.count
    for index in states.indices {
      switch states[index].1 {
      case .md5(var hash): states[index].1 = .md5(Self.fed(&hash, piece))
      case .sha1(var hash): states[index].1 = .sha1(Self.fed(&hash, piece))
      case .sha224(var hash):
        hash.update(piece)
        states[index].1 = .sha224(hash)
      case .sha256(var hash): states[index].1 = .sha256(Self.fed(&hash, piece))
      case .sha384(var hash): states[index].1 = .sha384(Self.fed(&hash, piece))
      case .sha512(var hash): states[index].1 = .sha512(Self.fed(&hash, piece))
      }
    }
  }

  private static func fed<Hash: HashFunction>(
    _ hash: inout Hash, _ piece: UnsafeRawBufferPointer
  ) -> Hash {
    hash.update(bufferPointer: piece)
    return hash
  }

  /// Lower-case hexadecimal checksums of everything so far.
  func finish() -> [BagAlgorithm: String] {
    var result: [BagAlgorithm: String] = [:]
    for (algorithm, state) in states {
      switch state {
      case .md5(let hash): result[algorithm] = Self.hex(hash.finalize())
      case .sha1(let hash): result[algorithm] = Self.hex(hash.finalize())
      case .sha224(let hash): result[algorithm] = Self.hex(hash.finalize())
      case .sha256(let hash): result[algorithm] = Self.hex(hash.finalize())
      case .sha384(let hash): result[algorithm] = Self.hex(hash.finalize())
      case .sha512(let hash): result[algorithm] = Self.hex(hash.finalize())
      }
    }
    return result
  }

  /// The checksums of bytes in memory.
  static func digests(
    of bytes: [UInt8], _ algorithms: [BagAlgorithm] = BagAlgorithm.pack
  ) -> [BagAlgorithm: String] {
    var hasher = BagHasher(algorithms)
    bytes.withUnsafeBytes { hasher.update($0) }
    return hasher.finish()
  }

  private static func hex(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}

/// Digests of bytes in memory by both algorithms of a pack.
package enum PackDigests {
  /// SHA-256 and SHA-512.
  package static func both(of bytes: [UInt8]) -> [[UInt8]] {
    [Array(SHA256.hash(data: bytes)), Array(SHA512.hash(data: bytes))]
  }
}
