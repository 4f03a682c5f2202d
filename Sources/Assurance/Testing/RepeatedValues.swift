package import Exact

/// Quantities that look made rather than measured: repeated, or round.
package struct RepeatedValues: PopulationTest {
  package static let kind = "repeated-values"
  static let flat = FindingKind(
    "repeated-value", .medium, "One quantity stands in several records of a series in a row.")
  static let round = FindingKind(
    "round-values", .low, "Most quantities of a series are round.")
  package static let findings = [flat, round]

  /// The length of a run that is told, at least 2.
  package let run: Int
  /// As a fraction of the series' records.
  package let roundShare: Rational
  /// Fewer records are no series to speak of.
  private static let countMin = 6

  package init(_ node: PolicyNode) throws(AssureError) {
    let runNode = try node.optional("run")
    run = try runNode?.value(Int.self, "a whole number") ?? 3
    if let runNode, run < 2 {
      throw runNode.error("policy-value", "`\(run)` is no run", remedy: "write 2 or more")
    }
    roundShare = try node.optional("round_share")?.percent() ?? Rational("0.5") ?? .one
  }

  package func run(_ context: TestContext) -> [Exception] {
    Series.all(of: context.readings).flatMap { series -> [Exception] in
      let counted = series.readings.filter(\.isInPopulation)
      return runs(counted, context) + rounds(counted, context)
    }.inOrder(of: Self.findings)
  }

  private func runs(_ readings: [Reading], _ context: TestContext) -> [Exception] {
    var found: [Exception] = []
    var start = 0
    for end in 1...max(1, readings.count) {
      if end < readings.count, readings[end].quantity == readings[start].quantity { continue }
      if end - start >= run, start < readings.count, !(readings[start].quantity?.isZero ?? true) {
        found.append(flat(Array(readings[start..<end]), context))
      }
      start = end
    }
    return found
  }

  private func flat(_ readings: [Reading], _ context: TestContext) -> Exception {
    let first = readings[0]
    let span = first.span.map { "\($0.first)" } ?? first.record.key
    return context.exception(
      Self.flat, subject: "\(first.place) \(span)", locators: readings.map(\.locator),
      effect: .unquantified,
      message: "\(context.text(first)) of \(first.place) stands \(readings.count) times in a row; "
        + "readings that differ were expected; ask whether they were read or carried forward")
  }

  private func rounds(_ readings: [Reading], _ context: TestContext) -> [Exception] {
    let round = readings.filter { Self.isRound($0.recorded) }
    guard readings.count >= Self.countMin,
      Rational(round.count) > roundShare * Rational(readings.count)
    else { return [] }
    return [
      context.exception(
        Self.round, subject: round[0].place, locators: round.map(\.locator), effect: .unquantified,
        message: "\(round.count) of \(readings.count) quantities of \(round[0].place) have two "
          + "significant digits at most; readings to the last digit were expected; ask how they "
          + "were had")
    ]
  }

  /// At least 1000, with two significant digits at most.
  static func isRound(_ value: ExactDecimal?) -> Bool {
    guard let value else { return false }
    let size = Rational(value).magnitude
    guard size >= Rational(1000) else { return false }
    var step = Rational(10)
    while step * Rational(100) <= size { step = step * Rational(10) }
    return (try? size / step).map { (try? Rational($0.rounded(decimals: 0))) == $0 } ?? false
  }
}
