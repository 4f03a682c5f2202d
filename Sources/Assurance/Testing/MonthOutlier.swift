package import Exact

/// Records that are far from what the rest of their series lets expect.
///
/// The expectation is the median of the series' other positive values, of which there must be
/// three; the threshold is a ratio, and a share of the figure below which nothing is worth a
/// question. The explanation is the disposition's reason in the register.
package struct MonthOutlier: PopulationTest {
  package static let kind = "month-outlier"
  static let finding = FindingKind(
    "month-outlier", .medium, "A quantity is far from the median of its series' other values.")
  package static let findings = [finding]

  package let ratio: Rational
  /// As a fraction of the figure.
  package let shareMin: Rational
  private let scale: UnitScale

  package init(_ node: PolicyNode) throws(AssureError) {
    ratio = try node.optional("ratio")?.ratio() ?? Rational("2.5") ?? Rational(2)
    shareMin = try node.optional("share_min")?.percent() ?? .zero
    scale = UnitScale.standard
  }

  package func run(_ context: TestContext) -> [Exception] {
    let readings = context.readings
    let total = readings.filter(\.isInPopulation).compactMap(\.quantity).reduce(.zero, +)
    let least = shareMin * total.magnitude
    let factors = scale.factors(for: context.kpi.unit)
    return Series.all(of: readings).flatMap { series -> [Exception] in
      let medians = series.mediansOfOthers { ($0.quantity ?? .zero) > .zero }
      return zip(series.readings, medians).compactMap { reading, median in
        guard reading.isInPopulation, let value = reading.quantity, value > .zero, let median,
          value >= ratio * median || value * ratio <= median,
          (value - median).magnitude >= least,
          scale.explain(value.divided(by: median), by: factors) == nil
        else { return nil }
        return exception(reading, value, median, context)
      }
    }.inOrder(of: Self.findings)
  }

  private func exception(
    _ reading: Reading, _ value: Rational, _ median: Rational, _ context: TestContext
  ) -> Exception {
    let times = value.divided(by: median)
    return context.exception(
      Self.finding, subject: "\(reading.place) \(reading.span?.description ?? reading.record.key)",
      locators: [reading.locator], effect: .unquantified,
      message: "\(context.text(reading)) of \(reading.place) is \(times.text(decimals: 2)) times "
        + "what is expected, \(context.text(median, decimals: reading.decimals)), the median of its "
        + "other records; the threshold is \(ratio.text(decimals: 2)) times; ask what happened, and "
        + "keep the answer with the exception")
  }
}
