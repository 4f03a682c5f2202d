package import Exact
import Sampling

/// From testers' results to misstatement: factual, projected, bound, against the thresholds.
///
/// Key items count in full. For items drawn by value, the projection is the sampling interval of
/// the remainder times the sum of taints, and the upper bound is Stringer's on Poisson factors, as
/// in the AICPA Audit Guide Audit Sampling (2017), Appendix C, with factors rounded up to
/// hundredths; over- and understatement are bounded apart. For items drawn with equal chances the
/// projection is the mean difference times the number of items; a bound is given if every value is
/// 1, as in a count, else none, and then nothing can be concluded about materiality. Where all
/// items with a value are drawn, nothing is projected: the differences are the misstatement. An
/// item that had to be tested and was replaced leaves its value unknown, so no bound is given.
package struct SampleEvaluation: Sendable {
  package let kpi: String
  /// Code of the KPI's unit.
  package let unit: String
  /// Digits after the point as the KPI is printed.
  package let decimalsPrinted: Int
  package let plan: PlanFacts
  package let draw: DrawFacts
  package let results: [ResultFacts]
  /// Sum of the population's positive items, and their number.
  package let total: ExactDecimal
  package let count: Int
  package let materiality: Materiality
  package let confidence: ExactDecimal

  package init(
    kpi: String, unit: String, decimalsPrinted: Int, plan: PlanFacts, draw: DrawFacts,
    results: [ResultFacts],
    total: ExactDecimal, count: Int, materiality: Materiality, confidence: ExactDecimal
  ) {
    self.kpi = kpi
    self.unit = unit
    self.decimalsPrinted = decimalsPrinted
    self.plan = plan
    self.draw = draw
    self.results = results
    self.total = total
    self.count = count
    self.materiality = materiality
    self.confidence = confidence
  }

  /// Recorded less audited of one result; nil for an item that was replaced.
  private static func difference(_ result: ResultFacts) -> Rational? {
    switch result.outcome {
    case .agreed: .zero
    case .misstated: Rational(result.recorded) - Rational(result.audited ?? result.recorded)
    case .notSupportable: Rational(result.recorded)
    case .replaced: nil
    }
  }

  /// Evaluates.
  ///
  /// - Throws: `overflow` where a figure does not fit.
  package func evaluate(at time: String) throws(AssureError) -> EvaluationFacts {
    do {
      return try facts(at: time)
    } catch let error as AssureError {
      throw error
    } catch {
      throw AssureError(
        "evaluation-impossible", place: kpi, "\(error)", remedy: "check the results")
    }
  }

  /// Sums over the tested items: certain ones apart.
  private struct Sums {
    var factual = Rational.zero
    var certain = Rational.zero
    var certainTotal = Rational.zero
    var tested = 0
    var differences = Rational.zero
    var taints: [Rational] = []
    /// Items that stand for themselves alone and were not tested.
    var certainMissing = 0
  }

  /// Whether every item with a value is in the draw: then each stands for itself alone.
  private var isWhole: Bool { draw.items.count >= count }

  private func sums() throws -> Sums {
    var byKey: [[UInt8]: ResultFacts] = [:]
    for result in results { byKey[Array(result.key.utf8)] = result }
    var sums = Sums()
    for item in draw.items {
      let isCertain = isWhole || item.basis == .key
      if isCertain { sums.certainTotal = sums.certainTotal + Rational(item.value) }
      guard let result = byKey[Array(item.key.utf8)], let difference = Self.difference(result)
      else {
        sums.certainMissing += isCertain ? 1 : 0
        continue
      }
      sums.factual = sums.factual + difference
      if isCertain {
        sums.certain = sums.certain + difference
      } else {
        sums.tested += 1
        sums.differences = sums.differences + difference
        sums.taints.append(try difference / Rational(item.value))
      }
    }
    return sums
  }

  private func facts(at time: String) throws -> EvaluationFacts {
    let sums = try sums()
    var projected = sums.factual
    var bounds: (over: Rational?, under: Rational?) = (nil, nil)
    var words: [String] = []
    let remainder = Rational(total) - sums.certainTotal
    if isWhole || draw.items.allSatisfy({ $0.basis == .key }) {
      words.append(
        isWhole
          ? "every item with a value is drawn: nothing is projected"
          : "every item with a value is a key item: nothing is projected")
      bounds = (sums.certain, -sums.certain)
    } else if SampleSelection(rawValue: plan.method) == .consistent {
      if sums.tested > 0 {
        let share = try Rational(count) / Rational(sums.tested)
        projected = sums.certain + sums.differences * share
        words.append("projected: mean difference of \(sums.tested) items × \(count) items")
        bounds = (
          try countBound(sums.taints, tested: sums.tested),
          try countBound(sums.taints.map { -$0 }, tested: sums.tested)
        )
      }
      words.append(
        bounds.over == nil
          ? "no bound is given for a draw with equal chances; judge the projection"
          : "bounds: exact hypergeometric limits of the number of items in error, each by at most 1"
      )
    } else if sums.tested > 0 {
      let interval = try remainder / Rational(sums.tested)
      projected = sums.certain + interval * sums.taints.reduce(.zero, +)
      bounds = (
        try bound(sums.taints, interval: interval, certain: sums.certain),
        try bound(sums.taints.map { -$0 }, interval: interval, certain: -sums.certain)
      )
      words.append(
        """
        projected: interval \(try up(interval)) \(unit) × sum of taints of \(sums.tested) \
        items drawn by value, and key items in full
        """)
      words.append(
        "bounds: Stringer on Poisson factors rounded up to hundredths, over- and understatement apart"
      )
    }
    if sums.certainMissing > 0 {
      bounds = (nil, nil)
      words.append(
        "\(sums.certainMissing) items that no other item stands for have no tested value: no bound")
    }
    return try assemble(sums, projected: projected, bounds: bounds, words: words, at: time)
  }

  /// Stringer: interval × (R0 + Σ (Ri - Ri-1) tᵢ), taints of one direction by falling size, and the
  /// certain differences in full. Nil where a taint above 1 makes the method inapplicable.
  private func bound(
    _ taints: [Rational], interval: Rational, certain: Rational
  ) throws -> Rational? {
    let positive = taints.filter { $0 > .zero }.sorted(by: >)
    guard positive.allSatisfy({ $0 <= .one }) else { return nil }
    let confidence = Rational(self.confidence)
    var previous = try QuantityFactor.hundredths(confidence: confidence, errors: .zero)
    var rate = previous
    for (index, taint) in positive.enumerated() {
      let next = try QuantityFactor.hundredths(
        confidence: confidence, errors: Rational(index + 1))
      rate = rate + (next - previous) * taint
      previous = next
    }
    return interval * rate + certain
  }

  /// The most items that can be in error one way, each by at most 1. Nil unless every value is 1
  /// and no difference is larger.
  private func countBound(_ taints: [Rational], tested: Int) throws -> Rational? {
    guard Rational(total) == Rational(count),
      draw.items.allSatisfy({ $0.value == ExactDecimal(1) }),
      taints.allSatisfy({ $0 <= .one })
    else { return nil }
    let errors = taints.count { $0 > .zero }
    return try AttributeBound.bound(
      distribution: .hypergeometric, confidence: Rational(confidence), sample: tested,
      errors: Rational(errors), population: count
    ).upperCount.map { Rational($0) }
  }

  private var decimals: Int { max(0, decimalsPrinted) + 2 }
  private func up(_ value: Rational) throws -> ExactDecimal {
    try value.rounded(decimals: decimals, .up)
  }

  private func assemble(
    _ sums: Sums, projected: Rational, bounds: (over: Rational?, under: Rational?),
    words: [String], at time: String
  ) throws -> EvaluationFacts {
    let known = results.filter { result in draw.items.contains { $0.key == result.key } }
    let over = try bounds.over.map(up)
    let under = try bounds.under.map(up)
    let isFinished = known.count == draw.items.count
    let conclusion = isFinished ? verdict(projected, bounds) : .notFinished
    func number(_ outcome: ResultFacts.Outcome) -> Int { known.count { $0.outcome == outcome } }
    let replaced = number(.replaced)
    var words = words
    if replaced > 0 {
      words.append("\(replaced) items were replaced: the sample is smaller than planned by as many")
    }
    words.append(conclusion.sentence)
    return EvaluationFacts(
      round: plan.round, selected: draw.items.count, tested: known.count - replaced,
      agreed: number(.agreed), misstated: number(.misstated),
      notSupportable: number(.notSupportable), replaced: replaced,
      factual: try sums.factual.rounded(decimals: decimals),
      projected: try projected.rounded(decimals: decimals), upperOver: over, upperUnder: under,
      confidence: confidence.description, materiality: materiality,
      conclusion: conclusion.rawValue, words: words, evaluated: time)
  }

  /// The closed list of conclusions.
  private enum Conclusion: String {
    case notFinished = "not-finished"
    case belowTrivial = "below-trivial"
    case belowPerformance = "below-performance"
    case belowMateriality = "below-materiality"
    case boundAboveMateriality = "bound-above-materiality"
    case aboveMateriality = "above-materiality"

    var sentence: String {
      switch self {
      case .notFinished: "items are still without a result: nothing can be concluded yet"
      case .belowTrivial:
        "the projected misstatement is at most clearly trivial, and the bounds are within materiality"
      case .belowPerformance:
        """
        the projected misstatement is above clearly trivial and at most performance materiality; the \
        bounds are within materiality: accumulate it and ask for correction
        """
      case .belowMateriality:
        """
        the projected misstatement is above performance materiality, though within materiality: \
        reconsider the plan
        """
      case .boundAboveMateriality:
        """
        a bound is above materiality or cannot be given: this sample alone does not show that the \
        figure is free of material misstatement; do more
        """
      case .aboveMateriality:
        "the projected misstatement is above materiality: the figure is likely misstated"
      }
    }
  }

  private func verdict(
    _ projected: Rational, _ bounds: (over: Rational?, under: Rational?)
  ) -> Conclusion {
    let size = projected.magnitude
    if size > Rational(materiality.overall) { return .aboveMateriality }
    let limit = Rational(materiality.overall)
    let isBounded = [bounds.over, bounds.under].allSatisfy { $0.map { $0 <= limit } ?? false }
    if !isBounded { return .boundAboveMateriality }
    if size > Rational(materiality.performance) { return .belowMateriality }
    return size > Rational(materiality.trivial) ? .belowPerformance : .belowTrivial
  }
}
