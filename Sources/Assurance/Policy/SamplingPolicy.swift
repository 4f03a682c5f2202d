package import Exact

/// How samples are planned, per level of assurance. Every value says whether it is a judgement.
package struct SamplingPolicy: Sendable {
  package let levels: [SamplingLevel]
  /// For each kind of KPI, the selection method; nil where nothing is sampled.
  package let methods: [KPIKind: SamplingMethodRule]
  /// Expected misstatement as a share of performance materiality, in `0..<1`.
  package let expectedShare: ExactDecimal
  package let expectedReason: String

  package func level(_ name: String) -> SamplingLevel? { levels.first { $0.name == name } }
}

/// The confidence for one level, and why.
package struct SamplingLevel: Sendable {
  /// `limited` or `reasonable`.
  package let name: String
  /// In the open interval 0...1.
  package let confidence: ExactDecimal
  package let basis: String
  package let reason: String
  package let source: String
}

/// A selection method, and why.
package struct SamplingMethodRule: Sendable {
  /// `modified-sieve` or `consistent`.
  package let method: String
  package let reason: String
  package let source: String
}

extension SamplingPolicy {
  /// Reads `sampling.yaml`.
  package static func read(_ node: PolicyNode) throws(AssureError) -> SamplingPolicy {
    _ = try node.required("sampling").text()
    var levels: [SamplingLevel] = []
    for (name, level) in try node.required("levels").entries() {
      let share = try level.required("confidence")
      let confidence = try percent(share)
      guard confidence > .zero, confidence < ExactDecimal(1) else {
        throw share.error(
          "policy-value", "the confidence must lie between 0% and 100%", remedy: "write 70% or 95%")
      }
      levels.append(
        SamplingLevel(
          name: name, confidence: confidence, basis: try level.required("basis").text(),
          reason: try level.required("reason").text(), source: try level.required("source").text()))
      try level.finish()
    }
    let expected = try node.required("expected_misstatement")
    let share = try percent(expected.required("share"))
    guard share >= .zero, share < ExactDecimal(1) else {
      throw expected.error(
        "policy-value", "the share must lie in 0%..<100%", remedy: "write 0% for none")
    }
    _ = try expected.required("basis").text()
    let expectedReason = try expected.required("reason").text()
    try expected.finish()
    try notes(node.optional("key_items"), ["rule", "basis", "reason"])
    try notes(node.optional("apart"), ["records", "basis", "reason"])
    let policy = SamplingPolicy(
      levels: levels, methods: try methods(node), expectedShare: share,
      expectedReason: expectedReason)
    try node.finish()
    return policy
  }

  /// `methods` by question, and `kinds` that say which question a kind of KPI asks.
  private static func methods(_ node: PolicyNode) throws(AssureError) -> [KPIKind:
    SamplingMethodRule]
  {
    var rules: [String: SamplingMethodRule] = [:]
    for (question, rule) in try node.required("methods").entries() {
      let method = try rule.required("method").word(Method.self).rawValue
      _ = try rule.optional("basis")
      rules[question] = SamplingMethodRule(
        method: method, reason: try rule.required("reason").text(),
        source: try rule.optional("source")?.text() ?? "")
      try rule.finish()
    }
    var methods: [KPIKind: SamplingMethodRule] = [:]
    for (kind, value) in try node.required("kinds").entries() {
      let question = try value.text()
      guard let kind = KPIKind(rawValue: kind), question == "none" || rules[question] != nil else {
        throw value.error(
          "policy-value", "`\(kind): \(question)` names no kind or no method",
          remedy: "a kind of KPI and one of: none, \(rules.keys.sorted().joined(separator: ", "))")
      }
      methods[kind] = rules[question]
    }
    return methods
  }

  private enum Method: String, CaseIterable {
    case modifiedSieve = "modified-sieve"
    case consistent
  }

  /// Values that are written for people: kept in the policy's file, which is in every pack.
  private static func notes(_ node: PolicyNode?, _ keys: [String]) throws(AssureError) {
    guard let node else { return }
    for key in keys { _ = try node.optional(key) }
    try node.finish()
  }

  private static func percent(_ node: PolicyNode) throws(AssureError) -> ExactDecimal {
    let text = try node.text()
    guard text.hasSuffix("%"), let share = ExactDecimal(text.dropLast() + "e-2") else {
      throw node.error("policy-value", "`\(text)` is not a percentage", remedy: "write it as 70%")
    }
    return share
  }
}
