import Assurance
import Exact

/// How much of the population the sample looked at, from the largest records down.
enum CoverageChart: PackChart {
  static let name = "coverage"
  static let section = ChartSection.sample

  /// Records whose magnitude is in one power of ten, all of one sign.
  private struct Band {
    let words: String
    var count = 0
    var amount = Rational.zero
    var drawnCount = 0
    var drawnAmount = Rational.zero
  }

  static func chart(_ source: ChartSource) -> Chart? {
    guard let population = source.paper.population, let draw = source.paper.draw,
      !population.items.isEmpty
    else { return nil }
    let bands = bands(population.items, draw)
    let (left, right, line) = (150, 450, 30)
    let bottom = 4 + bands.count * line
    let axis = Axis(bands.map(\.amount.magnitude), from: left, to: right, ticks: 3)
    var drawing = ChartAxis.upright(axis, top: 4, bottom: bottom, unit: source.unit)
    let zero = axis.zero
    for (index, band) in bands.enumerated() {
      let y = 4 + index * line
      let ends = [band.amount, band.drawnAmount].map { axis.place($0.magnitude) - zero }
      drawing += [
        Drawing.words(
          band.words, x: Coordinate(left - 10), y: Coordinate(y + 19), .end, size: "12"),
        Drawing.bar(
          .empty, in: name, x: zero, y: Coordinate(y + 5), width: ends[0],
          height: Coordinate(line - 10)),
        Drawing.bar(
          .solid, in: name, x: zero, y: Coordinate(y + 5), width: ends[1],
          height: Coordinate(line - 10)),
        Drawing.words(
          "\(band.drawnCount) of \(band.count) records, "
            + Share.text(band.drawnAmount, of: band.amount),
          x: Coordinate(right + 10), y: Coordinate(y + 19), size: "12"),
      ]
    }
    drawing += Drawing.key(
      [(.solid, "in the sample", false), (.empty, "not in it", false)], in: name, x: left,
      y: bottom + 42, each: 150, perLine: 2)
    return Chart(
      title: "Sample against population, by size of record, in \(source.unit)",
      description: description(bands, source.unit), width: 640, height: bottom + 60,
      drawing: drawing, table: table(bands, source.unit),
      columns: ["band", "records", "records_drawn", "amount", "amount_drawn", "unit"],
      rows: bands.map {
        [
          $0.words, String($0.count), String($0.drawnCount), $0.amount.description,
          $0.drawnAmount.description, source.unit,
        ]
      })
  }

  /// From the largest down; negative records and zeros come last.
  private static func bands(_ items: [PopulationItem], _ draw: DrawFacts) -> [Band] {
    let drawn = Set(draw.items.map(\.key))
    var bands: [Int: Band] = [:]
    var sums: [Int: (all: Rational, drawn: Rational)] = [:]
    for item in items {
      let place = place(item.value)
      bands[place, default: Band(words: words(place))].count += 1
      var sum = sums[place] ?? (.zero, .zero)
      sum.all = sum.all + Rational(item.value)
      if drawn.contains(item.key) {
        bands[place]?.drawnCount += 1
        sum.drawn = sum.drawn + Rational(item.value)
      }
      sums[place] = sum
    }
    return bands.keys.sorted(by: >).compactMap { place in
      guard var band = bands[place], let sum = sums[place] else { return nil }
      (band.amount, band.drawnAmount) = (sum.all, sum.drawn)
      return band
    }
  }

  private static let zeros = -1000
  private static let negatives = -1001

  /// Digits before the point, less one; below one, less one for each zero behind the point.
  private static func place(_ value: ExactDecimal) -> Int {
    if value.isZero { return zeros }
    if value.isNegative { return negatives }
    return String(value.coefficient).utf8.count - 1 - value.scale
  }

  private static func words(_ place: Int) -> String {
    switch place {
    case zeros: return "zero"
    case negatives: return "negative"
    default: return "\(power(place)) to \(power(place + 1))"
    }
  }

  private static func power(_ place: Int) -> String {
    guard place >= 0 else { return "0." + String(repeating: "0", count: -place - 1) + "1" }
    return Figures.grouped("1" + String(repeating: "0", count: place))
  }

  private static func description(_ bands: [Band], _ unit: String) -> String {
    let (count, drawn) = (
      bands.reduce(0) { $0 + $1.count }, bands.reduce(0) { $0 + $1.drawnCount }
    )
    let amount = bands.reduce(Rational.zero) { $0 + $1.amount }
    let drawnAmount = bands.reduce(Rational.zero) { $0 + $1.drawnAmount }
    return "\(Figures.grouped(drawn)) of \(Figures.grouped(count)) records were drawn, with "
      + "\(Share.text(drawnAmount, of: amount)) of the amount. A record of a lower bound is in the "
      + "band above it; the dark part of a bar was looked at."
  }

  private static func table(_ bands: [Band], _ unit: String) -> HTMLTable {
    HTMLTable(
      caption: "By size of record, in \(unit).",
      columns: [
        .word("Band"), .number("Records"), .number("Drawn"), .number("Amount"),
        .number("Amount drawn"), .number("Share"),
      ],
      rows: bands.map {
        [
          .text($0.words), .text(Figures.grouped($0.count)), .text(Figures.grouped($0.drawnCount)),
          .text(Figures.grouped($0.amount.description)),
          .text(Figures.grouped($0.drawnAmount.description)),
          .text(Share.text($0.drawnAmount, of: $0.amount)),
        ]
      })
  }
}
