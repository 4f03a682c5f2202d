import BigInt
import Exact
import Sampling
import Testing

@Suite struct EvaluationVectorTests {
  @Test(arguments: Vectors.rows("attribute_bounds"))
  func attributes(row: Row) throws {
    let side: AttributeBound.Side =
      switch row["side"] {
      case "upper": .upper
      case "lower": .lower
      default: .twoSided
      }
    let bound = try AttributeBound.bound(
      distribution: try #require(ErrorDistribution(rawValue: row["distribution"])),
      confidence: try row.rational("confidence"), sample: try row.integer("n"),
      errors: try row.rational("errors"), population: Int(row["population_N"]), side: side)
    if row["unit"] == "count" {
      if !row["upper"].isEmpty { #expect(bound.upperCount == Int(row["upper"])) }
      if !row["lower"].isEmpty { #expect(bound.lowerCount == Int(row["lower"])) }
      return
    }
    if let upper = Double(row["upper"]) {
      #expect(agrees(try #require(bound.upperRate), upper))
      if row["published_kind"] == "percent_ceil_0.1" {
        let printed = ((bound.upperRate ?? 0) * 1000).rounded(.up) / 10
        #expect(agrees(printed, try row.double("published"), 1e-12))
      }
    }
    if let lower = Double(row["lower"]) { #expect(agrees(try #require(bound.lowerRate), lower)) }
  }

  @Test(arguments: Vectors.rows("mus_evaluation").filter { $0["method"] != "stringer.meikle" })
  func quantities(row: Row) throws {
    let taints = try row.list("taints").map { try #require(Rational($0)) }
    let isAmount = row["quantity"].hasSuffix("amount")
    let units = Int(row["population_N"]) ?? Int(row["population_value"])
    let side: MisstatementSide =
      row["side"] == "two.sided" ? .twoSided : row["side"] == "under" ? .under : .over
    let method = try QuantityMethod.named(row["method"])
    func bound(_ policy: TaintPolicy, _ rounds: Bool) throws -> QuantityBound {
      try method.bound(
        TaintSample(
          confidence: try row.rational("confidence"), size: try row.integer("n"), taints: taints,
          side: side, populationUnits: units, policy: policy, roundsToUnits: rounds))
    }
    let scale = isAmount ? try row.double("population_value") : 1
    // A taint beyond 1 in size: the package scales.
    let isAbove = taints.contains { $0.magnitude > .one }
    let ours = try bound(isAbove ? .scale : .refuse, isAmount)
    switch row["quantity"] {
    case "ub_rate": #expect(agrees(ours.upperRate, try row.double("value")))
    case "lb_rate": #expect(agrees(try #require(ours.lowerRate), try row.double("value")))
    case "mle_rate", "projected_amount":
      let likely = Double(ours.mostLikelyRate.approximateForTest) * scale
      #expect(agrees(likely, try row.double("value")))
    case "ub_amount":
      #expect(agrees(ours.upperRate * scale, try row.double("value")))
      if let plain = Double(row["value_without_unit_rounding"]) {
        let isCut = isAbove && row["method"].hasPrefix("stringer")
        let unrounded = try bound(isCut ? .clip : isAbove ? .scale : .refuse, false)
        #expect(agrees(unrounded.upperRate * scale, plain))
      }
    default: Issue.record("unknown quantity \(row["quantity"])")
    }
  }

  /// "Meikle: no agreed public form, jfa's is defective: do not ship."
  @Test func meikleIsRefused() {
    #expect(throws: SamplingError.self) { try QuantityMethod.named("stringer.meikle") }
  }

  @Test(arguments: Vectors.rows("sequential_kaplan_markov"))
  func kaplanMarkov(row: Row) throws {
    let test = try KaplanMarkov(
      tolerable: try row.rational("tolerable_fraction"), size: try row.integer("n"),
      taints: try row.list("taints").map { try #require(Rational($0)) })
    #expect(agrees(test.pValue, try row.double("p_value")))
    #expect(test.accepts(risk: fraction("0.10")) == (row["accept_at_risk_0.10"] == "true"))
    let rate = test.upperRate(risk: fraction("0.10"))
    #expect((rate <= test.tolerable.approximateForTest) == test.accepts(risk: fraction("0.10")))
  }

  @Test(arguments: Vectors.rows("mus_factors").filter { $0["kind"] == "poisson_factor" })
  func poissonFactors(row: Row) throws {
    let tail = 1 - (try row.double("confidence"))
    let factor = GammaDistribution(shape: try row.double("errors") + 1).quantile(upper: tail)
    #expect(agrees(factor, try row.double("factor")))
  }
}

extension Rational {
  var approximateForTest: Double {
    Double(String(numerator)).flatMap { top in
      Double(String(denominator)).map { top / $0 }
    } ?? .nan
  }
}
