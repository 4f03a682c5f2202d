public import Exact

/// A sample for completeness: drawn from outside the records, and looked for in them.
///
/// Records can't show what was left out of them. So the population is something else that should
/// have led to a record: the register of meters, the bills received, the list of sites. An item
/// without its record is an omission; the exact bound says how many there may be in that register.
/// What stands neither in the register nor in the records stays unseen: use more than one source.
///
/// Source: PCAOB AS 2315.17, omitted items are found from a source that includes them; the bound is
/// the exact one of ``AttributeBound``.
public struct ReverseSample: Hashable, Sendable {
  /// What the register is, in words.
  public let source: String
  /// Items in the register.
  public let population: Int
  /// The items drawn, by ticket.
  public let drawn: [Drawn]
  /// The keys drawn that have no record, in the order drawn.
  public let missing: [String]

  /// Draws from a register and looks for each item in the records.
  ///
  /// - Parameters:
  ///   - source: what the register is: "meter register of the grid operator, 2025".
  ///   - register: its keys, each once.
  ///   - recorded: the keys of the records, in any order, as often as they come.
  /// - Throws: ``SamplingError``: empty register, a key twice, more asked for than there are.
  public init(
    seed: String, source: String, register: [String], recorded: some Sequence<String>, take: Int
  ) throws(SamplingError) {
    guard take >= 1 else { throw .sampleSize("\(take) is below 1") }
    let drawn = try ConsistentSample.draw(seed: seed, keys: register, take: take)
    let known = Set(recorded.map { Array($0.utf8) })
    self.source = source
    self.drawn = drawn
    population = register.count
    missing = drawn.map(\.key).filter { !known.contains(Array($0.utf8)) }
  }

  /// How many items of the register may lack their record.
  ///
  /// - Parameter confidence: `0 < C < 1`.
  public func bound(
    confidence: Rational, side: AttributeBound.Side = .upper
  ) throws(SamplingError) -> AttributeBound {
    try AttributeBound.bound(
      distribution: .hypergeometric, confidence: confidence, sample: drawn.count,
      errors: Rational(missing.count), population: population, side: side)
  }
}
