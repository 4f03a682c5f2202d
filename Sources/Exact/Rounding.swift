public import BigInt

/// How a number that lies between two printable ones is printed.
public enum RoundingRule: String, Sendable, CaseIterable {
  /// To the nearer; a tie goes away from zero. What spreadsheets and reports do.
  case halfAwayFromZero = "half-away-from-zero"
  /// To the nearer; a tie goes to the even digit.
  case halfToEven = "half-to-even"
  /// Towards minus infinity.
  case down
  /// Towards plus infinity.
  case up
}

extension Rational {
  /// The exact decimal, or nil if the fraction has no finite one that fits.
  public var decimal: ExactDecimal? {
    var rest = denominator
    var scale = 0
    var factor: BigInt = 1
    while rest > 1 {
      let (byTen, remainder) = rest.quotientAndRemainder(dividingBy: 10)
      if remainder == 0 {
        rest = byTen
      } else if rest % 2 == 0 {
        rest /= 2
        factor *= 5
      } else if rest % 5 == 0 {
        rest /= 5
        factor *= 2
      } else {
        return nil
      }
      scale += 1
      if scale > ExactDecimal.scaleMax { return nil }
    }
    guard let coefficient = Int128(exactly: numerator * factor) else { return nil }
    return try? ExactDecimal(coefficient: coefficient, scale: scale)
  }

  /// The largest integer that is not greater.
  public var floor: BigInt {
    let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
    return remainder < 0 ? quotient - 1 : quotient
  }

  /// The smallest integer that is not smaller.
  public var ceiling: BigInt { -((-self).floor) }

  /// The number with `decimals` digits after the point, by the rule given.
  ///
  /// - Parameter decimals: digits after the point, in `0...38`.
  /// - Throws: ``ExactError/overflow`` if the result does not fit an ``ExactDecimal``.
  public func rounded(
    decimals: Int, _ rule: RoundingRule = .halfAwayFromZero
  ) throws(ExactError) -> ExactDecimal {
    guard let power = ExactDecimal.powerOfTen(decimals) else { throw .overflow }
    let scaled = Rational(self.numerator * BigInt(power), self.denominator)
    let integer: BigInt
    switch rule {
    case .down: integer = scaled.floor
    case .up: integer = scaled.ceiling
    case .halfAwayFromZero, .halfToEven: integer = scaled.nearest(toEven: rule == .halfToEven)
    }
    guard let coefficient = Int128(exactly: integer) else { throw .overflow }
    return try ExactDecimal(coefficient: coefficient, scale: decimals)
  }

  /// Unreduced; for a denominator known to be positive.
  private init(_ numerator: BigInt, _ positiveDenominator: BigInt) {
    self = (try? Rational(numerator, over: positiveDenominator)) ?? .zero
  }

  private func nearest(toEven: Bool) -> BigInt {
    let below = magnitude.floor
    let rest = magnitude - Rational(below, 1)
    let twice = rest + rest
    let up = twice > .one || (twice == .one && (!toEven || below % 2 != 0))
    let absolute = up ? below + 1 : below
    return isNegative ? -absolute : absolute
  }
}
