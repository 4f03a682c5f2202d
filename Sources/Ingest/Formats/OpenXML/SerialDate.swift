import Assurance
import Exact

/// Spreadsheet day numbers.
enum SerialDate: Sendable {
  /// Day 1 is 1900-01-01, and there is a day 60, 1900-02-29, that never was.
  case from1900
  /// Day 0 is 1904-01-01.
  case from1904

  /// ISO text of a day number with its fraction, to the millisecond; nil outside the range that
  /// spreadsheets show (`0 ..< 2958466` of the 1900 system).
  func iso(_ serial: ExactDecimal) -> String? {
    guard !serial.isNegative, let power = Self.power(serial.scale) else { return nil }
    let milliseconds: Int128 = 86_400_000
    let (product, over) = serial.coefficient.multipliedReportingOverflow(by: milliseconds)
    guard !over else { return nil }
    // Halves go up: the numbers are images of binary fractions, far from a half.
    let total = (product + power / 2) / power
    guard total < 2_958_466 * milliseconds else { return nil }
    let number = Int(total / milliseconds)
    let time = Int(total % milliseconds)
    // Below day 1 there is only a time of day.
    if number == 0, self == .from1900 { return Self.clock(time) }
    guard let day = day(number) else { return nil }
    return time == 0 ? day : day + "T" + Self.clock(time)
  }

  private func day(_ number: Int) -> String? {
    switch self {
    case .from1904: (Day(year: 1904, month: 1, day: 1)?.adding(days: number)).map(\.description)
    case .from1900 where number == 60: "1900-02-29"
    case .from1900:
      (Day(year: 1899, month: 12, day: 31)?.adding(days: number > 60 ? number - 1 : number))
        .map(\.description)
    }
  }

  private static func clock(_ milliseconds: Int) -> String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let seconds = milliseconds / 1000
    let rest = milliseconds % 1000
    let text = two(seconds / 3600) + ":" + two(seconds / 60 % 60) + ":" + two(seconds % 60)
    guard rest > 0 else { return text }
    return text + "." + String(String(1000 + rest).dropFirst())
  }

  private static func power(_ exponent: Int) -> Int128? {
    guard exponent <= 28 else { return nil }
    var power: Int128 = 1
    for _ in 0..<exponent { power *= 10 }
    return power
  }
}
