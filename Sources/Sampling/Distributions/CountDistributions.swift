/// Counts of errors in independent items at one rate.
public struct BinomialDistribution: Sendable {
  /// Items, at least 1.
  public let sample: Int
  /// `0...1`.
  public let rate: Double

  /// - Parameters:
  ///   - sample: at least 1.
  ///   - rate: `0...1`.
  public init(sample: Int, rate: Double) {
    self.sample = sample
    self.rate = rate
  }

  /// P(X = errors); 0 outside `0...sample`. Source: Loader (2000).
  public func density(_ errors: Int) -> Double {
    Density.binomial(Double(errors), Double(sample), rate, 1 - rate)
  }

  /// P(X ≤ errors).
  public func atMost(_ errors: Int) -> Double {
    if errors < 0 { return 0 }
    if errors >= sample { return 1 }
    return BetaDistribution(Double(errors + 1), Double(sample - errors)).upper(rate)
  }

  /// P(X ≥ errors).
  public func atLeast(_ errors: Int) -> Double {
    if errors <= 0 { return 1 }
    if errors > sample { return 0 }
    return BetaDistribution(Double(errors), Double(sample - errors + 1)).lower(rate)
  }

  /// The smallest count with P(X ≤ count) ≥ `probability`.
  public func quantile(_ probability: Double) -> Int {
    CountSearch.smallest(0, sample) { atMost($0) >= probability }
  }
}

/// Counts of rare errors.
public struct PoissonDistribution: Sendable {
  /// Above 0.
  public let mean: Double

  /// - Parameter mean: above 0.
  public init(mean: Double) { self.mean = mean }

  /// P(X = errors), `errors ≥ 0`. Source: Loader (2000).
  public func density(_ errors: Int) -> Double { Density.poisson(Double(errors), mean) }

  /// P(X ≤ errors).
  public func atMost(_ errors: Int) -> Double {
    errors < 0 ? 0 : GammaDistribution(shape: Double(errors + 1)).upper(mean)
  }

  /// P(X ≥ errors).
  public func atLeast(_ errors: Int) -> Double {
    errors <= 0 ? 1 : GammaDistribution(shape: Double(errors)).lower(mean)
  }

  /// The smallest count with P(X ≤ count) ≥ `probability`, below 1.
  public func quantile(_ probability: Double) -> Int {
    var high = Int(mean) + 1
    while atMost(high) < probability, high < Int.max / 4 { high *= 2 }
    return CountSearch.smallest(0, high) { atMost($0) >= probability }
  }
}

/// Counts of errors in a sample without replacement.
public struct HypergeometricDistribution: Sendable {
  /// Items in all.
  public let population: Int
  /// Erroneous items among them, `0...population`.
  public let erroneous: Int
  /// Items drawn, `0...population`.
  public let sample: Int

  /// - Parameters:
  ///   - population: at least 1.
  ///   - erroneous: `0...population`.
  ///   - sample: `0...population`.
  public init(population: Int, erroneous: Int, sample: Int) {
    self.population = population
    self.erroneous = erroneous
    self.sample = sample
  }

  private var support: ClosedRange<Int> {
    max(0, sample + erroneous - population)...min(sample, erroneous)
  }

  /// P(X = errors); 0 where such a sample is impossible. Source: Loader (2000).
  public func density(_ errors: Int) -> Double {
    guard support.contains(errors) else { return 0 }
    let (n, k, all) = (Double(sample), Double(erroneous), Double(population))
    let x = Double(errors)
    let (p, q) = (n / all, (all - n) / all)
    let top = Density.binomial(x, k, p, q) * Density.binomial(n - x, all - k, p, q)
    return top / Density.binomial(n, all, p, q)
  }

  /// P(X ≤ errors).
  public func atMost(_ errors: Int) -> Double {
    if errors < support.lowerBound { return 0 }
    if errors >= support.upperBound { return 1 }
    return errors < mode ? sum(errors, -1) : 1 - sum(errors + 1, 1)
  }

  /// P(X ≥ errors).
  public func atLeast(_ errors: Int) -> Double {
    if errors <= support.lowerBound { return 1 }
    if errors > support.upperBound { return 0 }
    return errors > mode ? sum(errors, 1) : 1 - sum(errors - 1, -1)
  }

  /// The smallest count with P(X ≤ count) ≥ `probability`.
  public func quantile(_ probability: Double) -> Int {
    CountSearch.smallest(support.lowerBound, support.upperBound) { atMost($0) >= probability }
  }

  private var mode: Int {
    Int(Double(sample + 1) * (Double(erroneous + 1) / Double(population + 2)))
  }

  /// The terms from `start` outwards, until they no longer count.
  private func sum(_ start: Int, _ step: Int) -> Double {
    var term = density(start)
    var sum = term
    var x = start
    while support.contains(x + step), term > sum * 1e-18 {
      // P(k+1)/P(k), taken at the lower of the two counts.
      let low = step > 0 ? x : x - 1
      let top = Double(erroneous - low) * Double(sample - low)
      let bottom = Double(low + 1) * Double(population - erroneous - sample + low + 1)
      term *= step > 0 ? top / bottom : bottom / top
      sum += term
      x += step
    }
    return min(1, sum)
  }
}

enum CountSearch {
  /// The smallest number in `low...high` for which a condition holds that stays true.
  static func smallest(_ low: Int, _ high: Int, _ holds: (Int) -> Bool) -> Int {
    var (low, high) = (low, high)
    while low < high {
      let middle = low + (high - low) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
