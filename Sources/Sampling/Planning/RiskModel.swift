import BigInt
public import Exact

/// The risk that a test of details may carry, given the other risks.
///
/// Source: PCAOB AS 2315, Audit Sampling, appendix .48.
public struct RiskModel: Hashable, Sendable {
  /// `audit / (inherent × control × analytical)`; 1 or more means that a test of details may be
  /// unnecessary.
  public let detailRisk: Rational

  /// Where the model comes from.
  public static let source = "TD = AR/(IR x CR x AP), PCAOB AS 2315, appendix .48"

  /// - Parameters: each in `0 < r ≤ 1`.
  public init(
    audit: Rational, inherent: Rational, control: Rational, analytical: Rational
  ) throws(SamplingError) {
    for (name, risk) in [
      ("audit", audit), ("inherent", inherent), ("control", control), ("analytical", analytical),
    ] {
      guard risk > .zero, risk <= .one else {
        throw .parameter("\(name) risk lies in 0 < r <= 1; it is \(risk)")
      }
    }
    detailRisk = (try? audit / (inherent * control * analytical)) ?? .one
  }

  /// The confidence that the test of details needs, or nil if it may be unnecessary.
  public var confidence: Rational? { detailRisk < .one ? .one - detailRisk : nil }

  /// Whole percent, truncated, as the standard's table prints; `*` for 1 or more.
  public var printed: String {
    detailRisk < .one ? "\((detailRisk * Rational(100)).floor)" : "*"
  }
}
