import BigInt
public import Exact

/// What to do with an item misstated by more than its own value.
public enum TaintPolicy: String, Sendable, CaseIterable {
  /// Refuse to evaluate.
  case refuse
  /// Count it as 1. Unsafe if such items are possible in the rest of the population.
  case clip
  /// Scale by the largest taint, as IDEA and FSaudit do: all limits of Stringer's bound, the basic
  /// precision of the cell bound.
  case scale
}

/// Direction of misstatement: taint = (book - audited) / book.
public enum MisstatementSide: String, Sendable, CaseIterable {
  /// Book above audited: positive taints.
  case over
  /// Book below audited: negative taints, their sign changed.
  case under
  /// Both at once, half the risk on each side; for methods on the mean taint only.
  case twoSided = "two-sided"
}

/// The results of a quantity-weighted sample, checked.
public struct TaintSample: Hashable, Sendable {
  /// `0 < C < 1`.
  public let confidence: Rational
  /// Hits evaluated, at least 1; an item hit twice counts twice.
  public let size: Int
  /// The non-zero taints, as found; the other hits are free of error.
  public let taints: [Rational]
  /// The direction that is bounded.
  public let side: MisstatementSide
  /// Units of quantity (or items) in the population; needed by finite methods.
  public let populationUnits: Int?
  /// What is done with a taint above 1.
  public let policy: TaintPolicy
  /// Whether limits are rounded up to whole units of the population first, as IDEA prints them.
  public let roundsToUnits: Bool

  /// - Throws: ``SamplingError``: confidence, size, more taints than hits, a taint above 1 on the
  ///   side asked for under the policy `refuse`.
  public init(
    confidence: Rational, size: Int, taints: [Rational], side: MisstatementSide = .over,
    populationUnits: Int? = nil, policy: TaintPolicy = .refuse, roundsToUnits: Bool = false
  ) throws(SamplingError) {
    guard confidence > .zero, confidence < .one else { throw .confidence(confidence.description) }
    guard size >= 1 else { throw .sampleSize("\(size) is below 1") }
    guard taints.count <= size else { throw .errors(taints.count, sample: size) }
    if let populationUnits {
      guard populationUnits > 0 else { throw .emptyPopulation }
      guard size <= populationUnits else {
        throw .sampleSize("\(size) hits in a population of \(populationUnits) units")
      }
    }
    self.confidence = confidence
    self.size = size
    self.taints = taints.filter { !$0.isZero }
    self.side = side
    self.populationUnits = populationUnits
    self.policy = policy
    self.roundsToUnits = roundsToUnits
    if policy == .refuse, let above = adverse.first, above > .one {
      throw .taintAboveOne(above.description)
    }
  }

  /// The taints of the side asked for, positive, largest first, as found.
  var adverse: [Rational] {
    let signed = side == .under ? taints.map { -$0 } : taints
    return signed.filter { $0 > .zero }.sorted(by: >)
  }

  /// The adverse taints under the policy.
  var treated: [Double] {
    adverse.map { (policy == .clip ? min($0, .one) : $0).approximate }
  }

  /// All taints, signed for the side asked for, the clean hits included as zeros.
  var signed: [Double] {
    let values = taints.map { (side == .under ? -$0 : $0).approximate }
    return values + Array(repeating: 0, count: size - taints.count)
  }

  /// What limits are multiplied by: the largest taint if above 1, else 1.
  var basicFactor: Double { policy == .scale ? max(1, treated.first ?? 1) : 1 }

  /// The mean taint of the side asked for, exactly; the most likely error rate.
  public var mostLikelyRate: Rational {
    let sum = adverse.reduce(.zero) { $0 + (policy == .clip ? min($1, .one) : $1) }
    return (try? sum / Rational(size)) ?? .zero
  }

  /// The chance that the bound may miss the truth on one side.
  var tail: Double {
    let risk = Enclosure(.one - confidence).double
    return side == .twoSided ? risk / 2 : risk
  }
}

extension Rational {
  /// The nearest `Double`, within an ulp or two; for reported bounds, never before a ceiling.
  package var approximate: Double {
    let value = Enclosure(magnitude).double
    return isNegative ? -value : value
  }

  /// The value of a `Double`, exactly; nil for infinity and NaN.
  init?(exactly value: Double) {
    guard value.isFinite else { return nil }
    let significand = BigInt(Int64(value.significand * 4_503_599_627_370_496))
    let exponent = Int(value.exponent) - 52
    let whole = value.sign == .minus ? -significand : significand
    if value == 0 {
      self = .zero
    } else if exponent >= 0 {
      self.init(whole << exponent)
    } else {
      guard let fraction = try? Rational(whole, over: BigInt(1) << -exponent) else { return nil }
      self = fraction
    }
  }
}
