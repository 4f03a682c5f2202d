import BigInt
import Exact

/// How far a spreadsheet's result may lie from the exact one because it computes in binary64.
///
/// A bound, never a figure: `mantissa × 10^exponent`, always rounded up. Sums of n numbers are off
/// by at most (n - 1) u Σ|x|, products and quotients by a relative u = 2^-53 (Higham, Accuracy and
/// Stability of Numerical Algorithms, 2002, sections 2.2 and 4.2).
struct Slack {
  /// In `0..<1_000_000_000`.
  private(set) var mantissa: Int
  private(set) var exponent: Int

  static let zero = Slack(0, 0)
  /// A little more than 2^-53.
  static let unit = Slack(12, -17)

  init(_ mantissa: Int, _ exponent: Int) {
    self.mantissa = mantissa
    self.exponent = exponent
    while self.mantissa >= 1_000_000_000 {
      self.mantissa = self.mantissa / 10 + 1
      self.exponent += 1
    }
  }

  /// The absolute value of a number, rounded up.
  init(bounding value: ExactDecimal) {
    var digits = value.coefficient.magnitude
    var exponent = -value.scale
    while digits >= 100_000_000 {
      digits = digits / 10 + 1
      exponent += 1
    }
    self.init(Int(digits), exponent)
  }

  init(bounding value: Rational) {
    let top = value.numerator.magnitude
    guard top != 0 else {
      self = .zero
      return
    }
    // About 2^30 of the lowest unit: enough digits, rounded up.
    let bits = value.denominator.bitWidth - top.bitWidth + 30
    let power = bits > 0 ? bits * 3 / 10 + 1 : -(-bits * 3 / 10)
    let ten = BigUInt(10)
    let scaled =
      power >= 0
      ? top * ten.power(power) / value.denominator.magnitude + 1
      : top / (value.denominator.magnitude * ten.power(-power)) + 1
    var mantissa = scaled
    var exponent = -power
    while mantissa >= 1_000_000_000 {
      mantissa = mantissa / 10 + 1
      exponent += 1
    }
    self.init(Int(mantissa), exponent)
  }

  var isZero: Bool { mantissa == 0 }

  static func + (a: Slack, b: Slack) -> Slack {
    if a.isZero { return b }
    if b.isZero { return a }
    let (high, low) = a.exponent >= b.exponent ? (a, b) : (b, a)
    let gap = high.exponent - low.exponent
    if gap <= 9 {
      var power = 1
      for _ in 0..<gap { power *= 10 }
      // At most 10^18 and 10^9.
      return Slack(high.mantissa * power + low.mantissa, low.exponent)
    }
    return Slack(high.mantissa + 1, high.exponent)
  }

  static func * (a: Slack, b: Slack) -> Slack {
    if a.isZero || b.isZero { return .zero }
    return Slack(a.mantissa * b.mantissa, a.exponent + b.exponent)
  }

  /// Whether a difference is no larger.
  func covers(_ difference: Rational) -> Bool {
    if difference.isZero { return true }
    guard !isZero, abs(exponent) < 5_000 else { return !isZero && exponent > 0 }
    let ten = BigUInt(10)
    let left = difference.numerator.magnitude
    let right = BigUInt(mantissa) * difference.denominator.magnitude
    return exponent >= 0
      ? left <= right * ten.power(exponent) : left * ten.power(-exponent) <= right
  }
}
