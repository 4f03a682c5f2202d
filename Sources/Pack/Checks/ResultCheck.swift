import Assurance
import Exact

/// L6: results belong to drawn items, and the evaluation's counts and factual sum follow from them.
enum ResultCheck: PackCheck {
  static let codes = [
    "evaluation-counts", "evaluation-factual", "result-not-drawn", "result-value",
  ]

  static func run(_ pack: PackUnderCheck, _ verdict: inout Verdict) {
    guard let content = verdict.content(of: pack, for: "results and evaluations") else { return }
    for paper in content.workpapers where !paper.results.isEmpty || paper.evaluation != nil {
      let before = verdict.findings.count
      checkResults(paper, &verdict)
      if let evaluation = paper.evaluation {
        checkEvaluation(paper, evaluation, &verdict)
        verdict.notChecked.append(
          "\(paper.kpi.name): projection and bounds of the evaluation are not computed again")
      }
      if verdict.findings.count == before {
        verdict.checked.append(
          "\(paper.kpi.name): \(paper.results.count) results are of drawn items, and counts and "
            + "factual misstatement follow from them")
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
    if factual != evaluation.factual {
      verdict.add(
        "evaluation-factual", .content, path,
        "the results add up to \(factual?.description ?? "nothing"), stated \(evaluation.factual)")
    }
  }
}
