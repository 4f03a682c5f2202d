import Crypto

/// A pseudorandom decimal fraction of a key, as Rivest's consistent sampler makes it.
///
/// Generation 1 is `U(H(seed) + key)` with `H` lowercase hexadecimal SHA-256 of UTF-8 text and
/// `U(x)` the digest as a number, in decimal, left-padded to at least 64 digits, digits reversed,
/// behind `0.`. A later generation follows from the ticket before alone. Order and chaining use the
/// whole text; only display is cut.
///
/// Source: Rivest, Consistent sampling with replacement (2018), arXiv 1808.10016, section 4.
public struct Ticket: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The whole text: `0.` and 64 digits or more.
  public let digits: String
  /// 1 for the first draw of a key, 2 for the second, and so on.
  public let generation: Int

  /// The first ticket of `key` under `seed`. Both may be any text; equal bytes are the same key.
  public init(seed: String, key: String) {
    self.init(TicketMaker(seed: seed).digest(key))
  }

  /// A first ticket written out.
  public init(_ digest: TicketDigest) {
    digits = digest.text
    generation = 1
  }

  init(digits: String, generation: Int) {
    self.digits = digits
    self.generation = generation
  }

  /// The ticket of the same key's next draw: larger, and dependent on this one only.
  public var next: Ticket {
    let nines = digits.dropFirst(2).prefix { $0 == "9" }
    var index = 1
    while true {
      let candidate = "0." + nines + Self.uniform("\(digits):\(index)").dropFirst(2)
      if Self.precedes(digits, candidate) {
        return Ticket(digits: candidate, generation: generation + 1)
      }
      index += 1
    }
  }

  /// The ticket cut (never rounded) to `digits` digits after its leading nines.
  public func displayed(digits count: Int = 18) -> String {
    let nines = digits.dropFirst(2).prefix { $0 == "9" }.count
    return String(digits.prefix(2 + nines + count))
  }

  /// The ticket cut to 18 digits.
  public var description: String { displayed() }

  /// Numeric order, which is the order of the texts.
  public static func < (a: Ticket, b: Ticket) -> Bool { precedes(a.digits, b.digits) }
  /// Equal texts are equal tickets, whatever the generation.
  public static func == (a: Ticket, b: Ticket) -> Bool { a.digits == b.digits }
  /// Hashes the text.
  public func hash(into hasher: inout Hasher) { hasher.combine(digits) }

  /// Byte order, whatever the locale.
  static func precedes(_ a: String, _ b: String) -> Bool {
    a.utf8.lexicographicallyPrecedes(b.utf8)
  }

  /// Lowercase hexadecimal SHA-256 of UTF-8 text.
  static func hexDigest(_ text: String) -> String {
    let alphabet = Array("0123456789abcdef".utf8)
    var hex: [UInt8] = []
    hex.reserveCapacity(64)
    for byte in SHA256.hash(data: Array(text.utf8)) {
      hex.append(alphabet[Int(byte >> 4)])
      hex.append(alphabet[Int(byte & 15)])
    }
    return String(decoding: hex, as: UTF8.self)
  }

  /// Rivest's `U`: the digest of a text as a decimal fraction, its digits reversed.
  static func uniform(_ text: String) -> String {
    TicketDigest(SHA256.hash(data: Array(text.utf8))).text
  }
}
