/// Web and mail addresses and telephone numbers: their digits are no figures.
enum AddressMask {
  static func ranges(_ t: [UInt32]) -> [(range: Range<Int>, reason: AsideReason)] {
    var found: [(range: Range<Int>, reason: AsideReason)] = []
    var index = 0
    while index < t.count {
      var range: Range<Int>?
      var reason = AsideReason.webAddress
      switch t[index] {
      case 0x3A where has(t, [0x3A, 0x2F, 0x2F], index): range = around(t, index)
      case 0x40: range = around(t, index)
      case 0x77 where has(t, [0x77, 0x77, 0x77, 0x2E], index): range = around(t, index)
      case 0x2B where index + 1 < t.count && Glyph.isDigit(t[index + 1]):
        range = telephone(t, index)
        reason = .telephone
      default: break
      }
      if let range, !range.isEmpty {
        let start = max(range.lowerBound, found.last?.range.upperBound ?? 0)
        if start < range.upperBound { found.append((start..<range.upperBound, reason)) }
        index = max(range.upperBound, index + 1)
      } else {
        index += 1
      }
    }
    return found
  }

  private static func has(_ t: [UInt32], _ word: [UInt32], _ index: Int) -> Bool {
    index + word.count <= t.count && zip(word, t[index...]).allSatisfy { $0 == $1 }
  }

  /// The printable ASCII characters around a place, without brackets and quotation marks.
  private static func around(_ t: [UInt32], _ index: Int) -> Range<Int> {
    let fits = { (c: UInt32) in
      c > 32 && c < 0x7F && c != 0x22 && c != 0x28 && c != 0x29 && c != 0x5B && c != 0x5D
        && c != 0x3C && c != 0x3E
    }
    var start = index
    while start > 0, index - start < 200, fits(t[start - 1]) { start -= 1 }
    var end = index
    while end < t.count, end - index < 500, fits(t[end]) { end += 1 }
    return start..<end
  }

  /// `+86-755-86013470`: a plus sign and at least eight digits with hyphens and blanks.
  private static func telephone(_ t: [UInt32], _ index: Int) -> Range<Int>? {
    var end = index + 1
    var digits = 0
    while end < t.count {
      if Glyph.isDigit(t[end]) {
        digits += 1
      } else if t[end] != 0x2D && t[end] != 32 {
        break
      }
      end += 1
    }
    while end > index, !Glyph.isDigit(t[end - 1]) { end -= 1 }
    return digits >= 8 ? index..<end : nil
  }
}
