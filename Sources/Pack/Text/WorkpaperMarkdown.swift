import Assurance
import Exact

/// A workpaper as text for people: the canonical text that a sign-off covers.
///
/// It names the SHA-256 of its machine-readable form, which names that of the population: who signs
/// these lines signs all of it.
enum WorkpaperMarkdown {
  static func text(
    _ paper: Workpaper, engagement: EngagementFacts, jsonDigest: String
  ) -> String {
    var page = MarkdownPage()
    let kpi = paper.kpi
    page.heading(1, ([kpi.name] + kpi.titles.map(\.text)).joined(separator: " · "))
    page.facts([
      ("engagement", engagement.id), ("entity", engagement.entity),
      ("period", engagement.period.description),
      ("standard", "\(engagement.standard), \(engagement.level) assurance"),
      ("policy", "\(engagement.policySet) \(engagement.policyEdition)"),
      ("policy SHA-256", engagement.policyDigest), ("unit", kpi.unit), ("kind", kpi.kind),
      ("status", kpi.status), ("SHA-256 of \(kpi.name).json", jsonDigest),
    ])
    page.heading(2, "Measure")
    page.numbered(kpi.measure)
    page.heading(2, "Criteria")
    page.table(["criterion", "text", "source"], kpi.criteria.map { [$0.id, $0.text, $0.source] })
    reconciliation(paper.reconciliation, &page)
    page.heading(2, "By month")
    page.table(["month", kpi.unit], paper.byMonth.map { [$0.month, $0.total.description] })
    page.heading(2, "By subject")
    page.table(["subject", kpi.unit], paper.bySubject.map { [$0.subject, $0.total.description] })
    population(paper, &page)
    plan(paper.plan, &page)
    draw(paper.draw, &page)
    results(paper.results, &page)
    evidence(paper.evidence, &page)
    evaluation(paper.evaluation, &page)
    exceptions(paper.exceptions, &page)
    return page.text
  }

  private static func reconciliation(_ item: Reconciliation?, _ page: inout MarkdownPage) {
    page.heading(2, "Reconciliation")
    guard let item else { return page.paragraph("Not done.") }
    page.facts([
      ("computed", item.computedText), ("printed", item.printed ?? "nothing is printed"),
      ("printed at", item.printedPlace), ("status", item.status.rawValue),
      ("computed minus printed", item.differenceText),
    ])
    page.gap()
    page.table(
      ["step", item.unit, "records", "in the figure", "note"],
      item.bridge.map {
        [$0.label, $0.amount, String($0.count), $0.counts ? "yes" : "no", $0.note]
      }
    )
  }

  private static func population(_ paper: Workpaper, _ page: inout MarkdownPage) {
    page.heading(2, "Population")
    guard let population = paper.population else { return page.paragraph("Not frozen.") }
    page.facts([
      ("round", String(population.round)), ("records", String(population.count)),
      ("sum", "\(population.sum) \(paper.kpi.unit)"),
      ("SHA-256 of \(paper.kpi.name)-population.csv", population.digest),
      ("frozen", population.frozen),
    ])
  }

  private static func plan(_ plan: PlanFacts?, _ page: inout MarkdownPage) {
    page.heading(2, "Plan")
    guard let plan else { return page.paragraph("Not planned.") }
    page.facts(
      [
        ("round", String(plan.round)), ("method", plan.method), ("size", String(plan.size)),
        ("plan SHA-256", plan.digest), ("frozen", plan.frozen),
      ] + plan.parameters.map { ($0.name, $0.value) })
    page.gap()
    page.numbered(plan.reasons)
  }

  private static func draw(_ draw: DrawFacts?, _ page: inout MarkdownPage) {
    page.heading(2, "Sample")
    guard let draw else { return page.paragraph("Not drawn.") }
    page.facts([
      ("round", String(draw.round)), ("seed", draw.seed), ("seed origin", draw.seedOrigin),
      ("seed fixed", draw.seedFixed), ("drawn", draw.drawn),
      ("population SHA-256", draw.populationDigest),
    ])
    page.gap()
    page.numbered(draw.rule)
    page.gap()
    page.table(
      ["order", "key", "basis", "ticket", "value", "locator"],
      draw.items.enumerated().map { index, item in
        [
          String(index + 1), item.key, item.basis.rawValue, item.ticket, item.value.description,
          item.locator,
        ]
      })
  }

  private static func results(_ results: [ResultFacts], _ page: inout MarkdownPage) {
    page.heading(2, "Results")
    guard !results.isEmpty else { return page.paragraph("None.") }
    page.table(
      ["key", "outcome", "recorded", "audited", "reason", "evidence", "tester", "tested", "at"],
      results.map {
        [
          $0.key, $0.outcome.rawValue, $0.recorded.description, $0.audited?.description ?? "",
          $0.reason, $0.evidence, $0.tester, $0.tested, $0.locator,
        ]
      })
  }

  private static func evidence(_ evidence: [Evidence], _ page: inout MarkdownPage) {
    guard !evidence.isEmpty else { return }
    page.heading(2, "Evidence")
    page.table(
      [
        "number", "file", "items", "kind", "date", "period", "look at", "note", "attached by",
        "SHA-256",
      ],
      evidence.map {
        [
          String($0.number), $0.file, $0.items.joined(separator: "; "), $0.kind.rawValue, $0.date,
          $0.period, $0.place, $0.text, $0.by, $0.digest,
        ]
      })
  }

  private static func evaluation(_ item: EvaluationFacts?, _ page: inout MarkdownPage) {
    page.heading(2, "Evaluation")
    guard let item else { return page.paragraph("Not evaluated.") }
    page.facts([
      ("selected", String(item.selected)), ("tested", String(item.tested)),
      ("agreed", String(item.agreed)), ("misstated", String(item.misstated)),
      ("not supportable", String(item.notSupportable)), ("replaced", String(item.replaced)),
      ("factual misstatement", item.factual.description),
      ("projected misstatement", item.projected.description),
      ("upper bound, overstatement", item.upperOver?.description ?? "none can be given"),
      ("upper bound, understatement", item.upperUnder?.description ?? "none can be given"),
      ("confidence", item.confidence), ("materiality", item.materiality.overall.description),
      ("performance materiality", item.materiality.performance.description),
      ("clearly trivial", item.materiality.trivial.description),
      ("reason for materiality", item.materiality.reason), ("conclusion", item.conclusion),
      ("evaluated", item.evaluated),
    ])
    page.gap()
    page.numbered(item.words)
  }

  private static func exceptions(_ exceptions: [ExceptionFacts], _ page: inout MarkdownPage) {
    page.heading(2, "Exceptions")
    guard !exceptions.isEmpty else { return page.paragraph("None.") }
    page.table(
      ["id", "severity", "code", "subject", "effect", "state", "reason", "message", "locators"],
      exceptions.map { facts in
        let e = facts.exception
        return [
          facts.id, e.severity.rawValue, e.code, e.subject, "\(e.effect.text) \(e.unit)",
          facts.state, facts.dispositionReason, e.message, e.locators.joined(separator: "; "),
        ]
      })
  }
}
