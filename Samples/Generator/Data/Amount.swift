/// Whole numbers of small units, written as decimals.
enum Amount {
  /// `12.5` for 12500; no trailing zeros; `places` moves the point to the left.
  static func text(_ milli: Int, movedLeft places: Int = 0) -> String {
    text(milli, scale: 3 + places)
  }

  /// `12.5` for 125 and a scale of 1: a whole number with its point moved to the left.
  static func text(_ number: Int, scale: Int) -> String {
    var digits = String(number.magnitude)
    digits = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
    var whole = String(digits.dropLast(scale))
    var fraction = String(digits.suffix(scale))
    while fraction.hasSuffix("0") { fraction.removeLast() }
    if number < 0 { whole = "-" + whole }
    return fraction.isEmpty ? whole : whole + "." + fraction
  }

  /// Rounded half up to a multiple of `step`, both in thousandths; for positive amounts.
  static func rounded(_ milli: Int, to step: Int) -> Int { (milli + step / 2) / step * step }
}
