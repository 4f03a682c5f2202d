import BigInt
import Exact

extension AttributeQuestion {
  /// The smallest size that also puts the upper bound at most `precision` above the planned rate.
  ///
  /// The bound is at most `t` exactly if P(no more errors at rate t) is at most the risk, so the
  /// bound itself is never computed. Tried one by one, since a planned rate in whole errors makes
  /// the condition jump.
  func solve(
    _ expected: ExpectedErrors, within precision: Rational
  ) throws(SamplingError) -> Found {
    guard case .some(let start) = try startSize(expected) else {
      throw .notApplicable("a staged plan has no precision")
    }
    var sample = start
    while sample <= min(sampleMax, 200_000) {
      let errors = planned(expected, sample: sample)
      let target = (try? errors / Rational(sample)).map { $0 + precision } ?? .one
      let within = target >= .one || suffices(errors: errors, sample: sample, rate: target)
      if within, suffices(errors: errors, sample: sample) {
        return (sample, errors, chance(errors: errors, sample: sample).double)
      }
      sample += 1
    }
    throw .unreachable("no sample of up to \(sample - 1) items gives that precision")
  }

  private func startSize(_ expected: ExpectedErrors) throws(SamplingError) -> Int? {
    if case .stages = expected { return nil }
    return try solve(expected, precision: nil).sample
  }

  private func planned(_ expected: ExpectedErrors, sample: Int) -> Rational {
    switch expected {
    case .count(let count): distribution == .poisson ? count : Rational(count.ceiling)
    case .rate(let rate):
      distribution == .poisson
        ? Rational(sample) * rate : Rational((Rational(sample) * rate).ceiling)
    case .stages: .zero
    }
  }
}
