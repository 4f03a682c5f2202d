import BigInt
public import Exact

/// Quantity-weighted selection that no order of the items can change: the modified sieve on
/// tickets.
///
/// Each item gets its ticket `u` as a uniform number and is ranked by `value / u`, largest first.
/// Its final rank is the smaller of that rank and `total / value`; items with final rank at most
/// `size` are selected. An item of at least one interval (`total / size`) is always selected, so
/// the draw may hold more than `size` items. A larger size extends a smaller one; parts merge.
///
/// Source: Hoogduin, Hall and Tsay, Modified sieve sampling, Auditing 29(1) (2010), 125-148; the
/// numbers `u` from Rivest (2018).
public struct ModifiedSieve: Sendable {
  /// One selected item.
  public struct Item: Hashable, Sendable {
    /// The item's key.
    public let key: String
    /// Its value, above 0.
    public let value: ExactDecimal
    /// Its ticket, the uniform number `u`.
    public let ticket: Ticket
    /// Place by `value / ticket`, from 1; nil for a certain item that stands behind the first
    /// `size`.
    public let rank: Int?
    /// `total / value`: at most `size` means that the item is certain.
    public let certaintyRank: Rational
    /// The value is at least one interval.
    public let isCertain: Bool
  }

  /// Items that have no chance of selection, with their total.
  public struct Apart: Hashable, Sendable {
    /// How many.
    public var count = 0
    /// The sum of their values, at most 0.
    public var total = ExactDecimal.zero
    /// Their keys; empty where a stream was told not to list them.
    public var keys: [String] = []
  }

  /// The items drawn, and what stands apart.
  public struct Result: Sendable {
    /// By final rank; equal final ranks by `value / ticket`.
    public let drawn: [Item]
    /// The certain items among them, by falling value.
    public let certain: [Item]
    /// The sum of the positive values.
    public let total: ExactDecimal
    /// The number of positive values.
    public let count: Int
    /// `total / size`.
    public let interval: Rational
    /// Items below 0.
    public let negatives: Apart
    /// Items of 0.
    public let zeros: Apart
  }

  struct Candidate: Sendable {
    let key: String
    let value: ExactDecimal
    let digest: TicketDigest
    let ratio: Double
  }

  /// Items wanted, at least 1.
  public let size: Int
  /// What makes the tickets from the seed.
  public let maker: TicketMaker
  /// The sum of the positive values fed so far.
  public private(set) var total = ExactDecimal.zero
  /// The number of positive values fed so far.
  public private(set) var count = 0
  /// Items below 0 fed so far.
  public private(set) var negatives = Apart()
  /// Items of 0 fed so far.
  public private(set) var zeros = Apart()
  private let listsApart: Bool
  private var byRatio: SmallestHeap<Candidate>
  private var byValue: SmallestHeap<Candidate>

  /// - Parameters:
  ///   - size: items wanted, at least 1.
  ///   - listsApart: whether the keys of zero and negative items are kept; a stream of unknown
  ///     length keeps their count and total alone if not.
  public init(seed: String, size: Int, listsApart: Bool = true) throws(SamplingError) {
    guard size >= 1 else { throw .sampleSize("\(size) is below 1") }
    self.size = size
    self.listsApart = listsApart
    maker = TicketMaker(seed: seed)
    byRatio = SmallestHeap(capacity: size, precedes: Self.outranks)
    byValue = SmallestHeap(capacity: size, precedes: Self.isLarger)
  }

  /// Feeds one item. Each key must come once.
  public mutating func feed(key: String, value: ExactDecimal) throws(SamplingError) {
    if value.coefficient <= 0 {
      try value.isZero ? zeros.add(key, value, listsApart) : negatives.add(key, value, listsApart)
      return
    }
    total = try Apart.sum(total, value)
    count += 1
    let digest = maker.digest(key)
    let ratio = Self.approximate(value) / digest.approximate
    let candidate = Candidate(key: key, value: value, digest: digest, ratio: ratio)
    byRatio.insert(candidate)
    byValue.insert(candidate)
  }

  /// Adds what another sieve of the same seed and size was fed with other items.
  public mutating func merge(_ other: ModifiedSieve) throws(SamplingError) {
    guard other.maker.seed == maker.seed, other.size == size else {
      throw .parameter("parts drawn with another seed or size can't be merged")
    }
    total = try Apart.sum(total, other.total)
    count += other.count
    try negatives.merge(other.negatives)
    try zeros.merge(other.zeros)
    for candidate in other.byRatio.elements { byRatio.insert(candidate) }
    for candidate in other.byValue.elements { byValue.insert(candidate) }
  }

  /// The draw from all that was fed.
  ///
  /// - Throws: ``SamplingError/emptyPopulation`` if no value is positive;
  ///   ``SamplingError/sampleSize(_:)`` if `size` exceeds the positive items.
  public func result() throws(SamplingError) -> Result {
    guard count > 0 else { throw .emptyPopulation }
    guard size <= count else {
      throw .sampleSize("\(size) items asked for, \(count) have a positive value")
    }
    let whole = Rational(total)
    var items: [Item] = []
    let ranked = byRatio.sorted
    try Self.refuseTwins(ranked)
    for (index, candidate) in ranked.enumerated() {
      items.append(try item(candidate, rank: index + 1, whole: whole))
    }
    let known = Set(ranked.map(\.digest))
    let large = byValue.sorted.filter { !known.contains($0.digest) }
    var behind: [Item] = []
    for candidate in large {
      let item = try item(candidate, rank: nil, whole: whole)
      if item.isCertain { behind.append(item) }
    }
    // Behind the first `size`, the ratio still breaks ties between equal certainty ranks.
    let order = Dictionary(
      large.sorted(by: Self.outranks).enumerated().map { ($1.key, ranked.count + 1 + $0) },
      uniquingKeysWith: { first, _ in first })
    let sorted = (items + behind).sorted { a, b in
      let (x, y) = (Self.finalRank(a), Self.finalRank(b))
      if x != y { return x < y }
      return (a.rank ?? order[a.key] ?? .max) < (b.rank ?? order[b.key] ?? .max)
    }
    let certain = sorted.filter(\.isCertain).sorted { a, b in
      a.value == b.value ? Ticket.precedes(a.key, b.key) : a.value > b.value
    }
    return Result(
      drawn: sorted, certain: certain, total: total, count: count,
      interval: try Self.divide(whole, Rational(size)), negatives: negatives, zeros: zeros)
  }

  private func item(
    _ candidate: Candidate, rank: Int?, whole: Rational
  ) throws(SamplingError) -> Item {
    let certainty = try Self.divide(whole, Rational(candidate.value))
    return Item(
      key: candidate.key, value: candidate.value, ticket: Ticket(candidate.digest), rank: rank,
      certaintyRank: certainty, isCertain: certainty <= Rational(size))
  }

  private static func finalRank(_ item: Item) -> Rational {
    guard let rank = item.rank else { return item.certaintyRank }
    return min(Rational(rank), item.certaintyRank)
  }
}

extension ModifiedSieve {
  /// Draws from items held in memory.
  ///
  /// - Throws: ``SamplingError``: duplicate key, empty population, size out of range, overflow.
  public static func draw(
    seed: String, items: some Sequence<(key: String, value: ExactDecimal)>, size: Int
  ) throws(SamplingError) -> Result {
    var sieve = try ModifiedSieve(seed: seed, size: size)
    var seen = Set<TicketDigest>()
    for item in items {
      guard seen.insert(sieve.maker.digest(item.key)).inserted else {
        throw .duplicateKey(item.key)
      }
      try sieve.feed(key: item.key, value: item.value)
    }
    return try sieve.result()
  }

  /// Whether `a` has the larger `value / ticket`; ties by key. Exact where doubles are too close.
  static func outranks(_ a: Candidate, _ b: Candidate) -> Bool {
    if abs(a.ratio - b.ratio) > 1e-12 * max(a.ratio, b.ratio) { return a.ratio > b.ratio }
    let scale = max(a.value.scale, b.value.scale)
    let x = integer(a.value, scale) * BigInt(b.digest.scaled)
    let y = integer(b.value, scale) * BigInt(a.digest.scaled)
    return x == y ? Ticket.precedes(a.key, b.key) : x > y
  }

  static func isLarger(_ a: Candidate, _ b: Candidate) -> Bool {
    a.value == b.value ? Ticket.precedes(a.key, b.key) : a.value > b.value
  }

  private static func integer(_ value: ExactDecimal, _ scale: Int) -> BigInt {
    BigInt(value.coefficient) * BigInt(10).power(scale - value.scale)
  }

  /// Within 1e-15 relative; decides nothing alone.
  private static func approximate(_ value: ExactDecimal) -> Double {
    var result = Double(value.coefficient)
    for _ in 0..<value.scale { result /= 10 }
    return result
  }

  private static func refuseTwins(_ sorted: [Candidate]) throws(SamplingError) {
    var seen = Set<TicketDigest>()
    for candidate in sorted where !seen.insert(candidate.digest).inserted {
      throw .duplicateKey(candidate.key)
    }
  }

  private static func divide(_ a: Rational, _ b: Rational) throws(SamplingError) -> Rational {
    do { return try a / b } catch { throw .emptyPopulation }
  }
}

extension ModifiedSieve.Apart {
  mutating func add(
    _ key: String, _ value: ExactDecimal, _ listed: Bool
  ) throws(SamplingError) {
    count += 1
    total = try Self.sum(total, value)
    if listed { keys.append(key) }
  }

  mutating func merge(_ other: Self) throws(SamplingError) {
    count += other.count
    total = try Self.sum(total, other.total)
    keys += other.keys
  }

  static func sum(_ a: ExactDecimal, _ b: ExactDecimal) throws(SamplingError) -> ExactDecimal {
    do { return try a + b } catch { throw .overflow("the total") }
  }
}
