package import Exact

/// Readings of one series that the filter takes in, in order of time.
package struct Series: Sendable {
  package let name: SeriesName
  package let readings: [Reading]

  /// Every series of the readings, in byte order of names.
  package static func all(of readings: [Reading]) -> [Series] {
    var groups: [SeriesName: [Reading]] = [:]
    for reading in readings where reading.passesFilter && reading.quantity != nil {
      if let name = reading.series { groups[name, default: []].append(reading) }
    }
    return groups.keys.sorted().map { name in
      let inOrder = (groups[name] ?? []).enumerated().sorted { a, b in
        let (x, y) = (a.element.span, b.element.span)
        let (first, second) = (x?.first.number ?? .max, y?.first.number ?? .max)
        return (first, x?.last.number ?? .max, a.offset) < (
          second, y?.last.number ?? .max, b.offset
        )
      }
      return Series(name: name, readings: inOrder.map(\.element))
    }
  }

  /// For each reading, the median of the others for which `isUsed` holds; nil where fewer than
  /// `countMin` others remain.
  package func mediansOfOthers(
    countMin: Int = 3, where isUsed: (Reading) -> Bool
  ) -> [Rational?] {
    let used = readings.indices.filter { isUsed(readings[$0]) }
    let medians = Median.withoutEach(used.map { readings[$0].quantity ?? .zero })
    let whole =
      used.count >= countMin ? Median.of(used.map { readings[$0].quantity ?? .zero }) : nil
    var result = [Rational?](repeating: whole, count: readings.count)
    for (position, index) in used.enumerated() {
      result[index] = used.count - 1 >= countMin ? medians[position] : nil
    }
    return result
  }
}

/// The middle of numbers; of an even number of them, the mean of the middle two.
package enum Median {
  /// Nil for no numbers.
  package static func of(_ values: [Rational]) -> Rational? {
    let sorted = values.sorted()
    return middle(of: sorted.count) { sorted[$0] }
  }

  /// For each number, the median of all others; one sort instead of one for each.
  package static func withoutEach(_ values: [Rational]) -> [Rational?] {
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    let sorted = order.map { values[$0] }
    var result = [Rational?](repeating: nil, count: values.count)
    for (rank, index) in order.enumerated() {
      result[index] = middle(of: sorted.count - 1) { sorted[$0 < rank ? $0 : $0 + 1] }
    }
    return result
  }

  private static func middle(of count: Int, _ sorted: (Int) -> Rational) -> Rational? {
    guard count > 0 else { return nil }
    let high = sorted(count / 2)
    return count % 2 == 0 ? (sorted(count / 2 - 1) + high) * half : high
  }

  private static let half = Rational("0.5") ?? .zero
}
