public import Exact

/// Sieve selection: an item is in if its value exceeds its uniform number times the interval.
public enum Sieve {
  /// The items that stay in the sieve, in the order given; their number varies.
  ///
  /// Source: Gill, A sampling method with probability proportional to size (1983); Horgan (1996).
  /// - Parameter uniforms: one an item with a positive value, `0 ≤ u < 1`.
  public static func draw(
    _ population: WeightedPopulation, size: Int, uniforms: [Rational]
  ) throws(SamplingError) -> [WeightedItem] {
    try WeightedPopulation.check(uniforms, count: population.items.count)
    let interval = try population.interval(size)
    return zip(population.items, uniforms).filter { item, uniform in
      Rational(item.value) > uniform * interval
    }.map(\.0)
  }

  /// The modified sieve with given uniform numbers: slow, obvious, a reference for
  /// ``ModifiedSieve``.
  ///
  /// - Parameter keepsCertain: whether items of at least one interval are always in; without them
  ///   the draw is plainly the `size` largest `value / u`.
  public static func modified(
    _ population: WeightedPopulation, size: Int, uniforms: [Rational], keepsCertain: Bool = true
  ) throws(SamplingError) -> [WeightedItem] {
    try WeightedPopulation.check(uniforms, count: population.items.count)
    guard size >= 1, size <= population.items.count else {
      throw .sampleSize("\(size) of \(population.items.count) items with a positive value")
    }
    let items = population.items
    // v_a/u_a > v_b/u_b without a division, so that u = 0 ranks first.
    let order = items.indices.sorted { a, b in
      let x = Rational(items[a].value) * uniforms[b]
      let y = Rational(items[b].value) * uniforms[a]
      return x == y ? Ticket.precedes(items[a].key, items[b].key) : x > y
    }
    if !keepsCertain { return order.prefix(size).map { items[$0] } }
    let total = Rational(population.total)
    let ranked = order.enumerated().map { place, index in
      let certainty = (try? total / Rational(items[index].value)) ?? total
      return (rank: min(Rational(place + 1), certainty), place: place, item: items[index])
    }
    return ranked.filter { $0.rank <= Rational(size) }
      .sorted { $0.rank == $1.rank ? $0.place < $1.place : $0.rank < $1.rank }
      .map(\.item)
  }
}
