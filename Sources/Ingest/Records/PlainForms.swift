import Assurance

/// A decimal of at most 18 digits without exponent, as `coefficient × 10^-scale`, trailing zeros
/// after the point dropped.
struct PlainDecimal {
  private(set) var coefficient: UInt64 = 0
  private(set) var scale = 0
  private(set) var isNegative = false

  var signed: Int128 { isNegative ? -Int128(coefficient) : Int128(coefficient) }

  /// Parses `[+-]digits[.digits]` or `.digits`; nil for anything else, and for more digits.
  init?(_ text: UnsafeBufferPointer<UInt8>) {
    var index = 0
    if let first = text.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
      isNegative = first == UInt8(ascii: "-")
      index = 1
    }
    var digits = 0
    var seenPoint = false
    while index < text.count {
      let byte = text[index]
      index += 1
      if byte >= 48, byte <= 57 {
        guard coefficient < 100_000_000_000_000_000 else { return nil }
        coefficient = coefficient * 10 + UInt64(byte - 48)
        digits += 1
        if seenPoint { scale += 1 }
      } else if byte == UInt8(ascii: "."), !seenPoint {
        seenPoint = true
      } else {
        return nil
      }
    }
    guard digits > 0, scale <= 18 else { return nil }
    while scale > 0, coefficient % 10 == 0 {
      coefficient /= 10
      scale -= 1
    }
    if coefficient == 0 { isNegative = false }
  }
}

extension UnsafeBufferPointer where Element == UInt8 {
  /// Whether the text is an integer as numbers are written canonically, of at most 15 digits.
  var isPlainInteger: Bool {
    guard count > 0, count <= 15, self[0] != 48 || count == 1 else { return false }
    for byte in self where byte < 48 || byte > 57 { return false }
    return true
  }

  /// Whether neither end is white space beyond ASCII, nor anything that might join it: both are
  /// ASCII, or ideographs of U+4000...U+9FFF. The text has no ASCII white space at its ends.
  var hasPlainEnds: Bool {
    guard count > 0 else { return false }
    let first = self[0]
    guard first < 0x80 || (first >= 0xE4 && first <= 0xE9) else { return false }
    let last = self[count - 1]
    if last < 0x80 { return true }
    guard count >= 3 else { return false }
    let lead = self[count - 3]
    return lead >= 0xE4 && lead <= 0xE9
  }

  /// Whether the bytes are well-formed UTF-8.
  var isUTF8: Bool {
    guard let start = baseAddress else { return true }
    var index = 0
    var high: UInt64 = 0
    let raw = UnsafeRawPointer(start)
    while index + 8 <= count {
      high |= raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      index += 8
    }
    while index < count {
      high |= UInt64(start[index])
      index += 1
    }
    if high & 0x8080_8080_8080_8080 == 0 { return true }
    return (try? UTF8Span(validating: self.span)) != nil
  }

  /// Whether the text is `YYYY-MM-DD`, a day of the years 1900 to 2100.
  var isPlainDay: Bool {
    guard count == 10, let year = plainYearMonth, self[7] == 45, let tens = digit(8),
      let ones = digit(9)
    else { return false }
    let day = tens * 10 + ones
    return day >= 1 && (day <= 28 || day <= Month(year: year.year, month: year.month).days)
  }

  /// Whether the text is `YYYY-MM` of the years 1900 to 2100.
  var isPlainMonth: Bool { count == 7 && plainYearMonth != nil }

  private var plainYearMonth: (year: Int, month: Int)? {
    guard let a = digit(0), let b = digit(1), let c = digit(2), let d = digit(3), self[4] == 45,
      let e = digit(5), let f = digit(6)
    else { return nil }
    let year = a * 1000 + b * 100 + c * 10 + d
    let month = e * 10 + f
    guard year >= 1900, year <= 2100, month >= 1, month <= 12 else { return nil }
    return (year, month)
  }

  private func digit(_ index: Int) -> Int? {
    let byte = self[index]
    return byte >= 48 && byte <= 57 ? Int(byte - 48) : nil
  }
}
