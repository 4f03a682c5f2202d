import BigInt
import Crypto
public import Exact

/// Uniform numbers from a seed and a counter, as Stark's and Rivest's tools make them.
///
/// The `i`-th number is SHA-256 of the seed, a comma and `i` zero bytes, divided by 2^256. Draws
/// here come from tickets; this stream serves to do again what others drew, with the selections
/// that take uniform numbers. Source: cryptorandom 0.4 (Stark and Millman, 2019).
public struct CounterStream: Sendable {
  /// The seed as text.
  public let seed: String
  /// How many numbers were taken so far.
  public private(set) var count = 0

  /// A stream from its beginning.
  public init(seed: String) { self.seed = seed }

  /// The next number, exactly, `0 ≤ u < 1`.
  public mutating func next() -> Rational {
    let zeros = [UInt8](repeating: 0, count: count)
    count += 1
    let digest = SHA256.hash(data: Array(seed.utf8) + [0x2c] + zeros)
    let whole = digest.reduce(BigInt(0)) { $0 << 8 + BigInt($1) }
    return (try? Rational(whole, over: BigInt(1) << 256)) ?? .zero
  }
}
