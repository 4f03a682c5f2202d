import Exact

/// What is to be said of facts, and facts that are reported more than once.
struct FactNotes {
  private(set) var remarks: [Remark] = []
  private var counts: [String: Int] = [:]
  private var seen: [String: (value: ExactDecimal, decimals: Int?, row: Int)] = [:]
  /// Facts that are compared at most.
  static let comparedMax = 200_000

  /// At most a hundred remarks a code stand with their rows; the rest are counted.
  mutating func add(_ code: String, _ message: String, row: Int) {
    let count = (counts[code] ?? 0) + 1
    counts[code] = count
    if count <= 100 {
      remarks.append(Remark(code: code, message: message, row: row))
    } else if count == 101 {
      remarks.append(Remark(code: code, message: "and more of these"))
    }
  }

  /// Compares a number with an earlier one of the same concept, context and unit.
  ///
  /// They agree if both can be roundings of one value: the ranges of half a unit of the last
  /// decimal around them meet (XBRL Duplicates Guidance, 2019, section 3).
  mutating func compare(_ key: String, _ value: ExactDecimal, decimals: String?, row: Int) {
    let places = decimals == "INF" ? nil : decimals.flatMap { Int($0) }
    guard let earlier = seen[key] else {
      if seen.count < Self.comparedMax { seen[key] = (value, places, row) }
      return
    }
    guard earlier.value != value else { return }
    let tolerance = Self.half(places) + Self.half(earlier.decimals)
    let difference = Rational(value) - Rational(earlier.value)
    let size = difference < .zero ? Rational.zero - difference : difference
    guard size > tolerance else { return }
    add(
      "inconsistent-facts",
      "\(value) here and \(earlier.value) in fact \(earlier.row), of one concept, context and unit",
      row: row)
  }

  /// Half a unit of a decimal place; nothing for exact values.
  private static func half(_ places: Int?) -> Rational {
    guard let places, abs(places) <= 30, let half = Rational("5e\(-places - 1)") else {
      return .zero
    }
    return half
  }
}
