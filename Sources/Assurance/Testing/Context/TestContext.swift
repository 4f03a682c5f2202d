import Synchronization

/// What a population test sees.
package struct TestContext: Sendable {
  package let kpi: KPIDefinition
  /// The engagement's period.
  package let period: Period
  /// The datasets of the KPI's measure, of the registers they name and of the tests, by name.
  package let datasets: [String: DatasetRecords]
  /// Keys of the register's records inside the policy's boundary; nil if policy declares none, and
  /// then every site is inside.
  package let sitesInBoundary: Set<String>?
  /// The register that the boundary speaks of; nil where any register is meant.
  package let boundaryRegister: String?
  /// The policy's factors, for tests of what records say they were multiplied by.
  package let factorSets: [FactorSet]
  let shelf: ReadingShelf

  package init(
    kpi: KPIDefinition, period: Period, datasets: [String: DatasetRecords],
    sitesInBoundary: Set<String>? = nil, boundaryRegister: String? = nil,
    factorSets: [FactorSet] = []
  ) {
    self.kpi = kpi
    self.period = period
    self.datasets = datasets
    self.sitesInBoundary = sitesInBoundary
    self.boundaryRegister = boundaryRegister
    self.factorSets = factorSets
    shelf = ReadingShelf()
  }

  /// Whether a row of a register is inside; rows of a register that the boundary does not speak of
  /// all are.
  package func isInBoundary(_ registerKey: String, of register: String) -> Bool {
    guard boundaryRegister == nil || boundaryRegister == register else { return true }
    return sitesInBoundary?.contains(registerKey) ?? true
  }
}

/// Readings made once and kept for all tests of a context.
final class ReadingShelf: Sendable {
  private let readings = Mutex<[String: [Reading]]>([:])
  private let things = Mutex<[String: CountedThings]>([:])

  func readings(of name: String, _ make: () -> [Reading]) -> [Reading] {
    if let known = readings.withLock({ $0[name] }) { return known }
    let made = make()
    readings.withLock { $0[name] = made }
    return made
  }

  func things(of name: String, _ make: () -> CountedThings) -> CountedThings {
    if let known = things.withLock({ $0[name] }) { return known }
    let made = make()
    things.withLock { $0[name] = made }
    return made
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

/// What a test can ask about the policy it stands in, before there are any records.
package struct PolicyView: Sendable {
  package let datasets: [DatasetDefinition]
  package let measure: Measure
  package let factorSets: [FactorSet]

  package init(
    datasets: [DatasetDefinition], measure: Measure, factorSets: [FactorSet] = []
  ) {
    self.datasets = datasets
    self.measure = measure
    self.factorSets = factorSets
  }

  package func dataset(_ name: String) -> DatasetDefinition? { datasets.first { $0.name == name } }
  /// The datasets of the measure, each once, by name.
  package var measured: [DatasetDefinition] {
    Set(measure.terms.map(\.dataset)).sorted().compactMap { dataset($0) }
  }

  /// Why `name` cannot serve as the register of sites; nil if it can.
  package func problem(register name: String) -> String? {
    guard let register = dataset(name) else { return "the register `\(name)` is not declared" }
    guard register.key.count == 1 else {
      return "the register `\(name)` needs a key of one field, the site"
    }
    return measured.first { $0.roles[.site] == nil }.map {
      "the dataset `\($0.name)` has no field with the role `site`"
    }
  }
}
