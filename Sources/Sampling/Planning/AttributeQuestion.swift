import BigInt
import Exact

/// One planning question with checked parameters: would this sample suffice?
struct AttributeQuestion: Sendable {
  let distribution: ErrorDistribution
  /// 1 - confidence.
  let risk: Rational
  let tolerable: Rational
  let population: Int?

  init(
    distribution: ErrorDistribution, confidence: Rational, tolerable: Rational, population: Int?
  ) throws(SamplingError) {
    guard confidence > .zero, confidence < .one else {
      throw .confidence(confidence.description)
    }
    guard tolerable > .zero, tolerable <= .one else { throw .tolerable(tolerable.description) }
    if let population {
      guard population != 0 else { throw .emptyPopulation }
      guard population > 0 else { throw .population("\(population) is below 0") }
    } else if distribution == .hypergeometric {
      throw .population("the hypergeometric distribution needs its size")
    }
    self.distribution = distribution
    risk = .one - confidence
    self.tolerable = tolerable
    self.population = population
  }

  /// Erroneous items at a rate, rounded up; for a finite population only.
  private func erroneous(_ rate: Rational) -> Int {
    min(population ?? 0, Int((rate * Rational(population ?? 0)).ceiling))
  }

  /// Whether P(at most `errors` in `sample`) at `rate` is at most the risk.
  func suffices(errors: Rational, sample: Int, rate: Rational) -> Bool {
    guard sample > 0 else { return false }
    switch distribution {
    case .binomial:
      return BinomialTail(sample: sample, rate: rate).isAtMost(Int(errors.ceiling), risk: risk)
    case .hypergeometric:
      let tail = HypergeometricTail(
        population: population ?? 0, erroneous: erroneous(rate), sample: sample)
      return tail.isAtMost(Int(errors.ceiling), risk: risk)
    case .poisson:
      return GammaTail(shape: .one + errors, point: Rational(sample) * rate)
        .isAtMost(risk: risk)
    }
  }

  func suffices(errors: Rational, sample: Int) -> Bool {
    suffices(errors: errors, sample: sample, rate: tolerable)
  }

  /// P(at most `errors` in `sample`) at the tolerable rate, for display.
  func chance(errors: Rational, sample: Int) -> Enclosure {
    switch distribution {
    case .binomial:
      BinomialTail(sample: sample, rate: tolerable).atMost(Int(errors.ceiling))
    case .hypergeometric:
      HypergeometricTail(
        population: population ?? 0, erroneous: erroneous(tolerable), sample: sample
      ).atMost(Int(errors.ceiling))
    case .poisson:
      GammaTail(shape: .one + errors, point: Rational(sample) * tolerable).upper
    }
  }

  /// P(exactly `errors` in `sample`) at the tolerable rate.
  func chanceExactly(_ errors: Int, sample: Int) -> Enclosure {
    switch distribution {
    case .binomial: return BinomialTail(sample: sample, rate: tolerable).exactly(errors)
    case .hypergeometric:
      return HypergeometricTail(
        population: population ?? 0, erroneous: erroneous(tolerable), sample: sample
      ).exactly(errors)
    case .poisson:
      // P(X = k) = Q(k+1) - Q(k); formed from the terms, since differences are not enclosed.
      let mean = Enclosure(Rational(sample) * tolerable)
      var term = GammaTail(shape: .one, point: Rational(sample) * tolerable).upper
      for index in 0..<errors { term = term * mean / Enclosure(index + 1) }
      return term
    }
  }

  /// The largest sample worth trying: the population, or ten million.
  var sampleMax: Int {
    distribution == .hypergeometric ? population ?? 0 : 10_000_000
  }

  /// The smallest sample of more than `floor` items for which `isEnough` holds, which must stay
  /// true once it is.
  func smallest(
    above floor: Int, _ isEnough: (Int) -> Bool
  ) throws(SamplingError) -> Int {
    var low = floor
    var step = 1
    var high = min(floor + 1, sampleMax)
    while !isEnough(high) {
      guard high < sampleMax else {
        throw .unreachable(
          "even a sample of \(sampleMax) would not give the confidence asked for")
      }
      low = high
      step *= 2
      high = min(high + step, sampleMax)
    }
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if isEnough(middle) { high = middle } else { low = middle }
    }
    return high
  }
}
