package import Assurance
import Foundation

/// The time for the record: UTC, whole seconds.
package enum Moment {
  /// Now as `YYYY-MM-DDTHH:MM:SSZ`; `SOURCE_DATE_EPOCH` decides where it is set.
  ///
  /// - Throws: `bad-source-date-epoch` if the variable holds anything but seconds since 1970.
  package static func now() throws(AssureError) -> String {
    guard let text = ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"] else {
      return Self.text(secondsSince1970: Int(Date().timeIntervalSince1970))
    }
    guard let seconds = Int(text), seconds >= 0, seconds < 253_402_300_800 else {
      throw AssureError(
        "bad-source-date-epoch", place: "SOURCE_DATE_EPOCH",
        "`\(text)` is not a number of seconds since 1970", remedy: "unset it, or write digits only")
    }
    return Self.text(secondsSince1970: seconds)
  }

  /// - Parameter seconds: not negative.
  package static func text(secondsSince1970 seconds: Int) -> String {
    let day = Day(number: seconds / 86400)
    let rest = seconds % 86400
    let parts = [rest / 3600, rest / 60 % 60, rest % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
    return "\(day)T\(parts.joined(separator: ":"))Z"
  }
}

extension Moment {
  /// Seconds since 1970 of a time as ``now()`` writes it; 0 for anything else.
  static func seconds(of text: String) -> Int {
    let bytes = Array(text.utf8)
    guard bytes.count == 20, let day = Day(String(text.prefix(10))),
      let hour = Int(digits: bytes[11..<13]), let minute = Int(digits: bytes[14..<16]),
      let second = Int(digits: bytes[17..<19])
    else { return 0 }
    return day.number * 86400 + hour * 3600 + minute * 60 + second
  }
}
