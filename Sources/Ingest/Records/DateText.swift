import Assurance

/// Days and months from the forms that cells hold them in.
enum DateText {
  /// The day an ISO cell text begins with, and whether a time follows it.
  static func iso(_ text: UnsafeBufferPointer<UInt8>) -> (day: Day, hasTime: Bool)? {
    guard text.count >= 10, text[4] == 45, text[7] == 45, let year = Int(digits: text[0..<4]),
      let month = Int(digits: text[5..<7]), let number = Int(digits: text[8..<10]),
      let day = Day(year: year, month: month, day: number)
    else { return nil }
    guard text.count > 10 else { return (day, false) }
    guard text[10] == 84 || text[10] == 32 else { return nil }
    return (day, !text[10...].allSatisfy { $0 == 84 || $0 == 32 || $0 == 48 || $0 == 58 })
  }

  enum Reading {
    case day(Day, hasTime: Bool)
    case month(Month)
  }

  /// A day or month written as text: ISO, `2021年1月31日`, digits around `/`, `-` or `.` in the
  /// declared order, eight digits, `31 Jan 2021`; nil for anything else or a day that is none.
  static func read(_ text: String, form: DateForm) -> Reading? {
    switch form {
    case .ymd, .dmy, .mdy: return read(text, order: form)
    case .chinese: return read(ChineseNumerals.inDigits(text), order: .ymd)
    case .roc: return readROC(ChineseNumerals.inDigits(text))
    }
  }

  private static func read(_ text: String, order: DateForm) -> Reading? {
    let parts = split(text)
    switch parts.count {
    case 1: return compact(parts[0])
    case 2: return pair(parts)
    case 3...: return triple(parts, order: order, whole: text)
    default: return nil
    }
  }

  /// Years of the Republic of China, of which the first is 1912: 民國110年3月5日, 110/3/5, 1100305,
  /// 11003. Years of four digits are of the common era.
  private static func readROC(_ text: String) -> Reading? {
    var text = text
    for word in ["中華民國", "中华民国", "民國", "民国"] where text.hasPrefix(word) {
      text.removeFirst(word.count)
      break
    }
    let parts = split(text)
    guard let first = parts.first, case .number(let number, let digits) = first else { return nil }
    if parts.count == 1, digits == 7 || digits == 5 {
      let day = digits == 7 ? number % 100 : nil
      let rest = digits == 7 ? number / 100 : number
      return civil(rest / 100, rest % 100, day)
    }
    guard digits <= 3, parts.count == 2 || parts.count >= 3, case .number(let month, _) = parts[1]
    else { return read(text, order: .ymd) }
    guard parts.count > 2 else { return civil(number, month, nil) }
    guard case .number(let day, _) = parts[2] else { return nil }
    let time = parts.dropFirst(3)
    guard time.count <= 4, case .day(let date, _)? = civil(number, month, day) else { return nil }
    let hasTime = time.contains { if case .number(let value, _) = $0 { value != 0 } else { true } }
    return .day(date, hasTime: hasTime)
  }

  private static func civil(_ year: Int, _ number: Int, _ day: Int?) -> Reading? {
    guard year >= 1 else { return nil }
    guard let day else { return month(year + 1911, number) }
    return Day(year: year + 1911, month: number, day: day).map { .day($0, hasTime: false) }
  }

  /// The declarations that would read a text, such as `dates: dmy`.
  static func declarations(for text: String) -> [String] {
    DateForm.allCases.filter { form in
      switch read(text, form: form) {
      case .day(let day, _): (1900...2100).contains(day.civil.year)
      case .month(let month): (1900...2100).contains(month.first.civil.year)
      case nil: false
      }
    }.map { "`dates: \($0.rawValue)`" }
  }

  private enum Part {
    case number(Int, digits: Int)
    case name(Int)
  }

  private static let names = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]
  private static let longNames = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]

  /// Numbers and month names between separators; empty if anything else stands there.
  private static func split(_ text: String) -> [Part] {
    var parts: [Part] = []
    var digits: [UInt8] = []
    var letters = ""
    func close() -> Bool {
      if !digits.isEmpty {
        guard let value = Int(digits: digits) else { return false }
        parts.append(.number(value, digits: digits.count))
        digits = []
      }
      if !letters.isEmpty {
        if let month = names.firstIndex(of: letters) ?? longNames.firstIndex(of: letters) {
          parts.append(.name(month + 1))
        } else if letters != "t", letters != "z" {
          return false
        }
        letters = ""
      }
      return true
    }
    for scalar in Folding.fold(text).unicodeScalars {
      switch scalar {
      case "0"..."9":
        if !letters.isEmpty, !close() { return [] }
        digits.append(UInt8(truncatingIfNeeded: scalar.value))
      case "a"..."z":
        if !digits.isEmpty, !close() { return [] }
        letters.unicodeScalars.append(scalar)
      case "/", "-", ".", " ", ",", ":", "年", "月", "日", "号", "號":
        if !close() { return [] }
      default: return []
      }
    }
    return close() ? parts : []
  }

  private static func compact(_ part: Part) -> Reading? {
    guard case .number(let value, let digits) = part else { return nil }
    if digits == 8 {
      return Day(year: value / 10000, month: value / 100 % 100, day: value % 100)
        .map { .day($0, hasTime: false) }
    }
    guard digits == 6 else { return nil }
    return month(value / 100, value % 100)
  }

  private static func pair(_ parts: [Part]) -> Reading? {
    switch (parts[0], parts[1]) {
    case (.number(let year, 4), .number(let number, _)): month(year, number)
    case (.number(let number, let digits), .number(let year, 4)) where digits <= 2:
      month(year, number)
    case (.name(let number), .number(let year, 4)), (.number(let year, 4), .name(let number)):
      month(year, number)
    default: nil
    }
  }

  private static func triple(_ parts: [Part], order: DateForm, whole: String) -> Reading? {
    let time = parts.dropFirst(3)
    guard time.count <= 4 else { return nil }
    let hasTime = time.contains { if case .number(let value, _) = $0 { value != 0 } else { true } }
    let day: Day? =
      switch (parts[0], parts[1], parts[2]) {
      case (.number(let year, 3...4), .number(let month, _), .number(let day, _)):
        Day(year: year, month: month, day: day)
      case (.number(let day, 1...2), .name(let month), .number(let year, 4)),
        (.name(let month), .number(let day, 1...2), .number(let year, 4)),
        (.number(let year, 4), .name(let month), .number(let day, 1...2)):
        Day(year: year, month: month, day: day)
      case (.number(let first, 1...2), .number(let second, 1...2), .number(let year, 4)):
        switch order {
        case .dmy: Day(year: year, month: second, day: first)
        case .mdy: Day(year: year, month: first, day: second)
        default: nil
        }
      default: nil
      }
    return day.map { .day($0, hasTime: hasTime) }
  }

  private static func month(_ year: Int, _ number: Int) -> Reading? {
    (1...12).contains(number) && year >= 1
      ? .month(Month(year: year, month: number)) : nil
  }
}
