import Assurance
import Exact

/// Numbers in Chinese numerals, for datasets that declare them.
///
/// Read: 三千二百, 壹佰零五, 二〇二一 (digits by place), 三點五, 1.5万, 1亿2000万. Not read: 三千二 and
/// 1万5, which people use for 3200 and 15000 and which say 3002 and 10005; and 兆, which is a
/// million million or a million.
enum ChineseNumerals {
  private static let digits: [Character: Int] = {
    var digits: [Character: Int] = [:]
    for (index, words) in [
      "零〇○", "一壹", "二貳贰兩两", "三參叁", "四肆", "五伍", "六陸陆", "七柒", "八捌", "九玖",
    ].enumerated() {
      for word in words { digits[word] = index }
    }
    return digits
  }()
  private static let units: [Character: Int] = [
    "十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000,
  ]
  private static let sections: [Character: Int] = [
    "万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000,
  ]

  /// The number a text is, or nil.
  static func read(_ text: String) -> ExactDecimal? {
    var rest = text.filter { !$0.isWhitespace }
    let isNegative = rest.first.map { "負负-".contains($0) } ?? false
    if isNegative { rest.removeFirst() }
    guard !rest.isEmpty, rest.count <= 60 else { return nil }
    var total = ExactDecimal.zero
    var limit = Int.max
    while !rest.isEmpty {
      let part = rest.prefix { sections[$0] == nil }
      rest.removeFirst(part.count)
      let size = rest.first.flatMap { sections[$0] } ?? 1
      if size > 1 { rest.removeFirst() }
      let isTail = limit != Int.max && size == 1
      guard size < limit, let value = section(String(part), isTail: isTail),
        let scaled = try? value * ExactDecimal(size), let sum = try? total + scaled
      else { return nil }
      // A broken part has nothing behind it, and fits below the section before it.
      guard limit == Int.max || value < ExactDecimal(limit / size) else { return nil }
      guard value.scale == 0 || rest.isEmpty else { return nil }
      total = sum
      limit = size
    }
    return isNegative ? -total : total
  }

  /// One part between the units 万 and 亿.
  private static func section(_ text: String, isTail: Bool) -> ExactDecimal? {
    if text.allSatisfy({ $0.isASCII }) {
      guard let first = text.first, first.isNumber, !isTail || text.count >= 2 else { return nil }
      return NumberText.read(text, form: .plain)?.value
    }
    let parts = text.split(
      omittingEmptySubsequences: false, whereSeparator: { $0 == "點" || $0 == "点" })
    guard parts.count <= 2, let whole = integer(parts[0], isTail: isTail) else { return nil }
    guard parts.count == 2 else { return ExactDecimal(whole) }
    let decimals = parts[1].compactMap { digits[$0] }
    guard !decimals.isEmpty, decimals.count == parts[1].count else { return nil }
    return ExactDecimal("\(whole).\(decimals.map(String.init).joined())")
  }

  private static func integer(_ text: Substring, isTail: Bool) -> Int? {
    guard !text.isEmpty, text.count <= 16 else { return nil }
    if text.allSatisfy({ digits[$0] != nil }), text.count > 1, !isTail {
      return Int(text.compactMap { digits[$0] }.map(String.init).joined())
    }
    var total = 0
    var digit: Int?
    var last = 10_000
    var sawZero = false
    for character in text {
      if let value = digits[character] {
        guard digit == nil else { return nil }
        if value == 0 { sawZero = true } else { digit = value }
      } else if let unit = units[character] {
        guard unit < last, digit != nil || (unit == 10 && total == 0) else { return nil }
        total += (digit ?? 1) * unit
        digit = nil
        last = unit
        sawZero = false
      } else {
        return nil
      }
    }
    if let digit {
      // 三千二: thousands and a bare digit, which people take for hundreds.
      let isBare = (last > 10 && last < 10_000 && !sawZero) || (isTail && total == 0 && !sawZero)
      guard !isBare else { return nil }
      total += digit
    }
    return total
  }

  /// Numerals of a date in digits: 二〇二一年十二月三十一日 is 2021年12月31日.
  static func inDigits(_ text: String) -> String {
    var result = ""
    var run = ""
    func close() {
      if !run.isEmpty { result += integer(run[...], isTail: false).map(String.init) ?? run }
      run = ""
    }
    for character in text {
      if digits[character] != nil || character == "十" || character == "百" {
        run.append(character)
      } else {
        close()
        result.append(character)
      }
    }
    close()
    return result
  }
}
