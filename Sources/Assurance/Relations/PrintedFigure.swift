package import Exact

/// A figure of the report as relations see it: its number, and what it can have been.
package struct PrintedFigure: Sendable {
  /// The name that relations call it by; `name@year` for another year than the report's.
  package let name: String
  /// In its base unit, as printed.
  package let value: Rational
  /// What rounds to the printed digits; a point for whole counts.
  package let rounded: Interval
  /// Half a unit of the last printed digit, in the base unit; zero if the digits are unknown.
  package let halfUnit: Rational
  /// What the words beside it say: `more than`, `nearly`, `about`.
  package let claim: Claim
  package let isPercent: Bool
  /// Whether the value is a day and ``rounded`` the days it can be.
  package let isDate: Bool
  /// The figure this one is a part of, and by what: for shares and their bases.
  package let family: String
  package let dimension: String
  package let member: String

  /// How the words beside a figure bound it.
  package enum Claim: String, Sendable {
    /// The number itself.
    case exactly
    /// More than, at least, and above.
    case atLeast
    /// Nearly, at most, within.
    case atMost
    /// About.
    case about
  }

  /// What the figure can have been, its words considered.
  package var reach: Reach {
    switch claim {
    case .exactly: Reach(rounded)
    case .atLeast: Reach(low: rounded.low, high: nil)
    case .atMost: Reach(low: nil, high: rounded.high)
    case .about: .all
    }
  }

  package init(
    name: String, value: Rational, halfUnit: Rational, isCount: Bool = false,
    claim: Claim = .exactly, isPercent: Bool = false, family: String = "", dimension: String = "",
    member: String = ""
  ) {
    self.name = name
    self.value = value
    self.halfUnit = halfUnit
    rounded = isCount ? Interval(value) : Interval(value - halfUnit, value + halfUnit)
    self.claim = claim
    self.isPercent = isPercent
    isDate = false
    self.family = family
    self.dimension = dimension
    self.member = member
  }

  /// A date, known to the day, the month or the year.
  package init(name: String, days: Period, claim: Claim = .exactly) {
    self.name = name
    value = Rational(days.first.number)
    rounded = Interval(Rational(days.first.number), Rational(days.last.number))
    halfUnit = .zero
    self.claim = claim
    isPercent = false
    isDate = true
    family = ""
    dimension = ""
    member = ""
  }
}

extension PrintedFigure {
  /// Whether whole numbers of the unit are counted, not measured: things, persons, days, years.
  ///
  /// A count printed in full was not rounded; one printed in ten thousands was.
  static func isCounted(_ unit: String) -> Bool {
    if ["a", "mo", "d", "h", "min", "date", "1"].contains(unit) { return true }
    return unit.hasPrefix("{") && unit.hasSuffix("}") && unit != "{CNY}"
      && !unit.dropFirst().dropLast().contains("{")
  }

  /// The number of digits after the point of the first number in a printed text, and that number;
  /// nil if there are no ASCII or full-width digits.
  static func digits(_ printed: String) -> (number: Rational, decimals: Int)? {
    var text = ""
    for scalar in printed.unicodeScalars {
      let plain =
        (0xFF10...0xFF19).contains(scalar.value)
        ? Character(Unicode.Scalar(UInt8(scalar.value - 0xFF10 + 0x30))) : Character(scalar)
      if plain.isASCII, plain.isNumber {
        text.append(plain)
      } else if plain == "." || plain == "．", !text.isEmpty, !text.contains(".") {
        text.append(".")
      } else if plain != ",", plain != "，", !text.isEmpty {
        break
      }
    }
    while text.last == "." { text.removeLast() }
    guard let number = Rational(text) else { return nil }
    let decimals = text.split(separator: ".").dropFirst().first?.count ?? 0
    return (number, decimals)
  }

  /// The days of `2022`, `2022-01` or `2022-01-05`; nil for anything else.
  static func days(_ text: String) -> Period? {
    if let day = Day(text) { return Period(day, day) }
    if let month = Month(text) { return Period(month) }
    guard text.utf8.count == 4, let year = Int(digits: Array(text.utf8)), year > 0 else {
      return nil
    }
    return Period(
      Month(year: year, month: 1).first, Month(year: year, month: 12).last)
  }

  /// The bound that words in the language of the report put on a number.
  static func claim(_ words: String) -> Claim {
    let above = [
      "餘", "余", "超過", "超过", "超", "逾", "多", "以上", "突破", "至少", "甚至更高", "上", "over", "more than",
      "at least",
    ]
    let below = ["近", "以下", "內", "内", "不超過", "不超过", "小於或等於", "小于或等于", "nearly", "up to", "at most"]
    let about = ["約", "约", "幾", "几", "數", "数", "about", "around"]
    let parts = words.split(separator: ";").map(String.init)
    if parts.contains(where: above.contains) { return .atLeast }
    if parts.contains(where: below.contains) { return .atMost }
    if parts.contains(where: about.contains) { return .about }
    return .exactly
  }
}
