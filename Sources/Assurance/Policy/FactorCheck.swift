import Exact

/// Whether the factors of a measure are there, fit its units and go together.
struct FactorCheck {
  let check: PolicyCheck
  let kpi: KPIDefinition
  let file: String

  private var set: PolicySet { check.set }

  /// The unit of a field's values times their factors.
  ///
  /// - Throws: `policy-unknown-factors`, `policy-unknown-field`, `policy-missing-factor`,
  ///   `policy-wrong-edition`.
  func unit(
    of term: MeasureTerm, field: Unit, dataset: DatasetDefinition, filter: FilterExpression?
  ) throws(AssureError) -> Unit {
    var unit = field
    for use in term.factors {
      guard let factors = set.factorSet(use.set)?.factors(of: use.quantity),
        let first = factors.first
      else {
        throw check.fail(
          "policy-unknown-factors", file,
          "there is no factor set `\(use.set)` with the quantity `\(use.quantity)`",
          "list it under `factors:` in policy.yaml, or correct its name")
      }
      if let edition = use.edition, let other = factors.first(where: { $0.edition != edition }) {
        throw check.fail(
          "policy-wrong-edition", file,
          "the criteria name the edition `\(edition)`, and \(other.place) is of `\(other.edition)`",
          "use the set of that edition, or correct the edition named")
      }
      try checkKeys(use, factors: factors, dataset: dataset, filter: filter)
      unit = unit * first.unit
    }
    return unit
  }

  private func checkKeys(
    _ use: FactorUse, factors: [Factor], dataset: DatasetDefinition, filter: FilterExpression?
  ) throws(AssureError) {
    let columns = Set(factors.flatMap(\.keys.keys))
    for (column, key) in use.keys.sorted(by: { $0.key < $1.key }) {
      guard columns.contains(column) else {
        throw check.fail(
          "policy-unknown-factors", file,
          "`\(use.set)` has no factor of `\(use.quantity)` by `\(column)`",
          "one of: \(columns.sorted().joined(separator: ", "))")
      }
      for value in try values(of: key, dataset: dataset, filter: filter) ?? [] {
        guard factors.contains(where: { $0.keys[column] == value }) else {
          throw check.fail(
            "policy-missing-factor", file,
            "`\(use.set)` has no `\(use.quantity)` for the \(column) `\(value)`",
            "add it with its source, or leave such records out with the filter")
        }
      }
    }
  }

  /// The values a key can have: nil for fields that are not choices.
  private func values(
    of key: FactorUse.Key, dataset: DatasetDefinition, filter: FilterExpression?
  ) throws(AssureError) -> [String]? {
    guard case .field(let name) = key else {
      if case .literal(let value) = key { return [value] }
      return nil
    }
    guard let field = set.field(name, of: dataset) else {
      throw check.fail(
        "policy-unknown-field", file,
        "the factor is looked up by `\(name)`, which is not a field of `\(dataset.name)`",
        "name a field, or `register.field`")
    }
    guard field.type == .choice else { return nil }
    if let compared = filter?.choices[name] { return compared.sorted() }
    return field.choices.map(\.id)
  }

  /// Two sets that give different factors for the same thing must not meet in one figure.
  func runMixed() throws(AssureError) {
    var used: [(use: FactorUse, kpi: String)] = []
    var pending = [kpi.name]
    var seen: Set<String> = [kpi.name]
    while let name = pending.popLast() {
      guard let kpi = set.kpi(name) else { continue }
      used += kpi.measure.terms.flatMap(\.factors).map { ($0, name) }
      pending += kpi.measure.kpis.filter { seen.insert($0).inserted }
    }
    for (index, first) in used.enumerated() {
      for second in used[(index + 1)...] where second.use.quantity == first.use.quantity {
        guard second.use.set != first.use.set, let a = set.factorSet(first.use.set),
          let b = set.factorSet(second.use.set)
        else { continue }
        let quantity = first.use.quantity
        let keys = Set(a.factors(of: quantity).map(\.keys))
        guard b.factors(of: quantity).contains(where: { keys.contains($0.keys) }) else { continue }
        throw check.fail(
          "policy-mixed-factors", file,
          "`\(quantity)` comes from `\(a.name)` in `\(first.kpi)` and from `\(b.name)` in "
            + "`\(second.kpi)`",
          "use one set throughout a figure")
      }
    }
  }
}

extension PolicySet {
  /// The field of a dataset, or of a register as `register.field`.
  func field(_ name: String, of dataset: DatasetDefinition) -> FieldDefinition? {
    guard let dot = name.firstIndex(of: ".") else { return dataset.field(name) }
    let register = String(name[..<dot])
    guard dataset.fields.contains(where: { $0.register == register }) else { return nil }
    return self.dataset(register)?.field(String(name[name.index(after: dot)...]))
  }
}
