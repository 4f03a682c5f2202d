import BigInt
public import Exact
import Foundation

/// A test that stays valid when the sample is extended after looking: Kaplan and Markov.
///
/// Items are hit with probability proportional to size, with replacement. Under the hypothesis that
/// the share misstated is at least T, `Π (1 - T) / (1 - t_i)` is at most `r` with probability at
/// most `r` at any stopping time; so the running value is a p-value. Negative taints count as they
/// are and make it smaller: the net is tested. Leave them out to test overstatement alone.
///
/// Source: Stark, Risk-limiting post-election audits: P-values from common probability
/// inequalities, IEEE Trans. Information Forensics and Security 4 (2009); Kaplan (1987).
public struct KaplanMarkov: Hashable, Sendable {
  /// The share that must not be exceeded, `0 < T < 1`.
  public let tolerable: Rational
  /// Hits so far.
  public let size: Int
  /// The product of `1 - t_i` over the hits; zero if an item was wholly misstated.
  private let remaining: Rational

  /// - Parameter taints: the non-zero taints, each at most 1; the other hits are clean.
  public init(
    tolerable: Rational, size: Int, taints: [Rational]
  ) throws(SamplingError) {
    guard tolerable > .zero, tolerable < .one else { throw .tolerable(tolerable.description) }
    guard size >= 1 else { throw .sampleSize("\(size) is below 1") }
    guard taints.count <= size else { throw .errors(taints.count, sample: size) }
    if let above = taints.first(where: { $0 > .one }) {
      throw .taintAboveOne(above.description)
    }
    self.tolerable = tolerable
    self.size = size
    remaining = taints.reduce(.one) { $0 * (.one - $1) }
  }

  /// The p-value, `0...1`: the risk at which the tolerable share is rejected so far. For display.
  public var pValue: Double {
    if remaining.isZero { return 1 }
    return min(1, (Enclosure(.one - tolerable).power(size) / Enclosure(remaining)).double)
  }

  /// Whether the evidence suffices at `risk`, decided exactly; a tie does.
  public func accepts(risk: Rational) -> Bool {
    if remaining.isZero { return risk >= .one }
    let limit = risk * remaining
    if let answer = Enclosure(.one - tolerable).power(size).isAtMost(Enclosure(limit)) {
      return answer
    }
    let good = .one - tolerable
    return good.numerator.power(size) * limit.denominator
      <= limit.numerator * good.denominator.power(size)
  }

  /// The largest share not rejected at `risk`, `0...1`.
  public func upperRate(risk: Rational) -> Double {
    if remaining.isZero { return 1 }
    let product = (risk * remaining).approximate
    return max(0, -expm1(log(product) / Double(size)))
  }
}
