import BigInt
import Exact
import Testing

@testable import Sampling

/// "A slow, obvious reference stands beside each clever routine and agrees over all small inputs
/// (N ≤ 60 exhaustively for the hypergeometric)."
@Suite struct SlowReferenceTests {
  /// Every population, number of errors and sample up to 60: the enclosed tail holds the exact one,
  /// built here from Pascal's triangle.
  @Test(arguments: Array(1...60))
  func hypergeometricTails(population: Int) throws {
    // Up to C(60, 30) a word holds them, and a quotient of two words is enclosed tightly.
    let triangle = Self.pascal(population).map { $0.map { Int($0) } }
    for erroneous in 0...population {
      for sample in 0...population {
        let tail = HypergeometricTail(
          population: population, erroneous: erroneous, sample: sample)
        var sum = 0
        for errors in 0...sample {
          if errors <= erroneous, sample - errors <= population - erroneous {
            sum +=
              triangle[erroneous][errors] * triangle[population - erroneous][sample - errors]
          }
          let exact = Enclosure(sum) / Enclosure(triangle[population][sample])
          let enclosed = tail.atMost(errors)
          // An expectation a case would take longer than the case.
          if Magnitude.isBelow(exact.high, enclosed.low)
            || Magnitude.isBelow(enclosed.high, exact.low)
          {
            Issue.record("N \(population), K \(erroneous), n \(sample), k \(errors)")
          }
        }
      }
    }
  }

  /// All sizes for N ≤ 60, all tolerable counts, no error expected and one: the first size that
  /// whole-number arithmetic accepts.
  @Test(arguments: ["0.8", "0.95"])
  func hypergeometricSizes(confidence: String) throws {
    let risk = Rational.one - fraction(confidence)
    for population in 2...60 {
      let triangle = Self.pascal(population)
      for erroneous in 2..<population {
        for errors in 0...1 {
          let expected = (1...population).first { sample in
            var sum: BigInt = 0
            for found in 0...errors
            where found <= sample && sample - found <= population - erroneous {
              sum +=
                triangle[erroneous][found]
                * triangle[population - erroneous][sample - found]
            }
            return sum * risk.denominator <= risk.numerator * triangle[population][sample]
          }
          let plan = try AttributePlan.size(
            distribution: .hypergeometric, confidence: fraction(confidence),
            tolerable: Rational(BigInt(erroneous), over: BigInt(population)),
            expected: .count(Rational(errors)), population: population)
          #expect(plan.sampleSize == expected)
        }
      }
    }
  }

  /// All limits for N ≤ 60 at confidence 0.9, by counting samples one by one: the largest and the
  /// smallest number of errors that is not rejected. C(60, 30) × 10 fits in an `Int`.
  @Test(arguments: Array(1...60))
  func hypergeometricLimits(population: Int) {
    let triangle = Self.pascal(population).map { $0.map { Int($0) } }
    for sample in 1...population {
      // Samples with at most k errors of `erroneous`, cumulated over k.
      let atMost = (0...population).map { erroneous in
        (0...sample).reduce(into: [Int]()) { sums, found in
          let good = population - erroneous
          let isPossible = found <= erroneous && sample - found <= good
          let samples =
            isPossible ? triangle[erroneous][found] * triangle[good][sample - found] : 0
          sums.append((sums.last ?? 0) + samples)
        }
      }
      let all = triangle[population][sample]
      let limits = HypergeometricLimits(
        population: population, sample: sample, risk: fraction("0.1"))
      for errors in 0...sample {
        let possible = errors...(population - sample + errors)
        let upper = possible.last { atMost[$0][errors] * 10 > all }
        let lower = possible.first {
          (all - (errors > 0 ? atMost[$0][errors - 1] : 0)) * 10 > all
        }
        if limits.upper(errors) != upper || limits.lower(errors) != lower {
          Issue.record("N \(population), n \(sample), k \(errors)")
        }
      }
    }
  }

  @Test func binomialSizes() throws {
    for percent in [1, 3, 5, 10, 25, 50] {
      let rate = Rational(percent).divided(by: 100)
      for errors in 0...3 {
        let risk = fraction("0.1")
        let expected = (1...800).first {
          BinomialTail(sample: $0, rate: rate).isAtMostExactly(errors, risk: risk)
        }
        let plan = try AttributePlan.size(
          distribution: .binomial, confidence: fraction("0.9"), tolerable: rate,
          expected: .count(Rational(errors)))
        #expect(plan.sampleSize == expected)
      }
    }
  }

  /// For a whole number of errors the gamma tail is e^-λ Σ λ^i/i!; e^λ here from its own series.
  @Test func poissonTails() {
    for errors in 0...12 {
      for tenths in stride(from: 1, through: 300, by: 7) {
        let mean = Rational(tenths).divided(by: 10)
        var term = Enclosure.one
        var part = Enclosure.zero
        var whole = Enclosure.zero
        for index in 0...400 {
          whole = whole + term
          if index == errors { part = whole }
          term = term * Enclosure(mean) / Enclosure(index + 1)
        }
        let tail = GammaTail(shape: Rational(errors + 1), point: mean).upper
        #expect(agrees(tail.double, (part / whole).double, 1e-15))
      }
    }
  }

  /// Sizes with an expected rate, tried one by one.
  @Test func ratesOneByOne() throws {
    for (tolerable, rate) in [("0.05", "0.02"), ("0.1", "0.055"), ("0.08", "0.001")] {
      for distribution in ErrorDistribution.allCases {
        let question = try AttributeQuestion(
          distribution: distribution, confidence: fraction("0.9"), tolerable: fraction(tolerable),
          population: 700)
        let expected = (1...700).first { sample in
          let errors = Rational(sample) * fraction(rate)
          return question.suffices(
            errors: distribution == .poisson ? errors : Rational(errors.ceiling), sample: sample)
        }
        let plan = try AttributePlan.size(
          distribution: distribution, confidence: fraction("0.9"), tolerable: fraction(tolerable),
          expected: .rate(fraction(rate)), population: 700)
        #expect(plan.sampleSize == expected)
      }
    }
  }

  static func pascal(_ size: Int) -> [[BigInt]] {
    var rows: [[BigInt]] = [[1]]
    for row in 0..<max(size, 1) {
      let last = rows[row]
      rows.append((0...row + 1).map { ($0 > 0 ? last[$0 - 1] : 0) + ($0 <= row ? last[$0] : 0) })
    }
    return rows
  }
}
