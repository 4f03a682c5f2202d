import Assurance
import Exact

/// Decimals from the forms that cells hold them in.
enum NumberText {
  /// A spreadsheet number: the decimal as written, or at 15 significant digits where it is longer,
  /// because a longer one is the image of a binary number and 15 digits are what the spreadsheet
  /// shows (0.22969999999999999 is 0.2297). Halves go away from zero.
  static func spreadsheet(_ text: UnsafeBufferPointer<UInt8>) -> ExactDecimal? {
    guard let value = ExactDecimal(ascii: text) else { return nil }
    return shortened(value)
  }

  static func shortened(_ value: ExactDecimal) -> ExactDecimal? {
    var coefficient = value.coefficient.magnitude
    guard coefficient >= 1_000_000_000_000_000 else { return value }
    var dropped = 0
    var last: UInt128 = 0
    while coefficient >= 1_000_000_000_000_000 {
      last = coefficient % 10
      coefficient /= 10
      dropped += 1
    }
    if last >= 5 { coefficient += 1 }
    var scale = value.scale - dropped
    while scale < 0 {
      let (larger, over) = coefficient.multipliedReportingOverflow(by: 10)
      guard !over else { return nil }
      coefficient = larger
      scale += 1
    }
    guard let signed = Int128(exactly: coefficient) else { return nil }
    return try? ExactDecimal(coefficient: value.isNegative ? -signed : signed, scale: scale)
  }

  /// What a text in the dataset's number form holds.
  struct Reading {
    let value: ExactDecimal
    let isFullWidth: Bool
  }

  /// A number written as text in the declared form: grouped in threes or not at all, full-width
  /// digits taken for digits, a sign in front. Nil for anything else.
  static func read(_ text: String, form: NumberForm) -> Reading? {
    if let reading = readDigits(text, form: form) { return reading }
    guard form.isChinese else { return nil }
    let half = String(String.UnicodeScalarView(text.unicodeScalars.map(Folding.halfWidth)))
    return ChineseNumerals.read(half).map { Reading(value: $0, isFullWidth: half != text) }
  }

  private static func readDigits(_ text: String, form: NumberForm) -> Reading? {
    var isFullWidth = false
    var plain: [UInt8] = []
    var group = -1
    var seenPoint = false
    let point = form.point.asciiValue
    for scalar in text.unicodeScalars {
      var half = Folding.halfWidth(scalar)
      if half != scalar { isFullWidth = true }
      if half == "\u{2212}" { half = "-" }
      if half == "\u{A0}" || half == "\u{202F}" || half == "\u{2009}" { half = " " }
      if half == "\u{2019}" { half = "'" }
      guard let byte = UInt8(exactly: half.value), byte < 128 else { return nil }
      if byte >= 48, byte <= 57 {
        plain.append(byte)
        if group >= 0, !seenPoint { group += 1 }
      } else if byte == point, !seenPoint {
        guard group < 0 || group == 3 else { return nil }
        seenPoint = true
        plain.append(UInt8(ascii: "."))
      } else if let separator = form.group?.asciiValue, byte == separator, !seenPoint {
        let digits = plain.count { $0 >= 48 && $0 <= 57 }
        guard group == 3 || (group < 0 && (1...3).contains(digits)) else { return nil }
        group = 0
      } else if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") {
        let afterExponent = plain.last == UInt8(ascii: "e")
        guard plain.isEmpty || afterExponent else { return nil }
        plain.append(byte)
      } else if byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E"), group < 0 {
        plain.append(UInt8(ascii: "e"))
      } else {
        return nil
      }
    }
    guard group < 0 || group == 3 || seenPoint else { return nil }
    return plain.withUnsafeBufferPointer { ExactDecimal(ascii: $0) }.map {
      Reading(value: $0, isFullWidth: isFullWidth)
    }
  }

  /// Whether a text is `1,234` or `1.234` in shape: a number of thousands to some and a fraction to
  /// others.
  static func isAmbiguous(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var text = text.trimmed
    if let first = text.first, first == 45 || first == 43 {
      text = UnsafeBufferPointer(rebasing: text[1...])
    }
    guard (5...7).contains(text.count), let first = text.first, first >= 49, first <= 57 else {
      return false
    }
    let mark = text.count - 4
    guard text[mark] == UInt8(ascii: ",") || text[mark] == UInt8(ascii: ".") else { return false }
    return text.indices.allSatisfy { $0 == mark || (text[$0] >= 48 && text[$0] <= 57) }
  }

  /// The declarations that would read a text, such as `numbers: 1.234,5`.
  static func declarations(for text: String) -> [String] {
    NumberForm.named.filter { $0.name.utf8.first == UInt8(ascii: "1") || $0.form.isChinese }
      .filter { read(text, form: $0.form) != nil }.map { "`numbers: \"\($0.name)\"`" }
  }
}
