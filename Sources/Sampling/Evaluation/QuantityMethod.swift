public import Exact

/// An upper limit of a misstated quantity, as shares of the population's total.
public struct QuantityBound: Hashable, Sendable {
  /// The share misstated at most, at the confidence.
  public let upperRate: Double
  /// The share misstated at least; for two-sided methods only.
  public let lowerRate: Double?
  /// The projected share: the mean taint.
  public let mostLikelyRate: Rational
  /// The bound had no error been found; nil where a method has none.
  public let basicRate: Double?

  /// Shares of the population's total; see the properties.
  public init(
    upperRate: Double, lowerRate: Double? = nil, mostLikelyRate: Rational,
    basicRate: Double? = nil
  ) {
    self.upperRate = upperRate
    self.lowerRate = lowerRate
    self.mostLikelyRate = mostLikelyRate
    self.basicRate = basicRate
  }

  /// The upper limit less the projection.
  public var precision: Double { upperRate - mostLikelyRate.approximate }
  /// What the errors found add to basic precision and projection.
  public var incrementalRate: Double? { basicRate.map { precision - $0 } }
}

/// One way to bound a quantity, with what it is good for.
public struct QuantityMethod: Sendable {
  /// The name used on the command line, such as `stringer.binomial`.
  public let id: String
  /// The name in words.
  public let title: String
  /// Author, year, place.
  public let source: String
  /// What the method can't carry.
  public let limits: String
  private let compute: @Sendable (TaintSample) throws(SamplingError) -> QuantityBound

  init(
    id: String, title: String, source: String, limits: String,
    compute: @escaping @Sendable (TaintSample) throws(SamplingError) -> QuantityBound
  ) {
    self.id = id
    self.title = title
    self.source = source
    self.limits = limits
    self.compute = compute
  }

  /// The bound. Throws ``SamplingError`` where the method can't answer for this sample.
  public func bound(_ sample: TaintSample) throws(SamplingError) -> QuantityBound {
    try compute(sample)
  }

  /// The method of that name.
  public static func named(_ id: String) throws(SamplingError) -> QuantityMethod {
    if id == "stringer.meikle" {
      throw .notApplicable("the Meikle offset has no agreed public formula and is not offered")
    }
    guard let method = all.first(where: { $0.id == id }) else {
      throw .parameter(
        "no bound is called '\(id)'; there are \(all.map(\.id).joined(separator: ", "))")
    }
    return method
  }

  /// Every method, one a file of this folder.
  public static let all: [QuantityMethod] =
    stringer + [stringerLTA, stringerPVZ] + cell
    + [kaplanMarkov, pps, moment, coxSnell, rohrbach, meanTaint]
}
