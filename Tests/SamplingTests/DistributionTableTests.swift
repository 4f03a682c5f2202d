import Sampling
import Testing

/// "Tails and quantiles to 1e-12 relative over the ranges that audits use (N up to 10⁹, n up to
/// 10⁶)." Expected values: mpmath at 60 digits, by `Fixtures/distributions.py`.
@Suite struct DistributionTableTests {
  @Test(arguments: Vectors.rows("distributions"))
  func value(row: Row) throws {
    let (a, b, c, d) = (
      try row.double("a"), try row.double("b"), try row.double("c"), try row.double("d")
    )
    let parts = row["function"].split(separator: ".").map(String.init)
    let found =
      switch parts[0] {
      case "binomial":
        Self.count(parts[1], BinomialDistribution(sample: Int(a), rate: b), Int(c))
      case "poisson": Self.count(parts[1], PoissonDistribution(mean: a), Int(c))
      case "hypergeometric":
        Self.count(
          parts[1],
          HypergeometricDistribution(population: Int(a), erroneous: Int(b), sample: Int(c)),
          Int(d))
      case "gamma": Self.gamma(parts[1], GammaDistribution(shape: a), c)
      case "beta":
        parts[1] == "quantileUpper"
          ? BetaDistribution(a, b).quantile(upper: c) : BetaDistribution(a, b).quantile(lower: c)
      case "normal":
        parts[1] == "upper" ? NormalDistribution.upper(c) : NormalDistribution.quantile(upper: c)
      default:
        parts[1] == "upper"
          ? StudentDistribution(degreesOfFreedom: a).upper(c)
          : StudentDistribution(degreesOfFreedom: a).quantile(upper: c)
      }
    let expected = try row.double("value")
    #expect(agrees(found, expected, 1e-12), "\(row.fields), off by \(found / expected - 1)")
  }

  @Test func tableIsThere() {
    #expect(Vectors.rows("distributions").count > 600)
  }

  private static func gamma(_ name: String, _ gamma: GammaDistribution, _ c: Double) -> Double {
    switch name {
    case "upper": gamma.upper(c)
    case "lower": gamma.lower(c)
    case "quantileUpper": gamma.quantile(upper: c)
    default: gamma.quantile(lower: c)
    }
  }

  private static func count(
    _ name: String, _ distribution: some CountDistribution, _ count: Int
  ) -> Double {
    switch name {
    case "density": distribution.density(count)
    case "atMost": distribution.atMost(count)
    default: distribution.atLeast(count)
    }
  }
}

/// What the three distributions of counts have in common, for these tests alone.
private protocol CountDistribution {
  func density(_ errors: Int) -> Double
  func atMost(_ errors: Int) -> Double
  func atLeast(_ errors: Int) -> Double
}

extension BinomialDistribution: CountDistribution {}
extension PoissonDistribution: CountDistribution {}
extension HypergeometricDistribution: CountDistribution {}
