/// A calendar month.
package struct Month: Hashable, Comparable, Sendable {
  package let year: Int
  /// `1...12`.
  package let month: Int

  /// - Precondition: `month` in `1...12`.
  package init(year: Int, month: Int) {
    self.year = year
    self.month = month
  }

  /// The number of days in it, `28...31`.
  package var days: Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  package var first: Day { Day(year: year, month: month, day: 1) ?? Day(number: 0) }
  package var last: Day { first.adding(days: days - 1) }
  package var next: Month {
    month == 12 ? Month(year: year + 1, month: 1) : Month(year: year, month: month + 1)
  }

  package static func < (a: Month, b: Month) -> Bool { (a.year, a.month) < (b.year, b.month) }
}

extension Month: CustomStringConvertible, LosslessStringConvertible {
  /// Parses `YYYY-MM` and nothing else.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 7, bytes[4] == UInt8(ascii: "-"),
      let year = Int(digits: bytes[0..<4]), year >= 1,
      let month = Int(digits: bytes[5..<7]), (1...12).contains(month)
    else { return nil }
    self.init(year: year, month: month)
  }

  /// `YYYY-MM`.
  package var description: String { Day.padded(year, 4) + "-" + Day.padded(month, 2) }
}
