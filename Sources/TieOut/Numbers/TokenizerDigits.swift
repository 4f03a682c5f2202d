import Exact

/// Numbers written in digits.
extension Tokenizer {
  /// Reads the number at `start`; gives the next character to look at.
  mutating func digits(_ start: Int) -> Int {
    if let draft = nameWithDigits(start) ?? dateInDigits(start) ?? compound(start) {
      drafts.append(draft)
      return max(draft.range.upperBound, start + 1)
    }
    guard let numeral = Numeral.digits(t, at: start) else { return start + 1 }
    var draft = figure(numeral, from: signed(start))
    extendRange(&draft)
    drafts.append(draft)
    return max(draft.range.upperBound, start + 1)
  }

  /// The start with a minus sign, where one belongs to the number.
  private func signed(_ start: Int) -> Int {
    guard start > 0, t[start - 1] == 0x2D else { return start }
    let before = character(start - 2)
    return before == 32 || before == 9 || before == 0x28 || before == 10 ? start - 1 : start
  }

  /// The number with its scale, unit and classifier.
  func figure(_ numeral: Numeral, from start: Int) -> Draft {
    var numeral = numeral
    if start < numeral.end, t[start] == 0x2D { numeral.value = -numeral.value }
    var draft = Draft(start..<numeral.end, .figure(numeral.value, high: nil))
    draft.decimals = numeral.decimals
    readScale(&draft)
    readUnit(&draft, reach: isOrdinal(draft) ? 3 : 10)
    if draft.kind == .count, !draft.hasUnit { bareYear(&draft, numeral) }
    if has("第", before: skipBlanksBack(start)) { makeOrdinal(&draft) }
    if draft.kind == .count, !draft.hasUnit, numeral.decimals == 1, t[numeral.end - 1] == 0x30,
      Glyph.isHan(character(skipBlanksBack(start) - 1))
    {
      draft.kind = .version
    }
    if draft.unit == nil { draft.unit = "1" }
    return draft
  }

  /// Four plain digits without a unit are a year.
  private func bareYear(_ draft: inout Draft, _ numeral: Numeral) {
    guard !numeral.grouped, numeral.decimals == 0, draft.range.count == 4,
      case .figure(let value, nil) = draft.value, value.scale == 0,
      value.coefficient >= 1900, value.coefficient <= 2099
    else { return }
    draft.kind = .date
    draft.unit = "a"
    draft.value = .date(CalendarDate(year: Int(value.coefficient)), high: nil)
  }

  /// 1:1, 1/3, 7*24 小時, 1.2X.
  private func compound(_ start: Int) -> Draft? {
    guard let first = Numeral.digits(t, at: start) else { return nil }
    let sign = character(first.end)
    let next = first.end + 1
    if sign == 0x2A || sign == 0x58 || sign == 0x78 || sign == 0xD7, first.decimals == 0,
      let second = Numeral.digits(t, at: next)
    {
      let unit = vocabulary.units.longest(in: t, at: skipBlanks(second.end))
      if let unit, unit.entry.kind == .duration,
        let product = try? first.value * second.value
      {
        var draft = Draft(start..<second.end, .figure(product, high: nil))
        draft.unit = unit.entry.code
        draft.kind = .duration
        draft.hasUnit = true
        draft.extent = start..<skipBlanks(second.end) + unit.length
        return draft
      }
      return nil
    }
    if sign == 0x58, first.decimals > 0, !Glyph.isLetter(character(next)) {
      var draft = Draft(start..<next, .figure(first.value, high: nil))
      draft.decimals = first.decimals
      draft.kind = .ratio
      draft.unit = "1"
      return draft
    }
    guard let second = Numeral.digits(t, at: next) else { return nil }
    if sign == 0x3A { return proportion(start, first, second) }
    let digitBefore = start > 0 && (t[start - 1] == 0x2F || t[start - 1] == 0x2D)
    if sign == 0x2F, first.decimals == 0, second.decimals == 0, !digitBefore,
      character(second.end) != 0x2F, first.value < second.value, second.value < ExactDecimal(100),
      let value = try? Rational(first.value) / Rational(second.value)
    {
      var draft = Draft(start..<second.end, .fraction(value))
      draft.kind = .ratio
      draft.unit = "1"
      return draft
    }
    return nil
  }

  /// `a:b` as the ratio a/b, or a time of the day.
  private func proportion(_ start: Int, _ first: Numeral, _ second: Numeral) -> Draft? {
    let range = start..<second.end
    if first.decimals == 0, second.end - first.end == 3, first.value < ExactDecimal(24) {
      var draft = Draft(range, .figure(first.value, high: nil))
      draft.kind = .time
      return draft
    }
    guard !second.value.isZero, let value = try? Rational(first.value) / Rational(second.value)
    else { return nil }
    var draft = Draft(range, value.decimal.map { .figure($0, high: nil) } ?? .fraction(value))
    draft.kind = .ratio
    draft.unit = "1"
    return draft
  }
}
