package import Exact

/// Two sites whose values changed places in one month.
package struct SwappedValues: PopulationTest {
  package static let kind = "swapped-values"
  static let finding = FindingKind(
    "swapped-values", .medium,
    "In one month two series each show what the other usually shows.")
  package static let findings = [finding]
  static let fitDefault = Rational("1.25") ?? .one

  package let ratioMin: Rational
  package let fit: Rational

  package init(_ node: PolicyNode) throws(AssureError) {
    ratioMin = try node.optional("ratio_min")?.ratio() ?? Rational(3)
    fit = try node.optional("fit")?.ratio() ?? Self.fitDefault
  }

  package func run(_ context: TestContext) -> [Exception] {
    Self.pairs(in: context.readings, ratioMin: ratioMin, fit: fit).map { pair in
      let (high, low) = (pair.high, pair.low)
      let names = [high.reading.place, low.reading.place].joined(separator: " ")
      return context.exception(
        Self.finding, subject: "\(names) \(pair.month)",
        locators: [high.reading.locator, low.reading.locator], effect: .none,
        message: "in \(pair.month) \(high.reading.place) shows \(context.text(high.reading)) and "
          + "\(low.reading.place) shows \(context.text(low.reading)), where their own medians are "
          + "\(context.text(high.median, decimals: high.reading.decimals)) and "
          + "\(context.text(low.median, decimals: low.reading.decimals)); the other way round was "
          + "expected; ask whether the two were swapped")
    }.inOrder(of: Self.findings)
  }

  /// A reading and the median of the others of its series.
  struct Outlier {
    let reading: Reading
    let median: Rational
    var value: Rational { reading.quantity ?? .zero }
  }

  struct Pair {
    let month: Month
    let high: Outlier
    let low: Outlier
    /// How far the worse of the two is from the other's median, as a ratio.
    var misfit: Rational {
      let ratios = [high.value.divided(by: low.median), low.value.divided(by: high.median)]
      return ratios.map { max($0, Rational.one.divided(by: $0)) }.reduce(.zero) { max($0, $1) }
    }
  }

  /// Swapped pairs, the best fit first; no reading is in two.
  static func pairs(in readings: [Reading], ratioMin: Rational, fit: Rational) -> [Pair] {
    var months: [String: (month: Month, high: [Outlier], low: [Outlier])] = [:]
    for series in Series.all(of: readings) {
      let medians = series.mediansOfOthers { ($0.quantity ?? .zero) > .zero }
      for (reading, median) in zip(series.readings, medians) {
        guard reading.isInPopulation, let median, let month = reading.month,
          let value = reading.quantity, value > .zero
        else { continue }
        let name = "\(reading.dataset) \(month)"
        let outlier = Outlier(reading: reading, median: median)
        if value >= median * ratioMin {
          months[name, default: (month, [], [])].high.append(outlier)
        } else if value * ratioMin <= median {
          months[name, default: (month, [], [])].low.append(outlier)
        }
      }
    }
    return months.keys.sorted().flatMap { name in
      months[name].map { matched($0.month, $0.high, $0.low, fit: fit) } ?? []
    }
  }

  private static func matched(
    _ month: Month, _ high: [Outlier], _ low: [Outlier], fit: Rational
  ) -> [Pair] {
    let pairs = high.flatMap { high in low.map { Pair(month: month, high: high, low: $0) } }
      .filter { $0.misfit <= fit }
      .enumerated().sorted { ($0.element.misfit, $0.offset) < ($1.element.misfit, $1.offset) }
    var used: Set<String> = []
    return pairs.map(\.element).filter { pair in
      let locators = [pair.high.reading.locator, pair.low.reading.locator]
      guard used.isDisjoint(with: locators) else { return false }
      used.formUnion(locators)
      return true
    }
  }
}
