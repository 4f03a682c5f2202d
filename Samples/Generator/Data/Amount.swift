/// Thousandths of a tonne, written as decimals.
enum Amount {
  /// `12.5` for 12500; no trailing zeros; `places` moves the point to the left.
  static func text(_ milli: Int, movedLeft places: Int = 0) -> String {
    let scale = 3 + places
    var digits = String(milli.magnitude)
    digits = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
    var whole = String(digits.dropLast(scale))
    var fraction = String(digits.suffix(scale))
    while fraction.hasSuffix("0") { fraction.removeLast() }
    if milli < 0 { whole = "-" + whole }
    return fraction.isEmpty ? whole : whole + "." + fraction
  }

  /// Rounded half up to a multiple of `step`, both in thousandths; for positive amounts.
  static func rounded(_ milli: Int, to step: Int) -> Int { (milli + step / 2) / step * step }
}
