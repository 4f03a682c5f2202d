import Exact

extension AttributeQuestion {
  /// Stages of equal size: the sample goes on while a stage shows exactly its largest count, and
  /// the last stage must show no more than its own. The smallest stage size with acceptance risk
  ///
  ///   P(X ≤ c1-1) + Σ_j Π_{i≤j} P(X = c_i) × P(X ≤ c_{j+1}-1), the last factor P(X ≤ c_m),
  ///
  /// at most 1 - C. Source: AICPA guide, sequential sampling; formula as in jfa 0.7.4.
  func solve(stages: [Int]) throws(SamplingError) -> Found {
    guard let first = stages.first, stages.allSatisfy({ $0 >= 0 }) else {
      throw .expected("stages are whole numbers of at least 0, such as 1|0")
    }
    var sample = (stages.max() ?? 0) + 1
    while sample <= sampleMax {
      let risk = acceptanceRisk(stages, sample: sample)
      if risk.isAtMost(Enclosure(self.risk)) == true {
        return (sample, Rational(first), risk.double)
      }
      sample += 1
    }
    throw .unreachable("no stage of up to \(sampleMax) items gives the confidence asked for")
  }

  private func acceptanceRisk(_ stages: [Int], sample: Int) -> Enclosure {
    var total = Enclosure.zero
    var path = Enclosure.one
    for (index, most) in stages.enumerated() {
      let isLast = index == stages.count - 1
      let accepted = isLast ? most : most - 1
      if accepted >= 0 {
        total = total + path * chance(errors: Rational(accepted), sample: sample)
      }
      path = path * chanceExactly(most, sample: sample)
    }
    return total
  }
}
