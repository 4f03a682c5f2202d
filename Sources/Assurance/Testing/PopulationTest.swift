/// A test of a population: one kind of thing that goes wrong, looked for in all of its records.
///
/// A test is declared by policy under a KPI, with the parameters it names, and gives exceptions.
/// It reads what it is given and nothing else; the same records in another order give the same
/// exceptions.
package protocol PopulationTest: Sendable {
  /// The word that policy uses.
  static var kind: String { get }
  /// Every code it can raise.
  static var codes: [String] { get }
  /// Reads parameters; must ask for each it knows. ``PopulationTests/read(_:)`` closes the node.
  init(_ node: PolicyNode) throws(AssureError)
  /// Looks at the records and returns what it finds.
  func run(_ context: TestContext) throws -> [Exception]
}

/// All tests of this folder, by the word that policy uses.
package enum PopulationTests {
  package static let all: [any PopulationTest.Type] = []

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
}

/// What a population test sees.
package struct TestContext: Sendable {
  package let kpi: KPIDefinition
  /// The engagement's period.
  package let period: Period
  /// The datasets of the KPI's measure and of the registers they name, by name.
  package let datasets: [String: DatasetRecords]

  package init(kpi: KPIDefinition, period: Period, datasets: [String: DatasetRecords]) {
    self.kpi = kpi
    self.period = period
    self.datasets = datasets
  }
}

/// All accepted records of a dataset, whether or not they are in the population.
package struct DatasetRecords: Sendable {
  package let definition: DatasetDefinition
  /// Sorted by key, then source digest, table and row.
  package let records: [Record]
  /// For each record, whether the KPI's filter and period take it in.
  package let isInPopulation: [Bool]
  /// For each record, whether the KPI's filter takes it in, period aside.
  package let passesFilter: [Bool]
  /// The field that the KPI sums, if it sums this dataset.
  package let summedField: String?

  package init(
    definition: DatasetDefinition, records: [Record], isInPopulation: [Bool],
    passesFilter: [Bool], summedField: String?
  ) {
    self.definition = definition
    self.records = records
    self.isInPopulation = isInPopulation
    self.passesFilter = passesFilter
    self.summedField = summedField
  }
}
