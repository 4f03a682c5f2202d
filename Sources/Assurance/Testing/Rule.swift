import Exact

/// A condition that no record may satisfy, in the policy's own words and under its own code.
package struct Rule: PopulationTest {
  package static let kind = "rule"
  static let broken = FindingKind(
    "rule-broken", .medium, "A record is as a rule of the policy says it should not be.")
  package static let findings = [broken]

  /// Which records are looked at.
  package enum Scope: String, CaseIterable, Sendable {
    case counted
    /// The filter takes them in, whatever the period says.
    case takenIn = "taken-in"
    case all
  }

  enum Outcome: String, CaseIterable { case unquantified, remove, none }

  package let dataset: String?
  let scope: Scope
  let condition: RecordCondition
  let finding: FindingKind
  let outcome: Outcome

  package init(_ node: PolicyNode) throws(AssureError) {
    dataset = try node.optional("dataset")?.text()
    scope = try node.optional("of")?.word(Scope.self) ?? .counted
    let when = try node.required("when")
    condition = try RecordCondition(when)
    outcome = try node.optional("effect")?.word(Outcome.self) ?? .unquantified
    finding = try FindingKind(node, otherwise: Self.broken)
  }

  package var datasets: [String] { [dataset].compactMap { $0 } }

  package func problem(in policy: PolicyView) -> String? {
    guard let name = dataset ?? policy.measure.terms.first?.dataset,
      let definition = policy.dataset(name)
    else { return "its dataset is not declared" }
    return condition.problem(definition, in: policy)
  }

  package func run(_ context: TestContext) -> [Exception] {
    guard let name = dataset ?? context.kpi.measure.terms.first?.dataset else { return [] }
    let holds = condition.predicate(name, context)
    return context.readings(of: name, scope).filter { holds($0.record) }.map { reading in
      let effect: Effect =
        switch outcome {
        case .unquantified: .unquantified
        case .remove: context.effect(removing: [reading])
        case .none: .none
        }
      let field = condition.clauses.first { !$0.field.contains(".") }?.field
      let locator =
        field.map { reading.record.source.locator(field: $0).description } ?? reading.locator
      return context.exception(
        finding, subject: "\(name) \(reading.record.key)", locators: [locator], effect: effect,
        message: "\(reading.record.key) of \(name): \(finding.meaning)")
    }.inOrder(of: [finding])
  }
}

extension FindingKind {
  /// Reads `code`, `severity` and `says` of a test whose words are the policy's.
  init(_ node: PolicyNode, otherwise standard: FindingKind) throws(AssureError) {
    let codeNode = try node.optional("code")
    let code = try codeNode?.text() ?? standard.code
    let isWord = code.split(separator: "-", omittingEmptySubsequences: false).allSatisfy {
      !$0.isEmpty && $0.utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
    }
    let isTaken = code != standard.code && PopulationTests.meaning(of: code) != nil
    if let codeNode, !isWord || isTaken {
      throw codeNode.error(
        "policy-value", "`\(code)` cannot be the code of a rule",
        remedy: isTaken
          ? "it is another test's: choose a word of your own" : "write lower-case words with `-`")
    }
    let saysNode = try node.required("says")
    let says = try saysNode.text()
    guard !says.isEmpty, !says.hasSuffix(".") else {
      throw saysNode.error(
        "policy-value", "`says` is one sentence without a full stop", remedy: "write it so")
    }
    self.init(
      code, try node.optional("severity")?.word(Severity.self) ?? standard.severity, says)
  }
}
