public import Exact

/// Cell selection: the total is cut into `n` equal cells and one unit of each is hit.
public enum CellSelection {
  /// Hits at `(j + u_j) × I`. Source: Leslie, Teitlebaum and Anderson (1979).
  ///
  /// - Parameter uniforms: `size` numbers, `0 ≤ u < 1`.
  public static func draw(
    _ population: WeightedPopulation, size: Int, uniforms: [Rational]
  ) throws(SamplingError) -> [Hit] {
    try WeightedPopulation.check(uniforms, count: size)
    let interval = try population.interval(size)
    let units = uniforms.enumerated().map { (Rational($0) + $1) * interval }
    return population.items.owners(of: units, .closedBelow)
  }
}

/// Independent hits with probability proportional to size, with replacement.
public enum RandomQuantity {
  /// Hits at `u_j × total`, in the order drawn. Source: Hansen and Hurwitz (1943).
  public static func draw(
    _ population: WeightedPopulation, size: Int, uniforms: [Rational]
  ) throws(SamplingError) -> [Hit] {
    guard size >= 1 else { throw .sampleSize("\(size) is below 1") }
    try WeightedPopulation.check(uniforms, count: size)
    let units = uniforms.map { $0 * Rational(population.total) }
    return population.items.owners(of: units, .closedBelow)
  }
}
