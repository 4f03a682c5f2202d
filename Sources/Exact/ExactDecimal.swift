/// A finite decimal number, `coefficient × 10^-scale`, computed without any rounding.
///
/// The coefficient is a 128-bit integer (38 significant digits always fit) and the scale lies in
/// `0...38`. Equal numbers have equal representations: trailing zeros are dropped.
public struct ExactDecimal: Hashable, Sendable {
  /// The digits as an integer, sign included.
  public let coefficient: Int128
  /// The number of digits after the point, in `0...38`.
  public let scale: Int

  public static let zero = ExactDecimal(unchecked: 0, scale: 0)
  /// The largest scale.
  public static let scaleMax = 38

  private init(unchecked coefficient: Int128, scale: Int) {
    self.coefficient = coefficient
    self.scale = scale
  }

  /// Makes `coefficient × 10^-scale`, dropping trailing zeros.
  ///
  /// - Throws: ``ExactError/overflow`` if `scale` lies outside `0...38` after trailing zeros are
  ///   dropped.
  public init(coefficient: Int128, scale: Int) throws(ExactError) {
    var coefficient = coefficient
    var scale = scale
    if coefficient == 0 { scale = 0 }
    while scale > 0, coefficient % 10 == 0 {
      coefficient /= 10
      scale -= 1
    }
    guard scale >= 0, scale <= Self.scaleMax else { throw .overflow }
    self.init(unchecked: coefficient, scale: scale)
  }

  /// An integer.
  public init(_ integer: Int) {
    self.init(unchecked: Int128(integer), scale: 0)
  }

  public var isNegative: Bool { coefficient < 0 }
  public var isZero: Bool { coefficient == 0 }
  /// The number without its sign.
  public var magnitude: ExactDecimal {
    ExactDecimal(unchecked: coefficient < 0 ? -coefficient : coefficient, scale: scale)
  }

  /// Ten to the power of `exponent`, `0...38`; nil beyond.
  static func powerOfTen(_ exponent: Int) -> Int128? {
    guard exponent >= 0, exponent <= 38 else { return nil }
    return powersOfTen[exponent]
  }

  private static let powersOfTen: [Int128] = {
    var powers: [Int128] = [1]
    for _ in 0..<38 { powers.append(powers[powers.count - 1] * 10) }
    return powers
  }()

  /// Both coefficients at the larger of the two scales.
  private static func aligned(
    _ a: ExactDecimal, _ b: ExactDecimal
  ) throws(ExactError) -> (Int128, Int128, Int) {
    if a.scale == b.scale { return (a.coefficient, b.coefficient, a.scale) }
    let scale = max(a.scale, b.scale)
    let (x, xOver) = a.coefficient.multipliedReportingOverflow(by: powersOfTen[scale - a.scale])
    let (y, yOver) = b.coefficient.multipliedReportingOverflow(by: powersOfTen[scale - b.scale])
    guard !xOver, !yOver else { throw .overflow }
    return (x, y, scale)
  }

  /// The exact sum. Throws ``ExactError/overflow`` beyond 128 bits.
  public static func + (a: ExactDecimal, b: ExactDecimal) throws(ExactError) -> ExactDecimal {
    let (x, y, scale) = try aligned(a, b)
    let (sum, over) = x.addingReportingOverflow(y)
    guard !over else { throw .overflow }
    return try ExactDecimal(coefficient: sum, scale: scale)
  }

  /// The exact difference. Throws ``ExactError/overflow`` beyond 128 bits.
  public static func - (a: ExactDecimal, b: ExactDecimal) throws(ExactError) -> ExactDecimal {
    try a + (-b)
  }

  public static prefix func - (a: ExactDecimal) -> ExactDecimal {
    ExactDecimal(unchecked: -a.coefficient, scale: a.scale)
  }

  /// The exact product. Throws ``ExactError/overflow`` beyond 128 bits or 38 decimals.
  public static func * (a: ExactDecimal, b: ExactDecimal) throws(ExactError) -> ExactDecimal {
    let (product, over) = a.coefficient.multipliedReportingOverflow(by: b.coefficient)
    guard !over else { throw .overflow }
    return try ExactDecimal(coefficient: product, scale: a.scale + b.scale)
  }
}

extension ExactDecimal: Comparable {
  public static func < (a: ExactDecimal, b: ExactDecimal) -> Bool {
    if a.scale == b.scale { return a.coefficient < b.coefficient }
    if a.isNegative != b.isNegative { return a.isNegative }
    if let (x, y, _) = try? aligned(a, b) { return x < y }
    return Rational(a) < Rational(b)
  }
}
