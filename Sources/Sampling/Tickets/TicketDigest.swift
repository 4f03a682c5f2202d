import Crypto

/// A first-generation ticket before it is written out: SHA-256 as a number, last decimal first.
///
/// Rivest's ticket is the digest as a decimal number with its digits reversed behind `0.`, so the
/// order of two tickets is decided by the lowest decimal digits. They are held in words of 19
/// digits, reversed, and compared without making text: 10⁷ keys need no text at all.
public struct TicketDigest: Hashable, Sendable {
  /// Digits 1-19, 20-38, 39-57, 58-76 and 77-78 after the point, each as one number.
  let words: (UInt64, UInt64, UInt64, UInt64, UInt64)
  /// Digits after the point, in `64...78`.
  let count: Int

  /// The digest's 32 bytes as four big-endian words, the highest first.
  init(_ w3: UInt64, _ w2: UInt64, _ w1: UInt64, _ w0: UInt64) {
    var rest = (w3, w2, w1, w0)
    let a = Self.cut(&rest)
    let b = Self.cut(&rest)
    let c = Self.cut(&rest)
    let d = Self.cut(&rest)
    let e = rest.3
    words = (a.reversed, b.reversed, c.reversed, d.reversed, e % 10 * 10 + e / 10)
    let digits = 76 + (e >= 10 ? 2 : e > 0 ? 1 : 0)
    count = digits > 76 ? digits : Self.length([a.plain, b.plain, c.plain, d.plain])
  }

  init(_ digest: SHA256.Digest) { self.init(DigestWords(digest)) }

  init(_ words: DigestWords) { self.init(words.w3, words.w2, words.w1, words.w0) }

  /// Divides the number by 10¹⁹ in place and returns the remainder, plain and digit-reversed.
  private static func cut(
    _ number: inout (UInt64, UInt64, UInt64, UInt64)
  ) -> (plain: UInt64, reversed: UInt64) {
    var remainder: UInt64 = 0
    (number.0, remainder) = base.dividingFullWidth((remainder, number.0))
    (number.1, remainder) = base.dividingFullWidth((remainder, number.1))
    (number.2, remainder) = base.dividingFullWidth((remainder, number.2))
    (number.3, remainder) = base.dividingFullWidth((remainder, number.3))
    return (remainder, reverse(remainder))
  }

  private static let base: UInt64 = 10_000_000_000_000_000_000

  /// The 19 digits of `number` in reverse, as a number.
  private static func reverse(_ number: UInt64) -> UInt64 {
    var rest = number
    var reversed: UInt64 = 0
    for _ in 0..<19 {
      reversed = reversed * 10 + rest % 10
      rest /= 10
    }
    return reversed
  }

  /// Decimal length of a number given in words of 19 digits, lowest first; at least 64.
  private static func length(_ words: [UInt64]) -> Int {
    for (index, word) in words.enumerated().reversed() where word > 0 {
      return max(64, index * 19 + String(word).utf8.count)
    }
    return 64
  }

  /// The first four digits, as a number.
  var leadingDigits: UInt64 { words.0 / 1_000_000_000_000_000 }

  /// The ticket as text, `0.` and 64 to 78 digits.
  public var text: String {
    var digits = "0."
    for word in [words.0, words.1, words.2, words.3] {
      let text = String(word)
      digits += String(repeating: "0", count: 19 - text.utf8.count) + text
    }
    digits += words.4 < 10 ? "0\(words.4)" : "\(words.4)"
    return String(digits.prefix(2 + count))
  }

  /// Equal as numbers.
  public static func == (a: TicketDigest, b: TicketDigest) -> Bool { a.words == b.words }

  /// The first 38 digits are hashed; equal digests have equal ones.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(words.0)
    hasher.combine(words.1)
  }
}

extension TicketDigest: Comparable {
  /// The order of the tickets as numbers, which is also that of their texts.
  public static func < (a: TicketDigest, b: TicketDigest) -> Bool { a.words < b.words }
}

/// The 32 bytes of a digest as four big-endian words, `w3` the highest.
struct DigestWords: Sendable {
  let w3: UInt64
  let w2: UInt64
  let w1: UInt64
  let w0: UInt64

  init(_ digest: SHA256.Digest) {
    (w3, w2, w1, w0) = digest.withUnsafeBytes { bytes in
      (
        UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
        UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)),
        UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self)),
        UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 24, as: UInt64.self))
      )
    }
  }

  /// The first four digits of the ticket, as a number.
  ///
  /// The last four of the digest in decimal, reversed, from the remainders of 2^64, 2^128 and 2^192
  /// by 10⁴: a key far behind the smallest tickets is passed over without a long division.
  var leadingDigits: UInt64 {
    let low = w0 % 10_000 + 1616 * (w1 % 10_000) + 1456 * (w2 % 10_000) + 2896 * (w3 % 10_000)
    let rest = low % 10_000
    return rest % 10 * 1000 + rest / 10 % 10 * 100 + rest / 100 % 10 * 10 + rest / 1000
  }
}

/// Makes tickets for one seed.
///
/// The seed's digest is 64 characters long, one block of SHA-256 to the byte. It is hashed once;
/// each key goes on from there, so a ticket costs no more than hashing the key alone.
public struct TicketMaker: Sendable {
  /// The seed's text, any text.
  public let seed: String
  /// SHA-256 after the seed's digest.
  private let begun: SHA256

  /// A maker for the seed. Threads should make one each: what is begun is counted by reference.
  public init(seed: String) {
    self.seed = seed
    var hasher = SHA256()
    hasher.update(data: Array(Ticket.hexDigest(seed).utf8))
    begun = hasher
  }

  /// The first-generation ticket of a key.
  public func digest(_ key: String) -> TicketDigest {
    var key = key
    return key.withUTF8 { digest(bytes: UnsafeRawBufferPointer($0)) }
  }

  /// The first-generation ticket of a key given as its UTF-8 bytes.
  public func digest(bytes: UnsafeRawBufferPointer) -> TicketDigest {
    TicketDigest(words(bytes: bytes))
  }

  /// SHA-256 of the seed's digest and the key.
  func words(bytes: UnsafeRawBufferPointer) -> DigestWords {
    var hasher = begun
    hasher.update(bufferPointer: bytes)
    return DigestWords(hasher.finalize())
  }
}
