public import Exact

/// What a bound lets one say about a quantity, in words with the numbers behind them.
///
/// A method is not made to carry more than it can: estimators for many errors say nothing with
/// few, and a bound above the tolerable amount never says that the quantity is misstated.
public struct QuantityVerdict: Hashable, Sendable {
  /// Whether the data support that the misstatement is at most the tolerable amount.
  public let isSupported: Bool
  /// The conclusion in words, with projection, upper limit and tolerable amount.
  public let sentence: String

  /// - Throws: ``SamplingError``: tolerable amount out of range, too few errors for the method, or
  ///   a method that missed its confidence in simulation.
  public init(
    _ bound: QuantityBound, method: QuantityMethod, sample: TaintSample, total: Rational,
    tolerable: Rational
  ) throws(SamplingError) {
    guard total > .zero else { throw .emptyPopulation }
    guard tolerable > .zero else { throw .tolerable(tolerable.description) }
    guard tolerable <= total else {
      throw .materialityAboveTotal(
        tolerable: tolerable.description, total: total.description)
    }
    if Self.needsManyErrors.contains(method.id), sample.taints.count < 20 {
      throw .notApplicable(
        "\(method.id) carries no conclusion from \(sample.taints.count) errors; twenty are needed")
    }
    if method.id == "stringer.pvz" {
      throw .notApplicable(
        "stringer.pvz carries no conclusion: at 95 % it covered as few as 67 of 100 simulated truths"
      )
    }
    let upper = (Rational(exactly: bound.upperRate) ?? .one) * total
    let likely = bound.mostLikelyRate * total
    isSupported = upper <= tolerable
    let figures =
      "projected \(Self.shown(likely)), upper limit \(Self.shown(upper)), "
      + "tolerable \(Self.shown(tolerable))"
    let words =
      switch sample.side {
      case .over: "overstatement"
      case .under: "understatement"
      case .twoSided: "misstatement"
      }
    if isSupported {
      sentence =
        "at confidence \(sample.confidence) the data support that \(words) is at most the "
        + "tolerable amount: \(figures)"
    } else if likely > tolerable {
      sentence =
        "the projected \(words) alone exceeds the tolerable amount: \(figures)"
    } else {
      sentence =
        "the data do not support at confidence \(sample.confidence) that \(words) is at most the "
        + "tolerable amount; this does not show that it is more: \(figures)"
    }
  }

  private static let needsManyErrors: Set<String> = ["pps", "mpu"]

  private static func shown(_ amount: Rational) -> String {
    (try? amount.rounded(decimals: 2))?.text(decimals: 2) ?? amount.description
  }
}
