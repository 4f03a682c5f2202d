public import Exact

/// What a draw starts from. Items come in the order of the list; some methods depend on it.
public struct DrawRequest: Hashable, Sendable {
  /// Public text that fixes tickets and starts.
  public let seed: String
  /// Items or hits wanted, at least 1.
  public let size: Int
  /// Smallest tickets to leave out, those of earlier rounds; for the consistent draw only.
  public let drop: Int
  /// The start of an interval; nil takes it from the seed.
  public let start: Rational?
  /// The keys of the population, each once.
  public let keys: [String]
  /// One a key, or nil for draws by record.
  public let values: [ExactDecimal]?

  /// - Throws: ``SamplingError``: empty population, keys and values not paired.
  public init(
    seed: String, size: Int, drop: Int = 0, start: Rational? = nil, keys: [String],
    values: [ExactDecimal]? = nil
  ) throws(SamplingError) {
    guard !keys.isEmpty else { throw .emptyPopulation }
    if let values, values.count != keys.count {
      throw .unpaired(keys: keys.count, values: values.count)
    }
    self.seed = seed
    self.size = size
    self.drop = drop
    self.start = start
    self.keys = keys
    self.values = values
  }

  /// The items with their values. Throws where there are none.
  func population() throws(SamplingError) -> WeightedPopulation {
    guard let values else {
      throw .parameter("this method is weighted by quantity and needs a value for each key")
    }
    return try WeightedPopulation(
      zip(keys, values).map { WeightedItem(key: $0, value: $1) })
  }

  /// The uniform number of a text under the seed.
  func uniform(_ text: String) -> Rational { Ticket(seed: seed, key: text).fraction }

  /// The start given, or `(1 - u) × interval` with `u` the ticket of the text `start`.
  func start(interval: Rational) -> Rational {
    start ?? (.one - uniform("start")) * interval
  }
}

/// What a draw gives.
public struct DrawResult: Hashable, Sendable {
  /// The keys in the order of selection; a key hit twice stands twice.
  public let selected: [String]
  /// The tickets of the keys selected, where tickets decide; else empty.
  public let tickets: [Ticket]
  /// The units hit, where places in the cumulated values decide; else empty.
  public var units: [Rational] = []
  /// Items that are certain to be selected.
  public var certain: [String] = []
  /// Items without a chance of selection, listed and totalled.
  public var negatives = ModifiedSieve.Apart()
  /// Items of 0, without a chance of selection.
  public var zeros = ModifiedSieve.Apart()
  /// `total / size`, for draws weighted by quantity.
  public var interval: Rational?
}

/// One way to draw, with what it guarantees.
public struct SelectionMethod: Sendable {
  /// The name used on the command line, such as `modified-sieve`.
  public let id: String
  /// The name in words.
  public let title: String
  /// Author, year, place.
  public let source: String
  /// Whether it needs a value for each key.
  public let isWeighted: Bool
  /// Whether the draw is independent of the order of the items, extendable and mergeable.
  public let isConsistent: Bool
  private let compute: @Sendable (DrawRequest) throws(SamplingError) -> DrawResult

  init(
    id: String, title: String, source: String, isWeighted: Bool, isConsistent: Bool,
    compute: @escaping @Sendable (DrawRequest) throws(SamplingError) -> DrawResult
  ) {
    self.id = id
    self.title = title
    self.source = source
    self.isWeighted = isWeighted
    self.isConsistent = isConsistent
    self.compute = compute
  }

  /// The draw. Throws ``SamplingError`` where the request doesn't fit the method.
  public func draw(_ request: DrawRequest) throws(SamplingError) -> DrawResult {
    try compute(request)
  }

  /// The method of that name.
  public static func named(_ id: String) throws(SamplingError) -> SelectionMethod {
    guard let method = all.first(where: { $0.id == id }) else {
      let names = all.map(\.id).joined(separator: ", ")
      throw .parameter("no selection is called '\(id)'; there are \(names)")
    }
    return method
  }

  /// Every method of this folder.
  public static let all: [SelectionMethod] = [
    consistent, consistentWithReplacement, recordInterval, quantityInterval,
    randomisedInterval, cell, randomQuantity, sieve, modifiedSieve,
  ]
}
