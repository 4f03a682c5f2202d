public import Exact

/// Items so large that they are selected with certainty, and the interval for the rest.
///
/// With an interval of `total / n` an item of at least one interval would be hit for certain and
/// perhaps twice. It is taken out and examined once. Repeated with the interval of the remainder,
/// `(total - certain) / (n - h)`, until no more items move: EGESIF_16-0014-01 (2017).
public struct TopStratum: Sendable {
  /// How often items are taken out.
  public enum Rule: String, Sendable, CaseIterable {
    /// Once, and the first interval is kept for the rest.
    case once
    /// Until the interval no longer changes.
    case untilStable = "until-stable"
  }

  /// The certain items, in the order given.
  public let certain: [WeightedItem]
  /// The others, in the order given.
  public let rest: [WeightedItem]
  /// The sum of the rest's values.
  public let restTotal: Rational
  /// Hits left for the rest; may be 0.
  public let restSize: Int
  /// The interval for the rest.
  public let interval: Rational

  /// - Throws: ``SamplingError/sampleSize(_:)`` if `size` is below 1.
  public init(
    _ population: WeightedPopulation, size: Int, rule: Rule = .untilStable
  ) throws(SamplingError) {
    var interval = try population.interval(size)
    var certain = Set<Int>()
    var total = Rational(population.total)
    while true {
      let larger = population.items.indices.filter {
        !certain.contains($0) && Rational(population.items[$0].value) >= interval
      }
      if larger.isEmpty { break }
      for index in larger {
        certain.insert(index)
        total = total - Rational(population.items[index].value)
      }
      if rule == .once { break }
      guard size > certain.count, let next = try? total / Rational(size - certain.count) else {
        break
      }
      interval = next
    }
    let items = population.items
    self.certain = items.indices.filter { certain.contains($0) }.map { items[$0] }
    rest = items.indices.filter { !certain.contains($0) }.map { items[$0] }
    restTotal = total
    restSize = max(0, size - certain.count)
    self.interval = interval
  }

  /// Fixed-interval hits in the rest: `start + j × interval` below its total.
  ///
  /// - Parameters:
  ///   - start: `0 ≤ start`, usually below the interval.
  ///   - roundsToUnits: whether hits are rounded to whole units, a half to the even one, as the
  ///     R package MUS does. Wrong for quantities of few units: an interval of 11.25 is not 11.
  public func hits(start: Rational, roundsToUnits: Bool = false) -> [Hit] {
    var units: [Rational] = []
    var unit = start
    while unit < restTotal {
      units.append(unit)
      unit = unit + interval
    }
    if roundsToUnits {
      units = units.map { unit in
        (try? unit.rounded(decimals: 0, .halfToEven)).map(Rational.init) ?? unit
      }
    }
    return rest.owners(of: units, .closedBelow)
  }

  /// The chance of each item to be in a sample of `size`: 1 for certain items, else
  /// `value / interval`. By key.
  public var inclusion: [String: Rational] {
    var chances: [String: Rational] = [:]
    for item in certain { chances[item.key] = .one }
    for item in rest {
      chances[item.key] = restSize == 0 ? .zero : (try? Rational(item.value) / interval) ?? .zero
    }
    return chances
  }
}
