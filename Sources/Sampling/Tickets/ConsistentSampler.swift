/// One drawn item: its key and the ticket that drew it.
public struct Drawn: Hashable, Sendable {
  /// The item's key.
  public let key: String
  /// The ticket that drew it.
  public let ticket: Ticket

  /// An item with its ticket.
  public init(key: String, ticket: Ticket) {
    self.key = key
    self.ticket = ticket
  }

  /// By ticket, ties by the key's bytes.
  static func precedes(_ a: Drawn, _ b: Drawn) -> Bool {
    if a.ticket != b.ticket { return a.ticket < b.ticket }
    return Ticket.precedes(a.key, b.key)
  }
}

/// Draws the smallest tickets from a stream of keys, in memory that depends on the size alone.
///
/// The draw depends on seed and keys only: not on their order; a larger size extends a smaller one;
/// samplers fed with parts and merged give the draw from the whole. Each key must come once:
/// a key that is fed twice is noticed only if it is drawn.
public struct ConsistentSampler: Sendable {
  struct Candidate: Sendable {
    let digest: TicketDigest
    let key: String
  }

  /// The number of keys fed so far.
  public private(set) var count = 0
  /// The text that fixes the draw.
  public var seed: String { maker.seed }
  /// What makes the tickets from the seed.
  public let maker: TicketMaker
  private var heap: SmallestHeap<Candidate>
  /// The first four digits of the last ticket kept, once the heap is full.
  private var limit: UInt64 = 9999

  /// - Parameters:
  ///   - seed: public text fixed after the population; any text.
  ///   - capacity: how many of the smallest tickets to keep, `drop + take`; at least 0.
  public init(seed: String, capacity: Int) {
    maker = TicketMaker(seed: seed)
    heap = SmallestHeap(capacity: capacity) { a, b in
      a.digest == b.digest ? Ticket.precedes(a.key, b.key) : a.digest < b.digest
    }
  }

  /// Feeds one key.
  public mutating func feed(_ key: String) {
    var key = key
    count += 1
    let words = key.withUTF8 { maker.words(bytes: UnsafeRawBufferPointer($0)) }
    if words.leadingDigits <= limit { keep(TicketDigest(words), key) }
  }

  /// Feeds one key as UTF-8 bytes; a `String` is made only if it is among the smallest so far.
  public mutating func feed(bytes: UnsafeRawBufferPointer) {
    count += 1
    let words = maker.words(bytes: bytes)
    guard words.leadingDigits <= limit else { return }
    let digest = TicketDigest(words)
    if let last = heap.threshold, last.digest < digest { return }
    keep(digest, String(decoding: bytes, as: UTF8.self))
  }

  private mutating func keep(_ digest: TicketDigest, _ key: String) {
    heap.insert(Candidate(digest: digest, key: key))
    lowerLimit()
  }

  private mutating func lowerLimit() {
    if let last = heap.threshold { limit = last.digest.leadingDigits }
  }

  /// Adds what another sampler of the same seed has kept from other keys.
  ///
  /// - Throws: ``SamplingError/parameter(_:)`` if seed or capacity differ.
  public mutating func merge(_ other: ConsistentSampler) throws(SamplingError) {
    guard other.seed == seed, other.heap.capacity == heap.capacity else {
      throw .parameter("parts drawn with another seed or size can't be merged")
    }
    count += other.count
    for candidate in other.heap.elements { heap.insert(candidate) }
    lowerLimit()
  }

  /// The items kept, by ascending ticket.
  ///
  /// - Throws: ``SamplingError/duplicateKey(_:)`` if a key among them was fed twice.
  public func drawn() throws(SamplingError) -> [Drawn] {
    let sorted = heap.sorted
    for (a, b) in zip(sorted, sorted.dropFirst()) where a.digest == b.digest {
      throw .duplicateKey(a.key)
    }
    return sorted.map { Drawn(key: $0.key, ticket: Ticket($0.digest)) }
  }

  /// The draw with replacement: a key comes back with its next ticket, in ascending order.
  ///
  /// The first `capacity` draws come from the `capacity` smallest first tickets, so nothing that
  /// was not kept is needed.
  public func drawnWithReplacement() throws(SamplingError) -> [Drawn] {
    var waiting = SmallestHeap<Drawn>(capacity: Int.max) { Drawn.precedes($1, $0) }
    for item in try drawn() { waiting.insert(item) }
    var result: [Drawn] = []
    while result.count < heap.capacity, let first = waiting.elements.first {
      result.append(first)
      waiting.replaceRoot(Drawn(key: first.key, ticket: first.ticket.next))
    }
    return result
  }
}

/// A consistent draw from keys held in memory.
public enum ConsistentSample {
  /// Draws without replacement (or with), by ascending ticket.
  ///
  /// - Parameters:
  ///   - take: how many after those dropped; nil for all that remain (without replacement only).
  ///   - drop: how many of the smallest tickets to leave out, those of an earlier round.
  /// - Throws: ``SamplingError``: duplicate key, empty population, more than there is.
  public static func draw(
    seed: String, keys: some Sequence<String>, take: Int?, drop: Int = 0,
    withReplacement: Bool = false
  ) throws(SamplingError) -> [Drawn] {
    let keys = Array(keys)
    guard !keys.isEmpty else { throw .emptyPopulation }
    guard drop >= 0, take.map({ $0 >= 0 }) ?? true else {
      throw .sampleSize("take and drop must not be negative")
    }
    let capacity = take.map { drop + $0 } ?? keys.count
    if withReplacement, take == nil {
      throw .sampleSize("a draw with replacement has no end; say how many")
    }
    if !withReplacement, capacity > keys.count {
      throw .sampleSize("\(capacity) items asked for, \(keys.count) in the population")
    }
    var sampler = ConsistentSampler(seed: seed, capacity: capacity)
    var seen = Set<TicketDigest>(minimumCapacity: keys.count)
    for key in keys {
      // Equal bytes give equal tickets, so the set holds 48 bytes a key and no text.
      guard seen.insert(sampler.maker.digest(key)).inserted else { throw .duplicateKey(key) }
      sampler.feed(key)
    }
    let drawn = withReplacement ? try sampler.drawnWithReplacement() : try sampler.drawn()
    return Array(drawn.dropFirst(drop))
  }
}
