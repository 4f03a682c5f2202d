import BigInt
public import Exact

/// A sample size for a quantity: money, kWh, m³, tCO2e, of which a share may be wrong.
public struct QuantityPlan: Hashable, Sendable {
  /// The schools of sizing, by name.
  public enum Method: String, Sendable, CaseIterable {
    /// The AICPA confidence factor, rounded up to two decimals as the guide prints it.
    case aicpa
    /// The same factor unrounded: the Poisson plan at the expected rate.
    case poisson
    /// Interpolated between critical numbers of the hypergeometric distribution, as IDEA does.
    case interpolated
  }

  /// The school that was followed.
  public let method: Method
  /// `0 < C < 1`; given, never a default.
  public let confidence: Rational
  /// The total of the population, in its unit.
  public let bookValue: Rational
  /// The misstatement that must not be exceeded, same unit.
  public let tolerable: Rational
  /// The misstatement that is expected, same unit.
  public let expected: Rational
  /// Hits wanted, at least 1.
  public let sampleSize: Int
  /// `bookValue / sampleSize`.
  public let interval: Rational
  /// The confidence factor in hundredths, rounded up; nil for the interpolated method.
  public let factor: Rational?
  /// The critical number of errors; nil for the factor methods.
  public let criticalErrors: Int?

  /// The assurance that the size implies, for display: 1 - P(no more errors than expected, were the
  /// tolerable amount misstated). Poisson with `n × E / B` errors for the factor methods; for the
  /// interpolated one hypergeometric with that number of whole errors.
  public let impliedConfidence: Double

  /// The formula that was solved, in one line.
  public var formula: String {
    switch method {
    case .aicpa: "n = ceil(F*B/T), F = G(C, 1 + (E/T)*F) rounded up to 2 decimals"
    case .poisson: "n = ceil(F*B/T), F = G(C, 1 + (E/T)*F), not rounded"
    case .interpolated:
      "n interpolated between n_(c-1) and n_c, smallest c with n_c*E/B <= c, hypergeometric(B, T, n)"
    }
  }

  /// Where the formula comes from.
  public var source: String {
    switch method {
    case .aicpa, .poisson: "AICPA Audit Guide Audit Sampling (2017), Appendix C, Table C-1"
    case .interpolated: "rule of CaseWare IDEA and FSaudit 1.0.0, musSizeHyper"
    }
  }

  /// The size by the AICPA confidence factor.
  ///
  /// - Parameters:
  ///   - bookValue: the population total, above 0.
  ///   - tolerable: above 0 and at most the total.
  ///   - expected: at least 0 and below `tolerable`.
  ///   - roundsFactor: whether the factor is rounded up to two decimals first, as the guide does.
  public static func aicpa(
    confidence: Rational, bookValue: Rational, tolerable: Rational, expected: Rational,
    roundsFactor: Bool = true
  ) throws(SamplingError) -> QuantityPlan {
    try check(confidence, bookValue, tolerable, expected)
    let ratio = try share(expected, tolerable)
    let rounded = try QuantityFactor.hundredths(confidence: confidence, ratio: ratio)
    let question = try AttributeQuestion(
      distribution: .poisson, confidence: confidence, tolerable: try share(tolerable, bookValue),
      population: nil)
    let rate = try share(expected, bookValue)
    let sample =
      roundsFactor
      ? Int((rounded * (try share(bookValue, tolerable))).ceiling)
      : try question.smallest(above: 0) {
        question.suffices(errors: Rational($0) * rate, sample: $0)
      }
    let risk = question.chance(errors: Rational(sample) * rate, sample: sample)
    return QuantityPlan(
      method: roundsFactor ? .aicpa : .poisson, confidence: confidence, bookValue: bookValue,
      tolerable: tolerable, expected: expected, sampleSize: sample,
      interval: try share(bookValue, Rational(sample)), factor: rounded, criticalErrors: nil,
      impliedConfidence: 1 - risk.double)
  }

  /// The size interpolated between critical numbers, the population counted in units.
  ///
  /// - Parameter unit: the size of one unit, above 0; choose it small against `tolerable`. Units
  ///   are rounded to the safe side: the population up, the tolerable amount down.
  public static func interpolated(
    confidence: Rational, bookValue: Rational, tolerable: Rational, expected: Rational,
    unit: Rational = .one
  ) throws(SamplingError) -> QuantityPlan {
    try check(confidence, bookValue, tolerable, expected)
    guard unit > .zero else { throw .parameter("a unit must be above 0; it is \(unit)") }
    let (units, erroneous) = (
      (try share(bookValue, unit)).ceiling, (try share(tolerable, unit)).floor
    )
    guard let population = Int(exactly: units), let errors = Int(exactly: erroneous) else {
      throw .overflow("the population in units of \(unit)")
    }
    guard errors >= 1 else {
      throw .parameter("the tolerable amount is below one unit; choose a smaller unit")
    }
    let question = try AttributeQuestion(
      distribution: .hypergeometric, confidence: confidence,
      tolerable: try share(Rational(errors), Rational(population)),
      population: population)
    let rate = try share(expected, bookValue)
    let (above, critical) = try question.crossing(rate)
    var sample = above
    if critical > 0 {
      let below = try question.smallest(errors: Rational(critical - 1), above: 0)
      let step = try share(.one, Rational(above - below))
      let top = Rational(critical - 1) - Rational(below) * step
      sample = Int((try share(top, rate - step)).ceiling)
    }
    let whole = Rational((Rational(sample) * rate).floor)
    let risk = question.chance(errors: whole, sample: sample)
    return QuantityPlan(
      method: .interpolated, confidence: confidence, bookValue: bookValue, tolerable: tolerable,
      expected: expected, sampleSize: sample, interval: try share(bookValue, Rational(sample)),
      factor: nil, criticalErrors: critical, impliedConfidence: 1 - risk.double)
  }

  private static func share(_ a: Rational, _ b: Rational) throws(SamplingError) -> Rational {
    do { return try a / b } catch { throw .parameter("a divisor is zero") }
  }

  private static func check(
    _ confidence: Rational, _ bookValue: Rational, _ tolerable: Rational, _ expected: Rational
  ) throws(SamplingError) {
    guard confidence > .zero, confidence < .one else {
      throw .confidence(confidence.description)
    }
    guard bookValue > .zero else {
      if bookValue.isZero { throw .emptyPopulation }
      throw .population("a total of \(bookValue) is below 0; split off the negative items")
    }
    guard tolerable > .zero else { throw .tolerable(tolerable.description) }
    guard tolerable <= bookValue else {
      throw .materialityAboveTotal(
        tolerable: tolerable.description, total: bookValue.description)
    }
    guard !expected.isNegative, expected < tolerable else {
      throw .expected("it is \(expected), tolerable is \(tolerable)")
    }
  }
}
