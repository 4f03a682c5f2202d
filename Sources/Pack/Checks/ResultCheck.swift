import Assurance
import Exact
import Trail

/// L6: results belong to drawn items, and the evaluation's counts and factual sum follow from them.
enum ResultCheck: PackCheck {
  static let codes = [
    "evaluation-counts", "evaluation-differs", "evaluation-factual", "result-not-drawn",
    "result-value",
  ]

  static func run(_ pack: PackUnderCheck, _ verdict: inout Verdict) {
    guard let content = verdict.content(of: pack, for: "results and evaluations") else { return }
    for paper in content.workpapers where !paper.results.isEmpty || paper.evaluation != nil {
      let before = verdict.findings.count
      checkResults(paper, &verdict)
      if let evaluation = paper.evaluation {
        checkEvaluation(paper, evaluation, &verdict)
        if verdict.findings.count == before { evaluateAgain(paper, evaluation, &verdict) }
      }
      if verdict.findings.count == before {
        verdict.hold(
          .content,
          "\(paper.kpi.name): \(paper.results.count) results are of drawn items"
            + (paper.evaluation == nil ? "" : ", and the evaluation follows from them"))
      }
    }
  }

  private static func checkResults(_ paper: Workpaper, _ verdict: inout Verdict) {
    let path = PackPaths.json(paper.kpi.name)
    let drawn = paper.draw?.items ?? []
    for result in paper.results {
      guard let item = drawn.first(where: { $0.key.utf8.elementsEqual(result.key.utf8) }) else {
        verdict.add("result-not-drawn", .content, path, "\(result.key) was not drawn")
        continue
      }
      if item.value != result.recorded || (result.outcome == .misstated) != (result.audited != nil)
      {
        verdict.add(
          "result-value", .content, path,
          "\(result.key): recorded or audited value does not fit item and outcome")
      }
    }
  }

  private static func checkEvaluation(
    _ paper: Workpaper, _ evaluation: EvaluationFacts, _ verdict: inout Verdict
  ) {
    let path = PackPaths.json(paper.kpi.name)
    func count(_ outcome: ResultFacts.Outcome) -> Int {
      paper.results.count { $0.outcome == outcome && $0.round == evaluation.round }
    }
    let stated = [
      evaluation.agreed, evaluation.misstated, evaluation.notSupportable, evaluation.replaced,
    ]
    let counted = [count(.agreed), count(.misstated), count(.notSupportable), count(.replaced)]
    let tested = counted.reduce(0, +)
    if stated != counted || ![tested, tested - counted[3]].contains(evaluation.tested)
      || evaluation.selected != (paper.draw?.items.count ?? 0)
    {
      verdict.add(
        "evaluation-counts", .content, path, "its counts are not those of draw and results")
    }
    let factual = try? paper.results.filter { $0.round == evaluation.round }
      .reduce(ExactDecimal.zero) { sum, result in
        switch result.outcome {
        case .agreed, .replaced: sum
        case .misstated: try sum + (result.recorded - (result.audited ?? .zero))
        case .notSupportable: try sum + result.recorded
        }
      }
    let digits = max(0, paper.kpi.decimals) + 2
    let rounded = factual.flatMap { try? Rational($0).rounded(decimals: digits) }
    if rounded != evaluation.factual {
      verdict.add(
        "evaluation-factual", .content, path,
        "the results add up to \(factual?.description ?? "nothing"), stated \(evaluation.factual)")
    }
  }

  /// Projection, bounds, conclusion and words, by the method that the plan names.
  private static func evaluateAgain(
    _ paper: Workpaper, _ evaluation: EvaluationFacts, _ verdict: inout Verdict
  ) {
    let name = paper.kpi.name
    guard let plan = paper.plan, let draw = paper.draw, let population = paper.population,
      SampleSelection(rawValue: plan.method) != nil,
      let confidence = ExactDecimal(evaluation.confidence)
    else {
      verdict.leave(
        .content, "\(name): projection and bounds, by a method not known here")
      return
    }
    let positive = population.items.filter { $0.value > .zero }
    do {
      let again = try SampleEvaluation(
        kpi: name, unit: paper.kpi.unit, decimalsPrinted: paper.kpi.decimals, plan: plan,
        draw: draw, results: paper.results,
        total: try positive.reduce(.zero) { try $0 + $1.value }, count: positive.count,
        materiality: evaluation.materiality, confidence: confidence
      ).evaluate(at: evaluation.evaluated)
      let differences = Self.differences(
        WorkpaperText.json(again), stated: WorkpaperText.json(evaluation))
      guard differences.isEmpty else {
        verdict.add(
          "evaluation-differs", .content, PackPaths.json(name),
          "evaluated again: " + differences.joined(separator: "; "))
        return
      }
    } catch {
      verdict.add(
        "evaluation-differs", .content, PackPaths.json(name), "can’t be evaluated again: \(error)")
    }
  }

  /// What differs, member by member: `projected "1160.75", stated "0"`.
  private static func differences(_ again: CanonicalJSON, stated: CanonicalJSON) -> [String] {
    func text(_ value: CanonicalJSON?) -> String {
      guard let text = value?.text else { return "nothing" }
      return text.count > 120 ? text.prefix(120) + "…" : text
    }
    let keys = ((again.object?.members ?? []) + (stated.object?.members ?? [])).map(\.key)
    var seen: Set<String> = []
    return keys.filter { seen.insert($0).inserted && again[$0]?.bytes != stated[$0]?.bytes }
      .map { "\($0) \(text(again[$0])), stated \(text(stated[$0]))" }
  }
}
