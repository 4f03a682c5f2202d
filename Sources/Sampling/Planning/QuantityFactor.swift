import BigInt
public import Exact

/// Confidence factors for quantities, rounded up to hundredths as tables print them.
///
/// Source: AICPA Audit Guide Audit Sampling (2017), Table C-1 (planning) and the factors for
/// evaluation.
public enum QuantityFactor {
  /// The planning factor: the smallest F in hundredths with Q(1 + ratio × F, F) ≤ 1 - C.
  ///
  /// - Parameters:
  ///   - confidence: `0 < C < 1`.
  ///   - ratio: expected / tolerable, `0 ≤ r < 1`.
  public static func hundredths(
    confidence: Rational, ratio: Rational
  ) throws(SamplingError) -> Rational {
    guard !ratio.isNegative, ratio < .one else {
      throw .expected("it is \(ratio) of the tolerable error")
    }
    return try smallest(confidence) { .one + ratio * $0 }
  }

  /// The evaluation factor: the smallest R in hundredths with Q(1 + errors, R) ≤ 1 - C.
  public static func hundredths(
    confidence: Rational, errors: Rational
  ) throws(SamplingError) -> Rational {
    guard !errors.isNegative else { throw .expected("it is \(errors)") }
    return try smallest(confidence) { _ in .one + errors }
  }

  private static func smallest(
    _ confidence: Rational, _ shape: (Rational) -> Rational
  ) throws(SamplingError) -> Rational {
    let hundredth = (try? Rational(1, over: 100)) ?? .zero
    let question = try AttributeQuestion(
      distribution: .poisson, confidence: confidence, tolerable: hundredth, population: nil)
    let count = try question.smallest(above: 0) { count in
      let point = Rational(count) * hundredth
      return GammaTail(shape: shape(point), point: point).isAtMost(risk: question.risk)
    }
    return Rational(count) * hundredth
  }
}
