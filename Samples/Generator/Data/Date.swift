/// A civil day as written in the files.
struct Date: Hashable, Comparable {
  var year: Int
  var month: Int
  var day: Int

  /// `2021-07-01`.
  var text: String { "\(year)-\(Self.two(month))-\(Self.two(day))" }
  var monthText: String { "\(year)-\(Self.two(month))" }

  static func first(_ year: Int, _ month: Int) -> Date { Date(year: year, month: month, day: 1) }
  static func last(_ year: Int, _ month: Int) -> Date {
    Date(year: year, month: month, day: days(year, month))
  }
  static func days(_ year: Int, _ month: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// The day so many days later, at most a month on.
  func later(_ days: Int) -> Date {
    let inMonth = Self.days(year, month)
    guard day + days > inMonth else { return Date(year: year, month: month, day: day + days) }
    let next = month == 12 ? Date.first(year + 1, 1) : Date.first(year, month + 1)
    return Date(year: next.year, month: next.month, day: day + days - inMonth)
  }

  /// The serial number of spreadsheets that count 1900-01-01 as day 1 and believe in 1900-02-29.
  var serial: Int {
    var days = 0
    for y in 1900..<year { days += Self.days(y, 2) + 337 }
    for m in 1..<month { days += Self.days(year, m) }
    return days + day + 1
  }

  private static func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
  static func < (a: Date, b: Date) -> Bool {
    (a.year, a.month, a.day) < (b.year, b.month, b.day)
  }
}
