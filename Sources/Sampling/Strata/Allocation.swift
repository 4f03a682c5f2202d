import BigInt
public import Exact

/// How a sample is shared among strata.
public struct Allocation: Hashable, Sendable {
  /// By what the sample is shared.
  public enum Rule: String, Sendable, CaseIterable {
    /// By number of items.
    case proportional
    /// By number of items times standard deviation: least variance of the total.
    case neyman
  }

  /// The shares before rounding and capping.
  public let unrounded: [Rational]
  /// Whole sizes: capped at the stratum, what is cut off shared again, largest remainders rounded
  /// up. They sum to the sample size.
  public let sizes: [Int]

  /// - Parameters:
  ///   - sample: at most the items of all strata.
  ///   - items: number of items of each stratum, at least 0.
  ///   - deviations: standard deviation of each, at least 0; for Neyman only.
  /// Source: Neyman (1934); Cochran, Sampling techniques (1977), sections 5.5 and 5.8.
  public init(
    _ rule: Rule, sample: Int, items: [Int], deviations: [Rational] = []
  ) throws(SamplingError) {
    guard !items.isEmpty, items.contains(where: { $0 > 0 }) else { throw .emptyPopulation }
    guard items.allSatisfy({ $0 >= 0 }) else { throw .population("a stratum is below 0") }
    let all = items.reduce(0, +)
    guard sample >= 1, sample <= all else { throw .sampleSize("\(sample) of \(all) items") }
    if rule == .neyman {
      guard deviations.count == items.count, deviations.allSatisfy({ !$0.isNegative }) else {
        throw .parameter("Neyman needs a standard deviation of at least 0 for each stratum")
      }
    }
    let weights = items.indices.map {
      rule == .neyman ? Rational(items[$0]) * deviations[$0] : Rational(items[$0])
    }
    guard weights.contains(where: { !$0.isZero }) else {
      throw .notApplicable("all standard deviations are zero")
    }
    unrounded = Self.shares(Rational(sample), weights)
    sizes = Self.rounded(sample, weights, items)
  }

  private static func shares(_ total: Rational, _ weights: [Rational]) -> [Rational] {
    let sum = weights.reduce(.zero, +)
    return weights.map { (try? total * $0 / sum) ?? .zero }
  }

  private static func rounded(_ sample: Int, _ weights: [Rational], _ items: [Int]) -> [Int] {
    var full = Set<Int>()
    while true {
      let left = sample - full.reduce(0) { $0 + items[$1] }
      var open = items.indices.map { full.contains($0) ? Rational.zero : weights[$0] }
      if open.allSatisfy(\.isZero) {
        // Only strata of zero weight are left: share the rest by number of items.
        open = items.indices.map { full.contains($0) ? .zero : Rational(items[$0]) }
      }
      let parts = shares(Rational(left), open)
      let over = items.indices.filter { !full.contains($0) && parts[$0] > Rational(items[$0]) }
      if over.isEmpty {
        return remainders(parts, left, full, items)
      }
      full.formUnion(over)
    }
  }

  /// Largest remainders, the earlier stratum at a tie.
  private static func remainders(
    _ parts: [Rational], _ left: Int, _ full: Set<Int>, _ items: [Int]
  ) -> [Int] {
    var sizes = items.indices.map { full.contains($0) ? items[$0] : Int(parts[$0].floor) }
    let given = items.indices.filter { !full.contains($0) }.reduce(0) { $0 + sizes[$1] }
    let order = items.indices.filter { !full.contains($0) && sizes[$0] < items[$0] }.sorted {
      let (a, b) = (parts[$0] - Rational(sizes[$0]), parts[$1] - Rational(sizes[$1]))
      return a == b ? $0 < $1 : a > b
    }
    for index in order.prefix(max(0, left - given)) { sizes[index] += 1 }
    return sizes
  }
}
