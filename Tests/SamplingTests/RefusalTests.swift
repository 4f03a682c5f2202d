import Exact
import Testing

@testable import Sampling

/// "Impossible input (confidence 1, tolerable 0, k > n, n > N, taint > 1 without a policy,
/// duplicate keys, materiality above the total, empty population) is refused with the reason."
@Suite struct RefusalTests {
  private func refusal(_ work: () throws -> Void) -> SamplingError? {
    do {
      try work()
      return nil
    } catch {
      return error as? SamplingError
    }
  }

  private func plan(_ confidence: String, _ tolerable: String, _ population: Int?) throws {
    _ = try AttributePlan.size(
      distribution: .hypergeometric, confidence: fraction(confidence),
      tolerable: fraction(tolerable), expected: .rate(.zero), population: population)
  }

  @Test(arguments: ["1", "0", "-0.5", "1.5"])
  func confidence(text: String) {
    #expect(refusal { try plan(text, "0.1", 50) } == .confidence(text))
  }

  @Test(arguments: ["0", "1", "-0.1", "7"])
  func tolerable(text: String) {
    #expect(refusal { try plan("0.9", text, 50) } == .tolerable(text))
  }

  @Test func population() {
    #expect(refusal { try plan("0.9", "0.1", 0) } == .emptyPopulation)
    #expect(refusal { try plan("0.9", "0.1", nil) }?.description.contains("needs its size") == true)
    #expect(refusal { try plan("0.9", "0.1", -3) } != nil)
    #expect(
      refusal { _ = try ConsistentSample.draw(seed: "", keys: [], take: 1) } == .emptyPopulation)
    #expect(
      refusal {
        _ = try ModifiedSieve.draw(
          seed: "", items: [(key: "a", value: ExactDecimal.zero)], size: 1)
      } == .emptyPopulation)
  }

  @Test func expectedNotBelowTolerable() {
    let found = refusal {
      _ = try AttributePlan.size(
        distribution: .binomial, confidence: fraction("0.9"), tolerable: fraction("0.05"),
        expected: .rate(fraction("0.05")))
    }
    #expect(found?.description.contains("below the tolerable") == true)
  }

  @Test func countsBeyondTheSample() {
    let more = refusal {
      _ = try AttributeBound.bound(
        distribution: .binomial, confidence: fraction("0.9"), sample: 5, errors: Rational(6))
    }
    #expect(more == .errors(6, sample: 5))
    let larger = refusal {
      _ = try AttributeBound.bound(
        distribution: .hypergeometric, confidence: fraction("0.9"), sample: 6, errors: .one,
        population: 5)
    }
    #expect(larger?.description == "sample size: 6 items from a population of 5")
    let draw = refusal { _ = try ConsistentSample.draw(seed: "", keys: ["a"], take: 2) }
    #expect(draw?.description == "sample size: 2 items asked for, 1 in the population")
  }

  @Test func taintAboveOne() throws {
    let found = refusal {
      _ = try TaintSample(
        confidence: fraction("0.9"), size: 10, taints: [fraction("1.2")])
    }
    #expect(found == .taintAboveOne("1.2"))
    // On the other side it is no overstatement at all.
    let under = try TaintSample(
      confidence: fraction("0.9"), size: 10, taints: [fraction("1.2")], side: .under)
    #expect(under.mostLikelyRate == .zero)
    #expect(
      refusal { _ = try KaplanMarkov(tolerable: fraction("0.1"), size: 2, taints: [Rational(2)]) }
        == .taintAboveOne("2"))
  }

  @Test func duplicateKeys() throws {
    #expect(
      refusal { _ = try ConsistentSample.draw(seed: "", keys: ["a", "b", "a"], take: 1) }
        == .duplicateKey("a"))
    let one = ExactDecimal(1)
    #expect(
      refusal {
        _ = try ModifiedSieve.draw(
          seed: "", items: [(key: "a", value: one), (key: "a", value: one)], size: 1)
      } == .duplicateKey("a"))
    var sampler = ConsistentSampler(seed: "", capacity: 5)
    sampler.feed("a")
    sampler.feed("a")
    #expect(refusal { _ = try sampler.drawn() } == .duplicateKey("a"))
    #expect(
      refusal { _ = try RecordInterval.draw(keys: ["a", "a"], size: 1, start: .one) }
        == .duplicateKey("a"))
  }

  @Test func materialityAboveTheTotal() {
    for method in QuantityPlan.Method.allCases {
      let found = refusal {
        _ =
          method == .interpolated
          ? try QuantityPlan.interpolated(
            confidence: fraction("0.9"), bookValue: Rational(10), tolerable: Rational(20),
            expected: .zero)
          : try QuantityPlan.aicpa(
            confidence: fraction("0.9"), bookValue: Rational(10), tolerable: Rational(20),
            expected: .zero)
      }
      #expect(found == .materialityAboveTotal(tolerable: "20", total: "10"))
    }
  }

  /// A method doesn't carry a verdict from fewer errors than it needs.
  @Test func verdictBeyondTheMethod() throws {
    let few = try TaintSample(
      confidence: fraction("0.95"), size: 60, taints: [fraction("0.5"), fraction("0.1")])
    let pps = try QuantityMethod.named("pps")
    let bound = try pps.bound(few)
    #expect(
      refusal {
        _ = try QuantityVerdict(
          bound, method: pps, sample: few, total: Rational(1000), tolerable: Rational(100))
      } != nil)
    let corrected = try QuantityMethod.named("stringer.pvz")
    let narrow = try corrected.bound(few)
    #expect(
      refusal {
        _ = try QuantityVerdict(
          narrow, method: corrected, sample: few, total: Rational(1000), tolerable: Rational(900))
      }?.description.contains("carries no conclusion") == true)
    let stringer = try QuantityMethod.named("stringer.poisson")
    let verdict = try QuantityVerdict(
      try stringer.bound(few), method: stringer, sample: few, total: Rational(1000),
      tolerable: Rational(10))
    #expect(!verdict.isSupported)
    #expect(verdict.sentence.contains("does not show that it is more"))
  }

  @Test func everyRefusalHasASentenceAndAHint() {
    let all: [SamplingError] = [
      .confidence("1"), .tolerable("0"), .expected("it is 1"), .emptyPopulation,
      .population("none"), .sampleSize("0"), .errors(2, sample: 1),
      .materialityAboveTotal(tolerable: "2", total: "1"), .taintAboveOne("2"), .duplicateKey("a"),
      .unpaired(keys: 1, values: 2), .parameter("a"), .notApplicable("a"), .unreachable("a"),
      .overflow("a"),
    ]
    for error in all {
      #expect(!error.description.isEmpty && !error.hint.isEmpty)
      #expect(!error.description.hasSuffix(".") && !error.hint.hasSuffix("."))
    }
  }

  @Test func methodNamesAreUnique() {
    #expect(Set(QuantityMethod.all.map(\.id)).count == QuantityMethod.all.count)
    #expect(Set(SelectionMethod.all.map(\.id)).count == SelectionMethod.all.count)
  }
}
