import Exact

/// Scales, units, classifiers and what is counted.
extension Tokenizer {
  /// Scale behind the digits: 萬, 億, 百萬, million; qualifiers between them are kept.
  func readScale(_ draft: inout Draft) {
    var index = draft.range.upperBound
    var inside: [Vocabulary.Qualifier] = []
    var end = index
    while true {
      let next = skipBlanks(index)
      if let word = vocabulary.inside.longest(in: t, at: next), isInside(next, word.length) {
        inside.append(word.entry)
        index = next + word.length
        continue
      }
      let magnitudes = magnitudes(at: next)
      guard magnitudes.exponent > 0 else { break }
      scale(&draft, by: magnitudes.exponent)
      index = magnitudes.end
      end = index
      draft.inside += inside
      inside = []
    }
    draft.range = draft.range.lowerBound..<end
    draft.inside += inside
    draft.extent = draft.range.lowerBound..<max(index, end)
  }

  /// A plus sign must touch the number; a character must not begin another word.
  private func isInside(_ index: Int, _ length: Int) -> Bool {
    if t[index] == 0x2B {
      return !Glyph.isDigit(character(index + 1)) && character(index - 1) != 32
    }
    let next = skipBlanks(index + length)
    let c = character(next)
    if t[index] == 0x6765 || t[index] == 0x51E0 {
      return vocabulary.units.longest(in: t, at: next) != nil
        || ChineseNumeral.magnitude(c) != nil
    }
    return Glyph.isHan(c) || c == 10 || c == 32 || c == 9
  }

  /// Magnitudes from `index` on, up to where a unit such as 千瓦時 begins.
  private func magnitudes(at index: Int) -> (exponent: Int, end: Int) {
    var exponent = 0
    var index = index
    while index < t.count, let next = ChineseNumeral.magnitude(t[index]), next != 1 {
      if vocabulary.units.longest(in: t, at: index).map({ $0.length > 1 }) ?? false { break }
      if vocabulary.words.longest(in: t, at: index) != nil, exponent == 0, next < 4 { break }
      exponent += next
      index += 1
    }
    if exponent > 0 { return (exponent, index) }
    for (word, exponent) in Self.englishScales where has(word, at: index) {
      let end = index + word.utf8.count
      if !Glyph.isLetter(character(end)) { return (exponent, end) }
    }
    return (0, index)
  }

  private static let englishScales: [(String, Int)] = [
    ("million", 6), ("billion", 9), ("thousand", 3), ("trillion", 12), ("Million", 6),
    ("Billion", 9), ("bn", 9), ("mn", 6), ("hundred", 2),
  ]

  private func scale(_ draft: inout Draft, by exponent: Int) {
    guard case .figure(let value, let high) = draft.value,
      let power = try? ExactDecimal(coefficient: tenTo(exponent), scale: 0),
      let scaled = try? value * power
    else { return }
    draft.value = .figure(scaled, high: high.flatMap { try? $0 * power })
    draft.decimals -= exponent
  }

  private func tenTo(_ exponent: Int) -> Int128 {
    (0..<exponent).reduce(Int128(1)) { power, _ in power * 10 }
  }

  /// Unit, or classifier and noun, or currency in front.
  func readUnit(_ draft: inout Draft, reach: Int = 10) {
    readCurrency(&draft)
    let start = draft.extent.upperBound
    var index = skipBlanks(start)
    if index < t.count, Glyph.isNewline(t[index]) {
      let below = skipBlanks(index, lines: true)
      if draft.unit == nil, below < t.count, let unit = vocabulary.units.longest(in: t, at: below),
        unit.length > 1, unit.entry.kind != .percent
      {
        index = below
      }
    }
    if index < t.count, t[index] == 0x2D, let unit = vocabulary.units.longest(in: t, at: index + 1),
      Glyph.isLetter(t[index + 1])
    {
      take(unit.entry, &draft, end: index + 1 + unit.length)
      return
    }
    if let unit = vocabulary.units.longest(in: t, at: index), fits(unit, at: index, draft) {
      take(unit.entry, &draft, end: index + unit.length, ordinal: reach == 3 && isOrdinal(draft))
      return
    }
    guard draft.unit == nil else { return }
    if let name = rank(draft) ?? versionNumber(draft) {
      draft.unit = name.unit
      draft.kind = name.kind
      return
    }
    if isYearShaped(draft), !Glyph.isLetter(character(index)) { return }
    if let noun = noun(from: index, reach: reach) ?? headcountBefore(draft.range.lowerBound) {
      draft.unit = noun
      draft.hasUnit = true
    }
  }

  private func isYearShaped(_ draft: Draft) -> Bool {
    guard draft.range.count == 4, draft.range.allSatisfy({ Glyph.isDigit(t[$0]) }),
      case .figure(let value, nil) = draft.value
    else { return false }
    return value >= ExactDecimal(1900) && value < ExactDecimal(2100)
  }

  /// 全球前 10: a rank.
  private func rank(_ draft: Draft) -> (unit: String, kind: NumberKind)? {
    let end = skipBlanksBack(draft.range.lowerBound)
    return has("前", before: end) && draft.decimals == 0 ? ("{rank}", .ordinal) : nil
  }

  /// 2.0 版本, 第 3000 號, 附錄二十七: numbers of documents.
  private func versionNumber(_ draft: Draft) -> (unit: String, kind: NumberKind)? {
    let end = skipBlanksBack(draft.range.lowerBound)
    let next = skipBlanks(draft.extent.upperBound)
    let numbered = has("第", before: end) && character(next) == 0x53F7
    let appended = has("附录", before: end) || has("Appendix", before: end)
    return character(next) == 0x7248 || numbered || appended ? ("1", .version) : nil
  }

  /// 人數 or 人次 in the clause before, or in the line above, where no unit follows.
  private func headcountBefore(_ start: Int) -> String? {
    var end = skipBlanksBack(start)
    if end > 0, Glyph.isNewline(t[end - 1]) { end = skipBlanksBack(end, lines: true) }
    var index = end
    while index > max(0, end - 10) {
      if Glyph.separatesClauses(t[index - 1]) { return nil }
      if has("人次", before: index) { return "{person-time}" }
      if has("人数", before: index) { return "{person}" }
      index -= 1
    }
    return nil
  }

  /// Single characters that are units only when no other word begins with them.
  private func fits(
    _ unit: (length: Int, entry: Vocabulary.Unit), at index: Int, _ draft: Draft
  ) -> Bool {
    if unit.length > 1 { return true }
    let next = character(index + 1)
    switch t[index] {
    case 0x5E74, 0x6708, 0x65E5:  // 年 月 日: 年度, 月台 are no durations of whole years
      return next != 0x5EA6
    case 0x7EA7: return draft.decimals == 0  // 級, but not 10 萬級
    case 0x5C42: return true  // 層
    case 0x7F8E: return false
    case 0x56FD, 0x7701, 0x5E02, 0x6751, 0x53BF:
      return draft.decimals == 0 && next != 0x9645 && next != 0x5BB6 && next != 0x5916
    case 0x5927: return next != 0x5B66 && next != 0x8857  // 大: 大學, 大街
    case 0x5355: return next != 0x4F4D
    case 0x661F, 0x7C73, 0x8282: return !Glyph.isHan(next) || t[index] == 0x8282
    default: return true
    }
  }

  func isOrdinal(_ draft: Draft) -> Bool {
    has("第", before: skipBlanksBack(draft.range.lowerBound))
  }

  private func take(
    _ unit: Vocabulary.Unit, _ draft: inout Draft, end: Int, ordinal: Bool = false
  ) {
    let currency = draft.unit
    draft.hasUnit = true
    draft.extent = draft.range.lowerBound..<end
    draft.kind = unit.kind
    draft.unit = unit.code
    if let currency, unit.kind == .amount, unit.code.hasPrefix("{") { draft.unit = currency }
    if t[end - 1] == 0x6B21, unit.code == "1" { return }
    if has("前", before: skipBlanksBack(draft.range.lowerBound)), unit.code == "{person}" {
      draft.unit = "{rank}"
      draft.kind = .ordinal
      return
    }
    if unit.kind == .count, Self.general.contains(unit.code) {
      let behind = noun(from: end, reach: ordinal ? 4 : 16)
      if let noun = behind ?? (ordinal ? nil : nounBefore(draft.range.lowerBound)) {
        draft.unit = noun
      } else if let inner = vocabulary.units.longest(in: t, at: skipBlanks(end, lines: true)),
        inner.entry.kind == .duration, inner.length > 1
      {
        draft.unit = inner.entry.code
        draft.kind = .duration
      }
    }
    if unit.base == "t", !unit.code.contains("{"), speaksOfCarbon(draft.range.lowerBound) {
      draft.unit = unit.code + "{CO2}"
    }
    if unit.code == "h", averages(draft.range.lowerBound) {
      draft.unit = "h/{person}"
      draft.kind = .ratio
    }
  }

  /// Codes of classifiers that say little: the noun counts.
  private static let general: Set<String> = [
    "1", "{item}", "{organisation}", "{institution}", "{type}", "{class}", "{product}",
    "{building}", "{set}", "{case}", "{course}", "{session}", "{article}", "{group}", "{room}",
    "{household}",
  ]

  /// Characters that end the phrase of what is counted: 的 為 供 在 於 使 被 由 提 將 已 均 都 中.
  private static let phraseEnds: Set<UInt32> = Set(
    Glyph.scalars("的为供在于使被由提将已均都中发启举设构获参打覆包达"))

  /// The noun counted: the last one ahead in the same phrase, up to a clause's end or 的.
  func noun(from start: Int, reach: Int) -> String? {
    var index = start
    var found: String?
    let end = min(t.count, start + reach)
    while index < end {
      let c = t[index]
      if Glyph.isDigit(c), !Glyph.isLetter(character(index + 1)) { break }
      if Glyph.isNewline(c) || (Glyph.separatesClauses(c) && c != 0x300C && c != 9) { break }
      if let noun = vocabulary.nouns.longest(in: t, at: index) {
        found = noun.entry
        index += noun.length
        if index < end, Self.phraseEnds.contains(t[index]) { break }
      } else {
        index += 1
      }
    }
    return found
  }

  /// The nearest noun before a number, in the clause or, at the start of a line, in the line above.
  private func nounBefore(_ start: Int) -> String? {
    var end = skipBlanksBack(start)
    if end > 0, Glyph.isNewline(t[end - 1]) { end = skipBlanksBack(end, lines: true) }
    let stop = max(0, end - 14)
    var index = end
    while index > stop {
      if Glyph.separatesClauses(t[index - 1]), t[index - 1] != 0x3A { return nil }
      if let noun = vocabulary.nouns.longestEnding(in: t, before: index) { return noun.entry }
      index -= 1
    }
    return nil
  }

  private func readCurrency(_ draft: inout Draft) {
    var end = skipBlanksBack(draft.range.lowerBound)
    if end > 0, t[end - 1] == 0x28 { end -= 1 }
    // In a table the sign may fill a cell of its own; words there are other columns.
    let cellBefore = end > 0 && t[end - 1] == 9
    while end > 0, t[end - 1] == 9 || t[end - 1] == 32 { end -= 1 }
    let signs: [(String, String)] = [
      ("US$", "{USD}"), ("HK$", "{HKD}"), ("NT$", "{TWD}"), ("RMB", "{CNY}"), ("USD", "{USD}"),
      ("HKD", "{HKD}"), ("CNY", "{CNY}"), ("EUR", "{EUR}"), ("$", "{USD}"), ("€", "{EUR}"),
      ("£", "{GBP}"), ("¥", "{CNY}"), ("人民币", "{CNY}"), ("港币", "{HKD}"), ("美元", "{USD}"),
    ]
    for (sign, code) in signs where has(sign, before: end) {
      if cellBefore, sign.count > 1 { continue }
      draft.unit = code
      draft.kind = .amount
      draft.hasUnit = true
      return
    }
  }

  /// Whether the clause before speaks of carbon dioxide.
  private func speaksOfCarbon(_ start: Int) -> Bool {
    var index = start - 1
    while index >= 0, start - index < 24, !Glyph.endsSentence(t[index]), t[index] != 0xFF0C {
      if t[index] == 0x78B3, character(index - 1) == 0x5316 { return true }
      index -= 1
    }
    return false
  }

  /// Whether the words before speak of hours per head.
  private func averages(_ start: Int) -> Bool {
    var index = start - 1
    while index >= 0, start - index < 26, !Glyph.endsSentence(t[index]) {
      if has("人均", at: index) || has("平均", at: index) { return true }
      index -= 1
    }
    return false
  }
}
