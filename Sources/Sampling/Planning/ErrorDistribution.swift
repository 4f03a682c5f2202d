public import Exact

/// How the number of errors in a sample is taken to vary.
public enum ErrorDistribution: String, Sendable, CaseIterable {
  /// Independent items at a constant rate; a population much larger than the sample.
  case binomial
  /// A sample without replacement from a finite population: exact.
  case hypergeometric
  /// The limit for rare errors; the count may be a fraction, a sum of taints.
  case poisson
}

/// What is expected to be found, before the sample is drawn.
public enum ExpectedErrors: Hashable, Sendable {
  /// A number of errors, at least 0. Rounded up to a whole one except for Poisson.
  case count(Rational)
  /// A rate, at least 0 and below the tolerable rate.
  case rate(Rational)
  /// Stages of equal size: the largest acceptable count of each, `c1|c2|…`.
  case stages([Int])
}
