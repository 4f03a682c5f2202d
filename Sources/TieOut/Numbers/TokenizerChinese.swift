import Exact

/// Numbers written in Chinese characters.
extension Tokenizer {
  /// 數 or 幾 before a magnitude: some hundreds.
  func isVague(_ index: Int) -> Bool {
    guard t[index] == 0x6570 || t[index] == 0x51E0 else { return false }
    let next = character(index + 1)
    guard let magnitude = ChineseNumeral.magnitude(next) else { return false }
    return magnitude < 12 && vocabulary.words.longest(in: t, at: index + 1)?.entry != "word"
  }

  /// Reads the number whose first character stands at `start`; gives the next to look at.
  mutating func chinese(_ start: Int) -> Int {
    if let end = covered(start) { return end }
    if let last = drafts.last, last.extent.contains(start), last.hasUnit {
      return last.extent.upperBound
    }
    if isVague(start) {
      guard let numeral = ChineseNumeral.read(t, at: start + 1) else { return start + 1 }
      var draft = Draft(start..<numeral.end, .vague)
      readUnit(&draft)
      drafts.append(draft)
      return numeral.end
    }
    if let unit = vocabulary.units.longest(in: t, at: start), unit.length > 1 {
      return start + unit.length
    }
    if let draft = occasion(at: start) {
      drafts.append(draft)
      return draft.range.upperBound
    }
    guard let numeral = ChineseNumeral.read(t, at: start) else { return start + 1 }
    if character(start - 1) == 0x7B2C {
      drafts.append(ordinal(numeral, start))
      return numeral.end
    }
    if let value = Int(exactly: numeral.value.coefficient),
      let date = chineseDate(
        start, value, end: numeral.end, digits: numeral.positional ? numeral.end - start : 0)
    {
      drafts.append(date)
      return date.range.upperBound
    }
    if let draft = fraction(numeral, start) ?? tenths(numeral, start) {
      drafts.append(draft)
      return draft.range.upperBound
    }
    let draft = cardinal(numeral, start)
    drafts.append(draft)
    return max(draft.range.upperBound, start + 1)
  }

  /// Sets a word aside that holds a numeral here; gives the word's end.
  private mutating func covered(_ start: Int) -> Int? {
    for first in stride(from: start, through: max(0, start - 3), by: -1) {
      guard let word = vocabulary.words.longest(in: t, at: first), first + word.length > start
      else { continue }
      if let last = drafts.last, last.range.upperBound > first { continue }
      switch word.entry {
      case "number", "ordinal", "date": return nil
      default:
        let reason: AsideReason = word.entry == "name" ? .name : .word
        drafts.append(Draft(first..<first + word.length, aside: reason))
        return first + word.length
      }
    }
    return nil
  }

  /// 第四次, 第 3000 號.
  private func ordinal(_ numeral: Numeral, _ start: Int) -> Draft {
    var draft = Draft(start..<numeral.end, .figure(numeral.value, high: nil))
    readUnit(&draft, reach: 3)
    makeOrdinal(&draft)
    return draft
  }

  /// What stands behind 第 is a place in an order.
  func makeOrdinal(_ draft: inout Draft) {
    guard draft.kind != .version, draft.kind != .date else { return }
    draft.kind = .ordinal
    draft.hasUnit = true
    if draft.unit == "{person}" { draft.unit = "{rank}" }
    if draft.unit == nil { draft.unit = "1" }
  }

  /// 三分之一, 百分之三十, 千分之五.
  private func fraction(_ numeral: Numeral, _ start: Int) -> Draft? {
    guard has("分之", at: numeral.end), numeral.end + 2 < t.count,
      let top = Numeral.digits(t, at: numeral.end + 2)
        ?? ChineseNumeral.read(t, at: numeral.end + 2)
    else { return nil }
    let range = start..<top.end
    if numeral.value == ExactDecimal(100) {
      var draft = Draft(range, .figure(top.value, high: nil))
      draft.decimals = max(0, top.decimals)
      draft.unit = "%"
      draft.kind = .percent
      draft.hasUnit = true
      return draft
    }
    guard let value = try? Rational(top.value) / Rational(numeral.value) else { return nil }
    var draft = Draft(range, .fraction(value))
    draft.unit = "1"
    draft.kind = .ratio
    draft.hasUnit = true
    return draft
  }

  /// 九成: nine tenths, as percent.
  private func tenths(_ numeral: Numeral, _ start: Int) -> Draft? {
    guard character(numeral.end) == 0x6210, numeral.value < ExactDecimal(10),
      "以的。，、；左多或）".unicodeScalars.contains(where: { $0.value == character(numeral.end + 1) }),
      let percent = try? numeral.value * ExactDecimal(10)
    else { return nil }
    var draft = Draft(start..<numeral.end + 1, .figure(percent, high: nil))
    draft.decimals = -1
    draft.unit = "%"
    draft.kind = .percent
    draft.hasUnit = true
    return draft
  }

  /// A cardinal number, or a word that looks like one.
  private func cardinal(_ numeral: Numeral, _ start: Int) -> Draft {
    var draft = Draft(start..<numeral.end, .figure(numeral.value, high: nil))
    draft.decimals = numeral.decimals
    let length = numeral.end - start
    let relation = vocabulary.before.longestEnding(in: t, before: start)?.entry.relation
    let least = (2...5).contains { has("至少", before: start - $0) }
    let bounded = relation.map { $0 != .since && $0 != .note } ?? false || least
    if isScaleOfUnit(start, numeral.end) {
      draft.aside = .scaleOfUnit
      return draft
    }
    readScale(&draft)
    let inside = !draft.inside.isEmpty || draft.extent.upperBound > draft.range.upperBound
    if !draft.inside.isEmpty, draft.range.count == length {
      draft.range = start..<draft.extent.upperBound
    }
    readUnit(&draft, reach: length == 1 && draft.inside.isEmpty ? 3 : 10)
    guard length == 1 || !bounded else { return draft }
    let magnitude = ChineseNumeral.magnitude(t[start]) != nil
    if t[start] == 0x4E00, length == 1 {
      let counts = draft.kind == .duration || bounded || isGrade(draft)
      if !draft.hasUnit { draft.aside = .word } else if !counts { draft.aside = .article }
    } else if !draft.hasUnit, !bounded, !inside, length == 1 || magnitude {
      draft.aside = .word
    } else if length == 1, magnitude, !draft.hasUnit, !inside, !bounded {
      draft.aside = .word
    }
    return draft
  }

  private func isGrade(_ draft: Draft) -> Bool {
    draft.unit == "{grade}" || draft.unit == "{star}" || draft.unit == "{generation}"
  }

  /// 百萬 in 噸 / 百萬人民幣, or in a cell that holds a unit alone.
  private func isScaleOfUnit(_ start: Int, _ end: Int) -> Bool {
    guard (start..<end).allSatisfy({ ChineseNumeral.magnitude(t[$0]) != nil }),
      vocabulary.units.longest(in: t, at: end) != nil
    else { return false }
    var before = skipBlanksBack(start)
    if has("人民币", before: before) { before -= 3 }
    let c = character(before - 1)
    return c == 0x2F || c == 0x28 || c == 9 || c == 10
  }
}
