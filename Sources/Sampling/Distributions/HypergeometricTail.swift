import BigInt
import Exact

/// P(X ≤ c) for the number of errors in `sample` of `population` items that hold `errors` errors.
struct HypergeometricTail: Sendable {
  let population: Int
  let erroneous: Int
  let sample: Int

  /// The smallest and the largest number of errors that the sample can hold.
  var support: ClosedRange<Int> {
    max(0, sample + erroneous - population)...min(sample, erroneous)
  }

  /// Between two bounds, by the recurrence of the terms; cost O(c + min(sample, erroneous)).
  func atMost(_ errors: Int) -> Enclosure {
    let support = support
    if errors < support.lowerBound { return .zero }
    if errors >= support.upperBound { return .one }
    var term = first
    var sum = term
    for index in support.lowerBound..<errors {
      term = term * ratio(after: index)
      sum = sum + term
    }
    return sum
  }

  /// P(X = k), between two bounds.
  func exactly(_ errors: Int) -> Enclosure {
    let support = support
    guard support.contains(errors) else { return .zero }
    var term = first
    for index in support.lowerBound..<errors { term = term * ratio(after: index) }
    return term
  }

  /// P(X = k + 1) / P(X = k).
  private func ratio(after index: Int) -> Enclosure {
    let top = Enclosure(erroneous - index) * Enclosure(sample - index)
    let bottom = Enclosure(index + 1) * Enclosure(population - erroneous - sample + index + 1)
    return top / bottom
  }

  /// The probability of the smallest possible count, as a product of the fewer factors.
  private var first: Enclosure {
    let (few, many) = (min(sample, erroneous), max(sample, erroneous))
    var product = Enclosure.one
    if sample + erroneous <= population {
      for index in 0..<few {
        product =
          product * Enclosure(population - many - index) / Enclosure(population - index)
      }
    } else {
      for index in 0..<(population - many) {
        product = product * Enclosure(few - index) / Enclosure(population - index)
      }
    }
    return product
  }

  /// Whether P(X ≤ c) is at most `risk`; a tie is.
  func isAtMost(_ errors: Int, risk: Rational) -> Bool {
    atMost(errors).isAtMost(Enclosure(risk)) ?? isAtMostExactly(errors, risk: risk)
  }

  /// Whether P(X ≥ k) is at most `risk`; a tie is. The same question about the good items.
  func isAtLeast(_ errors: Int, risk: Rational) -> Bool {
    let mirror = HypergeometricTail(
      population: population, erroneous: population - erroneous, sample: sample)
    return mirror.isAtMost(sample - errors, risk: risk)
  }

  /// The slow, obvious way, in whole numbers: Σ C(K,i) C(N-K,n-i) against C(N,n).
  func isAtMostExactly(_ errors: Int, risk: Rational) -> Bool {
    let (few, many) = (min(sample, erroneous), max(sample, erroneous))
    var sum: BigInt = 0
    if errors >= support.lowerBound {
      var index = support.lowerBound
      var term = Self.choose(many, index) * Self.choose(population - many, few - index)
      while true {
        sum += term
        if index == min(errors, support.upperBound) { break }
        term = term * BigInt(many - index) * BigInt(few - index)
        term /= BigInt(index + 1) * BigInt(population - many - few + index + 1)
        index += 1
      }
    }
    return sum * risk.denominator <= risk.numerator * Self.choose(population, few)
  }

  /// The binomial coefficient.
  static func choose(_ n: Int, _ k: Int) -> BigInt {
    guard k >= 0, k <= n else { return 0 }
    var result: BigInt = 1
    for index in 0..<min(k, n - k) {
      result = result * BigInt(n - index) / BigInt(index + 1)
    }
    return result
  }
}
