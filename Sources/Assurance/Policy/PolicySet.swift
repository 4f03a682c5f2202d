/// A folder of policy, read whole and checked: datasets, KPIs, criteria, sampling rules.
package struct PolicySet: Sendable {
  package let name: String
  package let title: String
  /// What the set follows, with the date it was checked.
  package let edition: String
  package let datasets: [DatasetDefinition]
  package internal(set) var kpis: [KPIDefinition]
  package let criteria: [Criterion]
  package let boundary: Boundary?
  package let sampling: SamplingPolicy
  package let factorSets: [FactorSet]
  /// What is tried on the printed figures themselves: relations, bases of shares.
  package let report: ReportRules
  /// The file within the set that declares a KPI.
  package let kpiFiles: [String: String]

  package func dataset(_ name: String) -> DatasetDefinition? { datasets.first { $0.name == name } }
  package func kpi(_ name: String) -> KPIDefinition? { kpis.first { $0.name == name } }
  package func factorSet(_ name: String) -> FactorSet? { factorSets.first { $0.name == name } }
}

/// A rule the figures are prepared under.
package struct Criterion: Sendable {
  package let id: String
  /// In our own words.
  package let text: String
  /// Where it stands.
  package let source: String

  package init(id: String, text: String, source: String) {
    self.id = id
    self.text = text
    self.source = source
  }
}

/// Which sites the figures are about: records of a register for which a filter holds.
package struct Boundary: Sendable {
  /// The register's dataset.
  package let register: String
  /// A SQL expression over the register's fields.
  package let filter: String
}

extension PolicySet {
  /// Reads a policy set from its files and checks that they fit each other.
  ///
  /// - Parameters:
  ///   - files: path within the set, such as `kpis/water-consumption.yaml`, to its text.
  ///   - place: what to call the folder in errors.
  /// - Throws: an ``AssureError`` that names file and line of the first thing wrong.
  package static func read(
    _ files: [String: String], place: String
  ) throws(AssureError) -> PolicySet {
    func open(_ path: String) throws(AssureError) -> PolicyNode {
      guard let text = files[path] else {
        throw AssureError(
          "policy-missing-file", place: "\(place)/\(path)", "the file is missing",
          remedy: "write it, or remove its name from policy.yaml")
      }
      return try PolicyNode.parse(text, file: "\(place)/\(path)")
    }
    let root = try open("policy.yaml")
    var datasets: [DatasetDefinition] = []
    for item in try root.required("datasets").items() {
      datasets.append(try DatasetDefinition.read(open("datasets/\(try item.text()).yaml")))
    }
    var kpis: [KPIDefinition] = []
    var kpiFiles: [String: String] = [:]
    for item in try root.required("kpis").items() {
      let file = "kpis/\(try item.text()).yaml"
      for kpi in try KPIDefinition.readAll(open(file)) {
        kpis.append(kpi)
        kpiFiles[kpi.name] = file
      }
    }
    var criteria: [Criterion] = []
    if let path = try root.optional("criteria") {
      let path = try path.text()
      guard let text = files[path] else {
        throw root.error("policy-missing-file", "`\(path)` is missing", remedy: "write it")
      }
      criteria = try Criterion.read(csv: text, file: "\(place)/\(path)")
    }
    var boundary: Boundary?
    if let node = try root.optional("boundary") {
      boundary = Boundary(
        register: try node.required("register").text(), filter: try node.required("where").text())
      try node.finish()
    }
    var factorSets: [FactorSet] = []
    for item in try root.optional("factors")?.items() ?? [] {
      let name = try item.text()
      let path = "factors/\(name).csv"
      guard let text = files[path] else {
        throw item.error("policy-missing-file", "`\(path)` is missing", remedy: "write it")
      }
      factorSets.append(try FactorSet.read(csv: text, name: name, file: "\(place)/\(path)"))
    }
    let report = try ReportRules.read(root, files: files, kpis: kpis, place: place)
    let set = PolicySet(
      name: try root.required("policy").text(), title: try root.required("title").text(),
      edition: try root.required("edition").text(), datasets: datasets, kpis: kpis,
      criteria: criteria, boundary: boundary,
      sampling: try SamplingPolicy.read(open("sampling.yaml")), factorSets: factorSets,
      report: report, kpiFiles: kpiFiles)
    try root.finish()
    try PolicyCheck(set: set, place: place).run()
    return set
  }
}
