/// An instant in UTC, whole seconds, years 1970 to 9999.
package struct UTCTime: Hashable, Comparable, Sendable {
  /// Seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
  package let unixSeconds: Int64

  /// Last second of the year 9999.
  private static let last: Int64 = 253_402_300_799

  /// Nil outside the years 1970 to 9999.
  package init?(unixSeconds: Int64) {
    guard (0...UTCTime.last).contains(unixSeconds) else { return nil }
    self.unixSeconds = unixSeconds
  }

  /// From `2026-11-22T10:00:00Z` and no other form; nil also for a day that no calendar has.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    let marks: [(Int, Unicode.Scalar)] = [
      (4, "-"), (7, "-"), (10, "T"), (13, ":"), (16, ":"), (19, "Z"),
    ]
    guard bytes.count == 20, marks.allSatisfy({ bytes[$0.0] == UInt8(ascii: $0.1) }) else {
      return nil
    }
    let digits = [0..<4, 5..<7, 8..<10, 11..<13, 14..<16, 17..<19].flatMap { bytes[$0] }
    self.init(digits: digits)
  }

  /// From `20261122`, `202611221000` or `20261122100000`, each with a final Z, as ssh-keygen has
  /// them. Without Z they are local time there, and refused here.
  package init?(compact text: String) {
    let bytes = Array(text.utf8)
    guard bytes.last == UInt8(ascii: "Z"), [9, 13, 15].contains(bytes.count) else { return nil }
    let zeros = [UInt8](repeating: UInt8(ascii: "0"), count: 15 - bytes.count)
    self.init(digits: bytes.dropLast() + zeros)
  }

  /// From fourteen digits, year first.
  private init?(digits: [UInt8]) {
    guard digits.count == 14, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    func number(_ range: Range<Int>) -> Int64 {
      digits[range].reduce(0) { $0 * 10 + Int64($1 - 0x30) }
    }
    let (year, month, day) = (number(0..<4), number(4..<6), number(6..<8))
    let (hour, minute, second) = (number(8..<10), number(10..<12), number(12..<14))
    guard year >= 1970, (1...12).contains(month), hour < 24, minute < 60, second < 60,
      day >= 1, day <= UTCTime.dayCount(year: year, month: month)
    else { return nil }
    let days = UTCTime.days(year: year, month: month, day: day)
    unixSeconds = ((days * 24 + hour) * 60 + minute) * 60 + second
  }

  package static func < (left: UTCTime, right: UTCTime) -> Bool {
    left.unixSeconds < right.unixSeconds
  }

  private static func dayCount(year: Int64, month: Int64) -> Int64 {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    switch month {
    case 2: return isLeap ? 29 : 28
    case 4, 6, 9, 11: return 30
    default: return 31
    }
  }

  /// Days since 1970-01-01 (Hinnant, chrono-Compatible Low-Level Date Algorithms, days_from_civil).
  private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let (era, yearOfEra) = (shifted / 400, shifted % 400)
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// Year, month and day (Hinnant, civil_from_days).
  private var date: (year: Int64, month: Int64, day: Int64) {
    let shifted = unixSeconds / 86_400 + 719_468
    let (era, dayOfEra) = (shifted / 146_097, shifted % 146_097)
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  private var parts: [String] {
    let (year, month, day) = date
    let rest = unixSeconds % 86_400
    let two = [month, day, rest / 3_600, rest / 60 % 60, rest % 60].map { number in
      number < 10 ? "0\(number)" : "\(number)"
    }
    return [String(year)] + two
  }

  /// `20261122100000Z`, as `ssh-keygen -O verify-time` takes it.
  package var compact: String { parts.joined() + "Z" }
}

extension UTCTime: CustomStringConvertible {
  /// `2026-11-22T10:00:00Z`.
  package var description: String {
    let parts = parts
    return parts[0...2].joined(separator: "-") + "T" + parts[3...5].joined(separator: ":") + "Z"
  }
}
