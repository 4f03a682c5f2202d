import Exact
import Sampling

/// Bounds of a quantity, each sample's taints evaluated by the library once.
struct TaintTrial {
  let confidence: Rational
  let size: Int
  private(set) var outcomes: [Trial: Simulation.Outcome]
  private var known: [[Int]: [Trial: Double]] = [:]

  init(_ trials: [Trial], confidence: Rational, size: Int) {
    self.confidence = confidence
    self.size = size
    outcomes = Dictionary(uniqueKeysWithValues: trials.map { ($0, Simulation.Outcome()) })
  }

  /// - Parameter thousandths: the taints of all hits, the clean ones too.
  mutating func evaluate(_ thousandths: [Int], truth: Double) throws {
    let errors = thousandths.filter { $0 > 0 }.sorted()
    let bounds = try known[errors] ?? bounds(errors)
    known[errors] = bounds
    for (trial, bound) in bounds { outcomes[trial]?.count(bound, truth: truth) }
  }

  private func bounds(_ errors: [Int]) throws -> [Trial: Double] {
    let sample = try TaintSample(
      confidence: confidence, size: size,
      taints: errors.map { try Rational($0) / Rational(1000) })
    var bounds: [Trial: Double] = [:]
    for trial in outcomes.keys {
      bounds[trial] = try QuantityMethod.named(trial.rawValue).bound(sample).upperRate
    }
    return bounds
  }
}

/// Bounds of a rate of items.
struct AttributeTrial {
  let distribution: ErrorDistribution
  let confidence: Rational
  let size: Int
  private(set) var outcome = Simulation.Outcome()
  private var known: [Int: Double] = [:]

  init(_ distribution: ErrorDistribution, confidence: Rational, size: Int) {
    self.distribution = distribution
    self.confidence = confidence
    self.size = size
  }

  mutating func evaluate(_ errors: Int, truth: Double) throws {
    outcome.count(try bound(errors), truth: truth)
  }

  private mutating func bound(_ errors: Int) throws -> Double {
    if let bound = known[errors] { return bound }
    let bound = try AttributeBound.bound(
      distribution: distribution, confidence: confidence, sample: size, errors: Rational(errors),
      population: ErrorPattern.items)
    known[errors] = bound.upperRate
    return bound.upperRate ?? 0
  }
}
