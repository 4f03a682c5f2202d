import Assurance
import Exact
import Testing

/// Stringer's bound by hand, with the factors of the AICPA Audit Guide Audit Sampling (2017),
/// Appendix C, for 95 %: 3.00, 4.75, 6.30 for 0, 1, 2 errors.
@Suite struct SampleEvaluationTests {
  /// Ten items of 1,000 t out of 10,000 t: the interval is 1,000 t.
  private func evaluation(
    _ results: [ResultFacts], certain: Int = 0, total: String = "10000"
  ) throws -> EvaluationFacts {
    let items = (1...10).map { number in
      DrawnItem(
        key: "k\(number)", ticket: "0.1", value: ExactDecimal(1000), locator: "l\(number)",
        basis: number <= certain ? .key : .sampled, labels: [])
    }
    let plan = PlanFacts(
      round: 1, method: "modified-sieve", size: 10, parameters: [], reasons: [], digest: "",
      frozen: "")
    let draw = DrawFacts(
      round: 1, seed: "s", seedOrigin: "given", seedFixed: "", drawn: "", populationDigest: "",
      items: items, rule: [])
    let materiality = Materiality(
      overall: ExactDecimal(4000), performance: ExactDecimal(3000), trivial: ExactDecimal(150),
      reason: "")
    return try SampleEvaluation(
      kpi: "water", unit: "t", decimalsPrinted: 0, plan: plan, draw: draw, results: results,
      total: #require(ExactDecimal(total)), count: 10, materiality: materiality,
      confidence: #require(ExactDecimal("0.95"))
    ).evaluate(at: "2022-01-01T00:00:00Z")
  }

  private func results(_ outcomes: [Int: (ResultFacts.Outcome, Int?)] = [:]) -> [ResultFacts] {
    (1...10).map { number in
      let (outcome, audited) = outcomes[number] ?? (.agreed, nil)
      return ResultFacts(
        round: 1, key: "k\(number)", outcome: outcome, recorded: ExactDecimal(1000),
        audited: audited.map { ExactDecimal($0) }, reason: "", evidence: "", tester: "",
        tested: "", locator: "")
    }
  }

  @Test func noErrorGivesBasicPrecision() throws {
    let facts = try evaluation(results())
    #expect(facts.projected == .zero)
    #expect(facts.upperOver == ExactDecimal(3000))
    #expect(facts.upperUnder == ExactDecimal(3000))
    #expect(facts.conclusion == "below-trivial")
  }

  /// One taint of 0.4: 1,000 × (3.00 + 1.75 × 0.4) = 3,700.
  @Test func oneOverstatement() throws {
    let facts = try evaluation(results([3: (.misstated, 600)]))
    #expect(facts.factual == ExactDecimal(400))
    #expect(facts.projected == ExactDecimal(400))
    #expect(facts.upperOver == ExactDecimal(3700))
    #expect(facts.upperUnder == ExactDecimal(3000))
    #expect(facts.conclusion == "below-performance")
  }

  /// Taints 1.0 and 0.5, larger first: 1,000 × (3.00 + 1.75 × 1 + 1.55 × 0.5) = 5,525.
  @Test func notSupportableIsAWholeError() throws {
    let facts = try evaluation(results([1: (.misstated, 500), 2: (.notSupportable, nil)]))
    #expect(facts.projected == ExactDecimal(1500))
    #expect(facts.upperOver == ExactDecimal(5525))
    #expect(facts.conclusion == "bound-above-materiality")
  }

  /// An understatement by more than the recorded value has no Stringer bound: none is made up.
  @Test func taintAboveOneHasNoBound() throws {
    let facts = try evaluation(results([1: (.misstated, 2500)]))
    #expect(facts.upperUnder == nil)
    #expect(facts.upperOver == ExactDecimal(3000))
    #expect(facts.conclusion == "bound-above-materiality")
  }

  /// Two key items of 1,000 t count in full; the other eight stand for 8,000 t: interval 1,000 t.
  @Test func keyItemsAreNotProjected() throws {
    let facts = try evaluation(results([1: (.misstated, 900)]), certain: 2)
    #expect(facts.projected == ExactDecimal(100))
    #expect(facts.upperOver == ExactDecimal(3100))
    #expect(facts.upperUnder == ExactDecimal(2900))
  }

  /// A replaced item leaves nine: interval 10,000 / 9, projection 400 / 1,000 × 10,000 / 9.
  @Test func replacedItemsShrinkTheSample() throws {
    let facts = try evaluation(results([1: (.replaced, nil), 2: (.misstated, 600)]))
    #expect(facts.tested == 9)
    #expect(facts.projected == ExactDecimal("444.44"))
    #expect(facts.words.contains { $0.contains("1 items were replaced") })
  }

  @Test func nothingIsConcludedBeforeTheEnd() throws {
    let facts = try evaluation(Array(results().dropLast()))
    #expect(facts.conclusion == "not-finished")
  }

  @Test func projectionAboveMaterialityIsSaid() throws {
    let facts = try evaluation(
      results([1: (.notSupportable, nil), 2: (.notSupportable, nil)]), total: "30000")
    #expect(facts.projected == ExactDecimal(6000))
    #expect(facts.conclusion == "above-materiality")
  }
}
