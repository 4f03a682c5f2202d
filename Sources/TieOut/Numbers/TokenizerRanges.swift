import Exact

/// Ranges and lists: 80%-90%, 7-15 個工作日, 30 至 50 歲, 1 周年 / 5 周年 / 10 周年.
extension Tokenizer {
  /// Makes one range of a number and the one behind it, where a range sign joins them.
  func extendRange(_ draft: inout Draft) {
    guard draft.aside == nil, case .figure(let low, nil) = draft.value else { return }
    if extendList(&draft) { return }
    let sign = skipBlanks(draft.extent.upperBound)
    // "Fell from 44 % to 36 %" names two figures, "from 3 to 5 working days" one range.
    if draft.hasUnit, character(sign) == 0x74 || character(sign) == 0x81F3, rises(draft) { return }
    guard let next = rangeSign(sign), let numeral = Numeral.digits(t, at: next) else { return }
    var second = figure(numeral, from: next)
    guard case .figure(let high, nil) = second.value, low < high || draft.range.count == 4,
      second.kind == draft.kind || !draft.hasUnit, !isCode(draft, second, sign)
    else { return }
    if !draft.hasUnit { second.extent = draft.range.lowerBound..<second.extent.upperBound }
    var value = low
    if draft.decimals != second.decimals, draft.decimals == 0, second.decimals < 0 {
      value = (try? low * ExactDecimal(coefficient: tenPower(-second.decimals), scale: 0)) ?? low
    }
    if second.unit == "h", second.hasUnit, isEvening(draft.range.lowerBound) {
      value = (try? value + ExactDecimal(12)) ?? value
      draft.value = .figure(value, high: (try? high + ExactDecimal(12)) ?? high)
    } else {
      draft.value = .figure(value, high: high)
    }
    draft.decimals = max(draft.decimals, second.decimals)
    if !draft.hasUnit || draft.unit == nil {
      draft.unit = second.unit
      draft.kind = second.kind
    }
    draft.hasUnit = second.hasUnit
    draft.range = draft.range.lowerBound..<second.range.upperBound
    draft.extent = draft.range.lowerBound..<max(second.extent.upperBound, second.range.upperBound)
    if character(draft.range.upperBound) == 0x25 {
      draft.range = draft.range.lowerBound..<draft.range.upperBound + 1
    }
  }

  /// Whether the number is where a change begins: from …, 由 …, 從 ….
  private func rises(_ draft: Draft) -> Bool {
    let end = skipBlanksBack(draft.range.lowerBound)
    if has("from", before: end) {
      let before = skipBlanksBack(end - 4)
      return !has("ranging", before: before) && !has("range", before: before)
        && !has("ranges", before: before) && draft.kind != .duration
    }
    return (has("由", before: end) || has("从", before: end)) && draft.kind == .percent
  }

  private func tenPower(_ exponent: Int) -> Int128 {
    (0..<exponent).reduce(Int128(1)) { power, _ in power * 10 }
  }

  private func isEvening(_ start: Int) -> Bool {
    let end = skipBlanksBack(start)
    return has("晚上", before: end) || has("下午", before: end) || has("晚", before: end)
  }

  /// Behind a range sign, or nil.
  private func rangeSign(_ index: Int) -> Int? {
    switch character(index) {
    case 0x2D, 0x2013, 0x2014, 0x7E, 0x223C:
      let next = skipBlanks(index + 1)
      return Glyph.isDigit(character(next)) ? next : nil
    case 0x81F3, 0x5230:
      let next = skipBlanks(index + 1)
      return Glyph.isDigit(character(next)) ? next : nil
    case 0x74 where has("to ", at: index) && character(index - 1) == 32:
      let next = skipBlanks(index + 2)
      return Glyph.isDigit(character(next)) ? next : nil
    default: return nil
    }
  }

  /// 102-1, 2589-2020: codes, not ranges.
  private func isCode(_ first: Draft, _ second: Draft, _ sign: Int) -> Bool {
    guard t[sign] == 0x2D, !first.hasUnit, !second.hasUnit else { return false }
    return true
  }

  /// Three and more numbers with one unit between slashes are one list.
  private func extendList(_ draft: inout Draft) -> Bool {
    guard draft.hasUnit, draft.kind != .amount, case .figure(let first, nil) = draft.value else {
      return false
    }
    var values = [first]
    var end = draft.extent.upperBound
    while true {
      let slash = skipBlanks(end)
      guard character(slash) == 0x2F else { break }
      let next = skipBlanks(slash + 1)
      guard let numeral = Numeral.digits(t, at: next) else { break }
      let item = figure(numeral, from: next)
      guard item.unit == draft.unit, case .figure(let value, nil) = item.value else { break }
      values.append(value)
      end = item.extent.upperBound
    }
    guard values.count >= 3 else { return false }
    draft.value = .list(values)
    draft.kind = .list
    draft.range = draft.range.lowerBound..<end
    draft.extent = draft.range
    return true
  }
}
