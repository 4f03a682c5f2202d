import Assurance
import Exact

/// L6: a figure's status follows from the computed and the printed figure, and a sum is its
/// population's.
enum ReconciliationCheck: PackCheck {
  static let codes = ["figure-difference", "figure-population", "figure-status"]

  static func run(_ pack: PackUnderCheck, _ verdict: inout Verdict) {
    guard let content = verdict.content(of: pack, for: "reconciliations") else { return }
    for paper in content.workpapers {
      guard let item = paper.reconciliation else { continue }
      let before = verdict.findings.count
      check(paper, item, &verdict)
      if verdict.findings.count == before {
        verdict.hold(
          .content, "\(paper.kpi.name): the reconciliation follows from its figures")
      }
    }
  }

  private static func check(
    _ paper: Workpaper, _ item: Reconciliation, _ verdict: inout Verdict
  ) {
    let path = PackPaths.json(paper.kpi.name)
    if let population = paper.population, paper.kpi.kind != "ratio", let computed = item.computed {
      // A count is a number of records, anything else the sum of their values.
      let count = Rational(population.count)
      if computed != Rational(population.sum), !(paper.kpi.kind == "count" && computed == count) {
        verdict.add(
          "figure-population", .content, path,
          "computed \(item.computedText), but the frozen population’s sum is \(population.sum): "
            + "records have changed since, or the figure has")
      }
    }
    guard let computed = item.computed, let text = item.printed,
      let interval = item.printedInterval,
      let printed = ExactDecimal(text.filter { $0 != "," }).map(Rational.init)
    else { return }
    if item.status != .notComparable, let difference = item.difference,
      difference != computed - printed, !isScaled(printed, interval)
    {
      verdict.add(
        "figure-difference", .content, path,
        "computed minus printed is \(computed - printed), stated as \(difference)")
    }
    // A ratio rests on printed figures: its computed value is the middle of what it can be.
    let isLoose = paper.kpi.kind == "ratio"
    if !isLoose, !allows(item.status, computed: computed, interval: interval) {
      verdict.add(
        "figure-status", .content, path,
        "stated as \(item.status.rawValue); the computed figure "
          + (interval.contains(computed) ? "prints as the printed one" : "does not print so"))
    }
    if item.status == .exact, let difference = item.difference, !difference.isZero {
      verdict.add(
        "figure-status", .content, path, "stated as exact with a difference of \(difference)")
    }
  }

  /// Whether the printed text is in another unit than the interval: then only the interval counts.
  private static func isScaled(_ printed: Rational, _ interval: Interval) -> Bool {
    !interval.contains(printed)
  }

  /// Tolerance is stated in the engagement, not here: both words are possible outside the interval.
  private static func allows(
    _ status: ReconciliationStatus, computed: Rational, interval: Interval
  ) -> Bool {
    switch status {
    case .exact, .withinRounding: interval.contains(computed)
    case .withinTolerance, .outside: !interval.contains(computed)
    case .notComparable: true
    }
  }
}
