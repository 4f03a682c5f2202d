import BigInt
import Exact

/// Why a formula is not recalculated: never guessed, always counted.
struct NotComputed: Error {
  let reason: String

  init(_ reason: String) { self.reason = reason }
}

/// An exact number: a decimal while it is one, else a fraction.
enum FormulaNumber {
  case decimal(ExactDecimal)
  case fraction(Rational)

  static let zero = FormulaNumber.decimal(.zero)
  static let one = FormulaNumber.decimal(ExactDecimal(1))

  var rational: Rational {
    switch self {
    case .decimal(let value): Rational(value)
    case .fraction(let value): value
    }
  }

  var isZero: Bool {
    switch self {
    case .decimal(let value): value.isZero
    case .fraction(let value): value.isZero
    }
  }

  /// The absolute value, rounded up.
  var bound: Slack {
    switch self {
    case .decimal(let value): Slack(bounding: value)
    case .fraction(let value): Slack(bounding: value)
    }
  }

  /// Fractions are held to so many bits.
  private static let bitsMax = 4_096

  private static func checked(_ value: Rational) throws(NotComputed) -> FormulaNumber {
    guard value.numerator.bitWidth + value.denominator.bitWidth <= bitsMax else {
      throw NotComputed("a fraction of too many digits")
    }
    return .fraction(value)
  }

  static func + (a: FormulaNumber, b: FormulaNumber) throws(NotComputed) -> FormulaNumber {
    if case .decimal(let x) = a, case .decimal(let y) = b, let sum = try? x + y {
      return .decimal(sum)
    }
    return try checked(a.rational + b.rational)
  }

  static func * (a: FormulaNumber, b: FormulaNumber) throws(NotComputed) -> FormulaNumber {
    if case .decimal(let x) = a, case .decimal(let y) = b, let product = try? x * y {
      return .decimal(product)
    }
    return try checked(a.rational * b.rational)
  }

  /// The quotient; the divisor is known not to be zero.
  static func / (a: FormulaNumber, b: FormulaNumber) throws(NotComputed) -> FormulaNumber {
    guard let quotient = try? a.rational / b.rational else {
      throw NotComputed("a division by zero")
    }
    if let decimal = quotient.decimal { return .decimal(decimal) }
    return try checked(quotient)
  }

  static prefix func - (a: FormulaNumber) -> FormulaNumber {
    switch a {
    case .decimal(let value): .decimal(-value)
    case .fraction(let value): .fraction(-value)
    }
  }

  /// -1, 0 or 1.
  func compared(to other: FormulaNumber) -> Int {
    if case .decimal(let x) = self, case .decimal(let y) = other {
      return x == y ? 0 : (x < y ? -1 : 1)
    }
    let (x, y) = (rational, other.rational)
    return x == y ? 0 : (x < y ? -1 : 1)
  }

  /// Whether both show the same at 15 significant digits, as spreadsheets show numbers.
  func showsAs(_ other: FormulaNumber) -> Bool {
    if case .decimal(let x) = self, case .decimal(let y) = other, x == y { return true }
    return Self.shown(rational) == Self.shown(other.rational)
  }

  private struct Shown: Equatable {
    let digits: BigInt
    let exponent: Int
  }

  /// Fifteen significant digits, halves away from zero.
  private static func shown(_ value: Rational) -> Shown {
    guard !value.isZero else { return Shown(digits: 0, exponent: 0) }
    let (low, high) = (BigUInt(10).power(14), BigUInt(10).power(15))
    let top = value.numerator.magnitude
    let bottom = value.denominator.magnitude
    // A first guess of the exponent from the bits, then steps to the right one.
    var exponent = (top.bitWidth - bottom.bitWidth) * 3 / 10 - 14
    while true {
      let scaledTop = exponent < 0 ? top * BigUInt(10).power(-exponent) : top
      let scaledBottom = exponent > 0 ? bottom * BigUInt(10).power(exponent) : bottom
      let (quotient, rest) = scaledTop.quotientAndRemainder(dividingBy: scaledBottom)
      if quotient >= high {
        exponent += 1
      } else if quotient < low {
        exponent -= 1
      } else {
        var digits = rest * 2 >= scaledBottom ? quotient + 1 : quotient
        if digits == high {
          digits = low
          exponent += 1
        }
        return Shown(
          digits: BigInt(sign: value.isNegative ? .minus : .plus, magnitude: digits),
          exponent: exponent)
      }
    }
  }

  /// The number for people: at most 15 significant digits.
  var text: String {
    if case .decimal(let value) = self, value.coefficient.magnitude < 1_000_000_000_000_000 {
      return value.description
    }
    let shown = Self.shown(rational)
    guard shown.exponent < 0, shown.exponent >= -38,
      let digits = Int128(exactly: shown.digits),
      let value = try? ExactDecimal(coefficient: digits, scale: -shown.exponent)
    else { return shown.exponent == 0 ? "\(shown.digits)" : "\(shown.digits)e\(shown.exponent)" }
    return value.description
  }
}
