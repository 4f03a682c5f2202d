import Exact
import Foundation
import Sampling
import Testing

/// "Two stages, sites then records, with certainty sites, and coverage per KPI."
@Suite struct SiteDrawTests {
  let sites = (1...10).map { number in
    Site(
      key: "SITE-\(number)",
      totals: [
        "water": ExactDecimal(number == 3 ? 910 : 10), "energy": ExactDecimal(100),
        "waste": .zero,
      ])
  }

  @Test func certainSitesAndCoverage() throws {
    let draw = try SiteDraw(
      seed: "2026", sites: sites, take: 2, certain: ["SITE-7"], certainShare: fraction("0.5"))
    #expect(draw.certain.map(\.key) == ["SITE-3", "SITE-7"])
    #expect(draw.drawn.count == 2 && draw.left.count == 6 && draw.drawnFrom == 8)
    let coverage = try draw.coverage()
    #expect(coverage.map(\.kpi) == ["energy", "waste", "water"])
    // By hand: 4 of 10 sites of 100 each; 910 + 10 of 1000 and two of 10.
    #expect(coverage[0].share == fraction("0.4"))
    #expect(coverage[1].share == nil)
    #expect(coverage[2].certain == ExactDecimal(920) && coverage[2].drawn == ExactDecimal(20))
    #expect(coverage[2].total == ExactDecimal(1000) && coverage[2].share == fraction("0.94"))
  }

  /// The sites left to chance are those of the plain draw, and more sites extend fewer.
  @Test func sitesAreDrawnByTicket() throws {
    let keys = sites.map(\.key).filter { $0 != "SITE-7" }
    let plain = try ConsistentSample.draw(seed: "2026", keys: keys, take: 5)
    let draw = try SiteDraw(
      seed: "2026", sites: sites.shuffled(), take: 5, certain: ["SITE-7"])
    #expect(draw.drawn.map(\.key) == plain.map(\.key))
    #expect(draw.tickets == plain.map(\.ticket))
    let fewer = try SiteDraw(seed: "2026", sites: sites, take: 3, certain: ["SITE-7"])
    #expect(fewer.drawn.map(\.key) == Array(plain.prefix(3)).map(\.key))
  }

  @Test func recordsOfASite() throws {
    let keys = ["a", "b", "c"]
    #expect(try SiteDraw.records(seed: "s", keys: keys, take: 5).count == 3)
    #expect(
      try SiteDraw.records(seed: "s", keys: keys, take: 2)
        == ConsistentSample.draw(seed: "s", keys: keys, take: 2))
  }

  @Test func refusals() {
    let twice = sites + [sites[0]]
    for (sites, take, certain, share) in [
      ([], 0, [], nil), (twice, 1, [], nil), (sites, 11, [], nil), (sites, 1, ["SITE-0"], nil),
      (sites, 1, [], fraction("1.5")), (sites, -1, [], nil),
    ] as [([Site], Int, Set<String>, Rational?)] {
      #expect(throws: SamplingError.self) {
        try SiteDraw(
          seed: "s", sites: sites, take: take, certain: certain, certainShare: share)
      }
    }
    #expect(throws: SamplingError.self) { try SiteDraw.records(seed: "s", keys: [], take: 1) }
  }
}

/// "Reverse samples from registers and bills for completeness."
@Suite struct ReverseSampleTests {
  let register = (1...12).map { "METER-\($0)" }

  @Test func whatIsMissing() throws {
    let recorded = register.filter { $0 != "METER-5" && $0 != "METER-9" }
    let all = try ReverseSample(
      seed: "s", source: "register", register: register, recorded: recorded, take: 12)
    #expect(Set(all.missing) == ["METER-5", "METER-9"])
    #expect(try all.bound(confidence: fraction("0.95")).upperCount == 2)
    let some = try ReverseSample(
      seed: "s", source: "register", register: register, recorded: recorded + recorded, take: 9)
    #expect(some.missing.allSatisfy { ["METER-5", "METER-9"].contains($0) })
  }

  /// Nothing missing in 9 of 12: sampling.md, section 3, zero errors at 95 %, N = 12, T = 10 %.
  @Test func nothingMissing() throws {
    let clean = try ReverseSample(
      seed: "s", source: "register", register: register, recorded: register, take: 9)
    #expect(clean.missing.isEmpty)
    #expect(try clean.bound(confidence: fraction("0.95")).upperCount == 1)
  }

  @Test func refusals() {
    for (register, take) in [([], 1), (["a", "a"], 1), (["a"], 2), (["a"], 0)] {
      #expect(throws: SamplingError.self) {
        try ReverseSample(
          seed: "s", source: "r", register: register, recorded: [], take: take)
      }
    }
  }
}

@Suite struct StratifiedBoundTests {
  private func stratum(_ name: String, _ total: Int, _ size: Int, _ known: Int = 0) throws
    -> QuantityStratum
  {
    try QuantityStratum(
      name: name, total: Rational(total), size: size, taints: [], known: Rational(known))
  }

  /// Without errors each bound is `1 - (risk / strata)^(1/n)` in closed form.
  @Test func closedForm() throws {
    let bound = try StratifiedBound.bound(
      .named("stringer.binomial"),
      strata: [stratum("a", 1000, 30), stratum("b", 500, 60, 7), stratum("keys", 0, 0, 5)],
      confidence: fraction("0.95"))
    let (a, b) = (1 - pow(0.025, 1.0 / 30), 1 - pow(0.025, 1.0 / 60))
    #expect(agrees(bound.upper, 1000 * a + 500 * b + 12))
    #expect(bound.projected == Rational(12))
    #expect(bound.confidenceOfEach == fraction("0.975"))
    #expect(bound.parts.map(\.name) == ["a", "b", "keys"])
  }

  @Test func oneStratumIsThePlainBound() throws {
    let taints = [fraction("0.5"), fraction("0.1"), fraction("-0.2")]
    for side in [MisstatementSide.over, .under] {
      for method in QuantityMethod.all where method.id.hasPrefix("stringer.") {
        let plain = try method.bound(
          TaintSample(
            confidence: fraction("0.9"), size: 40, taints: taints, side: side,
            populationUnits: 5000))
        let bound = try StratifiedBound.bound(
          method,
          strata: [
            QuantityStratum(
              name: "all", total: Rational(5000), size: 40, taints: taints,
              known: Rational(side == .under ? -3 : 3))
          ],
          confidence: fraction("0.9"), side: side)
        #expect(agrees(bound.upper, 5000 * plain.upperRate + 3))
        #expect(bound.projected == Rational(5000) * plain.mostLikelyRate + Rational(3))
      }
    }
  }

  @Test func refusals() throws {
    #expect(throws: SamplingError.self) { try stratum("a", 10, 0) }
    #expect(throws: SamplingError.self) { try stratum("a", -1, 3) }
    #expect(throws: SamplingError.self) {
      try StratifiedBound.bound(
        .named("pps"), strata: [], confidence: fraction("0.9"))
    }
  }
}

@Suite struct RuleTests {
  /// "Statutory tables and the √n site rule as data, labelled as what they are."
  @Test(arguments: SizeRule.all.map(\.id))
  func labelled(id: String) throws {
    let rule = try SizeRule.named(id)
    for text in [rule.title, rule.source, rule.edition, rule.limits] { #expect(!text.isEmpty) }
    var last = 0
    for population in 1...500 {
      let size = try rule.size(of: population)
      #expect(size >= last && size <= population)
      last = size
    }
    #expect(throws: SamplingError.self) { try rule.size(of: 0) }
  }

  /// Kaplan-Markov without errors is discovery sampling: `1 - risk^(1/n)`, as Clopper-Pearson.
  @Test func kaplanMarkovBound() throws {
    let method = try QuantityMethod.named("kaplan-markov")
    let clean = try TaintSample(confidence: fraction("0.95"), size: 59, taints: [])
    #expect(agrees(try method.bound(clean).upperRate, 1 - pow(0.05, 1.0 / 59)))
    let found = try TaintSample(
      confidence: fraction("0.9"), size: 40, taints: [fraction("0.5"), fraction("-0.3")])
    #expect(agrees(try method.bound(found).upperRate, 1 - pow(0.1 * 0.5, 1.0 / 40)))
    let whole = try TaintSample(confidence: fraction("0.9"), size: 40, taints: [.one])
    #expect(try method.bound(whole).upperRate == 1)
  }

  /// 1 - Q(1 + n E/B, n T/B); the size gives at least the confidence.
  @Test func plansOfQuantitiesSayWhatTheyImply() throws {
    for row in Vectors.rows("planning_mus_amounts") {
      let (c, b) = (try row.rational("confidence"), try row.rational("book_value"))
      let (t, e) = (try row.rational("tolerable_amount"), try row.rational("expected_amount"))
      let plan = try QuantityPlan.aicpa(
        confidence: c, bookValue: b, tolerable: t, expected: e)
      #expect(plan.impliedConfidence >= c.approximateForTest - 1e-12)
      let interpolated = try QuantityPlan.interpolated(
        confidence: c, bookValue: b, tolerable: t, expected: e)
      #expect(interpolated.impliedConfidence >= c.approximateForTest - 1e-12)
    }
  }
}
