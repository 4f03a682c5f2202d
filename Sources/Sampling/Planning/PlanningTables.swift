import BigInt
public import Exact

/// Tables of sizes and limits as textbooks print them, for parameters of one's choice.
public struct SamplingTable: Hashable, Sendable {
  /// What the table shows, for which distribution and confidence.
  public let title: String
  /// What the rows and the columns stand for.
  public let rowName: String
  /// What the columns stand for.
  public let columnName: String
  /// The head of each row.
  public let rows: [String]
  /// The head of each column.
  public let columns: [String]
  /// Cells by row; empty where there is no answer.
  public let cells: [[String]]
  /// The published table whose rule it follows.
  public let source: String

  /// Sizes by expected rate (rows) and tolerable rate (columns), in the manner of AICPA Table A-1:
  /// size and, in brackets, the errors expected.
  public static func sizes(
    distribution: ErrorDistribution, confidence: Rational, population: Int?
  ) throws(SamplingError) -> SamplingTable {
    let expected = ["0", "0.25", "0.5", "1", "1.5", "2", "3", "4", "5", "6", "7"]
    let tolerable = ["2", "3", "4", "5", "6", "7", "8", "9", "10", "15", "20"]
    let cells = try expected.map { (row) throws(SamplingError) in
      try tolerable.map { (column) throws(SamplingError) in
        try size(distribution, confidence, percent(row), percent(column), population)
      }
    }
    return SamplingTable(
      title: "sample sizes, \(distribution.rawValue), confidence \(confidence)",
      rowName: "expected %", columnName: "tolerable %", rows: expected, columns: tolerable,
      cells: cells, source: "rule of AICPA Audit Guide Audit Sampling (2017), Table A-1")
  }

  private static func size(
    _ distribution: ErrorDistribution, _ confidence: Rational, _ expected: Rational,
    _ tolerable: Rational, _ population: Int?
  ) throws(SamplingError) -> String {
    // Too close to tell apart: the sizes would be in the thousands, tables leave them out.
    guard expected * Rational(4) <= tolerable * Rational(3) else { return "" }
    do {
      let plan = try AttributePlan.size(
        distribution: distribution, confidence: confidence, tolerable: tolerable,
        expected: .rate(expected), population: population)
      return "\(plan.sampleSize) (\(plan.criticalErrors))"
    } catch .unreachable {
      return ""
    }
  }

  /// Upper limits in percent, rounded up to one decimal, by sample size (rows) and errors
  /// (columns), in the manner of AICPA Table A-3.
  public static func limits(
    distribution: ErrorDistribution, confidence: Rational, population: Int?
  ) throws(SamplingError) -> SamplingTable {
    let sizes = [20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 90, 100, 125, 150, 200]
    let cells = try sizes.map { (size) throws(SamplingError) in
      try (0...10).map { (errors) throws(SamplingError) in
        if let population, size > population { return "" }
        let bound = try AttributeBound.bound(
          distribution: distribution, confidence: confidence, sample: size,
          errors: Rational(errors), population: population)
        let tenths = (Rational(exactly: (bound.upperRate ?? 1) * 1000) ?? .one).ceiling
        return tenths > 1000 ? "" : "\(tenths / 10).\(tenths % 10)"
      }
    }
    return SamplingTable(
      title: "upper limits in percent, \(distribution.rawValue), confidence \(confidence)",
      rowName: "sample", columnName: "errors", rows: sizes.map(String.init),
      columns: (0...10).map(String.init), cells: cells,
      source: "rule of AICPA Audit Guide Audit Sampling (2017), Table A-3")
  }

  /// Confidence factors by expected / tolerable (rows) and confidence (columns), rounded up to two
  /// decimals, in the manner of AICPA Table C-1.
  public static func factors() throws(SamplingError) -> SamplingTable {
    let ratios = ["0", "0.05", "0.1", "0.15", "0.2", "0.25", "0.3", "0.35", "0.4", "0.45", "0.5"]
    let confidences = ["95", "90", "85", "80", "75", "70", "65", "63", "60", "55", "50"]
    let cells = try ratios.map { (ratio) throws(SamplingError) in
      try confidences.map { (confidence) throws(SamplingError) in
        try QuantityFactor.hundredths(
          confidence: percent(confidence), ratio: Rational(ratio) ?? .zero
        ).description
      }
    }
    return SamplingTable(
      title: "confidence factors for quantities", rowName: "expected / tolerable",
      columnName: "confidence %", rows: ratios, columns: confidences, cells: cells,
      source: "rule of AICPA Audit Guide Audit Sampling (2017), Table C-1")
  }

  private static func percent(_ text: String) -> Rational {
    (Rational(text) ?? .zero).divided(by: 100)
  }
}
