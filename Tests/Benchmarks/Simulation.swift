import Exact
import Sampling

/// The bounds under trial.
enum Trial: String, CaseIterable {
  case stringerBinomial = "stringer.binomial"
  case stringerPoisson = "stringer.poisson"
  case cellBinomial = "cell.binomial"
  case cellPoisson = "cell.poisson"
  case clopperPearson = "Clopper–Pearson"
  case hypergeometric = "hypergeometric"

  case kaplanMarkov = "kaplan-markov"
  case stringerPVZ = "stringer.pvz"
  case moment

  /// What a bound is held to.
  enum Claim {
    /// At least its confidence: Stringer by long experience, Kaplan-Markov and the attribute
    /// bounds by construction.
    case promised
    /// Its confidence, within the noise of the trial.
    case nearly
    /// Nothing for small samples: an approximation, whose misses are shown.
    case approximate
  }

  var claim: Claim {
    switch self {
    case .cellBinomial, .cellPoisson: .nearly
    case .stringerPVZ, .moment: .approximate
    default: .promised
    }
  }
}

/// Draws samples from a pattern and counts how often a bound covers the truth.
struct Simulation {
  let runs: Int
  let confidence: Rational
  let seed: UInt64

  static let sizes = [30, 60, 120]

  /// What the runs gave for one bound.
  struct Outcome {
    var covered = 0
    var sum = 0.0
    /// The mean bound, as a multiple of the truth.
    var ratio = 0.0

    mutating func count(_ bound: Double, truth: Double) {
      // Bounds are good to 1e-9 relative; a bound that equals the truth covers it.
      if bound >= truth * (1 - 1e-9) { covered += 1 }
      sum += bound
    }
  }

  func outcomes(
    _ pattern: ErrorPattern, size: Int, stream: Int
  ) throws -> [Trial: Outcome] {
    var chance = Chance(seed: seed, stream: stream)
    let units = try trialsOfUnits(pattern, size: size, &chance)
    return units.merging(try trialsOfItems(pattern, size: size, &chance)) { first, _ in first }
  }

  /// Stringer on independent units, cell on one unit from each of equal cells.
  private func trialsOfUnits(
    _ pattern: ErrorPattern, size: Int, _ chance: inout Chance
  ) throws -> [Trial: Outcome] {
    let truth = pattern.trueShare
    var anywhere = TaintTrial(
      [.stringerBinomial, .stringerPoisson, .kaplanMarkov, .stringerPVZ, .moment],
      confidence: confidence, size: size)
    var cells = TaintTrial([.cellBinomial, .cellPoisson], confidence: confidence, size: size)
    let width = Double(pattern.total) / Double(size)
    for _ in 0..<runs {
      let free = (0..<size).map { _ in
        pattern.taint(ofUnit: chance.below(pattern.total))
      }
      try anywhere.evaluate(free, truth: truth)
      let spread = (0..<size).map { cell in
        pattern.taint(ofUnit: Int((Double(cell) + chance.unit()) * width))
      }
      try cells.evaluate(spread, truth: truth)
    }
    let all = anywhere.outcomes.merging(cells.outcomes) { first, _ in first }
    return all.mapValues { finished($0, truth: truth) }
  }

  /// Clopper–Pearson on items drawn with replacement, hypergeometric without.
  private func trialsOfItems(
    _ pattern: ErrorPattern, size: Int, _ chance: inout Chance
  ) throws -> [Trial: Outcome] {
    let erroneous = pattern.erroneousItems
    let truth = Double(erroneous) / Double(ErrorPattern.items)
    var free = AttributeTrial(.binomial, confidence: confidence, size: size)
    var finite = AttributeTrial(.hypergeometric, confidence: confidence, size: size)
    for _ in 0..<runs {
      var found = 0
      var distinct = 0
      for drawn in 0..<size {
        if chance.below(ErrorPattern.items) < erroneous { found += 1 }
        if chance.below(ErrorPattern.items - drawn) < erroneous - distinct { distinct += 1 }
      }
      try free.evaluate(found, truth: truth)
      try finite.evaluate(distinct, truth: truth)
    }
    return [
      .clopperPearson: finished(free.outcome, truth: truth),
      .hypergeometric: finished(finite.outcome, truth: truth),
    ]
  }

  private func finished(_ outcome: Outcome, truth: Double) -> Outcome {
    var outcome = outcome
    outcome.ratio = outcome.sum / Double(runs) / truth
    return outcome
  }
}
