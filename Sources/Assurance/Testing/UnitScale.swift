package import Exact

/// A quantity that is off by the factor between two units.
///
/// A value is compared with the median of the other positive values of its own series, so that one
/// wrong month stands out and a wrong year does not hide in itself. It fires only from a ratio of
/// `ratio_min` on, and only if a known factor explains the ratio: a warm season does not.
package struct UnitScale: PopulationTest {
  package static let kind = "unit-scale"
  static let finding = FindingKind(
    "unit-mix-up", .high,
    "A quantity differs from its own history by the factor between two units.")
  package static let findings = [finding]

  package let ratioMin: Rational
  /// How far, as a ratio, a value may be from what the factor makes of the median.
  package let fit: Rational
  /// Nil: by the dimension of the KPI's unit.
  package let factors: [Rational]?

  package init(_ node: PolicyNode) throws(AssureError) {
    ratioMin = try node.optional("ratio_min")?.ratio() ?? Rational(3)
    fit = try node.optional("fit")?.ratio() ?? Rational("1.15") ?? .one
    var factors: [Rational]?
    if let list = try node.optional("factors") {
      factors = []
      for item in try list.items() { factors?.append(try item.positive()) }
    }
    self.factors = factors
  }

  /// As policy has it without parameters.
  static let standard = UnitScale()

  private init() {
    ratioMin = Rational(3)
    fit = Rational("1.15") ?? .one
    factors = nil
  }

  package func run(_ context: TestContext) -> [Exception] {
    let factors = factors(for: context.kpi.unit)
    let readings = context.readings
    let swapped = Set(
      SwappedValues.pairs(in: readings, ratioMin: ratioMin, fit: SwappedValues.fitDefault)
        .flatMap { [$0.high.reading.locator, $0.low.reading.locator] })
    return Series.all(of: readings).flatMap { series in
      let medians = series.mediansOfOthers { ($0.quantity ?? .zero) > .zero }
      return zip(series.readings, medians).compactMap { reading, median -> Exception? in
        guard reading.isInPopulation, let value = reading.quantity, value > .zero, let median,
          let factor = explain(value.divided(by: median), by: factors),
          !swapped.contains(reading.locator)
        else { return nil }
        return exception(reading, value, median, factor, context)
      }
    }.inOrder(of: Self.findings)
  }

  /// The factor nearest to the ratio, if the ratio is large enough and one is near enough.
  func explain(_ ratio: Rational, by factors: [Rational]) -> Rational? {
    guard ratio >= ratioMin || ratio * ratioMin <= .one else { return nil }
    func distance(_ factor: Rational) -> Rational {
      max(ratio.divided(by: factor), factor.divided(by: ratio))
    }
    return factors.filter { ratio.isWithin(factor: fit, of: $0) }
      .min { (distance($0), $0) < (distance($1), $1) }
  }

  private func exception(
    _ reading: Reading, _ value: Rational, _ median: Rational, _ factor: Rational,
    _ context: TestContext
  ) -> Exception {
    let right = value.divided(by: factor)
    let isLarge = factor > .one
    let remedy =
      isLarge
      ? "divide by \(factor.text(decimals: 6))"
      : "multiply by \(Rational.one.divided(by: factor).text(decimals: 6))"
    let times =
      isLarge
      ? "\(value.divided(by: median).text(decimals: 1)) times"
      : "1/\(median.divided(by: value).text(decimals: 1)) of"
    let decimals = max(reading.decimals, isLarge ? 3 : 0)
    return context.exception(
      Self.finding, subject: "\(reading.place) \(reading.span?.description ?? reading.record.key)",
      locators: [reading.locator], effect: context.effect(changing: reading, by: right - value),
      message: "\(context.text(reading)) of \(reading.place) is \(times) the median of its other "
        + "records, \(context.text(median, decimals: decimals)); in the right unit "
        + "\(context.text(right, decimals: decimals)) would be expected (\(remedy)); ask in which "
        + "unit the source was written")
  }

  /// Each factor and its reciprocal, once.
  func factors(for unit: Unit) -> [Rational] {
    let declared = factors ?? Self.standard(unit).compactMap { Rational($0) }
    return Set(declared + declared.map { Rational.one.divided(by: $0) }).sorted()
  }

  /// Powers of ten by prefixes and by 萬 (10⁴); then, exact or to six digits, a cubic metre in US
  /// gallons (231 in³), imperial gallons (4.54609 L) and cubic feet; a kWh in MJ, kJ and kBtu, a
  /// GJ and a MMBtu and a therm in kWh. NIST SP 811 (2008), appendix B.
  private static func standard(_ unit: Unit) -> [String] {
    switch unit.dimensions {
    case ["mass": 1], ["volume": 1]:
      ["1000", "10000", "1000000", "264.172", "219.969", "35.3147"]
    case ["energy": 1]:
      ["1000", "10000", "1000000", "3.6", "3600", "277.778", "3.41214", "29.3071", "293.071"]
    default: ["1000", "10000", "1000000"]
    }
  }
}
