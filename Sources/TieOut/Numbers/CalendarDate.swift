/// A date as far as it is printed: a year, quarter, month, day, or month and day of any year.
package struct CalendarDate: Hashable, Sendable, CustomStringConvertible {
  package var year: Int?
  /// 1 to 4.
  package var quarter: Int?
  /// 1 to 12.
  package var month: Int?
  /// 1 to 31.
  package var day: Int?

  package init(year: Int? = nil, quarter: Int? = nil, month: Int? = nil, day: Int? = nil) {
    self.year = year
    self.quarter = quarter
    self.month = month
    self.day = day
  }

  /// `2021`, `2021-Q4`, `2021-12`, `2021-12-31`, `12-31`, `--12` for a month of any year.
  package var description: String {
    let two = { (number: Int) in number < 10 ? "0\(number)" : String(number) }
    if let year {
      if let quarter { return "\(year)-Q\(quarter)" }
      guard let month else { return String(year) }
      return day.map { "\(year)-\(two(month))-\(two($0))" } ?? "\(year)-\(two(month))"
    }
    if let month { return day.map { "\(two(month))-\(two($0))" } ?? "--\(two(month))" }
    return ""
  }

  /// First and last day as `yyyymmdd`; nil without a year.
  package var days: ClosedRange<Int>? {
    guard let year else { return nil }
    if let quarter { return year * 10000 + quarter * 300 - 199...year * 10000 + quarter * 300 + 31 }
    guard let month else { return year * 10000 + 101...year * 10000 + 1231 }
    let base = year * 10000 + month * 100
    return day.map { base + $0...base + $0 } ?? base + 1...base + 31
  }

  /// Whether one of the two says the same as the other or holds it.
  package func contains(_ other: CalendarDate) -> Bool {
    guard let mine = days, let theirs = other.days else {
      return month == other.month && day == other.day && month != nil
    }
    return mine.lowerBound <= theirs.lowerBound && theirs.upperBound <= mine.upperBound
  }

  var isPlausible: Bool {
    (1...12).contains(month ?? 1) && (1...31).contains(day ?? 1)
      && (1000...2999).contains(year ?? 2000)
  }
}
