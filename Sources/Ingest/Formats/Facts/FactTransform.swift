import Assurance
import Exact

/// The transformations of Inline XBRL (Transformation Rules Registry 1 to 5), by their names
/// without prefix, hyphens and case: `ixt:num-dot-decimal` and `ixt:numdotdecimal` are one.
///
/// The rules of one name agree between the registries. Those that are not here leave the value
/// untold; nothing is guessed.
enum FactTransform {
  enum Result: Equatable {
    case value(String)
    /// The text is not of the form that the transformation reads.
    case mismatch
    case unknown
  }

  static func key(_ format: String) -> String {
    format.split(separator: ":").last.map { $0.lowercased().filter { $0 != "-" } } ?? ""
  }

  /// The number that a text is under a transformation, without scale and sign.
  static func number(_ text: String, _ format: String?) -> Result {
    let text = FactScan.trimmed(text)
    guard let format else { return plain(text, point: ".", groups: "") }
    switch key(format) {
    case "numdotdecimal", "numdotdecimalin", "numcommadot", "numspacedot":
      return plain(text, point: ".", groups: ", \u{A0}")
    case "numcommadecimal", "numdotcomma", "numspacecomma", "numcomma":
      return plain(text, point: ",", groups: ". \u{A0}")
    case "numdotdecimalapos": return plain(text, point: ".", groups: ", \u{A0}'`´’′")
    case "numcommadecimalapos": return plain(text, point: ",", groups: ". \u{A0}'`´’′")
    case "numdash", "zerodash":
      return text.count == 1
        && "-\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2015}\u{2212}"
          .contains(text)
        ? .value("0") : .mismatch
    case "fixedzero": return .value("0")
    case "numunitdecimal": return unitDecimal(text)
    case "numwordsen": return words(text)
    default: return .unknown
    }
  }

  /// Digits with groups and one point; no sign, for signs are attributes.
  private static func plain(_ text: String, point: Character, groups: String) -> Result {
    var digits = ""
    for character in text {
      if character.isASCII, character.isNumber {
        digits.append(character)
      } else if character == point, !digits.contains(".") {
        digits.append(".")
      } else if groups.contains(character), !digits.isEmpty, !digits.contains(".") {
        continue
      } else {
        return .mismatch
      }
    }
    if digits.last == "." { digits.removeLast() }
    return ExactDecimal(digits) == nil ? .mismatch : .value(digits)
  }

  /// `12 rupees 50 paise` is 12.50.
  private static func unitDecimal(_ text: String) -> Result {
    var numbers: [String] = []
    var isInside = false
    for character in text {
      if character.isASCII, character.isNumber {
        if !isInside { numbers.append("") }
        numbers[numbers.count - 1].append(character)
        isInside = true
      } else if !(isInside && ",. \u{A0}".contains(character)) {
        isInside = false
      }
    }
    guard numbers.count == 2, numbers[1].count <= 2 else { return .mismatch }
    let minor = String(repeating: "0", count: 2 - numbers[1].count) + numbers[1]
    return .value("\(numbers[0]).\(minor)")
  }

  private static let small = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
  ]
  private static let tens = [
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
  ]

  /// English words up to the trillions; `no` and `none` are zero.
  private static func words(_ text: String) -> Result {
    let parts = text.lowercased().split { !$0.isLetter }.map(String.init).filter { $0 != "and" }
    if parts == ["no"] || parts == ["none"] || parts == ["nil"] { return .value("0") }
    var total = 0
    var part = 0
    guard !parts.isEmpty, parts.count <= 40 else { return .mismatch }
    for word in parts {
      if let value = small.firstIndex(of: word) {
        part += value
      } else if let value = tens.firstIndex(of: word) {
        part += (value + 2) * 10
      } else if word == "hundred" {
        part *= 100
      } else if let power = ["thousand", "million", "billion", "trillion"].firstIndex(of: word) {
        let size = [1_000, 1_000_000, 1_000_000_000, 1_000_000_000_000][power]
        guard part < 1000 else { return .mismatch }
        total += part * size
        part = 0
      } else {
        return .mismatch
      }
      guard part < 1_000_000 else { return .mismatch }
    }
    return .value(String(total + part))
  }

  /// The text that a text is under a transformation.
  static func text(_ text: String, _ format: String) -> Result {
    switch key(format) {
    case "booleanfalse", "fixedfalse": return .value("false")
    case "booleantrue", "fixedtrue": return .value("true")
    case "nocontent", "fixedempty": return .value("")
    case "datedaymonthyear", "datedoteu", "dateslasheu": return date(text, [2, 1, 0])
    case "datemonthdayyear", "dateslashus", "datedotus": return date(text, [2, 0, 1])
    case "dateyearmonthday": return date(text, [0, 1, 2])
    case "datedaymonthnameyearen", "datelonguk", "dateshortuk": return named(text, dayFirst: true)
    case "datemonthnamedayyearen", "datelongus", "dateshortus": return named(text, dayFirst: false)
    case "duryear": return duration(text, "Y")
    case "durmonth": return duration(text, "M")
    case "durweek": return duration(text, "W")
    case "durday": return duration(text, "D")
    case "durwordsen": return durationWords(text)
    default: return .unknown
    }
  }

  /// The places of year, month and day among three numbers; two digits of a year are 20xx.
  private static func date(_ text: String, _ places: [Int]) -> Result {
    let numbers = text.split { !($0.isASCII && $0.isNumber) }.map(String.init)
    guard numbers.count == 3 else { return .mismatch }
    return day(numbers[places[0]], Int(numbers[places[1]]), numbers[places[2]])
  }

  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  private static func named(_ text: String, dayFirst: Bool) -> Result {
    let parts = text.lowercased().split { !($0.isASCII && ($0.isNumber || $0.isLetter)) }
      .map(String.init)
    guard parts.count == 3 else { return .mismatch }
    let month = months.firstIndex(of: String(parts[dayFirst ? 1 : 0].prefix(3))).map { $0 + 1 }
    return day(parts[2], month, String(parts[dayFirst ? 0 : 1].prefix { $0.isNumber }))
  }

  private static func day(_ year: String, _ month: Int?, _ day: String) -> Result {
    guard let number = Int(year), year.count <= 4, let month, let date = Int(day),
      let day = Day(year: year.count <= 2 ? 2000 + number : number, month: month, day: date)
    else { return .mismatch }
    return .value(day.description)
  }

  /// SEC transformations of plain numbers into durations; fractions of a unit are not told.
  private static func duration(_ text: String, _ unit: String) -> Result {
    let digits = FactScan.trimmed(text)
    guard !digits.isEmpty, digits.count <= 6, digits.allSatisfy({ $0.isASCII && $0.isNumber })
    else { return .mismatch }
    return .value("P\(Int(digits) ?? 0)\(unit)")
  }

  private static func durationWords(_ text: String) -> Result {
    let parts = FactScan.trimmed(text).lowercased().split { $0 == " " || $0 == "-" }
    guard parts.count >= 2, let last = parts.last,
      let unit = ["year": "Y", "month": "M", "week": "W", "day": "D"].first(where: {
        last == $0.key || last == $0.key + "s"
      })?.value
    else { return .mismatch }
    let amount = parts.dropLast().joined(separator: " ")
    if let number = Int(amount), number >= 0 { return .value("P\(number)\(unit)") }
    guard case .value(let number) = words(amount) else { return .mismatch }
    return .value("P\(number)\(unit)")
  }
}
