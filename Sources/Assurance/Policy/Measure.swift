/// How a KPI is computed.
package enum Measure: Sendable {
  /// The sum of a field over the populations of one or more datasets, each value times its factors.
  case sum([MeasureTerm])
  /// The number of records in the populations.
  case count([MeasureTerm])
  /// The number of different values of a field in the populations.
  case distinct([MeasureTerm])
  /// One KPI divided by another: sums over sums, never a mean of ratios.
  case ratio(of: String, to: String)
  /// Arithmetic over KPIs: `[ghg-scope-1] + [ghg-scope-2]`.
  case formula(RelationExpression)
  /// Not computed from records: taken as stated in `reported.csv`, and shown as such.
  case stated

  /// The datasets it draws on itself.
  package var terms: [MeasureTerm] {
    switch self {
    case .sum(let terms), .count(let terms), .distinct(let terms): terms
    case .ratio, .formula, .stated: []
    }
  }

  /// Whether its records have values in the KPI's unit that add up to the figure, to be drawn by.
  ///
  /// Amounts times factors and things counted once have not: there the figure of the amounts is
  /// what is tested.
  package var hasPopulation: Bool {
    switch self {
    case .sum(let terms): terms.allSatisfy { $0.factors.isEmpty && $0.once == nil }
    case .count: true
    case .distinct, .ratio, .formula, .stated: false
    }
  }

  /// The KPIs it rests on directly, each once, in the order named.
  package var kpis: [String] {
    let names: [String] =
      switch self {
      case .ratio(let top, let bottom): [top, bottom]
      case .formula(let expression): expression.figures
      case .sum, .count, .distinct, .stated: []
      }
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }
}

/// One dataset's part in a measure: which records, by which day, which field.
package struct MeasureTerm: Sendable {
  package let dataset: String
  /// The decimal that is summed, or the field whose values are told apart; nil in a count.
  package let field: String?
  /// The date or month field that must lie in the engagement's period; for records that last, the
  /// field of their first day.
  package let date: String
  /// For a stock at the period's last day: the field of a record's last day, empty while it lasts.
  package var until: String?
  /// A SQL expression over the dataset's fields, and over `register.field` for joined registers;
  /// nil takes every record.
  package var filter: String?
  /// What each value is multiplied by.
  package var factors: [FactorUse] = []
  /// A field of whose values each counts once, such as a building with two certificates.
  package var once: String?

  package init(dataset: String, field: String?, date: String, filter: String?) {
    self.dataset = dataset
    self.field = field
    self.date = date
    self.filter = filter
  }

  /// SQL that tells whether a record, called `record`, belongs to the period.
  ///
  /// A stock counts what began by the last day and had not ended before it.
  package func timing(in period: Period, dataset: DatasetDefinition) -> String {
    let isMonth = dataset.field(date)?.type == .month
    let first = isMonth ? period.first.month.description : period.first.description
    let last = isMonth ? period.last.month.description : period.last.description
    guard let until else { return "record.\"\(date)\" BETWEEN '\(first)' AND '\(last)'" }
    return """
      (record."\(date)" <= '\(last)' AND \
      (record."\(until)" IS NULL OR record."\(until)" >= '\(last)'))
      """
  }
}

extension Measure {
  /// - Parameter leaf: what `{leaf}` stands for in names of KPIs; and a filter for every term.
  static func read(
    _ node: PolicyNode, leaf: String = "", narrowed: String? = nil
  ) throws(AssureError) -> Measure {
    let measure: Measure
    if let list = try node.optional("sum") {
      measure = .sum(try terms(list, names: .required, narrowed: narrowed))
    } else if let list = try node.optional("count") {
      measure = .count(try terms(list, names: .none, narrowed: narrowed))
    } else if let list = try node.optional("distinct") {
      measure = .distinct(try terms(list, names: .required, narrowed: narrowed))
    } else if let ratio = try node.optional("ratio") {
      measure = .ratio(
        of: try ratio.required("of").text().replacing("{leaf}", with: leaf),
        to: try ratio.required("to").text().replacing("{leaf}", with: leaf))
      try ratio.finish()
    } else if let formula = try node.optional("formula") {
      measure = .formula(try arithmetic(formula, leaf: leaf))
    } else if let stated = try node.optional("stated") {
      guard try stated.word(Answer.self) == .yes else {
        throw stated.error(
          "policy-value", "only `yes` has a meaning here", remedy: "write `stated: yes`")
      }
      measure = .stated
    } else {
      throw node.error(
        "policy-missing-key", "the measure has no operation",
        remedy: "one of: sum, count, distinct, ratio, formula, stated")
    }
    try node.finish()
    return measure
  }

  private enum FieldUse { case required, none }

  private static func arithmetic(
    _ node: PolicyNode, leaf: String
  ) throws(AssureError) -> RelationExpression {
    let text = try node.text().replacing("{leaf}", with: leaf)
    guard case .value(let expression) = try RelationParser.parse(text, place: node.place),
      expression.isArithmetic
    else {
      throw node.error(
        "policy-formula", "`\(text)` is not arithmetic over KPIs",
        remedy: "write KPIs in square brackets, numbers, + - * / and parentheses")
    }
    return expression
  }

  private static func terms(
    _ list: PolicyNode, names: FieldUse, narrowed: String?
  ) throws(AssureError) -> [MeasureTerm] {
    var terms: [MeasureTerm] = []
    for item in try list.items() {
      let dataset = try item.required("dataset").text()
      let field = names == .required ? try item.required("field").text() : nil
      let filters = [try item.optional("where")?.text(), narrowed].compactMap { $0 }
      let filter =
        filters.count > 1 ? filters.map { "(\($0))" }.joined(separator: " and ") : filters.first
      var term: MeasureTerm
      if let valid = try item.optional("valid") {
        term = MeasureTerm(
          dataset: dataset, field: field, date: try valid.required("from").text(), filter: filter)
        term.until = try valid.required("to").text()
        try valid.finish()
      } else {
        term = MeasureTerm(
          dataset: dataset, field: field, date: try item.required("date").text(), filter: filter)
      }
      for use in try item.optional("times")?.items() ?? [] {
        term.factors.append(try FactorUse.read(use))
      }
      term.once = try item.optional("once")?.text()
      try item.finish()
      terms.append(term)
    }
    guard !terms.isEmpty else {
      throw list.error("policy-shape", "the list is empty", remedy: "name at least one dataset")
    }
    return terms
  }
}

extension RelationExpression {
  /// Whether there is nothing in it but KPIs, numbers and the four operations.
  var isArithmetic: Bool {
    switch self {
    case .number, .figure: true
    case .relation, .unknown, .lines, .names, .date, .part: false
    case .negated(let a): a.isArithmetic
    case .sum(let a, let b), .difference(let a, let b), .product(let a, let b),
      .quotient(let a, let b):
      a.isArithmetic && b.isArithmetic
    }
  }

  /// The unit of the result, or nil if a sum has parts of different kinds.
  func unit(_ unit: (String) -> Unit?) -> Unit? {
    switch self {
    case .number: return .one
    case .figure(let name): return unit(name)
    case .negated(let a): return a.unit(unit)
    case .sum(let a, let b), .difference(let a, let b):
      guard let left = a.unit(unit), let right = b.unit(unit), right.factor(to: left) != nil else {
        return nil
      }
      return left
    case .product(let a, let b):
      return a.unit(unit).flatMap { left in b.unit(unit).map { left * $0 } }
    case .quotient(let a, let b):
      return a.unit(unit).flatMap { left in b.unit(unit).map { left / $0 } }
    case .relation, .unknown, .lines, .names, .date, .part: return nil
    }
  }
}
