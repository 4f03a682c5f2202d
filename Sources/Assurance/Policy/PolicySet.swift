/// A folder of policy, read whole and checked: datasets, KPIs, criteria, sampling rules.
package struct PolicySet: Sendable {
  package let name: String
  package let title: String
  /// What the set follows, with the date it was checked.
  package let edition: String
  package let datasets: [DatasetDefinition]
  package let kpis: [KPIDefinition]
  package let criteria: [Criterion]
  package let boundary: Boundary?
  package let sampling: SamplingPolicy

  package func dataset(_ name: String) -> DatasetDefinition? { datasets.first { $0.name == name } }
  package func kpi(_ name: String) -> KPIDefinition? { kpis.first { $0.name == name } }
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
    for item in try root.required("kpis").items() {
      kpis.append(try KPIDefinition.read(open("kpis/\(try item.text()).yaml")))
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
    let set = PolicySet(
      name: try root.required("policy").text(), title: try root.required("title").text(),
      edition: try root.required("edition").text(), datasets: datasets, kpis: kpis,
      criteria: criteria, boundary: boundary,
      sampling: try SamplingPolicy.read(open("sampling.yaml")))
    try root.finish()
    try set.check(place: place)
    return set
  }

  /// Checks names and units across files.
  private func check(place: String) throws(AssureError) {
    func fail(_ code: String, _ file: String, _ reason: String, _ remedy: String) -> AssureError {
      AssureError(code, place: "\(place)/\(file)", reason, remedy: remedy)
    }
    let names = datasets.map(\.name) + kpis.map(\.name)
    if let odd = names.first(where: { !Self.isName($0) }) {
      throw fail(
        "policy-name", "policy.yaml", "`\(odd)` cannot name a dataset or KPI",
        "use lower-case letters, digits and `-`, a letter first")
    }
    if let twice = names.first(where: { name in names.count(where: { $0 == name }) > 1 }) {
      throw fail(
        "policy-duplicate-name", "policy.yaml", "`\(twice)` is declared twice", "rename one")
    }
    for dataset in datasets {
      for field in dataset.fields {
        if let register = field.register, self.dataset(register) == nil {
          throw fail(
            "policy-unknown-dataset", "datasets/\(dataset.name).yaml",
            "the field `\(field.name)` names the register `\(register)`, which is not declared",
            "one of: \(datasets.map(\.name).joined(separator: ", "))")
        }
      }
    }
    if let boundary, dataset(boundary.register) == nil {
      throw fail(
        "policy-unknown-dataset", "policy.yaml",
        "the boundary names the register `\(boundary.register)`, which is not declared",
        "one of: \(datasets.map(\.name).joined(separator: ", "))")
    }
    for kpi in kpis { try check(kpi, place: "\(place)/kpis/\(kpi.name).yaml") }
  }

  /// Names become names of tables and files.
  private static func isName(_ name: String) -> Bool {
    let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    return name.utf8.first.map(letters.contains) ?? false
      && name.utf8.allSatisfy {
        letters.contains($0) || digits.contains($0) || $0 == UInt8(ascii: "-")
      }
  }

  private func check(_ kpi: KPIDefinition, place: String) throws(AssureError) {
    func fail(_ code: String, _ reason: String, _ remedy: String) -> AssureError {
      AssureError(code, place: place, reason, remedy: remedy)
    }
    for id in kpi.criteria where !criteria.contains(where: { $0.id == id }) {
      throw fail(
        "policy-unknown-criterion", "the criterion `\(id)` is not listed",
        "add it to the criteria file")
    }
    let datasetNames = kpi.measure.terms.map(\.dataset)
    if let twice = datasetNames.first(where: { name in datasetNames.count { $0 == name } > 1 }) {
      throw fail(
        "policy-duplicate-term",
        "the measure names the dataset `\(twice)` twice: its records would be two items of one key",
        "write one term whose filter takes both, or declare two KPIs")
    }
    for term in kpi.measure.terms {
      guard let dataset = dataset(term.dataset) else {
        throw fail(
          "policy-unknown-dataset",
          "the measure names the dataset `\(term.dataset)`, which is not declared",
          "one of: \(datasets.map(\.name).joined(separator: ", "))")
      }
      guard let date = dataset.field(term.date), date.type == .date || date.type == .month else {
        throw fail(
          "policy-unknown-field",
          "`\(term.date)` is not a date or month field of `\(dataset.name)`",
          "name the field that decides whether a record lies in the period")
      }
      guard let name = term.field else { continue }
      guard let field = dataset.field(name), field.type == .decimal, let unit = field.unit else {
        throw fail(
          "policy-unknown-field",
          "`\(name)` is not a decimal field with a unit of `\(dataset.name)`",
          "name a decimal field and give it a unit")
      }
      guard unit.factor(to: kpi.unit) != nil else {
        throw fail(
          "policy-unit-mismatch",
          "`\(dataset.name).\(name)` is in \(unit.code), which cannot become \(kpi.unit.code)",
          "declare the field in a unit of the same kind, with a conversion where sources differ")
      }
    }
    if case .ratio(let top, let bottom) = kpi.measure {
      for name in [top, bottom] where self.kpi(name) == nil {
        throw fail(
          "policy-unknown-kpi", "the ratio names `\(name)`, which is not a KPI",
          "declare it or correct its name")
      }
      guard let a = self.kpi(top), let b = self.kpi(bottom),
        (a.unit / b.unit).factor(to: kpi.unit) != nil
      else {
        throw fail(
          "policy-unit-mismatch", "the ratio is not in \(kpi.unit.code)",
          "write the unit of `\(top)` divided by the unit of `\(bottom)`")
      }
    }
    try checkTests(kpi, place: place)
    try checkAcyclic(kpi, place: place)
  }

  /// Asks every test whether the datasets have what it reads.
  private func checkTests(_ kpi: KPIDefinition, place: String) throws(AssureError) {
    let view = PolicyView(datasets: datasets, measure: kpi.measure)
    for test in kpi.tests {
      if let problem = test.problem(in: view) {
        throw AssureError(
          "policy-test-unfit", place: place,
          "the test `\(type(of: test).kind)` cannot work: \(problem)",
          remedy: "declare what it needs, or take the test out")
      }
    }
  }

  /// Follows ratios; a KPI that rests on itself is refused.
  private func checkAcyclic(_ kpi: KPIDefinition, place: String) throws(AssureError) {
    var pending = [kpi.name]
    var seen: Set<String> = []
    while let name = pending.popLast() {
      guard case .ratio(let top, let bottom)? = self.kpi(name)?.measure else { continue }
      for next in [top, bottom] {
        guard next != kpi.name else {
          throw AssureError(
            "policy-cycle", place: place, "`\(kpi.name)` rests on itself through `\(name)`",
            remedy: "break the circle")
        }
        if seen.insert(next).inserted { pending.append(next) }
      }
    }
  }
}
