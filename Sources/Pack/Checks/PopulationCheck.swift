import Assurance
import Exact
import Trail

/// L6: each population has the digest, count, sum and order that its workpaper states.
enum PopulationCheck: PackCheck {
  static let codes = [
    "population-count", "population-digest", "population-order", "population-sum",
    "population-totals",
  ]

  static func run(_ pack: PackUnderCheck, _ verdict: inout Verdict) {
    guard let content = verdict.content(of: pack, for: "populations") else { return }
    for paper in content.workpapers {
      guard let population = paper.population else { continue }
      let before = verdict.findings.count
      let isRedacted = content.redaction?.hides(paper) ?? false
      check(paper, population, isRedacted: isRedacted, &verdict)
      guard verdict.findings.count == before else { continue }
      if isRedacted {
        verdict.redact(.content, "\(paper.kpi.name): that its records have the frozen digest")
        verdict.hold(
          .content, "\(paper.kpi.name): \(population.count) records have the frozen sum and totals")
      } else {
        verdict.hold(
          .content,
          "\(paper.kpi.name): \(population.count) records have the frozen digest, sum and totals")
      }
    }
  }

  private static func check(
    _ paper: Workpaper, _ population: PopulationFacts, isRedacted: Bool,
    _ verdict: inout Verdict
  ) {
    let path = PackPaths.population(paper.kpi.name)
    let ledger = Ledgers.population(population, unit: paper.kpi.unit)
    let digest = Digest(of: ledger).hex
    if digest != population.digest, !isRedacted {
      verdict.add(
        "population-digest", .content, path, "SHA-256 \(digest), frozen as \(population.digest)")
    }
    if population.items.count != population.count {
      verdict.add(
        "population-count", .content, path,
        "\(population.items.count) records, frozen as \(population.count)")
    }
    if !PopulationCSV.isOrdered(population.items) {
      verdict.add("population-order", .content, path, "keys are not in order, or stand twice")
    }
    let sum = total(population.items.map(\.value))
    if sum != population.sum {
      verdict.add(
        "population-sum", .content, path,
        "the values add up to \(sum.map(\.description) ?? "nothing that can be held"), frozen as "
          + population.sum.description)
    }
    for (name, parts) in [
      ("months", paper.byMonth.map(\.total)), ("subjects", paper.bySubject.map(\.total)),
    ] where !parts.isEmpty && total(parts) != population.sum {
      verdict.add(
        "population-totals", .content, PackPaths.json(paper.kpi.name),
        "the totals by \(name) do not add up to the sum of the frozen population")
    }
  }

  private static func total(_ values: [ExactDecimal]) -> ExactDecimal? {
    try? values.reduce(.zero) { try $0 + $1 }
  }
}
