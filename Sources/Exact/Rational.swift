public import BigInt

/// A fraction of unlimited integers in lowest terms, the denominator positive.
public struct Rational: Hashable, Sendable {
  public let numerator: BigInt
  public let denominator: BigInt

  public static let zero = Rational(0)
  public static let one = Rational(1)

  /// An integer.
  public init(_ integer: Int) {
    numerator = BigInt(integer)
    denominator = 1
  }

  /// The decimal as a fraction.
  public init(_ decimal: ExactDecimal) {
    let power = ExactDecimal.powerOfTen(decimal.scale) ?? 1
    self.init(lowest: BigInt(decimal.coefficient), BigInt(power))
  }

  /// `numerator / denominator`.
  ///
  /// - Throws: ``ExactError/divisionByZero`` if the denominator is zero.
  public init(_ numerator: BigInt, over denominator: BigInt) throws(ExactError) {
    guard denominator != 0 else { throw .divisionByZero }
    self.init(lowest: numerator, denominator)
  }

  /// Reduces; the denominator is known not to be zero.
  private init(lowest numerator: BigInt, _ denominator: BigInt) {
    // Whole numbers and small ones are most of what there is, and machine words reduce them.
    if denominator == 1 {
      (self.numerator, self.denominator) = (numerator, denominator)
      return
    }
    if let small = Self.reduced(numerator, denominator) {
      (self.numerator, self.denominator) = (BigInt(small.0), BigInt(small.1))
      return
    }
    let divisor = numerator.greatestCommonDivisor(with: denominator)
    let sign: BigInt = denominator < 0 ? -1 : 1
    self.numerator = sign * numerator / divisor
    self.denominator = sign * denominator / divisor
  }

  /// The fraction in lowest terms, if both of its numbers are below 2⁶².
  private static func reduced(_ numerator: BigInt, _ denominator: BigInt) -> (Int, Int)? {
    guard numerator.bitWidth <= 63, denominator.bitWidth <= 63 else { return nil }
    let (top, bottom) = (Int(truncatingIfNeeded: numerator), Int(truncatingIfNeeded: denominator))
    var (a, b) = (top.magnitude, bottom.magnitude)
    while b != 0 { (a, b) = (b, a % b) }
    let divisor = bottom < 0 ? -Int(a) : Int(a)
    return (top / divisor, bottom / divisor)
  }

  /// Parses a decimal, or two decimals around a `/`; nil for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2, let top = ExactDecimal(String(parts[0])) else { return nil }
    guard parts.count == 2 else {
      self.init(top)
      return
    }
    guard let bottom = ExactDecimal(String(parts[1])), !bottom.isZero,
      let value = try? Rational(top) / Rational(bottom)
    else { return nil }
    self = value
  }

  public var isZero: Bool { numerator == 0 }
  public var isNegative: Bool { numerator < 0 }
  public var magnitude: Rational { isNegative ? -self : self }

  public static func + (a: Rational, b: Rational) -> Rational {
    guard a.denominator != b.denominator else {
      return Rational(lowest: a.numerator + b.numerator, a.denominator)
    }
    return Rational(
      lowest: a.numerator * b.denominator + b.numerator * a.denominator,
      a.denominator * b.denominator)
  }
  public static func - (a: Rational, b: Rational) -> Rational { a + (-b) }
  public static prefix func - (a: Rational) -> Rational {
    Rational(lowest: -a.numerator, a.denominator)
  }
  public static func * (a: Rational, b: Rational) -> Rational {
    Rational(lowest: a.numerator * b.numerator, a.denominator * b.denominator)
  }
  /// Throws ``ExactError/divisionByZero`` if `b` is zero.
  public static func / (a: Rational, b: Rational) throws(ExactError) -> Rational {
    guard !b.isZero else { throw .divisionByZero }
    return Rational(lowest: a.numerator * b.denominator, a.denominator * b.numerator)
  }
}

extension Rational: Comparable {
  public static func < (a: Rational, b: Rational) -> Bool {
    if a.denominator == b.denominator { return a.numerator < b.numerator }
    return a.numerator * b.denominator < b.numerator * a.denominator
  }
}

extension Rational: LosslessStringConvertible {
  /// The decimal if the fraction is a finite one of at most 38 decimals, else
  /// `numerator/denominator`.
  public var description: String {
    if let decimal { return decimal.description }
    return "\(numerator)/\(denominator)"
  }
}
