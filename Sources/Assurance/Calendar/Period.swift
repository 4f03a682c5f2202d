/// Civil days from `first` to `last`, both included.
package struct Period: Hashable, Sendable {
  package let first: Day
  package let last: Day

  /// Nil if `last` comes before `first`.
  package init?(_ first: Day, _ last: Day) {
    guard first <= last else { return nil }
    self.first = first
    self.last = last
  }

  package init(_ month: Month) {
    first = month.first
    last = month.last
  }

  /// The number of days, at least 1.
  package var days: Int { last.number - first.number + 1 }
  /// Every calendar month that has a day in the period, in order.
  package var months: [Month] {
    var months = [first.month]
    while let month = months.last, month < last.month { months.append(month.next) }
    return months
  }

  package func contains(_ day: Day) -> Bool { first <= day && day <= last }
  package func contains(_ other: Period) -> Bool { first <= other.first && other.last <= last }
  package func overlaps(_ other: Period) -> Bool { first <= other.last && other.first <= last }
  /// The number of days that both have.
  package func daysShared(with other: Period) -> Int {
    max(0, min(last.number, other.last.number) - max(first.number, other.first.number) + 1)
  }
}

extension Period: CustomStringConvertible {
  /// `YYYY-MM-DD..YYYY-MM-DD`.
  package var description: String { "\(first)..\(last)" }
}
