import Exact

/// Quantities of zero or less.
package struct Sign: PopulationTest {
  package static let kind = "sign"
  static let pair = FindingKind(
    "reversal-pair", .low, "A negative quantity mirrors a positive one of the same series.")
  static let negative = FindingKind(
    "negative-value", .medium, "A counted quantity is negative and mirrors no other.")
  static let zero = FindingKind(
    "zero-value", .medium, "A counted quantity is zero where the series usually is not.")
  package static let findings = [pair, negative, zero]

  package init(_ node: PolicyNode) throws(AssureError) {}

  package func run(_ context: TestContext) -> [Exception] {
    let readings = context.readings
    let series = Series.all(of: readings)
    // Readings without a site have no series; a negative one still needs a look.
    let lone = readings.filter {
      $0.series == nil && $0.isInPopulation && ($0.quantity?.isNegative ?? false)
    }
    return
      (series.flatMap { negatives($0, context) + zeros($0, context) }
      + lone.map { negative($0, context) }).inOrder(of: Self.findings)
  }

  private func negatives(_ series: Series, _ context: TestContext) -> [Exception] {
    let negatives = series.readings.indices.filter {
      series.readings[$0].quantity?.isNegative ?? false
    }
    guard !negatives.isEmpty else { return [] }
    var free: [Rational: [Int]] = [:]
    for (index, reading) in series.readings.enumerated() {
      if let quantity = reading.quantity, quantity > .zero {
        free[quantity, default: []].append(index)
      }
    }
    var found: [Exception] = []
    for index in negatives {
      let reading = series.readings[index]
      guard let size = reading.quantity?.magnitude else { continue }
      // The same days first, then the nearest in order, then the earlier.
      let best = free[size]?.min { a, b in
        rank(series, a, against: index) < rank(series, b, against: index)
      }
      if let best {
        free[size]?.removeAll { $0 == best }
        if let exception = pair(series.readings[best], reading, context) { found.append(exception) }
      } else if reading.isInPopulation {
        found.append(negative(reading, context))
      }
    }
    return found
  }

  private func rank(_ series: Series, _ index: Int, against other: Int) -> (Int, Int, Int) {
    (series.readings[index].span == series.readings[other].span ? 0 : 1, abs(index - other), index)
  }

  private func pair(
    _ positive: Reading, _ negative: Reading, _ context: TestContext
  ) -> Exception? {
    guard positive.isInPopulation || negative.isInPopulation else { return nil }
    let isWhole = positive.isInPopulation && negative.isInPopulation
    return context.exception(
      Self.pair, severity: isWhole ? nil : .medium,
      subject: "\(negative.place) \(positive.record.key) \(negative.record.key)",
      locators: [positive.locator, negative.locator], effect: isWhole ? .none : .unquantified,
      message: "\(context.text(negative)) of \(negative.place) mirrors \(context.text(positive)); "
        + (isWhole
          ? "the two cancel out, as a reversal should; ask for the reason of the reversal"
          : "only one of the two is in the period; both or none were expected; ask which period "
            + "the reversal belongs to"))
  }

  private func negative(_ reading: Reading, _ context: TestContext) -> Exception {
    context.exception(
      Self.negative, subject: "\(reading.place) \(reading.span?.description ?? reading.record.key)",
      locators: [reading.locator], effect: .unquantified,
      message: "\(context.text(reading)) of \(reading.place) is below zero and no record of the "
        + "same size mirrors it; a quantity above zero was expected; ask what it corrects")
  }

  private func zeros(_ series: Series, _ context: TestContext) -> [Exception] {
    guard series.readings.contains(where: { $0.quantity?.isZero ?? false }) else { return [] }
    let medians = series.mediansOfOthers { _ in true }
    return zip(series.readings, medians).compactMap { reading, median in
      guard reading.isInPopulation, reading.quantity?.isZero ?? false, let median, median > .zero
      else { return nil }
      return context.exception(
        Self.zero, subject: "\(reading.place) \(reading.span?.description ?? reading.record.key)",
        locators: [reading.locator], effect: .unquantified,
        message: "the quantity of \(reading.place) is 0; about "
          + "\(context.text(median, decimals: reading.decimals)), the median of its other records, "
          + "was expected; ask whether the meter stood still or was not read")
    }
  }
}
