import Exact
import Sampling

/// Decides how many items to draw and how, from a population and thresholds, with its reasons.
package struct SamplePlanner: Sendable {
  package let kpi: KPIDefinition
  package let materiality: Materiality
  package let level: SamplingLevel
  package let policy: SamplingPolicy
  /// Given by the auditor instead of the formula; nil to compute.
  package let sizeGiven: Int?
  package let methodGiven: String?

  package init(
    kpi: KPIDefinition, materiality: Materiality, level: SamplingLevel, policy: SamplingPolicy,
    sizeGiven: Int?, methodGiven: String?
  ) {
    self.kpi = kpi
    self.materiality = materiality
    self.level = level
    self.policy = policy
    self.sizeGiven = sizeGiven
    self.methodGiven = methodGiven
  }

  /// Method, size, parameters and reasons.
  package struct Outcome: Sendable {
    package let method: String
    package let size: Int
    package let parameters: [(name: String, value: String)]
    package let reasons: [String]
  }

  /// Plans over the positive items; negatives and zeros stand apart and are named.
  ///
  /// - Throws: `nothing-to-sample`, `no-method`, `unknown-method`, `size-too-small`,
  ///   `size-too-large`, or `plan-impossible` with the reason of the formula.
  package func plan(_ items: [PopulationItem]) throws(AssureError) -> Outcome {
    let positive = items.filter { $0.value > .zero }
    guard !positive.isEmpty else {
      throw AssureError(
        "nothing-to-sample", place: kpi.name, "the population has no item with a positive value",
        remedy: "ingest its sources, or look at the filter of the measure")
    }
    let rule = policy.methods[kpi.kind]
    guard let method = methodGiven ?? rule?.method else {
      throw AssureError(
        "no-method", place: "sampling.yaml",
        "no method is declared for a KPI of kind \(kpi.kind.rawValue)",
        remedy: "sample the KPIs that it rests on")
    }
    guard let selection = SampleSelection(rawValue: method) else {
      throw AssureError(
        "unknown-method", place: "--method \(method)", "there is no such method for a worksheet",
        remedy: "one of: \(SampleSelection.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    let total = try Population.sum(positive)
    let expected = try expectedMisstatement()
    let formula = try formulaSize(
      selection, total: total, count: positive.count, expected: expected)
    let size = sizeGiven ?? formula.size ?? 0
    guard size >= 1 else {
      throw AssureError(
        "size-too-small", place: "--size \(size)", "a sample has at least one item",
        remedy: "ask for 1 to \(positive.count)")
    }
    guard size <= positive.count else {
      let whole = try wholePopulation(positive, total, selection, size)
      return Outcome(
        method: whole.method, size: whole.size, parameters: whole.parameters,
        reasons: whole.reasons + apart(items))
    }
    var reasons = [
      "level \(level.name), confidence \(level.confidence) (\(level.basis)): \(level.reason)",
      "source of the confidence: \(level.source)",
      "expected misstatement \(expected): \(policy.expectedReason)", formula.words,
    ]
    if let rule, methodGiven == nil { reasons.append("\(selection.rawValue): \(rule.reason)") }
    if sizeGiven != nil {
      reasons.append(
        "the auditor gave the size \(size); the formula "
          + (formula.size.map { "asks for \($0)" } ?? "gives none"))
    }
    reasons.append(contentsOf: apart(items))
    return Outcome(
      method: selection.rawValue, size: size,
      parameters: parameters(
        total: total, count: positive.count, expected: expected, formula: formula.size),
      reasons: reasons)
  }

  /// More items asked for than there are: all are taken.
  private func wholePopulation(
    _ items: [PopulationItem], _ total: ExactDecimal, _ selection: SampleSelection, _ size: Int
  ) throws(AssureError) -> Outcome {
    guard sizeGiven == nil else {
      throw AssureError(
        "size-too-large", place: "--size \(size)",
        "the population has \(items.count) items with a positive value",
        remedy: "ask for at most \(items.count)")
    }
    return Outcome(
      method: selection.rawValue, size: items.count,
      parameters: parameters(
        total: total, count: items.count, expected: try expectedMisstatement(), formula: size),
      reasons: [
        "the formula asks for \(size) items, the population has \(items.count): all are tested"
      ])
  }

  private func expectedMisstatement() throws(AssureError) -> ExactDecimal {
    guard let expected = try? materiality.performance * policy.expectedShare else {
      throw AssureError("overflow", place: kpi.name, ExactError.overflow.description, remedy: "")
    }
    return expected
  }

  /// The size by the method's formula, and where it comes from; no size, and why, if the formula
  /// has none and the auditor gave one.
  private func formulaSize(
    _ selection: SampleSelection, total: ExactDecimal, count: Int, expected: ExactDecimal
  ) throws(AssureError) -> (size: Int?, words: String) {
    do {
      let plan = try formula(selection, total: total, count: count, expected: expected)
      return (plan.size, plan.words)
    } catch {
      guard sizeGiven == nil else {
        return (nil, "the formula gives no size: \(error)")
      }
      throw AssureError(
        "plan-impossible", place: kpi.name, "\(error)",
        remedy: "look at materiality in engagement.yaml against the population's total of "
          + "\(total), or give a --size of your own, which is recorded as such")
    }
  }

  private func formula(
    _ selection: SampleSelection, total: ExactDecimal, count: Int, expected: ExactDecimal
  ) throws -> (size: Int, words: String) {
    switch selection {
    case .modifiedSieve:
      let plan = try QuantityPlan.aicpa(
        confidence: Rational(level.confidence), bookValue: Rational(total),
        tolerable: Rational(materiality.performance), expected: Rational(expected))
      return (plan.sampleSize, "size \(plan.sampleSize): \(plan.formula) (\(plan.source))")
    case .consistent:
      let tolerable = try Rational(materiality.performance) / Rational(total)
      let plan = try AttributePlan.size(
        distribution: .hypergeometric, confidence: Rational(level.confidence),
        tolerable: tolerable, expected: .count(.zero), population: count)
      return (plan.sampleSize, "size \(plan.sampleSize): \(plan.formula) (\(plan.source))")
    }
  }

  private func parameters(
    total: ExactDecimal, count: Int, expected: ExactDecimal, formula: Int?
  ) -> [(name: String, value: String)] {
    [
      ("population total, positive items", total.description),
      ("population count, positive items", String(count)),
      ("unit", kpi.unit.code),
      ("level", level.name),
      ("confidence", level.confidence.description),
      ("overall materiality", materiality.overall.description),
      ("performance materiality (tolerable)", materiality.performance.description),
      ("clearly trivial", materiality.trivial.description),
      ("expected misstatement", expected.description),
      ("size by the formula", formula.map(String.init) ?? "none"),
    ]
  }

  /// Items that no draw by value can reach, said and counted.
  private func apart(_ items: [PopulationItem]) -> [String] {
    let negative = items.filter { $0.value < .zero }
    let zero = items.filter { $0.value.isZero }
    var words: [String] = []
    if !negative.isEmpty, let total = try? Population.sum(negative) {
      words.append(
        "\(numbered(negative.count, "item")) below zero, \(total) in all, to be looked at apart "
          + "from the draw")
    }
    if !zero.isEmpty {
      words.append(
        "\(numbered(zero.count, "item")) of zero, to be looked at apart from the draw")
    }
    return words
  }
}
