import BigInt
public import Exact

/// A sample size for a rate of errors, with the assurance that it gives.
///
/// The smallest size for which the chance of seeing no more errors than planned, were the true rate
/// the tolerable one, is at most 1 - confidence. All comparisons are exact.
///
/// Source: AICPA Audit Guide Audit Sampling (2017), appendix A and technical notes (Stewart 2012).
public struct AttributePlan: Hashable, Sendable {
  /// How the count of errors is taken to vary.
  public let distribution: ErrorDistribution
  /// `0 < C < 1`; given, never a default.
  public let confidence: Rational
  /// The rate that must not be exceeded, `0 < T < 1`.
  public let tolerable: Rational
  /// What was expected when planning.
  public let expected: ExpectedErrors
  /// Items in the population; used by the hypergeometric distribution alone.
  public let population: Int?
  /// Items to test; of each stage, for a staged plan.
  public let sampleSize: Int
  /// The most errors with which the sample still supports the conclusion; for stages those of the
  /// first.
  public let criticalErrors: Int
  /// The errors that the formula was solved with; a fraction is possible for Poisson.
  public let plannedErrors: Rational
  /// 1 - P(no more errors than planned at the tolerable rate): at least the confidence. For
  /// display.
  public let impliedConfidence: Double

  /// The formula that was solved, in one line.
  public var formula: String {
    switch (distribution, expected) {
    case (_, .stages): "smallest n with acceptance risk over all stages <= 1-C"
    case (.binomial, _): "smallest n with P(X<=c) <= 1-C, X binomial(n, T)"
    case (.hypergeometric, _):
      "smallest n with P(X<=c) <= 1-C, X hypergeometric(N, ceil(T*N), n)"
    case (.poisson, _): "smallest n with Q(1+x, n*T) <= 1-C, Q the upper gamma tail"
    }
  }

  /// Where the formula comes from.
  public var source: String {
    "AICPA Audit Guide Audit Sampling (2017), Appendix A and technical notes (Stewart 2012)"
  }

  /// Finds the size.
  ///
  /// - Parameters:
  ///   - confidence: `0 < C < 1`; there is no default.
  ///   - tolerable: the rate not to be exceeded, `0 < T < 1`.
  ///   - population: number of items; needed by the hypergeometric distribution, and not used by
  ///     the others.
  ///   - precision: if given, the bound must also lie at most this far above the rate planned for.
  /// - Throws: ``SamplingError``.
  public static func size(
    distribution: ErrorDistribution, confidence: Rational, tolerable: Rational,
    expected: ExpectedErrors, population: Int? = nil, precision: Rational? = nil
  ) throws(SamplingError) -> AttributePlan {
    guard tolerable < .one else { throw .tolerable(tolerable.description) }
    let question = try AttributeQuestion(
      distribution: distribution, confidence: confidence, tolerable: tolerable,
      population: population)
    let found = try question.solve(expected, precision: precision)
    return AttributePlan(
      distribution: distribution, confidence: confidence, tolerable: tolerable,
      expected: expected, population: population, sampleSize: found.sample,
      criticalErrors: Int(found.errors.ceiling), plannedErrors: found.errors,
      impliedConfidence: 1 - found.risk)
  }
}

extension AttributeQuestion {
  typealias Found = (sample: Int, errors: Rational, risk: Double)

  func solve(
    _ expected: ExpectedErrors, precision: Rational?
  ) throws(SamplingError) -> Found {
    if let precision {
      guard precision > .zero, precision < .one else {
        throw .parameter("precision must lie between 0 and 1; it is \(precision)")
      }
      return try solve(expected, within: precision)
    }
    switch expected {
    case .count(let count):
      guard !count.isNegative else { throw .expected("it is \(count)") }
      let errors = distribution == .poisson ? count : Rational(count.ceiling)
      return found(try smallest(errors: errors, above: 0), errors)
    case .rate(let rate):
      guard !rate.isNegative, rate < tolerable else {
        throw .expected("it is \(rate), tolerable is \(tolerable)")
      }
      if distribution == .poisson {
        let sample = try smallest(above: 0) {
          suffices(errors: Rational($0) * rate, sample: $0)
        }
        return found(sample, Rational(sample) * rate)
      }
      let (sample, errors) = try crossing(rate)
      return found(sample, Rational(errors))
    case .stages(let counts):
      return try solve(stages: counts)
    }
  }

  private func found(_ sample: Int, _ errors: Rational) -> Found {
    (sample, errors, chance(errors: errors, sample: sample).double)
  }

  func smallest(errors: Rational, above floor: Int) throws(SamplingError) -> Int {
    try smallest(above: floor) { suffices(errors: errors, sample: $0) }
  }

  /// The smallest number of errors `c` whose size holds no more than `c` expected ones.
  ///
  /// A larger `c` needs a larger size, so after a miss at `c` all up to `ceil(n_c × rate)` miss.
  func crossing(_ rate: Rational) throws(SamplingError) -> (sample: Int, errors: Int) {
    var errors = 0
    var sample = 0
    while true {
      sample = try smallest(errors: Rational(errors), above: max(0, sample - 1))
      let expected = Int((Rational(sample) * rate).ceiling)
      if expected <= errors { return (sample, errors) }
      errors = expected
    }
  }
}

extension Rational {
  /// A whole number of any length.
  init(_ integer: BigInt) {
    self = (try? Rational(integer, over: 1)) ?? .zero
  }
}
