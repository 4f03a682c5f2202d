public import Exact

/// Fixed-interval selection by quantity: every `I`-th unit from a start.
///
/// The item that owns unit `u` is the first whose cumulative value is at least `u`: unit `u` lies
/// in `(cumulative before, cumulative]`. Depends on the order of the items.
/// Source: AICPA Audit Guide Audit Sampling (2017), Appendix C; jfa 0.7.4 for the boundary.
public enum QuantityInterval {
  /// Hits at `start + j × I`, `I = total / size`.
  ///
  /// - Parameter start: `0 < start ≤ I`, drawn by chance.
  public static func draw(
    _ population: WeightedPopulation, size: Int, start: Rational
  ) throws(SamplingError) -> [Hit] {
    let interval = try population.interval(size)
    guard start > .zero, start <= interval else {
      throw .parameter("a start lies in 0 < start <= \(interval); it is \(start)")
    }
    let units = (0..<size).map { start + Rational($0) * interval }
    return population.items.owners(of: units, .closedAbove)
  }

  /// Hits at `(u + j) × I`; a unit on a boundary belongs to the next item.
  ///
  /// - Parameter uniform: `0 ≤ u < 1`.
  public static func draw(
    _ population: WeightedPopulation, size: Int, uniform: Rational
  ) throws(SamplingError) -> [Hit] {
    try WeightedPopulation.check([uniform], count: 1)
    let interval = try population.interval(size)
    let units = (0..<size).map { (uniform + Rational($0)) * interval }
    return population.items.owners(of: units, .closedBelow)
  }

  /// Items ordered by their uniform numbers first, then a fixed interval from the smallest one.
  ///
  /// - Parameter uniforms: one an item with a positive value, `0 ≤ u < 1`; the first one is used
  ///   for the start too.
  public static func drawRandomised(
    _ population: WeightedPopulation, size: Int, uniforms: [Rational]
  ) throws(SamplingError) -> [Hit] {
    try WeightedPopulation.check(uniforms, count: population.items.count)
    let interval = try population.interval(size)
    let order = population.items.indices.sorted {
      uniforms[$0] == uniforms[$1] ? $0 < $1 : uniforms[$0] < uniforms[$1]
    }
    let units = (0..<size).map { (uniforms[0] + Rational($0)) * interval }
    return order.map { population.items[$0] }.owners(of: units, .closedBelow)
  }
}
