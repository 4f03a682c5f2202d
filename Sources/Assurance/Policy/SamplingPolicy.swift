package import Exact

/// How samples are planned, per level of assurance.
package struct SamplingPolicy: Sendable {
  package let levels: [SamplingLevel]

  package func level(_ name: String) -> SamplingLevel? { levels.first { $0.name == name } }
}

/// The rules for one level.
package struct SamplingLevel: Sendable {
  /// `limited` or `reasonable`.
  package let name: String
  /// In the open interval 0...1.
  package let confidence: ExactDecimal
  /// Who decided the confidence, and why: a judgement, shown as one.
  package let confidenceReason: String
  /// Expected misstatement as a share of performance materiality, in `0..<1`.
  package let expectedShare: ExactDecimal
  /// Fewest items, whatever the formula says; nil for none.
  package let sizeMin: Int?
  package let method: String
}

extension SamplingPolicy {
  package static func read(_ node: PolicyNode) throws(AssureError) -> SamplingPolicy {
    var levels: [SamplingLevel] = []
    let levelsNode = try node.required("levels")
    for (name, level) in try levelsNode.entries() {
      let confidenceNode = try level.required("confidence")
      let confidence = try confidenceNode.value(ExactDecimal.self, "an exact number")
      guard confidence > .zero, confidence < ExactDecimal(1) else {
        throw confidenceNode.error(
          "policy-value", "the confidence must lie between 0 and 1", remedy: "write 0.80 for 80 %")
      }
      let expectedNode = try level.required("expected_share")
      let expected = try expectedNode.value(ExactDecimal.self, "an exact number")
      guard expected >= .zero, expected < ExactDecimal(1) else {
        throw expectedNode.error(
          "policy-value", "the expected share must lie in 0..<1",
          remedy: "write 0 for none expected")
      }
      levels.append(
        SamplingLevel(
          name: name, confidence: confidence,
          confidenceReason: try level.required("confidence_reason").text(), expectedShare: expected,
          sizeMin: try level.optional("size_min")?.value(Int.self, "a whole number"),
          method: try level.required("method").text()))
      try level.finish()
    }
    try node.finish()
    return SamplingPolicy(levels: levels)
  }
}
