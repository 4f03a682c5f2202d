import Exact

/// A figure that reported figures imply together: a rate weighted with a count over one breakdown.
///
/// Weights are the printed counts of the same dimension; the interval is that of all inputs'
/// printed digits, each count exact (interval arithmetic: Moore, 1966, chapter 2).
struct ImpliedFigure {
  let parts: [Int]
  let interval: Interval
  let measure: Measure
  let subjects: [Subject]
  let words: String

  /// Means, and for percentages totals, of every pair of a rate and a count over the same parts.
  static func all(_ figures: [FigureItem]) -> [ImpliedFigure] {
    let groups = families(figures)
    let counts = groups.filter { group in
      group.allSatisfy { figures[$0].measure.base == "1" && figures[$0].figure.decimals == 0 }
    }
    var implied: [ImpliedFigure] = []
    for group in groups {
      let base = figures[group[0]].measure.base
      guard base == "%" || base.contains("/") || figures[group[0]].figure.decimals > 0 else {
        continue
      }
      for weights in counts {
        if let pairs = match(group, weights, figures) { implied += pairs }
      }
    }
    return implied
  }

  /// Figures of one family, dimension and period, in order.
  private static func families(_ figures: [FigureItem]) -> [[Int]] {
    var groups: [String: [Int]] = [:]
    var order: [String] = []
    for (index, item) in figures.enumerated() {
      guard let family = item.figure.family, let dimension = item.figure.dimension else { continue }
      let period = item.figure.period?.description ?? ""
      let key = [family, dimension, period].joined(separator: "\u{1}")
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(index)
    }
    return order.compactMap { groups[$0] }.filter { $0.count >= 2 }
  }

  private static func match(
    _ rates: [Int], _ counts: [Int], _ figures: [FigureItem]
  ) -> [ImpliedFigure]? {
    let (a, b) = (figures[rates[0]].figure, figures[counts[0]].figure)
    guard a.dimension == b.dimension, a.period == b.period, rates.count == counts.count,
      a.family != b.family
    else { return nil }
    var sum = Interval(.zero)
    var weight = Interval(.zero)
    var words: [String] = []
    for rate in rates {
      guard
        let count = counts.first(where: { figures[$0].figure.part == figures[rate].figure.part })
      else { return nil }
      sum = sum + figures[rate].interval * figures[count].interval
      weight = weight + figures[count].interval
      words.append("\(figures[rate].figure.value) × \(figures[count].figure.value)")
    }
    guard let mean = try? sum / weight else { return nil }
    let measure = figures[rates[0]].measure
    let subjects = rates.flatMap { figures[$0].subjects }
    let text = words.joined(separator: " + ")
    var found = [
      ImpliedFigure(
        parts: rates, interval: mean, measure: measure, subjects: subjects,
        words: "(\(text)) / \(weight.low)")
    ]
    if measure.base == "%", let hundredth = Rational("1/100") {
      found.append(
        ImpliedFigure(
          parts: rates, interval: sum * Interval(hundredth), measure: figures[counts[0]].measure,
          subjects: subjects, words: "(\(text)) / 100"))
    }
    return found
  }
}
