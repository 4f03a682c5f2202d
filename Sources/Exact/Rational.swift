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
    let divisor = numerator.greatestCommonDivisor(with: denominator)
    let sign: BigInt = denominator < 0 ? -1 : 1
    self.numerator = sign * numerator / divisor
    self.denominator = sign * denominator / divisor
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
    Rational(
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
    a.numerator * b.denominator < b.numerator * a.denominator
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
