import Exact

/// Whether the files of a policy set fit each other: names, units, factors, filters, circles.
struct PolicyCheck {
  let set: PolicySet
  let place: String

  func run() throws(AssureError) {
    try checkNames()
    for dataset in set.datasets {
      for field in dataset.fields {
        guard let register = field.register, set.dataset(register) == nil else { continue }
        throw unknownDataset(
          "datasets/\(dataset.name).yaml",
          "the field `\(field.name)` names the register `\(register)`, which is not declared")
      }
    }
    try checkBoundary()
    for kpi in set.kpis { try check(kpi) }
  }

  func fail(
    _ code: String, _ file: String, _ reason: String, _ remedy: String
  ) -> AssureError {
    AssureError(code, place: "\(place)/\(file)", reason, remedy: remedy)
  }

  private func unknownDataset(_ file: String, _ reason: String) -> AssureError {
    fail(
      "policy-unknown-dataset", file, reason,
      "one of: \(set.datasets.map(\.name).joined(separator: ", "))")
  }

  private func checkNames() throws(AssureError) {
    var seen: Set<String> = []
    let names = set.datasets.map(\.name) + set.kpis.map(\.name)
    if let odd = names.first(where: { !Self.isName($0) }) {
      throw fail(
        "policy-name", "policy.yaml", "`\(odd)` cannot name a dataset or KPI",
        "use lower-case letters, digits and `-`, a letter first")
    }
    if names.contains(ReportCheck.name) {
      throw fail(
        "policy-name", "policy.yaml", "`\(ReportCheck.name)` is the report's own name",
        "name the dataset or KPI otherwise")
    }
    for name in names {
      guard seen.insert(name).inserted else {
        throw fail(
          "policy-duplicate-name", "policy.yaml", "`\(name)` is declared twice", "rename one")
      }
    }
    for kpi in set.kpis {
      for alias in kpi.aliases where !seen.insert(alias).inserted {
        throw fail(
          "policy-duplicate-name", set.kpiFiles[kpi.name] ?? "", "`\(alias)` is declared twice",
          "rename one")
      }
    }
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

  private func checkBoundary() throws(AssureError) {
    guard let boundary = set.boundary else { return }
    guard let register = set.dataset(boundary.register) else {
      throw unknownDataset(
        "policy.yaml",
        "the boundary names the register `\(boundary.register)`, which is not declared")
    }
    _ = try FilterExpression(
      boundary.filter, dataset: register, among: set.datasets,
      place: "\(place)/policy.yaml (boundary)")
  }

  private func check(_ kpi: KPIDefinition) throws(AssureError) {
    let file = set.kpiFiles[kpi.name] ?? "kpis/\(kpi.name).yaml"
    for id in kpi.criteria where !set.criteria.contains(where: { $0.id == id }) {
      throw fail(
        "policy-unknown-criterion", file, "the criterion `\(id)` is not listed",
        "add it to the criteria file")
    }
    let names = kpi.measure.terms.map(\.dataset)
    if kpi.measure.hasPopulation,
      let twice = names.first(where: { name in names.count { $0 == name } > 1 })
    {
      throw fail(
        "policy-duplicate-term", file,
        "the measure names the dataset `\(twice)` twice: its records would be two items of one key",
        "write one term whose filter takes both, or declare two KPIs")
    }
    for term in kpi.measure.terms { try check(term, of: kpi, file: file) }
    try checkParts(kpi, file: file)
    let view = PolicyView(
      datasets: set.datasets, measure: kpi.measure, factorSets: set.factorSets)
    for test in kpi.tests {
      guard let problem = test.problem(in: view) else { continue }
      throw fail(
        "policy-test-unfit", file, "the test `\(type(of: test).kind)` cannot work: \(problem)",
        "declare what it needs, or take the test out")
    }
    try checkConfusions(kpi, file: file)
    try checkAcyclic(kpi, file: file)
    try FactorCheck(check: self, kpi: kpi, file: file).runMixed()
  }

  private func check(_ term: MeasureTerm, of kpi: KPIDefinition, file: String) throws(AssureError) {
    guard let dataset = set.dataset(term.dataset) else {
      throw unknownDataset(
        file, "the measure names the dataset `\(term.dataset)`, which is not declared")
    }
    func wrong(_ reason: String, _ remedy: String) -> AssureError {
      fail("policy-unknown-field", file, reason, remedy)
    }
    for name in [term.date, term.until].compactMap({ $0 }) {
      guard let date = dataset.field(name), date.type == .date || date.type == .month else {
        throw wrong(
          "`\(name)` is not a date or month field of `\(dataset.name)`",
          "name the field that decides whether a record lies in the period")
      }
    }
    if let once = term.once, dataset.field(once) == nil {
      throw wrong(
        "`\(once)` is not a field of `\(dataset.name)`",
        "one of: \(dataset.fields.map(\.name).joined(separator: ", "))")
    }
    let filter = try term.filter.map { (filter) throws(AssureError) in
      try FilterExpression(
        filter, dataset: dataset, among: set.datasets, place: "\(place)/\(file)")
    }
    guard let name = term.field else { return }
    if case .distinct = kpi.measure {
      guard dataset.field(name) != nil else {
        throw wrong(
          "`\(name)` is not a field of `\(dataset.name)`",
          "one of: \(dataset.fields.map(\.name).joined(separator: ", "))")
      }
      return
    }
    guard let field = dataset.field(name), field.type == .decimal, let unit = field.unit else {
      throw wrong(
        "`\(name)` is not a decimal field with a unit of `\(dataset.name)`",
        "name a decimal field and give it a unit")
    }
    let product = try FactorCheck(check: self, kpi: kpi, file: file).unit(
      of: term, field: unit, dataset: dataset, filter: filter)
    guard product.factor(to: kpi.unit) != nil else {
      throw fail(
        "policy-unit-mismatch", file,
        "`\(dataset.name).\(name)` "
          + (term.factors.isEmpty ? "is" : "times its factors is")
          + " in \(product.code), which cannot become \(kpi.unit.code)",
        "declare the field in a unit of the same kind, with a conversion where sources differ")
    }
  }

  /// The KPIs that a ratio or a formula names, and the unit that comes out.
  private func checkParts(_ kpi: KPIDefinition, file: String) throws(AssureError) {
    let word = if case .ratio = kpi.measure { "ratio" } else { "formula" }
    for name in kpi.measure.kpis where set.kpi(name) == nil {
      throw fail(
        "policy-unknown-kpi", file, "the \(word) names `\(name)`, which is not a KPI",
        "declare it or correct its name")
    }
    switch kpi.measure {
    case .ratio(let top, let bottom):
      guard let a = set.kpi(top), let b = set.kpi(bottom),
        (a.unit / b.unit).factor(to: kpi.unit) != nil
      else {
        throw fail(
          "policy-unit-mismatch", file, "the ratio is not in \(kpi.unit.code)",
          "write the unit of `\(top)` divided by the unit of `\(bottom)`")
      }
    case .formula(let expression):
      guard let unit = expression.unit({ set.kpi($0)?.unit }), unit.factor(to: kpi.unit) != nil
      else {
        throw fail(
          "policy-unit-mismatch", file, "the formula does not come out in \(kpi.unit.code)",
          "add like to like, and write the unit that comes out")
      }
    case .sum, .count, .distinct, .stated: return
    }
  }

  private func checkConfusions(_ kpi: KPIDefinition, file: String) throws(AssureError) {
    for confusion in kpi.confusions {
      if let name = confusion.kpi {
        guard let other = set.kpi(name), name != kpi.name,
          other.unit.factor(to: kpi.unit) != nil
        else {
          throw fail(
            "policy-unknown-kpi", file,
            "a confusion names `\(name)`, which is no other KPI in a unit of the same kind",
            "declare it or correct its name")
        }
      } else if let name = confusion.factors, set.factorSet(name) != nil {
        continue
      } else {
        throw fail(
          "policy-unknown-factors", file, "a confusion names neither a KPI nor a factor set",
          "one of: \(set.factorSets.map(\.name).joined(separator: ", "))")
      }
    }
  }

  /// Follows ratios and formulas; a KPI that rests on itself is refused.
  private func checkAcyclic(_ kpi: KPIDefinition, file: String) throws(AssureError) {
    var pending = [kpi.name]
    var seen: Set<String> = []
    while let name = pending.popLast() {
      for next in set.kpi(name)?.measure.kpis ?? [] {
        guard next != kpi.name else {
          throw fail(
            "policy-cycle", file, "`\(kpi.name)` rests on itself through `\(name)`",
            "break the circle")
        }
        if seen.insert(next).inserted { pending.append(next) }
      }
    }
  }
}
