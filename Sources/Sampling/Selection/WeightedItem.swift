public import Exact

/// An item with the quantity that weights its selection.
public struct WeightedItem: Hashable, Sendable {
  /// Names the item; each key once.
  public let key: String
  /// The quantity; any sign.
  public let value: ExactDecimal

  /// An item; any sign of the value.
  public init(key: String, value: ExactDecimal) {
    self.key = key
    self.value = value
  }
}

/// A population checked and split: only positive values can be hit.
public struct WeightedPopulation: Sendable {
  /// Items with a positive value, in the order given.
  public let items: [WeightedItem]
  /// The sum of the positive values.
  public let total: ExactDecimal
  /// Items below 0, with their total.
  public let negatives: ModifiedSieve.Apart
  /// Items of 0.
  public let zeros: ModifiedSieve.Apart

  /// - Throws: ``SamplingError``: duplicate key, nothing positive, overflow of the total.
  public init(_ all: some Sequence<WeightedItem>) throws(SamplingError) {
    var seen = Set<[UInt8]>()
    var items: [WeightedItem] = []
    var total = ExactDecimal.zero
    var negatives = ModifiedSieve.Apart()
    var zeros = ModifiedSieve.Apart()
    for item in all {
      guard seen.insert(Array(item.key.utf8)).inserted else { throw .duplicateKey(item.key) }
      if item.value.isZero {
        try zeros.add(item.key, item.value, true)
      } else if item.value.isNegative {
        try negatives.add(item.key, item.value, true)
      } else {
        items.append(item)
        total = try ModifiedSieve.Apart.sum(total, item.value)
      }
    }
    guard !items.isEmpty else { throw .emptyPopulation }
    self.items = items
    self.total = total
    self.negatives = negatives
    self.zeros = zeros
  }

  /// `total / size`.
  func interval(_ size: Int) throws(SamplingError) -> Rational {
    guard size >= 1 else { throw .sampleSize("\(size) is below 1") }
    return (try? Rational(total) / Rational(size)) ?? .one
  }

  /// Refuses uniform numbers that are not in `0 ≤ u < 1` or not as many as needed.
  static func check(_ uniforms: [Rational], count: Int) throws(SamplingError) {
    guard uniforms.count == count else {
      throw .parameter("\(uniforms.count) uniform numbers given, \(count) needed")
    }
    if let wrong = uniforms.first(where: { $0.isNegative || $0 >= .one }) {
      throw .parameter("a uniform number lies in 0 <= u < 1; one is \(wrong)")
    }
  }
}

/// One sampling unit that was hit, and the item that owns it.
public struct Hit: Hashable, Sendable {
  /// The item that owns the unit.
  public let key: String
  /// The place of the unit in the cumulated values.
  public let unit: Rational
}

/// Which item owns a unit on the boundary between two.
enum Ownership {
  /// Unit `u` lies in `(before, up to]`: the first item with cumulative value at least `u`.
  case closedAbove
  /// Unit `u` lies in `[before, up to)`: the first item with cumulative value above `u`.
  case closedBelow
}

extension [WeightedItem] {
  /// The owners of the units, in the order of the units given; all must lie within the total.
  func owners(of units: [Rational], _ rule: Ownership) -> [Hit] {
    var ends: [Rational] = []
    var sum = Rational.zero
    for item in self {
      sum = sum + Rational(item.value)
      ends.append(sum)
    }
    return units.compactMap { unit in
      let index = CountSearch.smallest(0, count) { place in
        place == count || (rule == .closedAbove ? ends[place] >= unit : ends[place] > unit)
      }
      return index < count ? Hit(key: self[index].key, unit: unit) : nil
    }
  }
}
