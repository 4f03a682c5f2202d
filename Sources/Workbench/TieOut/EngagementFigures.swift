import Assurance
import Exact
import TieOut

extension Engagement {
  /// The figures of `reported.csv` for the tie-out, with the names that the policy gives them.
  func reportedFigures() -> [ReportedFigure] {
    reported.compactMap { value in
      guard let kpi = policy.kpi(value.kpi) else { return nil }
      return figure(
        kpi, printed: value.printed, unit: value.unit.code,
        line: FigureFile.line(of: value.printedPlace))
    }
  }

  /// What the records give for the same figures, with six digits more than the policy prints.
  func recalculatedFigures() throws(AssureError) -> [ReportedFigure] {
    var figures: [ReportedFigure] = []
    let all = try self.figures(of: policy.kpis)
    for kpi in policy.kpis {
      if case .stated = kpi.measure { continue }
      guard reported.contains(where: { $0.kpi == kpi.name }), let computed = all[kpi.name] else {
        continue
      }
      let value: ExactDecimal
      do { value = try computed.point.rounded(decimals: max(0, kpi.decimals) + 6) } catch {
        throw unfit(kpi, "\(error)")
      }
      guard
        let figure = figure(
          kpi, printed: value.description, unit: kpi.unit.code, line: nil)
      else { throw unfit(kpi, "`\(value) \(kpi.unit.code)` is not read as a printed figure") }
      figures.append(figure)
    }
    return figures
  }

  /// A figure that is left out without a word could hide the very difference that is looked for.
  private func unfit(_ kpi: KPIDefinition, _ why: String) -> AssureError {
    AssureError(
      "figure-unfit", place: place(of: kpi),
      "the recalculated figure of `\(kpi.name)` cannot be set against the report: \(why)",
      remedy: "look at its unit and its records")
  }

  private func figure(
    _ kpi: KPIDefinition, printed: String, unit: String, line: Int?
  ) -> ReportedFigure? {
    ReportedFigure(
      id: kpi.name, names: kpi.titles.map { $0.text }, printed: printed, unit: unit,
      period: CalendarDate(year: settings.period.last.civil.year), assured: kpi.status == .assured,
      line: line)
  }
}
