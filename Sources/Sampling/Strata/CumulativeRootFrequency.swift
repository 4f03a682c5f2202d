import BigInt
public import Exact

/// Stratum boundaries by the cumulative root of frequency.
///
/// The range is cut into equal classes; boundaries make the sums of √f as equal as possible. Each
/// boundary is the class just below or just above the target counted from the boundary before; of
/// the candidates the one with the least squared deviation from equal sums is taken.
/// Source: Dalenius and Hodges, Minimum variance stratification, JASA 54 (1959), 88-101.
public struct CumulativeRootFrequency: Hashable, Sendable {
  /// Classes in each stratum; they sum to the number of classes.
  public let classesPerStratum: [Int]
  /// Items in each stratum.
  public let sizes: [Int]
  /// Upper ends of all strata but the last.
  public let boundaries: [Rational]

  /// - Parameters:
  ///   - frequencies: items in each class of equal width from `minimum` to `maximum`.
  ///   - strata: at least 1 and at most the number of classes.
  public init(
    frequencies: [Int], minimum: Rational, maximum: Rational, strata: Int
  ) throws(SamplingError) {
    guard frequencies.contains(where: { $0 > 0 }) else { throw .emptyPopulation }
    guard frequencies.allSatisfy({ $0 >= 0 }), minimum < maximum else {
      throw .parameter("classes need frequencies of at least 0 and a minimum below the maximum")
    }
    guard strata >= 1, strata <= frequencies.count, strata <= 20 else {
      throw .parameter("\(strata) strata from \(frequencies.count) classes")
    }
    let cuts = Self.best(Self.cumulated(frequencies), strata: strata)
    let ends = cuts + [frequencies.count]
    let starts = [0] + cuts
    classesPerStratum = zip(starts, ends).map { $1 - $0 }
    sizes = zip(starts, ends).map { frequencies[$0..<$1].reduce(0, +) }
    let width = (try? (maximum - minimum) / Rational(frequencies.count)) ?? .one
    boundaries = cuts.map { minimum + Rational($0) * width }
  }

  /// Counts values in equal classes; a value on a boundary belongs to the class below it.
  public static func frequencies(
    of values: [Rational], minimum: Rational, maximum: Rational, classes: Int
  ) throws(SamplingError) -> [Int] {
    guard classes >= 1, minimum < maximum else {
      throw .parameter("classes need a minimum below the maximum")
    }
    var counts = Array(repeating: 0, count: classes)
    for value in values {
      let place = (try? (value - minimum) * Rational(classes) / (maximum - minimum)) ?? .zero
      let index = Int(place.ceiling) - 1
      guard index < classes, value >= minimum else {
        throw .parameter("\(value) lies outside \(minimum)...\(maximum)")
      }
      counts[max(0, index)] += 1
    }
    return counts
  }

  /// Sums of √f in units of 10^-24, so that equal sums compare equal on every machine.
  private static func cumulated(_ frequencies: [Int]) -> [BigInt] {
    let scale = BigInt(10).power(48)
    var sums: [BigInt] = [0]
    for frequency in frequencies {
      sums.append(sums[sums.count - 1] + (BigInt(frequency) * scale).squareRoot())
    }
    return sums
  }

  private static func best(_ sums: [BigInt], strata: Int) -> [Int] {
    let classes = sums.count - 1
    let whole = sums[classes]
    var candidates: [[Int]] = [[]]
    for boundary in 1..<max(strata, 1) {
      candidates = candidates.flatMap { cuts -> [[Int]] in
        let last = cuts.last ?? 0
        // All times `strata`, to keep the target a whole number.
        let target = sums[last] * BigInt(strata) + whole
        let above = sums.firstIndex { $0 * BigInt(strata) > target } ?? classes
        let most = classes - (strata - boundary)
        let choices = Set([above - 1, above].map { min(max($0, last + 1), most) })
        return choices.sorted().map { cuts + [$0] }
      }
    }
    func deviation(_ cuts: [Int]) -> BigInt {
      zip([0] + cuts, cuts + [classes]).reduce(0) { total, cut in
        let difference = (sums[cut.1] - sums[cut.0]) * BigInt(strata) - whole
        return total + difference * difference
      }
    }
    return candidates.min { deviation($0) < deviation($1) } ?? []
  }
}
