import Assurance

/// A place's clock, as `LocalTimeParameters` of ESPI give it.
struct LocalTime {
  /// Seconds east of UTC without summer time.
  let offset: Int
  /// Seconds added in summer.
  let summerOffset: Int
  let summerStart: Rule?
  let summerEnd: Rule?

  init?(_ values: [String: String]) {
    guard let offset = values["tzOffset"].flatMap({ Int($0) }), abs(offset) <= 64_800 else {
      return nil
    }
    self.offset = offset
    summerOffset = values["dstOffset"].flatMap { Int($0) } ?? 0
    summerStart = values["dstStartRule"].flatMap { Rule(hex: $0) }
    summerEnd = values["dstEndRule"].flatMap { Rule(hex: $0) }
  }

  /// Seconds east of UTC at a moment.
  func offset(at moment: Int) -> Int {
    guard summerOffset != 0, let summerStart, let summerEnd else { return offset }
    let year = Day(number: Self.day(moment + offset)).civil.year
    guard let start = summerStart.seconds(in: year), let end = summerEnd.seconds(in: year) else {
      return offset
    }
    // The start is told by the winter clock, the end by the summer clock.
    let from = start - offset
    let to = end - offset - summerOffset
    let isSummer =
      from <= to ? (from..<to).contains(moment) : !(to..<from).contains(moment)
    return offset + (isSummer ? summerOffset : 0)
  }

  static func day(_ seconds: Int) -> Int {
    seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
  }

  /// `2011-01-01T08:00:00` and the offset behind it: `Z`, `-08:00`.
  static func text(_ moment: Int, offset: Int?) -> String {
    let local = moment + (offset ?? 0)
    let day = day(local)
    let second = local - day * 86_400
    let clock = [second / 3600, second / 60 % 60, second % 60].map(padded).joined(separator: ":")
    let text = "\(Day(number: day))T\(clock)"
    guard let offset else { return text + "Z" }
    let size = abs(offset)
    return text + (offset < 0 ? "-" : "+") + padded(size / 3600) + ":" + padded(size / 60 % 60)
  }

  private static func padded(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }

  /// `DstRuleType`: when in the year the clock changes, in a map of 32 bits.
  ///
  /// Bits 0-11 seconds, 12-16 hours, 17-19 day of the week (Monday is 1), 20-24 day of the month,
  /// 25-27 operator, 28-31 month. Operator 0 is the day of the month, 1 the weekday on or after it,
  /// 2 to 6 the first to fifth such weekday, 7 the last one.
  struct Rule {
    private let bits: UInt32

    init?(hex: String) {
      guard let bits = UInt32(hex, radix: 16), bits != .max else { return nil }
      self.bits = bits
    }

    private func field(_ low: UInt32, _ width: UInt32) -> Int {
      Int((bits >> low) & ((1 << width) - 1))
    }

    /// Local seconds since 1970 at which the rule strikes in a year.
    func seconds(in year: Int) -> Int? {
      let month = field(28, 4)
      let weekday = field(17, 3)
      let number = max(1, field(20, 5))
      guard let first = Day(year: year, month: month, day: 1) else { return nil }
      let day: Int
      switch field(25, 3) {
      case 0: day = first.number + number - 1
      case 1: day = Self.onOrAfter(first.number + number - 1, weekday)
      case 7:
        let length = Month(year: year, month: month).days
        day = Self.onOrAfter(first.number + length - 7, weekday)
      case let which: day = Self.onOrAfter(first.number, weekday) + (which - 2) * 7
      }
      return day * 86_400 + field(12, 5) * 3600 + field(0, 12)
    }

    /// 1970-01-01 was a Thursday, the fourth day.
    private static func onOrAfter(_ day: Int, _ weekday: Int) -> Int {
      guard weekday > 0 else { return day }
      let current = ((day + 3) % 7 + 7) % 7 + 1
      return day + (weekday - current + 7) % 7
    }
  }
}
