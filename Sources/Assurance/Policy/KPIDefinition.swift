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
}

/// How a KPI is computed.
package enum Measure: Sendable {
  /// The sum of a field over the populations of one or more datasets.
  case sum([MeasureTerm])
  /// The number of records in the populations.
  case count([MeasureTerm])
  /// One KPI divided by another.
  case ratio(of: String, to: String)
  /// Not computed from records: taken as stated in `reported.csv`, and shown as such.
  case stated

  /// The datasets it draws on itself.
  package var terms: [MeasureTerm] {
    switch self {
    case .sum(let terms), .count(let terms): terms
    case .ratio, .stated: []
    }
  }
}

/// One dataset's part in a measure: which records, by which day, which field.
package struct MeasureTerm: Sendable {
  package let dataset: String
  /// The decimal that is summed; nil in a count.
  package let field: String?
  /// The date or month field that must lie in the engagement's period.
  package let date: String
  /// A SQL expression over the dataset's fields, and over `register.field` for joined registers;
  /// nil takes every record.
  package let filter: String?

  package init(dataset: String, field: String?, date: String, filter: String?) {
    self.dataset = dataset
    self.field = field
    self.date = date
    self.filter = filter
  }
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
  package let measure: Measure
  package let tests: [any PopulationTest]

  package var title: String { titles.first { $0.language == "en" }?.text ?? name }
}

extension KPIDefinition {
  /// Reads a KPI from its policy file, its tests included.
  package static func read(_ node: PolicyNode) throws(AssureError) -> KPIDefinition {
    let name = try node.required("kpi").text()
    let titleNode = try node.required("title")
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
    let definition = KPIDefinition(
      name: name, titles: titles, unit: try node.required("unit").value(Unit.self, "a unit code"),
      decimals: try node.required("decimals").value(Int.self, "a whole number"),
      kind: try node.required("kind").word(KPIKind.self),
      status: try node.required("status").word(KPIStatus.self),
      criteria: try DatasetDefinition.texts(node.optional("criteria")),
      measure: try Measure.read(node.required("measure")), tests: tests)
    try node.finish()
    return definition
  }
}

extension Measure {
  fileprivate static func read(_ node: PolicyNode) throws(AssureError) -> Measure {
    let measure: Measure
    if let list = try node.optional("sum") {
      measure = .sum(try terms(list, summed: true))
    } else if let list = try node.optional("count") {
      measure = .count(try terms(list, summed: false))
    } else if let ratio = try node.optional("ratio") {
      measure = .ratio(of: try ratio.required("of").text(), to: try ratio.required("to").text())
      try ratio.finish()
    } else if let stated = try node.optional("stated") {
      guard try stated.word(Answer.self) == .yes else {
        throw stated.error(
          "policy-value", "only `yes` has a meaning here", remedy: "write `stated: yes`")
      }
      measure = .stated
    } else {
      throw node.error(
        "policy-missing-key", "the measure has no operation",
        remedy: "one of: sum, count, ratio, stated")
    }
    try node.finish()
    return measure
  }

  private static func terms(_ list: PolicyNode, summed: Bool) throws(AssureError) -> [MeasureTerm] {
    var terms: [MeasureTerm] = []
    for item in try list.items() {
      terms.append(
        MeasureTerm(
          dataset: try item.required("dataset").text(),
          field: summed ? try item.required("field").text() : nil,
          date: try item.required("date").text(), filter: try item.optional("where")?.text()))
      try item.finish()
    }
    guard !terms.isEmpty else {
      throw list.error("policy-shape", "the list is empty", remedy: "name at least one dataset")
    }
    return terms
  }
}
