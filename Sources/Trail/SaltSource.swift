import Crypto

/// Makes salts from a secret.
///
/// A salt is the first 16 bytes of HMAC-SHA256 under a key of 32 random bytes over the place and
/// the value. HMAC is a pseudorandom function (Bellare, "New proofs for NMAC and HMAC", 2006):
/// without the key its outputs can't be told from chance, however many are known, so to an
/// outsider such a salt is as good as thrown dice; and the same key, place and value give the same
/// bytes again. The value is in it so that a log that was rolled back and went on differently has
/// other salts.
package struct SaltSource: Sendable {
  private let key: [UInt8]

  package static let keyByteCount = 32

  /// - Parameter key: nil unless it has ``keyByteCount`` bytes.
  package init?(key: [UInt8]) {
    guard key.count == Self.keyByteCount else { return nil }
    self.key = key
  }

  /// From 64 lower-case hexadecimal digits.
  package init?(hex: String) {
    guard let bytes = Hex.bytes(hex.utf8) else { return nil }
    self.init(key: bytes)
  }

  /// A secret from the system's source of randomness.
  package static func random() -> SaltSource {
    SaltSource(unchecked: SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) })
  }

  private init(unchecked key: [UInt8]) { self.key = key }

  package var hex: String { Hex.text(key) }

  /// The value at a place of a leaf, with its salt.
  package func salted(event: Int, path: String, _ value: CanonicalJSON) -> SaltedValue {
    SaltedValue(
      event: event, path: path,
      salt: salt(["leaf", String(event), path], value.bytes), value: value)
  }

  /// Sixteen bytes for a value in a context; contexts of other names never give the same.
  package func salt(_ context: [String], _ value: [UInt8]) -> [UInt8] {
    Array(code(context, value).prefix(SaltedValue.saltByteCount))
  }

  /// Another secret, of use for one purpose only: knowing it says nothing about this one.
  package func derived(_ context: [String]) -> SaltSource {
    SaltSource(unchecked: code(["derived"] + context, []))
  }

  /// Each part with its length before it, so that no two lists of parts are one text.
  private func code(_ context: [String], _ value: [UInt8]) -> [UInt8] {
    var code = HMAC<SHA256>(key: SymmetricKey(data: key))
    for part in context.map({ Array($0.utf8) }) + [value] {
      code.update(data: Array("\(part.count):".utf8))
      code.update(data: part)
    }
    return Array(code.finalize())
  }
}
