import BigInt
import Exact

/// A positive number rounded to 64 bits, `mantissa × 2^exponent`, or zero.
///
/// The exponent is an `Int`, so nothing under- or overflows: (1/2)^10⁶ is an ordinary value.
struct Magnitude: Sendable {
  /// Zero, or at least 2^63.
  let mantissa: UInt64
  let exponent: Int

  static let zero = Magnitude(mantissa: 0, exponent: 0)

  /// The high and low words of a product or quotient, rounded to one word.
  init(high: UInt64, low: UInt64, inexact: Bool, exponent: Int, up: Bool) {
    var (high, low, exponent) = (high, low, exponent)
    if high == 0 {
      (high, low) = (low, 0)
      exponent -= 64
    }
    guard high != 0 else {
      self = .zero
      return
    }
    let shift = high.leadingZeroBitCount
    if shift > 0 {
      high = (high << UInt64(shift)) | (low >> UInt64(64 - shift))
      low <<= UInt64(shift)
      exponent -= shift
    }
    if up, low != 0 || inexact {
      let (next, over) = high.addingReportingOverflow(1)
      high = over ? 1 << 63 : next
      exponent += over ? 1 : 0
    }
    mantissa = high
    self.exponent = exponent + 64
  }

  init(mantissa: UInt64, exponent: Int) {
    self.mantissa = mantissa
    self.exponent = exponent
  }

  static func multiply(_ a: Magnitude, _ b: Magnitude, up: Bool) -> Magnitude {
    if a.mantissa == 0 || b.mantissa == 0 { return .zero }
    let (high, low) = a.mantissa.multipliedFullWidth(by: b.mantissa)
    return Magnitude(
      high: high, low: low, inexact: false, exponent: a.exponent + b.exponent, up: up)
  }

  /// `b` must not be zero.
  static func divide(_ a: Magnitude, _ b: Magnitude, up: Bool) -> Magnitude {
    if a.mantissa == 0 { return .zero }
    // a/2 keeps the quotient below 2^64; the bit cut off comes back in the low word.
    let (quotient, remainder) = b.mantissa.dividingFullWidth(
      (a.mantissa >> 1, (a.mantissa & 1) << 63))
    let (second, rest) = b.mantissa.dividingFullWidth((remainder, 0))
    return Magnitude(
      high: quotient, low: second, inexact: rest != 0, exponent: a.exponent - b.exponent - 127,
      up: up)
  }

  static func add(_ a: Magnitude, _ b: Magnitude, up: Bool) -> Magnitude {
    if a.mantissa == 0 { return b }
    if b.mantissa == 0 { return a }
    let (large, small) = a.exponent >= b.exponent ? (a, b) : (b, a)
    let shift = large.exponent - small.exponent
    // One bit is given up for the carry.
    var high = large.mantissa >> 1
    var low = large.mantissa << 63
    var inexact = false
    let (smallHigh, smallLow, lost) = shifted(small.mantissa, by: shift + 1)
    inexact = lost
    let (sumLow, carry) = low.addingReportingOverflow(smallLow)
    low = sumLow
    high = high &+ smallHigh &+ (carry ? 1 : 0)
    return Magnitude(
      high: high, low: low, inexact: inexact, exponent: large.exponent - 63, up: up)
  }

  /// A mantissa moved right into a second word, and whether anything fell out behind that.
  private static func shifted(_ m: UInt64, by shift: Int) -> (UInt64, UInt64, Bool) {
    if shift < 64 { return (m >> UInt64(shift), m << UInt64(64 - shift), false) }
    if shift == 64 { return (0, m, false) }
    if shift < 128 {
      let right = UInt64(shift - 64)
      return (0, m >> right, m << (64 - right) != 0)
    }
    return (0, 0, true)
  }

  static func isBelow(_ a: Magnitude, _ b: Magnitude) -> Bool {
    if a.mantissa == 0 || b.mantissa == 0 { return a.mantissa == 0 && b.mantissa != 0 }
    return a.exponent == b.exponent ? a.mantissa < b.mantissa : a.exponent < b.exponent
  }

  /// The nearest whole-word value of an unsigned integer.
  init(_ integer: BigUInt, up: Bool) {
    let bits = integer.bitWidth
    guard bits > 0 else {
      self = .zero
      return
    }
    if bits <= 64 {
      let word = UInt64(integer)
      let shift = word.leadingZeroBitCount
      self.init(mantissa: word << UInt64(shift), exponent: -shift)
      return
    }
    let top = integer >> (bits - 64)
    let inexact = top << (bits - 64) != integer
    self.init(high: UInt64(top), low: 0, inexact: inexact, exponent: bits - 128, up: up)
  }

  /// For display and starting points only.
  var double: Double {
    mantissa == 0 ? 0 : Double(sign: .plus, exponent: exponent, significand: Double(mantissa))
  }
}

/// A non-negative number that lies between two outward-rounded bounds.
///
/// Only sums, products and quotients of non-negative numbers are formed, so each operation widens
/// the bounds by at most 2^-63 relative and a million of them leave 12 digits certain.
struct Enclosure: Sendable {
  let low: Magnitude
  let high: Magnitude

  static let zero = Enclosure(low: .zero, high: .zero)
  static let one = Enclosure(1)

  init(low: Magnitude, high: Magnitude) {
    self.low = low
    self.high = high
  }

  /// A whole number, exactly; at least 0.
  init(_ integer: Int) {
    let word = UInt64(max(0, integer))
    let shift = word.leadingZeroBitCount
    let exact =
      word == 0 ? Magnitude.zero : Magnitude(mantissa: word << UInt64(shift), exponent: -shift)
    self.init(low: exact, high: exact)
  }

  /// A fraction; at least 0.
  init(_ rational: Rational) {
    let (top, bottom) = (rational.numerator.magnitude, rational.denominator.magnitude)
    low = Magnitude.divide(Magnitude(top, up: false), Magnitude(bottom, up: true), up: false)
    high = Magnitude.divide(Magnitude(top, up: true), Magnitude(bottom, up: false), up: true)
  }

  static func + (a: Enclosure, b: Enclosure) -> Enclosure {
    Enclosure(
      low: .add(a.low, b.low, up: false), high: .add(a.high, b.high, up: true))
  }

  static func * (a: Enclosure, b: Enclosure) -> Enclosure {
    Enclosure(
      low: .multiply(a.low, b.low, up: false), high: .multiply(a.high, b.high, up: true))
  }

  /// `b` must be above zero.
  static func / (a: Enclosure, b: Enclosure) -> Enclosure {
    Enclosure(
      low: .divide(a.low, b.high, up: false), high: .divide(a.high, b.low, up: true))
  }

  func power(_ exponent: Int) -> Enclosure {
    var (result, base, rest) = (Enclosure.one, self, exponent)
    while rest > 0 {
      if rest & 1 == 1 { result = result * base }
      base = base * base
      rest >>= 1
    }
    return result
  }

  /// Whether the number is at most `other`; nil where the bounds overlap.
  func isAtMost(_ other: Enclosure) -> Bool? {
    if !Magnitude.isBelow(other.low, high) { return true }
    if Magnitude.isBelow(other.high, low) { return false }
    return nil
  }

  /// The middle, for display and starting points only.
  var double: Double { (low.double + high.double) / 2 }
}
