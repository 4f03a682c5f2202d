import Exact

/// Dates: 2021年12月31日, 二零二二年四月, 8月至12月, 2021-12-31, 6th Apr, 2022, FY2021, Q4 2021.
extension Tokenizer {
  /// A date whose first digits stand at `start`.
  func dateInDigits(_ start: Int) -> Draft? {
    if let draft = hyphenated(start) ?? english(start) ?? fiscal(start) { return draft }
    guard let numeral = Numeral.digits(t, at: start), numeral.decimals == 0, !numeral.grouped,
      let value = Int(exactly: numeral.value.coefficient)
    else { return nil }
    return chineseDate(start, value, end: numeral.end, digits: numeral.end - start)
  }

  /// A date whose first number, already read, ends at `end`; the number may be in either script.
  func chineseDate(_ start: Int, _ value: Int, end: Int, digits: Int) -> Draft? {
    guard let (date, dateEnd) = partialDate(start, value, end: end, digits: digits) else {
      return nil
    }
    var draft = Draft(start..<dateEnd, .date(date, high: nil))
    draft.kind = .date
    draft.hasUnit = true
    extendSpan(&draft, date)
    if case .date(let first, let high) = draft.value {
      draft.unit = first.month == nil && first.quarter == nil && high?.month == nil ? "a" : "date"
    }
    return draft
  }

  /// Year, month and day as far as they follow.
  private func partialDate(
    _ start: Int, _ value: Int, end: Int, digits: Int
  ) -> (CalendarDate, Int)? {
    let sign = skipBlanks(end)
    switch character(sign) {
    case 0x5E74 where digits == 4 && (1900...2099).contains(value):
      return afterYear(CalendarDate(year: value), sign + 1)
    case 0x6708 where (1...12).contains(value) && character(sign - 1) != 0x4E2A:
      return afterMonth(CalendarDate(month: value), sign + 1)
    default: return nil
    }
  }

  private func afterYear(_ date: CalendarDate, _ index: Int) -> (CalendarDate, Int) {
    var date = date
    let next = skipBlanks(index)
    if let quarter = quarter(at: next) {
      date.quarter = quarter.number
      return (date, quarter.end)
    }
    guard let (month, end) = number(at: next), character(skipBlanks(end)) == 0x6708,
      (1...12).contains(month)
    else { return (date, index) }
    date.month = month
    return afterMonth(date, skipBlanks(end) + 1)
  }

  private func afterMonth(_ date: CalendarDate, _ index: Int) -> (CalendarDate, Int) {
    var date = date
    guard let (day, end) = number(at: skipBlanks(index)), (1...31).contains(day),
      character(skipBlanks(end)) == 0x65E5 || character(skipBlanks(end)) == 0x53F7
    else { return (date, index) }
    date.day = day
    return (date, skipBlanks(end) + 1)
  }

  /// 第四季度, 四季度, Q4.
  private func quarter(at index: Int) -> (number: Int, end: Int)? {
    var index = index
    if character(index) == 0x7B2C { index = skipBlanks(index + 1) }
    guard let (number, end) = number(at: index), (1...4).contains(number),
      has("季度", at: skipBlanks(end))
    else { return nil }
    return (number, skipBlanks(end) + 2)
  }

  /// A small whole number in either script.
  private func number(at index: Int) -> (Int, Int)? {
    if let numeral = Numeral.digits(t, at: index), numeral.decimals == 0 {
      return Int(exactly: numeral.value.coefficient).map { ($0, numeral.end) }
    }
    guard index < t.count, ChineseNumeral.isNumeral(t[index]),
      let numeral = ChineseNumeral.read(t, at: index)
    else { return nil }
    return Int(exactly: numeral.value.coefficient).map { ($0, numeral.end) }
  }

  /// A second date without a year makes a span; one with a year stands for itself.
  private func extendSpan(_ draft: inout Draft, _ first: CalendarDate) {
    let sign = skipBlanks(draft.range.upperBound)
    let c = character(sign)
    guard c == 0x81F3 || c == 0x5230 || c == 0x2D || c == 0x2013 || c == 0x7E else { return }
    let next = skipBlanks(sign + 1)
    guard let (value, end) = number(at: next) else { return }
    let unit = character(skipBlanks(end))
    if unit == 0x65E5 || unit == 0x53F7, first.day != nil, (1...31).contains(value) {
      var high = first
      high.day = value
      draft.value = .date(first, high: high)
      draft.range = draft.range.lowerBound..<skipBlanks(end) + 1
    } else if let (date, last) = partialDate(next, value, end: end, digits: end - next),
      date.year == nil, first.month != nil
    {
      var high = date
      high.year = first.year
      draft.value = .date(first, high: high)
      draft.range = draft.range.lowerBound..<last
    } else {
      return
    }
    draft.extent = draft.range
  }

  /// 2021-12-31, 2021/12/31, 31/12/2021, 2021-2025, 2021/22.
  private func hyphenated(_ start: Int) -> Draft? {
    guard let first = Numeral.digits(t, at: start), first.decimals == 0, !first.grouped else {
      return nil
    }
    let sign = character(first.end)
    guard sign == 0x2D || sign == 0x2F || sign == 0x2013,
      let second = Numeral.digits(t, at: first.end + 1), second.decimals == 0,
      let a = Int(exactly: first.value.coefficient), let b = Int(exactly: second.value.coefficient)
    else { return nil }
    let before = character(start - 1)
    guard before != sign else { return nil }
    let third = character(second.end) == sign ? Numeral.digits(t, at: second.end + 1) : nil
    if let third, let c = Int(exactly: third.value.coefficient), third.decimals == 0 {
      let iso = CalendarDate(year: a, month: b, day: c)
      let british = CalendarDate(year: c, month: b, day: a)
      let date = first.end - start == 4 ? iso : british
      guard date.isPlausible, (1900...2099).contains(date.year ?? 0) else { return nil }
      return dated(start..<third.end, date, nil, "date")
    }
    guard first.end - start == 4, (1900...2099).contains(a) else { return nil }
    let digits = second.end - first.end - 1
    if digits == 4, (1900...2099).contains(b), a < b {
      return dated(start..<second.end, CalendarDate(year: a), CalendarDate(year: b), "a")
    }
    if digits == 2, sign == 0x2F, b == (a + 1) % 100 {
      return dated(start..<second.end, CalendarDate(year: a), CalendarDate(year: a + 1), "a")
    }
    return nil
  }

  private func dated(
    _ range: Range<Int>, _ date: CalendarDate, _ high: CalendarDate?, _ unit: String
  ) -> Draft {
    var draft = Draft(range, .date(date, high: high))
    draft.kind = .date
    draft.unit = unit
    draft.hasUnit = true
    return draft
  }

  /// 31 December 2021, December 31, 2021, December 2021, 6th Apr, 2022.
  func english(_ start: Int) -> Draft? {
    guard let first = Numeral.digits(t, at: start), first.decimals == 0, !first.grouped,
      let value = Int(exactly: first.value.coefficient)
    else { return nil }
    let isYear = first.end - start == 4 && (1900...2099).contains(value)
    if (1...31).contains(value), first.end - start <= 2 {
      var index = first.end
      for suffix in ["st", "nd", "rd", "th"] where has(suffix, at: index) { index += 2 }
      if let month = Self.month(t, at: skipBlanks(index)) {
        return withYear(start, CalendarDate(month: month.number, day: value), month.end)
      }
      if let month = monthBefore(start) {
        return withYear(month.start, CalendarDate(month: month.number, day: value), index)
      }
    }
    if isYear, let month = monthBefore(start) {
      return dated(
        month.start..<first.end, CalendarDate(year: value, month: month.number), nil, "date")
    }
    return nil
  }

  private func withYear(_ start: Int, _ date: CalendarDate, _ end: Int) -> Draft {
    var next = skipBlanks(end)
    if character(next) == 0x2C { next = skipBlanks(next + 1) }
    if let year = Numeral.digits(t, at: next), year.end - next == 4, year.decimals == 0,
      let number = Int(exactly: year.value.coefficient), (1900...2099).contains(number)
    {
      var full = date
      full.year = number
      return dated(start..<year.end, full, nil, "date")
    }
    return dated(start..<end, date, nil, "date")
  }

  private static let months: [(String, Int)] = [
    ("January", 1), ("February", 2), ("March", 3), ("April", 4), ("May", 5), ("June", 6),
    ("July", 7), ("August", 8), ("September", 9), ("October", 10), ("November", 11),
    ("December", 12), ("Jan", 1), ("Feb", 2), ("Mar", 3), ("Apr", 4), ("Jun", 6), ("Jul", 7),
    ("Aug", 8), ("Sept", 9), ("Sep", 9), ("Oct", 10), ("Nov", 11), ("Dec", 12),
  ]
  private static let monthWords: [(word: [UInt32], number: Int)] = months.map {
    (Glyph.scalars($0.0), $0.1)
  }

  private static func month(_ t: [UInt32], at index: Int) -> (number: Int, end: Int)? {
    for (word, number) in monthWords where index + word.count <= t.count {
      guard zip(word, t[index...]).allSatisfy({ $0 == $1 }) else { continue }
      let end = index + word.count
      if end < t.count, Glyph.isLetter(t[end]) { continue }
      return (number, end < t.count && t[end] == 0x2E ? end + 1 : end)
    }
    return nil
  }

  private func monthBefore(_ start: Int) -> (number: Int, start: Int)? {
    let end = skipBlanksBack(start)
    guard end < start else { return nil }
    for (word, number) in Self.monthWords where end >= word.count {
      let first = end - word.count
      guard zip(word, t[first..<end]).allSatisfy({ $0 == $1 }),
        !Glyph.isLetter(character(first - 1))
      else { continue }
      return (number, first)
    }
    return nil
  }

  /// FY2021, FY 2021/22, Q4 2021.
  private func fiscal(_ start: Int) -> Draft? {
    guard let first = Numeral.digits(t, at: start), first.decimals == 0,
      let value = Int(exactly: first.value.coefficient)
    else { return nil }
    let end = skipBlanksBack(start)
    if first.end - start == 4, (1900...2099).contains(value), lettersBefore(end) == "FY" {
      var draft = hyphenated(start) ?? dated(start..<first.end, CalendarDate(year: value), nil, "a")
      draft.name = "FY"
      return draft
    }
    if end == start, lettersBefore(start) == "Q", (1...4).contains(value) {
      let next = skipBlanks(first.end)
      guard let year = Numeral.digits(t, at: next), year.end - next == 4,
        let number = Int(exactly: year.value.coefficient)
      else { return nil }
      return dated(start - 1..<year.end, CalendarDate(year: number, quarter: value), nil, "date")
    }
    return nil
  }
}
