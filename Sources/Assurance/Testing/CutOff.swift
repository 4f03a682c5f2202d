import Exact

/// Records at the two ends of the period.
package struct CutOff: PopulationTest {
  package static let kind = "cut-off"
  static let straddles = FindingKind(
    "straddles-period-end", .medium,
    "A record's days lie partly in the period and partly outside, and it is counted whole or not.")
  static let outside = FindingKind(
    "outside-period", .low, "A record of the boundary lies just outside the period.")
  package static let findings = [straddles, outside]

  /// How far from the period a record outside it is still reported, in days.
  package let days: Int

  package init(_ node: PolicyNode) throws(AssureError) {
    days = try node.optional("days")?.days() ?? 45
  }

  package func run(_ context: TestContext) -> [Exception] {
    context.readings.compactMap { reading in
      guard reading.passesFilter, let span = reading.span else { return nil }
      if context.period.contains(span) { return nil }
      return span.overlaps(context.period)
        ? straddling(reading, span, context) : outside(reading, span, context)
    }.inOrder(of: Self.findings)
  }

  private func straddling(
    _ reading: Reading, _ span: Period, _ context: TestContext
  ) -> Exception {
    let inside = span.daysShared(with: context.period)
    let days = reading.isInPopulation ? span.days - inside : inside
    let sign = reading.isInPopulation ? "-" : "+"
    var effect = Effect.unquantified
    var formula = "its quantity is not known"
    if !reading.isSummed {
      formula = "a count of records is not shared out"
    } else if let quantity = reading.contribution {
      let share = (quantity * Rational(days)).divided(by: Rational(span.days))
      let change = reading.isInPopulation ? -share : share
      effect = TestContext.amount(change, decimals: reading.decimals)
      formula =
        "\(sign) \(context.text(reading)) × \(days)/\(span.days) days = "
        + context.text(change, decimals: reading.decimals)
    }
    return context.exception(
      Self.straddles, subject: "\(reading.place) \(span)", locators: [reading.locator],
      effect: effect,
      message: "\(reading.place) for \(span) reaches outside the period and is "
        + "\(reading.isInPopulation ? "counted whole" : "not counted at all"); a share by days was "
        + "expected: \(formula); ask how the preparer cuts off")
  }

  private func outside(_ reading: Reading, _ span: Period, _ context: TestContext) -> Exception? {
    let gap =
      span.last < context.period.first
      ? context.period.first.number - span.last.number
      : span.first.number - context.period.last.number
    guard gap <= days, !reading.isInPopulation else { return nil }
    return context.exception(
      Self.outside, subject: "\(reading.place) \(span)", locators: [reading.locator],
      effect: .none,
      message:
        "\(context.text(reading)) of \(reading.place) for \(span) lies "
        + "\(numbered(gap, "day")) outside the period and is not counted; that was expected; ask "
        + "only if its date is in doubt"
    )
  }
}
