import BigInt
public import Exact

extension TicketDigest {
  /// The ticket × 10^78, exactly.
  var scaled: BigUInt {
    let base = BigUInt(10_000_000_000_000_000_000 as UInt64)
    var value = BigUInt(words.0)
    for word in [words.1, words.2, words.3] { value = value * base + BigUInt(word) }
    return value * 100 + BigUInt(words.4)
  }

  /// The ticket as a `Double`, within 1e-15 relative.
  var approximate: Double { (Double(words.0) + Double(words.1) * 1e-19) * 1e-19 }
}

extension Ticket {
  /// The ticket as an exact fraction, `0 ≤ u < 1`.
  public var fraction: Rational {
    let digits = digits.dropFirst(2)
    guard let whole = BigInt(digits, radix: 10) else { return .zero }
    return (try? Rational(whole, over: BigInt(10).power(digits.utf8.count))) ?? .zero
  }
}
