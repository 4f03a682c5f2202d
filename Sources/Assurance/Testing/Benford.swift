import Exact

/// First digits that do not fall as they do in amounts that grow by many causes.
///
/// F. Benford, "The law of anomalous numbers" (1938): the digit d leads with the probability
/// log10(1 + 1/d). The mean absolute deviation is compared with 0.015, above which M. Nigrini,
/// "Benford's Law" (2012), chapter 7, speaks of nonconformity for first digits. It says nothing of
/// amounts within few powers of ten, and is not run on them.
package struct Benford: PopulationTest {
  package static let kind = "benford"
  static let finding = FindingKind(
    "benford-deviation", .low, "First digits of the counted quantities deviate from Benford's law.")
  package static let findings = [finding]

  package let countMin: Int
  /// log10(1 + 1/d) for d from 1 to 9, to six digits.
  static let expected = [
    "0.301030", "0.176091", "0.124939", "0.096910", "0.079181", "0.066947", "0.057992", "0.051153",
    "0.045757",
  ].map { Rational($0) ?? .zero }
  static let deviationMax = Rational("0.015") ?? .zero

  package init(_ node: PolicyNode) throws(AssureError) {
    countMin = try node.optional("count_min")?.value(Int.self, "a whole number") ?? 300
  }

  package func run(_ context: TestContext) -> [Exception] {
    let readings = context.readings.filter { $0.isInPopulation && ($0.quantity ?? .zero) > .zero }
    let values = readings.compactMap(\.quantity)
    guard readings.count >= countMin, let least = values.min(), let most = values.max(),
      most >= least * Rational(1000)
    else { return [] }
    let counts = Self.counts(readings.compactMap(\.recorded))
    let (deviation, worst) = Self.deviation(counts)
    guard deviation > Self.deviationMax else { return [] }
    let share = Rational(counts[worst]).divided(by: Rational(counts.reduce(0, +)))
    let tables = Set(
      readings.map { reading in
        let table = reading.record.source.table
        return Locator(file: table.file, source: table.source, table: table.name, place: .table)
          .description
      }
    ).sorted()
    return [
      context.exception(
        Self.finding, subject: context.kpi.name, locators: tables, effect: .unquantified,
        message: "the first digits of \(readings.count) quantities deviate by "
          + "\(deviation.text(decimals: 4)) in the mean, where at most 0.015 is expected; "
          + "\(worst + 1) leads \(share.percentText) of them, expected "
          + "\(Self.expected[worst].percentText); ask how the quantities came about, and keep the "
          + "answer with the exception")
    ]
  }

  /// How often each digit from 1 to 9 leads.
  static func counts(_ values: [ExactDecimal]) -> [Int] {
    var counts = [Int](repeating: 0, count: 9)
    for value in values {
      guard let digit = value.description.utf8.first(where: { (49...57).contains($0) }) else {
        continue
      }
      counts[Int(digit) - 49] += 1
    }
    return counts
  }

  /// The mean absolute deviation, and the digit, from 0, that leads too often by most.
  static func deviation(_ counts: [Int]) -> (mean: Rational, worst: Int) {
    let total = Rational(max(1, counts.reduce(0, +)))
    let differences = counts.indices.map { Rational(counts[$0]).divided(by: total) - expected[$0] }
    let mean = differences.map(\.magnitude).reduce(.zero, +).divided(by: Rational(9))
    return (mean, differences.indices.max { differences[$0] < differences[$1] } ?? 0)
  }
}
