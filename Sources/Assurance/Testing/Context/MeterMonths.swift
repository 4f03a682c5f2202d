import Exact

/// Months in which one meter of a site with several has no record though the site has some.
///
/// The site's own months are ``SiteMonthGrid``'s; this looks behind a month that another meter
/// covers. A month is expected of a meter between its first and its last record. Before the first
/// and after the last one it is expected only of a meter with records for more than half of the
/// months its site was open, and only if no other meter of the site starts or ends there: a meter
/// that was replaced hands over.
struct MeterMonths {
  let context: TestContext
  let finding: FindingKind

  /// - Parameters:
  ///   - row: the site's months.
  ///   - readings: those of the site that the filter takes in, each with a span.
  func missing(_ row: SiteYear, readings: [Reading]) -> [Exception] {
    let meters = meters(row, readings)
    guard meters.count > 1 else { return [] }
    return meters.flatMap { meter in
      gaps(of: meter, beside: meters, in: row).map { index in
        exception(meter, month: row.cells[index].month, site: row)
      }
    }
  }

  /// A meter with the months that its records cover, by their place in the period.
  private struct Meter {
    let name: String
    let readings: [Reading]
    let covered: [Int]
    let quantities: [Rational]
  }

  private func meters(_ row: SiteYear, _ readings: [Reading]) -> [Meter] {
    let byMeter = Dictionary(grouping: readings.filter { $0.meter != nil }) { $0.meter ?? "" }
    return byMeter.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.compactMap {
      name, own in
      let cells = row.cells.map {
        SiteMonth(
          $0.month, expectedIn: nil, period: context.period, readings: own)
      }
      let covered = cells.indices.filter { cells[$0].state.isCovered }
      guard !covered.isEmpty else { return nil }
      return Meter(
        name: name, readings: own, covered: covered,
        quantities: covered.compactMap { cells[$0].quantity })
    }
  }

  private func gaps(of meter: Meter, beside meters: [Meter], in row: SiteYear) -> [Int] {
    guard let first = meter.covered.first, let last = meter.covered.last else { return [] }
    let others = meters.filter { $0.name != meter.name }
    // Where the site as a whole is missing, that is said already; where it was not open, nothing
    // is.
    let asked = row.cells.indices.filter { index in
      row.cells[index].state.isCovered
        && row.open?.contains(Period(row.cells[index].month)) ?? false
    }
    let isSteady = 2 * meter.covered.count > asked.count
    let isFollowed = others.contains { abs(($0.covered.first ?? 0) - last) <= 1 }
    let isPreceded = others.contains { abs(($0.covered.last ?? 0) - first) <= 1 }
    return asked.filter { index in
      if meter.covered.contains(index) { return false }
      if index > first, index < last { return true }
      return isSteady && (index < first ? !isPreceded : !isFollowed)
    }
  }

  private func exception(_ meter: Meter, month: Month, site: SiteYear) -> Exception {
    var effect = Effect.unquantified
    var value = "the gap is not valued, since fewer than 3 other months are there"
    if meter.quantities.count >= 3, let sample = meter.readings.first, sample.isSummed,
      sample.contribution != nil
    {
      let mean = meter.quantities.reduce(.zero, +).divided(by: Rational(meter.quantities.count))
      effect = TestContext.amount(mean, decimals: sample.decimals)
      value =
        "the gap is valued by the mean of the meter's \(meter.quantities.count) other months, "
        + context.text(mean, decimals: sample.decimals)
    }
    return context.exception(
      finding, subject: "\(site.site) \(meter.name) \(month)", locators: [site.locator],
      effect: effect,
      message: "meter \(meter.name) of site \(site.site) has no record for half of \(month), "
        + "other meters of the site have; a record was expected, and \(value); ask for the "
        + "reading, or when the meter was taken out of use")
  }
}
