import Assurance
import Exact
import Foundation
import GRDB

extension Engagement {
  /// What is wrong with the printed figures and with what the report says of them.
  func reportFindings() throws(AssureError) -> [Exception] {
    let check = ReportCheck(policy: policy, period: settings.period, reported: reported)
    let kpis = try inScope()
    let figures = try figures(of: kpis.map(\.kpi))
    var results: [(kpi: KPIDefinition, result: Reconciliation)] = []
    for (kpi, _) in kpis { results.append((kpi, try comparison(of: kpi, figures: figures))) }
    let confused = try confused(results.filter { $0.result.status == .outside }.map(\.kpi))
    var found: [Exception] = []
    for (kpi, result) in results {
      found += try check.figure(
        kpi, figures[kpi.name], result: result, materiality: overall(of: kpi)
      ) { (confusion) throws(AssureError) in
        confused[kpi.name + " " + (confusion.kpi ?? confusion.factors ?? "")]
      }
    }
    return try found + check.statements(statements(), book: figureBook())
  }

  /// What the confusions of KPIs would print, in the KPIs' units, by `KPI confusion`.
  ///
  /// The other figures are computed together, and each factor set is tried once, since every
  /// computation reads the records.
  private func confused(_ kpis: [KPIDefinition]) throws(AssureError) -> [String: Rational] {
    var confused: [String: Rational] = [:]
    var others: [KPIDefinition] = []
    for name in Set(kpis.flatMap(\.confusions).compactMap(\.kpi)).sorted() {
      others.append(try kpi(name))
    }
    let figures = others.isEmpty ? [:] : try figures(of: others)
    for kpi in kpis {
      for other in others where kpi.confusions.contains(where: { $0.kpi == other.name }) {
        guard let scale = other.unit.factor(to: kpi.unit), let figure = figures[other.name] else {
          continue
        }
        confused[kpi.name + " " + other.name] = figure.point * scale
      }
    }
    for set in Set(kpis.flatMap(\.confusions).compactMap(\.factors)).sorted() {
      let moved = kpis.filter { kpi in kpi.confusions.contains { $0.factors == set } }
      let figures = try self.figures(of: moved, factorSet: set)
      for kpi in moved { confused[kpi.name + " " + set] = figures[kpi.name]?.point }
    }
    return confused
  }

  /// KPIs that are printed or have records here, with whether they have records; the others of a
  /// policy are no part of the engagement.
  func inScope() throws(AssureError) -> [(kpi: KPIDefinition, hasRecords: Bool)] {
    let present = try store.read { db in
      try Set(
        String.fetchAll(db, sql: "SELECT DISTINCT dataset FROM source_table WHERE accepted > 0"))
    }
    return policy.kpis.compactMap { kpi in
      let hasRecords = !present.isDisjoint(with: kpi.measure.terms.map(\.dataset))
      let isPrinted = reported.contains { $0.kpi == kpi.name }
      return hasRecords || isPrinted ? (kpi, hasRecords) : nil
    }
  }

  /// The figure against the printed one, without the bridge between them.
  private func comparison(
    of kpi: KPIDefinition, figures: [String: ComputedFigure]
  ) throws(AssureError) -> Reconciliation {
    let printed = reported.first { $0.kpi == kpi.name }
    if let printed { _ = try factor(printed, to: kpi) }
    let rule = settings.materiality.first { $0.kpi == kpi.name }
    var result = try Reconciler.compare(
      kpi, computed: figures[kpi.name].map { .init(point: $0.point, interval: $0.interval) },
      reported: printed, tolerance: rule?.tolerance, bridge: [])
    if case .stated = kpi.measure { result.status = .notComparable }
    return result
  }

  /// Overall materiality in the KPI's unit, or nil if none is set or nothing is printed.
  private func overall(of kpi: KPIDefinition) throws(AssureError) -> Rational? {
    guard settings.materiality.contains(where: { $0.kpi == kpi.name }),
      let printed = reported.first(where: { $0.kpi == kpi.name })
    else { return nil }
    let figure = Rational(printed.number) * (try factor(printed, to: kpi))
    // Not rounded to the figure's digits: it is these that are judged.
    return Rational(
      try settings.materiality(
        kpi: kpi.name, figure: figure, decimals: max(0, kpi.decimals) + 6, place: "engagement.yaml"
      ).overall)
  }

  /// What the files in `report/` say.
  func statements() throws(AssureError) -> ReportStatements {
    try ReportStatements(policy: policy) { (path) throws(AssureError) in try ownText(path) }
  }

  /// Every printed figure: those of `report/figures.csv`, and over them those of `reported.csv`.
  func figureBook() throws(AssureError) -> FigureBook {
    var book = FigureBook(year: settings.period.last.civil.year)
    if let csv = try ownText(ReportStatements.figuresFile) {
      try book.add(csv: csv, file: ReportStatements.figuresFile)
    }
    try book.add(reported, kpis: policy.kpis)
    book.bases = policy.report.bases
    if let text = try ownText(ReportStatements.textFile) {
      book.lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
    return book
  }

  /// The text of a file of the engagement, nil if there is none.
  private func ownText(_ path: String) throws(AssureError) -> String? {
    let full = folder + "/" + path
    return FileManager.default.fileExists(atPath: full) ? try Folder.text(full) : nil
  }
}
