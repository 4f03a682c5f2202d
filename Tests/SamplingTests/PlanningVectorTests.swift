import Exact
import Sampling
import Testing

@Suite struct PlanningVectorTests {
  @Test(arguments: Vectors.rows("planning"))
  func attributes(row: Row) throws {
    let expected: ExpectedErrors
    switch row["expected_kind"] {
    case "rate": expected = .rate(try row.rational("expected"))
    case "count": expected = .count(try row.rational("expected"))
    default: expected = .stages(row.list("expected", "|").compactMap(Int.init))
    }
    let plan = try AttributePlan.size(
      distribution: try #require(ErrorDistribution(rawValue: row["distribution"])),
      confidence: try row.rational("confidence"), tolerable: try row.rational("tolerable"),
      expected: expected, population: Int(row["population_N"]))
    #expect(plan.sampleSize == (try row.integer("n")))
    if row["expected_kind"] != "stages", !row["critical_errors"].isEmpty {
      #expect(plan.plannedErrors == (try row.rational("critical_errors")))
    }
    #expect(plan.impliedConfidence >= (try row.double("confidence")) - 1e-12)
  }

  @Test(arguments: Vectors.rows("planning_mus_amounts"))
  func quantities(row: Row) throws {
    let confidence = try row.rational("confidence")
    let book = try row.rational("book_value")
    let tolerable = try row.rational("tolerable_amount")
    let expected = try row.rational("expected_amount")
    let plan =
      switch row["method"] {
      case "hypergeometric_interpolated":
        try QuantityPlan.interpolated(
          confidence: confidence, bookValue: book, tolerable: tolerable, expected: expected)
      default:
        try QuantityPlan.aicpa(
          confidence: confidence, bookValue: book, tolerable: tolerable, expected: expected,
          roundsFactor: row["method"] == "aicpa_factor_2dp")
      }
    #expect(plan.sampleSize == (try row.integer("n")))
  }

  @Test(arguments: Vectors.rows("mus_factors"))
  func roundedFactors(row: Row) throws {
    let confidence = try row.rational("confidence")
    let factor =
      row["kind"] == "poisson_factor"
      ? try QuantityFactor.hundredths(
        confidence: confidence, errors: try row.rational("errors"))
      : try QuantityFactor.hundredths(
        confidence: confidence, ratio: try row.rational("ratio"))
    #expect(factor == (try row.rational("factor_up_2dp")))
  }
}

@Suite struct FactorTests {
  @Test(arguments: Vectors.rows("mus_factors").filter { $0["kind"] == "aicpa_planning_factor" })
  func planningFactors(row: Row) throws {
    let factor = try QuantityFactor.value(
      confidence: row.rational("confidence"), ratio: row.rational("ratio"))
    #expect(agrees(factor, try row.double("factor")))
  }

  /// The precision option: the bound lies within the precision, and one item fewer would not do.
  @Test func precision() throws {
    let plan = try AttributePlan.size(
      distribution: .binomial, confidence: fraction("0.9"), tolerable: fraction("0.1"),
      expected: .count(.one), precision: fraction("0.05"))
    func excess(_ sample: Int) throws -> Double {
      let bound = try AttributeBound.bound(
        distribution: .binomial, confidence: fraction("0.9"), sample: sample, errors: .one)
      return (bound.upperRate ?? 1) - 1 / Double(sample)
    }
    #expect(try excess(plan.sampleSize) <= 0.05)
    #expect(try excess(plan.sampleSize - 1) > 0.05)
  }
}
