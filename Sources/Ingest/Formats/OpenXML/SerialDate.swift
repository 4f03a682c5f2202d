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

  /// Bytes of a day as ``day(_:into:)`` writes it.
  static let dayBytes = 10

  /// Writes `YYYY-MM-DD` for a whole day number as almost all cells have it, of days after the one
  /// that never was; false, and nothing, for any other, which ``iso(_:)`` is for.
  func day(_ text: UnsafeBufferPointer<UInt8>, into bytes: UnsafeMutablePointer<UInt8>) -> Bool {
    guard text.count >= 2, text.count <= 6, text[0] != 48 else { return false }
    var number = 0
    for byte in text {
      guard byte >= 48, byte <= 57 else { return false }
      number = number * 10 + Int(byte - 48)
    }
    guard number > 60 else { return false }
    // Days since 0000-03-01, in cycles of 400 years (Hinnant, chrono-compatible date algorithms).
    let days = number + (self == .from1900 ? 693_899 : 695_361)
    let cycle = days / 146_097
    let day = days % 146_097
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365
    let dayOfYear = day - (365 * year + year / 4 - year / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    let civil = cycle * 400 + year + (month <= 2 ? 1 : 0)
    func put(_ number: Int, at index: Int) {
      bytes[index] = 48 + UInt8(truncatingIfNeeded: number / 10)
      bytes[index + 1] = 48 + UInt8(truncatingIfNeeded: number % 10)
    }
    put(civil / 100, at: 0)
    put(civil % 100, at: 2)
    bytes[4] = UInt8(ascii: "-")
    put(month, at: 5)
    bytes[7] = UInt8(ascii: "-")
    put(dayOfYear - (153 * shifted + 2) / 5 + 1, at: 8)
    return true
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
