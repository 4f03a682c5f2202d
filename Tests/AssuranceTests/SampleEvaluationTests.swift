import Assurance
import Exact
import Testing

/// Stringer's bound by hand, with the factors of the AICPA Audit Guide Audit Sampling (2017),
/// Appendix C, for 95 %: 3.00, 4.75, 6.30 for 0, 1, 2 errors.
@Suite struct SampleEvaluationTests {
  /// Ten items of 1,000 t out of 10,000 t: the interval is 1,000 t.
  private func evaluation(
    _ results: [ResultFacts], certain: Int = 0, total: String = "10000", count: Int = 50
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
      total: #require(ExactDecimal(total)), count: count, materiality: materiality,
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

  /// A key item that is not tested is not projected over either: nothing says what it holds.
  @Test func aReplacedKeyItemLeavesNoBound() throws {
    let facts = try evaluation(results([1: (.replaced, nil)]), certain: 2)
    #expect(facts.upperOver == nil)
    #expect(facts.conclusion == "bound-above-materiality")
  }

  /// All ten of ten tested: the differences are the misstatement, and there is no sampling risk.
  @Test func aWholePopulationIsNotProjected() throws {
    let facts = try evaluation(results([1: (.misstated, 900)]), count: 10)
    #expect(facts.projected == ExactDecimal(100))
    #expect(facts.upperOver == ExactDecimal(100))
    #expect(facts.upperUnder == ExactDecimal(-100))
    #expect(facts.conclusion == "below-trivial")
    let replaced = try evaluation(results([1: (.replaced, nil)]), count: 10)
    #expect(replaced.conclusion == "bound-above-materiality")
  }
}

/// Draws with equal chances.
@Suite struct EqualChancesEvaluationTests {
  /// Two of four items of value `value`; the population is four such items.
  private func evaluation(
    _ outcomes: [ResultFacts.Outcome], value: Int = 1, overall: Int = 3
  ) throws -> EvaluationFacts {
    let items = outcomes.indices.map { number in
      DrawnItem(
        key: "k\(number)", ticket: "0.1", value: ExactDecimal(value), locator: "",
        basis: .sampled, labels: [])
    }
    let results = outcomes.enumerated().map { number, outcome in
      ResultFacts(
        round: 1, key: "k\(number)", outcome: outcome, recorded: ExactDecimal(value),
        audited: nil, reason: "", evidence: "", tester: "", tested: "", locator: "")
    }
    return try SampleEvaluation(
      kpi: "cases", unit: "1", decimalsPrinted: 0,
      plan: PlanFacts(
        round: 1, method: "consistent", size: 2, parameters: [], reasons: [], digest: "",
        frozen: ""),
      draw: DrawFacts(
        round: 1, seed: "s", seedOrigin: "given", seedFixed: "", drawn: "", populationDigest: "",
        items: items, rule: []),
      results: results, total: ExactDecimal(4 * value), count: 4,
      materiality: Materiality(
        overall: ExactDecimal(overall), performance: ExactDecimal(overall),
        trivial: ExactDecimal(overall), reason: ""),
      confidence: #require(ExactDecimal("0.75"))
    ).evaluate(at: "2022-01-01T00:00:00Z")
  }

  /// Of 4 items K are wrong; none of 2 shows with C(4-K, 2)/C(4, 2): 1/2 for K = 1, 1/6 for 2. At a
  /// risk of 1/4 the bound is 1. One of 2 or fewer shows with 5/6 for K = 2, 1/2 for 3: bound 3.
  @Test func aCountHasAnExactBound() throws {
    let clean = try evaluation([.agreed, .agreed])
    #expect(clean.upperOver == ExactDecimal(1))
    #expect(clean.conclusion == "below-trivial")
    let wrong = try evaluation([.notSupportable, .agreed], overall: 2)
    #expect(wrong.projected == ExactDecimal(2))
    #expect(wrong.upperOver == ExactDecimal(3))
    #expect(wrong.conclusion == "bound-above-materiality")
  }

  @Test func withoutABoundNothingIsSaidToBeWithinMateriality() throws {
    #expect(try evaluation([.agreed, .agreed], value: 5).conclusion == "bound-above-materiality")
    #expect(try evaluation([.replaced, .replaced]).conclusion == "bound-above-materiality")
  }
}

@Suite struct SampleSelectionTests {
  /// Two keys that Unicode calls equivalent are two items.
  @Test(arguments: SampleSelection.allCases)
  func keysAreBytes(_ selection: SampleSelection) throws {
    let items = [("cafe\u{301}", 1), ("caf\u{E9}", 2)].map { key, value in
      PopulationItem(key: key, value: ExactDecimal(value), locator: "", labels: [])
    }
    let drawn = try selection.draw(seed: "s", items: items, size: 2)
    #expect(Set(drawn.map(\.value)) == [ExactDecimal(1), ExactDecimal(2)])
  }
}
