import Exact

/// Records that say which factor they were multiplied by, against the one that policy wants there.
///
/// The figure is recalculated with the policy's factors, whatever records say; this tells where the
/// preparer's differs, and what that does to the preparer's figure. A factor that is not the one
/// wanted is looked for among all sets of the policy, so that it can be called by its name.
package struct FactorUsed: PopulationTest {
  package static let kind = "factor-used"
  static let year = FindingKind(
    "factor-wrong-year", .high, "A record was computed with a factor that is not for the period.")
  static let key = FindingKind(
    "factor-wrong-key", .high,
    "A record was computed with the factor of another region, fuel or gas.")
  static let edition = FindingKind(
    "factor-wrong-edition", .high, "A record was computed with a factor of another edition.")
  static let basis = FindingKind(
    "factor-wrong-basis", .high, "A record was computed with a factor on another basis.")
  static let unknown = FindingKind(
    "factor-unknown", .medium, "A record was computed with a factor that no set of policy has.")
  package static let findings = [year, key, edition, basis, unknown]

  /// The factor's quantity, as one of the measure's terms multiplies by it.
  package let quantity: String
  package let dataset: String?
  /// The decimal field with the factor, and the text field with its edition; one is there.
  package let field: String?
  package let editionField: String?

  package init(_ node: PolicyNode) throws(AssureError) {
    quantity = try node.required("quantity").text()
    dataset = try node.optional("dataset")?.text()
    field = try node.optional("field")?.text()
    editionField = try node.optional("edition")?.text()
  }

  /// The term that multiplies by the quantity, and how.
  private func usage(in measure: Measure) -> (term: MeasureTerm, use: FactorUse)? {
    for term in measure.terms where dataset == nil || term.dataset == dataset {
      if let use = term.factors.first(where: { $0.quantity == quantity }) { return (term, use) }
    }
    return nil
  }

  package func problem(in policy: PolicyView) -> String? {
    guard let (term, use) = usage(in: policy.measure), let definition = policy.dataset(term.dataset)
    else { return "no term of the measure is multiplied by `\(quantity)`" }
    guard field != nil || editionField != nil else {
      return "neither `field` nor `edition` is named"
    }
    let factors = policy.factorSets.first { $0.name == use.set }?.factors(of: quantity) ?? []
    if let field {
      guard let unit = definition.field(field)?.unit else {
        return "`\(field)` is no decimal field with a unit of `\(definition.name)`"
      }
      if let odd = factors.first(where: { unit.factor(to: $0.unit) == nil }) {
        return "`\(field)` is in \(unit.code), and the factors are in \(odd.unit.code)"
      }
    }
    if let editionField, definition.field(editionField) == nil {
      return "`\(editionField)` is no field of `\(definition.name)`"
    }
    let free = Set(factors.flatMap(\.keys.keys)).subtracting(use.keys.keys)
    return free.sorted().first.map {
      "`\(quantity)` is summed over `\($0)`: no record has one factor"
    }
  }

  package func run(_ context: TestContext) -> [Exception] {
    guard let (term, use) = usage(in: context.kpi.measure),
      let definition = context.datasets[term.dataset]?.definition
    else { return [] }
    let fields = RecordFields(term.dataset, context)
    let lookups = Set(
      term.factors.flatMap { $0.keys.values }.compactMap { key -> String? in
        if case .field(let name) = key { name } else { nil }
      })
    let readers = lookups.map { ($0, fields.reader($0)) }
    let (value, edition) = (field.map { fields.reader($0) }, editionField.map { fields.reader($0) })
    let unit = field.flatMap { definition.field($0)?.unit }
    return context.readings(of: term.dataset, .counted).compactMap { reading in
      let keys = Dictionary(
        uniqueKeysWithValues: readers.map { ($0.0, $0.1(reading.record)?.canonical) })
      let chain = FactorChain(sets: context.factorSets, period: context.period, keys: keys)
      let fitting = chain.candidates(use).fitting
      guard let wanted = fitting.first, fitting.count == 1 else { return nil }
      var used = value?(reading.record)?.decimal.map { Rational($0) }
      // Both in the unit of the factor wanted.
      if let own = used, let scale = unit?.factor(to: wanted.unit) { used = own * scale }
      let said = edition?(reading.record)?.canonical
      guard let found = judge(used, said, wanted, context) else { return nil }
      return exception(found, reading, wanted, chain, term, context)
    }.inOrder(of: Self.findings)
  }

  /// What a record used instead, and why that is not what was wanted.
  private struct Finding {
    let kind: FindingKind
    /// In the unit of the factor wanted; nil where only an edition is known.
    let used: Rational?
    let words: String
  }

  private func judge(
    _ used: Rational?, _ said: String?, _ wanted: Factor, _ context: TestContext
  ) -> Finding? {
    if let used, used != wanted.value { return judge(value: used, wanted, context) }
    guard let said, !Self.names(said, wanted) else { return nil }
    // The value, where there is one, is right: only its label is not.
    let other = all(context).first { $0.keys == wanted.keys && Self.names(said, $0) }
    return Finding(
      kind: Self.edition,
      used: used
        ?? other.flatMap { other in
          other.unit.factor(to: wanted.unit).map { other.value * $0 }
        }, words: "the edition `\(said)`")
  }

  private func judge(value used: Rational, _ wanted: Factor, _ context: TestContext) -> Finding {
    let same = all(context).filter { other in
      other.unit.factor(to: wanted.unit).map { other.value * $0 == used } ?? false
    }
    let text = used.text(decimals: 9)
    if let other = same.first(where: { $0.keys == wanted.keys }) {
      let kind =
        !other.isValid(in: context.period)
        ? Self.year
        : other.basis != wanted.basis && other.edition == wanted.edition ? Self.basis : Self.edition
      return Finding(
        kind: kind, used: used,
        words: "\(text), which is that of `\(other.edition)`, \(other.basis)")
    }
    if let other = same.first {
      let whose =
        other.keys.isEmpty
        ? "of all" : other.keys.sorted { $0.key < $1.key }.map(\.value).joined(separator: ", ")
      return Finding(
        kind: Self.key, used: used,
        words: "\(text), which is that of \(whose) in `\(other.edition)`")
    }
    return Finding(kind: Self.unknown, used: used, words: text)
  }

  /// Whether the words are the edition's, or a part of them, such as its year.
  private static func names(_ said: String, _ factor: Factor) -> Bool {
    let (said, edition) = (Alike.fold(said), Alike.fold(factor.edition))
    return !said.isEmpty && (edition.contains(said) || said.contains(edition))
  }

  private func all(_ context: TestContext) -> [Factor] {
    context.factorSets.flatMap { $0.factors(of: quantity) }
  }

  private func exception(
    _ found: Finding, _ reading: Reading, _ wanted: Factor, _ chain: FactorChain,
    _ term: MeasureTerm, _ context: TestContext
  ) -> Exception {
    let places = [field, editionField].compactMap { $0 }.map {
      reading.record.source.locator(field: $0).description
    }
    return context.exception(
      found.kind, subject: "\(reading.dataset) \(reading.record.key)",
      locators: Array(places.prefix(1)),
      effect: effect(found, reading, wanted, chain, term, context),
      message: "\(reading.record.key) of \(reading.dataset) was computed with \(found.words); "
        + "\(wanted.value.text(decimals: 9)) \(wanted.unit.code) of `\(wanted.edition)` was expected "
        + "(\(wanted.source)); ask for the calculation sheet")
  }

  /// What putting the factor right does to the preparer's figure.
  private func effect(
    _ found: Finding, _ reading: Reading, _ wanted: Factor, _ chain: FactorChain,
    _ term: MeasureTerm, _ context: TestContext
  ) -> Effect {
    guard let used = found.used, !wanted.value.isZero, let quantity = reading.quantity,
      let unit = term.field.flatMap({ context.datasets[term.dataset]?.definition.field($0)?.unit })
    else { return .unquantified }
    if used == wanted.value { return .none }
    var issues: [FigureIssue] = []
    let (product, of) = chain.product(of: term.factors, into: &issues, group: 1)
    guard let scale = (unit * of).factor(to: context.kpi.unit) else { return .unquantified }
    let share = (wanted.value - used).divided(by: wanted.value)
    return TestContext.exact(
      quantity * product * scale * share, orDecimals: max(0, context.kpi.decimals) + 6)
  }
}
