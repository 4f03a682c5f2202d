package import Exact

/// A KPI as it was recalculated.
package struct ComputedFigure: Sendable {
  /// Exact, in the KPI's unit.
  package let point: Rational
  /// What it can be where it rests on printed figures; a point elsewhere.
  package let interval: Interval
  /// What it is made of, in the KPI's unit; in its own unit for a part that is a KPI.
  package let parts: [Part]
  package let issues: [FigureIssue]

  package struct Part: Sendable {
    package let label: String
    package let amount: Rational
    /// The number of records; 0 for a part that is a KPI.
    package let count: Int
  }
}

/// Something about the way a figure comes about that a reviewer must look at.
package struct FigureIssue: Sendable, Hashable {
  /// `factor-missing`, `factor-year`, `factor-unconfirmed`, `value-missing`, `value-twice`.
  package let code: String
  package let message: String
  /// How many records it touches.
  package var count: Int

  /// Issues of the same words become one, their records added up; sorted by code and words.
  static func merged(_ issues: [FigureIssue]) -> [FigureIssue] {
    var merged: [String: FigureIssue] = [:]
    for issue in issues {
      merged[
        issue.code + " " + issue.message,
        default: FigureIssue(
          code: issue.code, message: issue.message, count: 0)
      ].count += issue.count
    }
    return merged.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map(\.value)
  }
}

extension AggregateResult {
  /// What the pass itself met.
  func issues(kpi: String, field: String) -> [FigureIssue] {
    var issues: [FigureIssue] = []
    if missing > 0 {
      issues.append(
        FigureIssue(
          code: "value-missing", message: "records of `\(kpi)` have no `\(field)`", count: missing))
    }
    for problem in problems {
      issues.append(
        FigureIssue(
          code: "value-twice",
          message: "`\(problem.name)` should count once and stands with "
            + problem.values.joined(separator: " and "), count: 1))
    }
    return issues
  }
}
