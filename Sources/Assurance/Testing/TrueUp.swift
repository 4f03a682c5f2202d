package import Exact

/// Estimates that the next actual reading makes good.
///
/// Rule: a run of estimated months of one series is followed, in the next month, by an actual value
/// a. With M the median of the series' other actual values (at least 3), a differs from M by more
/// than `excess_min` of M, and the run's summed differences from M have the opposite sign and are
/// at least half and at most twice as large. Own rule; the half and the twice are judgement.
package struct TrueUp: PopulationTest {
  package static let kind = "true-up"
  static let finding = FindingKind(
    "estimate-true-up", .low, "An actual reading makes good what the estimates before it missed.")
  package static let findings = [finding]

  /// As a share of the median.
  package let excessMin: Rational

  package init(_ node: PolicyNode) throws(AssureError) {
    excessMin = try node.optional("excess_min")?.percent() ?? Rational("0.5") ?? .one
  }

  package func run(_ context: TestContext) -> [Exception] {
    Series.all(of: context.readings).flatMap { series in
      let medians = series.mediansOfOthers { !$0.isEstimated }
      return series.readings.indices.compactMap { index -> Exception? in
        guard let median = medians[index] else { return nil }
        return trueUp(series, index, median, context)
      }
    }.inOrder(of: Self.findings)
  }

  private func trueUp(
    _ series: Series, _ index: Int, _ median: Rational, _ context: TestContext
  ) -> Exception? {
    let actual = series.readings[index]
    guard !actual.isEstimated, let value = actual.quantity, median > .zero else { return nil }
    let run = run(before: index, in: series.readings)
    let excess = value - median
    let missed = run.compactMap(\.quantity).map { $0 - median }.reduce(.zero, +)
    guard !run.isEmpty, excess.magnitude > excessMin * median,
      excess.isNegative != missed.isNegative,
      missed.magnitude.isWithin(factor: Rational(2), of: excess.magnitude)
    else { return nil }
    return exception(actual, run, median, excess, context)
  }

  /// The estimated readings of consecutive months that end in the month before.
  private func run(before index: Int, in readings: [Reading]) -> [Reading] {
    var run: [Reading] = []
    var month = readings[index].month
    for reading in readings[..<index].reversed() {
      guard reading.isEstimated, let earlier = reading.month, earlier.next == month else { break }
      run.append(reading)
      month = earlier
    }
    return run.reversed()
  }

  private func exception(
    _ actual: Reading, _ run: [Reading], _ median: Rational, _ excess: Rational,
    _ context: TestContext
  ) -> Exception? {
    let counted = run.filter(\.isInPopulation).count
    guard actual.isInPopulation || counted > 0 else { return nil }
    let crosses = counted < run.count || !actual.isInPopulation
    var effect = Effect.none
    if crosses {
      // What the actual makes good belongs to the run's months, in equal parts.
      let own = (excess * Rational(counted)).divided(by: Rational(run.count))
      effect =
        actual.isSummed
        ? actual.contribution == nil
          ? .unquantified
          : TestContext.amount(
            actual.isInPopulation ? own - excess : own, decimals: actual.decimals) : .none
    }
    let months = run.compactMap(\.month).map(\.description).joined(separator: ", ")
    return context.exception(
      Self.finding, severity: crosses ? .medium : nil,
      subject: "\(actual.place) \(actual.month?.description ?? "")",
      locators: [actual.locator] + run.map(\.locator), effect: effect,
      message: "\(context.text(actual)) of \(actual.place) in "
        + "\(actual.month?.description ?? "") follows estimates (\(months)) and differs from the "
        + "median of the actual values, \(context.text(median, decimals: actual.decimals)), by "
        + "\(context.text(excess, decimals: actual.decimals)), "
        + (crosses
          ? "across the end of the period; the part of the other year was expected there; "
            + "ask for the readings at the year's end"
          : "which makes them good; the sum is as expected; ask for the readings at both ends"))
  }
}
