import Exact

/// A number's characters read, before anything around them is looked at.
struct Numeral {
  var value: ExactDecimal
  /// Digits behind the point at the last printed digit.
  var decimals: Int
  /// One behind the last character.
  var end: Int
  /// Whether written in Chinese characters alone.
  var chinese = false
  /// Whether groups of three are marked.
  var grouped = false
  /// Whether Chinese digits stand for places, as in 二零二一.
  var positional = false
}

extension Numeral {
  /// Reads ASCII digits with groups of three and decimals at `start`.
  static func digits(_ text: [UInt32], at start: Int) -> Numeral? {
    var index = start
    var coefficient: Int128 = 0
    var count = 0
    var grouped = false
    while index < text.count {
      let c = text[index]
      if Glyph.isDigit(c) {
        coefficient = coefficient * 10 + Int128(c - 0x30)
        count += 1
        index += 1
        guard count <= 30 else { return nil }
      } else if isGroupMark(c), count > 0, count <= 3 || grouped, groupFollows(text, index + 1) {
        grouped = true
        index += 1
      } else {
        break
      }
    }
    guard count > 0 else { return nil }
    var decimals = 0
    if index + 1 < text.count, text[index] == 0x2E, Glyph.isDigit(text[index + 1]) {
      index += 1
      while index < text.count, Glyph.isDigit(text[index]), decimals < 12 {
        coefficient = coefficient * 10 + Int128(text[index] - 0x30)
        decimals += 1
        index += 1
      }
    }
    guard let value = try? ExactDecimal(coefficient: coefficient, scale: decimals) else {
      return nil
    }
    return Numeral(value: value, decimals: decimals, end: index, grouped: grouped)
  }

  private static func isGroupMark(_ c: UInt32) -> Bool { c == 0x2C || c == 0xFF0C || c == 0x27 }

  /// Three digits, and then none.
  private static func groupFollows(_ text: [UInt32], _ index: Int) -> Bool {
    guard index + 2 < text.count else { return false }
    for offset in 0..<3 where !Glyph.isDigit(text[index + offset]) { return false }
    return index + 3 >= text.count || !Glyph.isDigit(text[index + 3])
  }
}

/// Chinese numerals, simplified by folding.
enum ChineseNumeral {
  static func digit(_ c: UInt32) -> Int? {
    switch c {
    case 0x3007, 0x96F6: 0
    case 0x4E00, 0x58F9: 1
    case 0x4E8C, 0x8D30, 0x4E24: 2
    case 0x4E09, 0x53C1: 3
    case 0x56DB, 0x8086: 4
    case 0x4E94, 0x4F0D: 5
    case 0x516D, 0x9646: 6
    case 0x4E03, 0x67D2: 7
    case 0x516B, 0x634C: 8
    case 0x4E5D, 0x7396: 9
    default: nil
    }
  }

  /// The exponent of ten of a magnitude: 十 1, 百 2, 千 3, 萬 4, 億 8, 兆 12.
  static func magnitude(_ c: UInt32) -> Int? {
    switch c {
    case 0x5341, 0x62FE: 1
    case 0x767E, 0x4F70: 2
    case 0x5343, 0x4EDF: 3
    case 0x4E07: 4
    case 0x4EBF: 8
    case 0x5146: 12
    default: nil
    }
  }

  static func isNumeral(_ c: UInt32) -> Bool {
    digit(c) != nil && c != 0x9646 || magnitude(c) != nil && c != 0x5146 && c != 0x62FE
  }

  /// Reads a run of Chinese numerals at `start`; nil if it does not make a number.
  static func read(_ text: [UInt32], at start: Int) -> Numeral? {
    var end = start
    var places = true
    while end < text.count, isNumeral(text[end]) || (end > start && text[end] == 0x5146) {
      if magnitude(text[end]) != nil { places = false }
      end += 1
    }
    guard end > start, end - start <= 24 else { return nil }
    let run = text[start..<end]
    let value: Int128? = places ? positional(run) : structured(run)
    guard let value, let decimal = try? ExactDecimal(coefficient: value, scale: 0) else {
      return nil
    }
    let trailing = places ? 0 : trailingExponent(run)
    return Numeral(
      value: decimal, decimals: -trailing, end: end, chinese: true,
      positional: places && end - start > 1)
  }

  private static func positional(_ run: ArraySlice<UInt32>) -> Int128? {
    var value: Int128 = 0
    for c in run {
      guard let next = digit(c) else { return nil }
      value = value * 10 + Int128(next)
    }
    return value
  }

  /// Digits and magnitudes: 三千二百萬, 十五, 百, 千億.
  private static func structured(_ run: ArraySlice<UInt32>) -> Int128? {
    var total: Int128 = 0
    var section: Int128 = 0
    var current: Int128?
    for c in run {
      if let next = digit(c) {
        current = (current ?? 0) * (current == nil ? 1 : 10) + Int128(next)
      } else if let exponent = magnitude(c) {
        let power = power(exponent)
        if exponent >= 4 {
          let base = section + (current ?? 0)
          total = exponent >= 8 && total > 0 ? (total + base) * power : total + max(base, 1) * power
          section = 0
        } else {
          section += (current ?? 1) * power
        }
        current = nil
      }
    }
    return total + section + (current ?? 0)
  }

  /// The exponent of the last printed place: 三百 2, 五千萬 7, 三百五 1.
  private static func trailingExponent(_ run: ArraySlice<UInt32>) -> Int {
    var exponent = 0
    for c in run.reversed() {
      guard let next = magnitude(c) else { break }
      exponent += next
    }
    return exponent
  }

  private static func power(_ exponent: Int) -> Int128 {
    (0..<exponent).reduce(Int128(1)) { power, _ in power * 10 }
  }
}
