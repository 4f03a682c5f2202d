/// What kind of figure a KPI is.
package enum KPIKind: String, Sendable, CaseIterable {
  /// An amount over the period.
  case flow
  /// An amount at a day.
  case stock
  /// A quotient of two figures.
  case ratio
  /// A number of things.
  case count
}

/// Whether a figure is in the scope of the conclusion.
package enum KPIStatus: String, Sendable, CaseIterable {
  case assured
  case reportedOnly = "reported-only"
  /// Not printed: a figure that others rest on.
  case supporting
}

/// A KPI as policy declares it.
package struct KPIDefinition: Sendable {
  /// A lower-case identifier in kebab case.
  package let name: String
  /// Language code to title; `en` is always there.
  package let titles: [(language: String, text: String)]
  package let unit: Unit
  /// Digits after the point as printed; negative for tens, hundreds and so on.
  package let decimals: Int
  package let kind: KPIKind
  package let status: KPIStatus
  /// Identifiers in the policy's criteria list.
  package let criteria: [String]
  package var measure: Measure
  package var tests: [any PopulationTest]
  /// The figures that are split alike: the name of the file's `kpi` if it has leaves.
  package var family = ""
  /// What the family is split by, and the part this leaf is; both empty for the whole.
  package var dimension = ""
  package var member = ""
  /// Other names that the report's lists and relations call it by.
  package var aliases: [String] = []

  /// What the printed figure may be instead, where it does not agree.
  package var confusions: [Confusion] = []

  /// Another figure or factor set that a preparer may have taken.
  package struct Confusion: Sendable {
    /// The KPI whose figure it would be; nil if the set of factors is another.
    package let kpi: String?
    package let factors: String?
    package let says: String
  }

  package var title: String { titles.first { $0.language == "en" }?.text ?? name }
}

extension KPIDefinition {
  /// Reads the KPIs of a policy file, their tests included: one, or one for each of its `leaves`.
  package static func readAll(_ node: PolicyNode) throws(AssureError) -> [KPIDefinition] {
    let name = try node.required("kpi").text()
    guard let leaves = try node.optional("leaves") else {
      let kpi = try definition(node, name: name, title: try node.required("title"), leaf: nil)
      try node.finish()
      return [kpi]
    }
    _ = try node.optional("title")
    var kpis: [KPIDefinition] = []
    for leaf in try leaves.items() {
      var kpi = try definition(
        node, name: try leaf.required("kpi").text(), title: try leaf.required("title"), leaf: leaf,
        family: name)
      kpi.family = name
      kpi.dimension = try leaf.optional("dimension")?.text() ?? ""
      kpi.member = try leaf.optional("member")?.text() ?? ""
      try leaf.finish()
      kpis.append(kpi)
    }
    // Records that the whole has are tested there, once.
    if kpis.contains(where: { $0.dimension.isEmpty }) {
      for index in kpis.indices where !kpis[index].dimension.isEmpty { kpis[index].tests = [] }
    }
    try node.finish()
    return kpis
  }

  /// Reads a policy file of one KPI.
  package static func read(_ node: PolicyNode) throws(AssureError) -> KPIDefinition {
    let kpis = try readAll(node)
    guard let kpi = kpis.first, kpis.count == 1 else {
      throw node.error(
        "policy-shape", "the file declares \(kpis.count) KPIs where one is expected",
        remedy: "read them all")
    }
    return kpi
  }

  private static func definition(
    _ node: PolicyNode, name: String, title titleNode: PolicyNode, leaf: PolicyNode?,
    family: String = ""
  ) throws(AssureError) -> KPIDefinition {
    var titles: [(language: String, text: String)] = []
    for (language, text) in try titleNode.entries() { titles.append((language, try text.text())) }
    guard titles.contains(where: { $0.language == "en" }) else {
      throw titleNode.error(
        "policy-missing-key", "the English title is missing", remedy: "add `en: …`")
    }
    var tests: [any PopulationTest] = []
    if let list = try node.optional("tests") {
      for item in try list.items() { tests.append(try PopulationTests.read(item)) }
    }
    let statusNode = try node.required("status")
    let status = try (leaf?.optional("status") ?? statusNode).word(KPIStatus.self)
    let suffix = name.hasPrefix(family + "-") ? String(name.dropFirst(family.count + 1)) : name
    var kpi = KPIDefinition(
      name: name, titles: titles, unit: try node.required("unit").value(Unit.self, "a unit code"),
      decimals: try node.required("decimals").value(Int.self, "a whole number"),
      kind: try node.required("kind").word(KPIKind.self), status: status,
      criteria: try DatasetDefinition.texts(node.optional("criteria")),
      measure: try Measure.read(
        node.required("measure"), leaf: suffix, narrowed: try leaf?.optional("where")?.text()),
      tests: tests)
    for item in try node.optional("confusions")?.items() ?? [] {
      kpi.confusions.append(
        Confusion(
          kpi: try item.optional("kpi")?.text().replacing("{leaf}", with: suffix),
          factors: try item.optional("factors")?.text(), says: try item.required("says").text()))
      try item.finish()
    }
    kpi.aliases = try DatasetDefinition.texts((leaf ?? node).optional("also"))
    return kpi
  }
}
