import Exact
import Foundation
import Testing

@testable import Sampling

/// "Tails and quantiles to 1e-12 relative over the ranges that audits use (N up to 10⁹, n up to
/// 10⁶)." The reference is the enclosure, which shares no formula with the distributions.
@Suite struct DistributionTests {
  @Test(arguments: [20, 400, 10_000, 1_000_000])
  func binomialAgainstEnclosure(sample: Int) {
    for (rate, counts) in [("0.05", [0, 1, 5]), ("0.00002", [0, 3, 20, 45]), ("0.3", [4])] {
      let exact = BinomialTail(sample: sample, rate: fraction(rate))
      let ours = BinomialDistribution(sample: sample, rate: fraction(rate).approximate)
      for count in counts {
        let expected = exact.atMost(count).double
        if expected < 1e-200 { continue }
        // Far tails of a large sample amplify the last bit of the rate itself by n.
        let tolerance = max(1e-12, Double(sample) * 1e-16)
        #expect(agrees(ours.atMost(count), expected, tolerance))
        #expect(agrees(ours.density(count), exact.exactly(count).double, tolerance))
      }
    }
  }

  @Test func binomialNearTheMean() {
    let exact = BinomialTail(sample: 100_000, rate: fraction("0.05"))
    let ours = BinomialDistribution(sample: 100_000, rate: 0.05)
    for count in [4_800, 4_950, 5_000, 5_100] {
      #expect(agrees(ours.atMost(count), exact.atMost(count).double, 1e-12))
      #expect(agrees(ours.atLeast(count + 1) + ours.atMost(count), 1, 1e-13))
    }
  }

  @Test func hypergeometricAgainstEnclosure() {
    let cases = [
      (1_000_000_000, 50_000_000, 60), (1_000_000_000, 30_000, 1_000_000), (5_000, 300, 200),
      (60, 12, 20),
    ]
    for (population, erroneous, sample) in cases {
      let exact = HypergeometricTail(
        population: population, erroneous: erroneous, sample: sample)
      let ours = HypergeometricDistribution(
        population: population, erroneous: erroneous, sample: sample)
      for count in [0, 1, 3, 12, 30] where count < min(sample, erroneous) {
        #expect(agrees(ours.atMost(count), exact.atMost(count).double, 1e-11))
      }
    }
  }

  @Test func gammaAgainstEnclosure() {
    for (shape, point) in [
      ("1", "3"), ("2.75", "0.4"), ("1.35", "2.5"), ("40", "61.5"), ("1000.5", "1010"), ("7", "1"),
    ] {
      let exact = GammaTail(shape: fraction(shape), point: fraction(point)).upper.double
      let ours = GammaDistribution(shape: fraction(shape).approximate)
      #expect(agrees(ours.upper(fraction(point).approximate), exact, 1e-12))
    }
  }

  /// Abramowitz and Stegun (1964), tables 26.1, 26.5 and 26.10, and closed forms.
  @Test func normalAndStudent() {
    #expect(agrees(NormalDistribution.quantile(upper: 0.025), 1.959963984540054, 1e-13))
    #expect(agrees(NormalDistribution.quantile(upper: 0.05), 1.644853626951473, 1e-13))
    #expect(agrees(NormalDistribution.quantile(upper: 1e-9), 5.997807015007687, 1e-12))
    for tail in [0.3, 0.1, 0.05, 0.01, 0.0005] {
      let one = StudentDistribution(degreesOfFreedom: 1).quantile(upper: tail)
      #expect(agrees(one, 1 / tan(Double.pi * tail), 1e-12))
      let two = StudentDistribution(degreesOfFreedom: 2).quantile(upper: tail)
      let p = 1 - 2 * tail
      #expect(agrees(two, (2 * p * p / (1 - p * p)).squareRoot(), 1e-12))
    }
    let ten = StudentDistribution(degreesOfFreedom: 10).quantile(upper: 0.025)
    #expect(agrees(ten, 2.228138851986275, 1e-12))
    let many = StudentDistribution(degreesOfFreedom: 1e9).quantile(upper: 0.025)
    #expect(agrees(many, 1.959963984540054, 1e-8))
  }

  @Test func quantilesInvertTails() {
    for tail in [0.5, 0.2, 0.05, 0.001, 1e-8] {
      for (a, b) in [(1.0, 60.0), (6, 54), (0.5, 4), (1_001, 999_000)] {
        let beta = BetaDistribution(a, b)
        #expect(agrees(beta.upper(beta.quantile(upper: tail)), tail, 1e-10))
        #expect(agrees(beta.lower(beta.quantile(lower: tail)), tail, 1e-10))
      }
      for shape in [0.35, 1, 12, 40_000] {
        let gamma = GammaDistribution(shape: shape)
        #expect(agrees(gamma.upper(gamma.quantile(upper: tail)), tail, 1e-10))
        #expect(agrees(gamma.lower(gamma.quantile(lower: tail)), tail, 1e-10))
      }
    }
    let poisson = PoissonDistribution(mean: 3)
    #expect(poisson.quantile(0.95) == 6)
    #expect(agrees(poisson.atLeast(4) + poisson.atMost(3), 1, 1e-14))
    #expect(BinomialDistribution(sample: 10, rate: 0.5).quantile(0.5) == 5)
  }

  /// A quantile with zero errors has a closed form: 1 - a^(1/n) and -ln a.
  @Test func closedForms() {
    for n in [1.0, 59, 1_000, 1_000_000] {
      let expected = -expm1(log(0.05) / n)
      #expect(agrees(BetaDistribution(1, n).quantile(upper: 0.05), expected, 1e-12))
    }
    #expect(agrees(GammaDistribution(shape: 1).quantile(upper: 0.05), -log(0.05), 1e-14))
  }
}
