import BigInt

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
