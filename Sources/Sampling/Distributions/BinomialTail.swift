import BigInt
import Exact

/// P(X ≤ c) for the number of errors in `sample` independent items at an exact rate.
struct BinomialTail: Sendable {
  let sample: Int
  let rate: Rational

  /// Between two bounds, by the recurrence of the terms from (1-p)^n; cost O(c).
  func atMost(_ errors: Int) -> Enclosure {
    if errors < 0 { return .zero }
    if errors >= sample || rate.isZero { return .one }
    if rate >= .one { return .zero }
    let good = Enclosure(.one - rate)
    let odds = Enclosure(rate) / good
    var term = good.power(sample)
    var sum = term
    for index in 0..<errors {
      term = term * odds * Enclosure(sample - index) / Enclosure(index + 1)
      sum = sum + term
    }
    return sum
  }

  /// P(X = k), between two bounds.
  func exactly(_ errors: Int) -> Enclosure {
    guard errors >= 0, errors <= sample else { return .zero }
    var term = Enclosure(.one - rate).power(sample - errors) * Enclosure(rate).power(errors)
    for index in 0..<errors {
      term = term * Enclosure(sample - index) / Enclosure(index + 1)
    }
    return term
  }

  /// Whether P(X ≤ c) is at most `risk`; a tie is.
  func isAtMost(_ errors: Int, risk: Rational) -> Bool {
    atMost(errors).isAtMost(Enclosure(risk)) ?? isAtMostExactly(errors, risk: risk)
  }

  /// The slow, obvious way, in whole numbers.
  func isAtMostExactly(_ errors: Int, risk: Rational) -> Bool {
    if errors < 0 { return true }
    if errors >= sample { return risk >= .one }
    let (bad, all) = (rate.numerator, rate.denominator)
    let good = all - bad
    var coefficient: BigInt = 1
    var sum: BigInt = 0
    for index in 0...errors {
      sum += coefficient * bad.power(index) * good.power(errors - index)
      coefficient = coefficient * BigInt(sample - index) / BigInt(index + 1)
    }
    sum *= good.power(sample - errors)
    return sum * risk.denominator <= risk.numerator * all.power(sample)
  }
}
