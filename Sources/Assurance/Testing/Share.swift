package import Exact

/// Too much of a figure rests on records of one kind, such as estimates or manual entries.
package struct Share: PopulationTest {
  package static let kind = "share"
  static let exceeded = FindingKind(
    "share-exceeded", .medium, "More of the figure rests on such records than policy allows.")
  package static let findings = [exceeded]

  /// As a fraction; the share itself is still allowed.
  package let max: Rational
  let condition: RecordCondition
  let finding: FindingKind

  package init(_ node: PolicyNode) throws(AssureError) {
    max = try node.required("max").percent()
    condition = try RecordCondition(node.required("when"))
    finding = try FindingKind(node, otherwise: Self.exceeded)
  }

  package func problem(in policy: PolicyView) -> String? {
    for dataset in policy.measured {
      if let problem = condition.problem(dataset, in: policy) { return problem }
    }
    return policy.measured.isEmpty ? "the measure has no datasets" : nil
  }

  package func run(_ context: TestContext) -> [Exception] {
    var total = Rational.zero
    var part = Rational.zero
    var places: [String] = []
    for name in context.measured {
      let holds = condition.predicate(name, context)
      for reading in context.readings(of: name, .counted) {
        let amount = (reading.contribution ?? reading.quantity ?? .zero).magnitude
        total = total + amount
        guard holds(reading.record) else { continue }
        part = part + amount
        places.append(reading.locator)
      }
    }
    guard part > max * total else { return [] }
    return [
      context.exception(
        finding, subject: context.kpi.name, locators: places, effect: .unquantified,
        message: "\(part.divided(by: total).percentText) of the figure, "
          + "\(numbered(places.count, "record")), where at most \(max.percentText) is allowed: "
          + finding.meaning)
    ]
  }
}
