/// A test of a population: one kind of thing that goes wrong, looked for in all of its records.
///
/// A test is declared by policy under a KPI, with the parameters it names, and gives exceptions.
/// It reads what it is given and nothing else; the same records in another order give the same
/// exceptions.
package protocol PopulationTest: Sendable {
  /// The word that policy uses.
  static var kind: String { get }
  /// Everything it can find, in the order in which exceptions are listed.
  static var findings: [FindingKind] { get }
  /// Reads parameters; must ask for each it knows. ``PopulationTests/read(_:)`` closes the node.
  init(_ node: PolicyNode) throws(AssureError)
  /// The datasets it reads beside those of the KPI's measure.
  var datasets: [String] { get }
  /// Why the test cannot work on a KPI, in one sentence without a full stop; nil if it can.
  func problem(in policy: PolicyView) -> String?
  /// Looks at the records and returns what it finds.
  func run(_ context: TestContext) throws -> [Exception]
}

extension PopulationTest {
  /// Every code it can raise.
  package static var codes: [String] { findings.map(\.code) }
  package var datasets: [String] { [] }
  package func problem(in policy: PolicyView) -> String? { nil }
}

/// All tests of this folder, by the word that policy uses.
package enum PopulationTests {
  package static let all: [any PopulationTest.Type] = [
    Alike.self, Benford.self, CutOff.self, Duplicates.self, FactorUsed.self, Match.self,
    MeterTree.self, MonthOutlier.self, PeerOutlier.self, RegisterDifference.self,
    RepeatedValues.self, RosterEvents.self, Rule.self, Share.self, Sign.self, SiteMonthGrid.self,
    SwappedValues.self, TrueUp.self, UnitScale.self,
  ]

  /// Reads one entry of a KPI's list of tests.
  package static func read(_ node: PolicyNode) throws(AssureError) -> any PopulationTest {
    let kindNode = try node.required("test")
    let kind = try kindNode.text()
    guard let type = all.first(where: { $0.kind == kind }) else {
      throw kindNode.error(
        "policy-unknown-test", "there is no population test `\(kind)`",
        remedy: "one of: \(all.map { $0.kind }.sorted().joined(separator: ", "))")
    }
    let test = try type.init(node)
    try node.finish()
    return test
  }

  /// What a code means, in one sentence; nil for a code of another part of the program.
  package static func meaning(of code: String) -> String? {
    all.lazy.flatMap { $0.findings }.first { $0.code == code }?.meaning
  }
}

/// One kind of finding of a test.
package struct FindingKind: Sendable {
  /// A stable short name in kebab case.
  package let code: String
  package let severity: Severity
  /// What is seen when it fires, in one sentence.
  package let meaning: String

  package init(_ code: String, _ severity: Severity, _ meaning: String) {
    self.code = code
    self.severity = severity
    self.meaning = meaning
  }
}
