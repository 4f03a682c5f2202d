import Assurance

/// A workpaper without personal values.
///
/// Quantities, units, dispositions and everything that is a sum stay. Withheld are personal fields,
/// business keys as far as they are made of such fields, tickets (whoever guesses a key can work
/// its ticket out), rows and columns of locators and the order of the population (lists of people
/// are sorted by who they are), and every sentence that may quote a value.
struct PaperRedaction {
  let policy: PersonalPolicy
  let withholder: Withholder
  /// From a key's bytes to what is shown for it.
  private var keys: [[UInt8]: String] = [:]

  init(policy: PersonalPolicy, withholder: Withholder) {
    (self.policy, self.withholder) = (policy, withholder)
  }

  mutating func redacted(_ paper: Workpaper) -> Workpaper {
    var paper = paper
    keys = [:]
    if var population = paper.population {
      population.items = population.items.map { item(of: $0) }
        .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      paper.population = population
    }
    if var draw = paper.draw {
      draw.items = draw.items.map { drawn($0) }
      paper.draw = draw
    }
    paper.results = paper.results.map { result($0) }
    paper.exceptions = paper.exceptions.map { exception($0) }
    redactSubjects(&paper)
    paper.blind = ""
    return paper
  }

  // MARK: records

  private mutating func item(of item: PopulationItem) -> PopulationItem {
    PopulationItem(
      key: key(item.key, item.labels), value: item.value,
      locator: withholder.locator(item.locator), labels: labels(item.labels, of: item.key))
  }

  private mutating func drawn(_ item: DrawnItem) -> DrawnItem {
    DrawnItem(
      key: key(item.key, item.labels),
      ticket: withholder.value(item.ticket, at: ["ticket", item.key]), value: item.value,
      locator: withholder.locator(item.locator), basis: item.basis,
      labels: labels(item.labels, of: item.key))
  }

  private mutating func result(_ result: ResultFacts) -> ResultFacts {
    var result = result
    let place = [result.key, String(result.round)]
    result.key = key(result.key, [])
    result.reason = text(result.reason, at: ["reason"] + place)
    result.evidence = text(result.evidence, at: ["evidence"] + place)
    return result
  }

  private func labels(
    _ labels: [(field: String, value: String)], of key: String
  ) -> [(field: String, value: String)] {
    let dataset = policy.dataset(String(key.prefix { $0 != "/" }))
    return labels.map { label in
      let value = shown(label.value, dataset?.field(label.field), at: [key, label.field])
      return (field: label.field, value: value)
    }
  }

  private func shown(_ value: String, _ field: FieldDefinition?, at place: [String]) -> String {
    switch FieldTreatment(field) {
    case .shown: value
    case .identifier: withholder.identifier(value)
    case .value: text(value, at: place)
    }
  }

  /// `dataset/part/part…`, perhaps with `~2` behind it for one that came twice.
  private mutating func key(
    _ key: String, _ labels: [(field: String, value: String)]
  ) -> String {
    let bytes = Array(key.utf8)
    if let known = keys[bytes] { return known }
    let parts = key.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard let dataset = policy.dataset(parts[0]), parts.count == dataset.key.count + 1 else {
      keys[bytes] = parts[0] + "/" + withholder.value(key, at: ["key"])
      return keys[bytes] ?? ""
    }
    var values = Array(parts.dropFirst())
    let copy = Self.copy(values, labels, dataset)
    if let last = values.indices.last { values[last].removeLast(copy.count) }
    let fields = zip(dataset.key, values).map { name, value in
      shown(Self.plain(value), dataset.field(name), at: [key, name])
    }
    let token = parts[0] + "/" + Record.key(fields) + copy
    keys[bytes] = token
    return token
  }

  /// The `~2` of a key, told from a value that ends so by the record's own field.
  private static func copy(
    _ values: [String], _ labels: [(field: String, value: String)], _ dataset: DatasetDefinition
  ) -> Substring {
    guard let last = values.last, let mark = last.lastIndex(of: "~"), let field = dataset.key.last,
      last[last.index(after: mark)...].allSatisfy(\.isNumber)
    else { return "" }
    let own = labels.first { $0.field == field }.map { Record.key([$0.value]) }
    return own == last ? "" : last[mark...]
  }

  private static func plain(_ part: String) -> String {
    part.replacing("%2F", with: "/").replacing("%25", with: "%")
  }

  // MARK: sentences and subjects

  private func exception(_ facts: ExceptionFacts) -> ExceptionFacts {
    let exception = facts.exception
    let locators = exception.locators.map { $0.isEmpty ? "" : withholder.locator($0) }
    return ExceptionFacts(
      id: Self.identifier(facts.id, withholder),
      exception: Exception(
        code: exception.code, severity: exception.severity, kpi: exception.kpi,
        subject: text(exception.subject, at: ["subject", facts.id]), locators: locators,
        effect: exception.effect, unit: exception.unit,
        message: text(exception.message, at: ["message", facts.id])), state: facts.state,
      dispositionReason: text(facts.dispositionReason, at: ["disposition", facts.id]))
  }

  /// An exception's identifier has a digest of what it is about: it is withheld with that.
  static func identifier(_ id: String, _ withholder: Withholder) -> String {
    let code = id.split(separator: "-").dropLast().joined(separator: "-")
    let token = withholder.value(id, at: ["exception"]).dropFirst(Withholder.mark.count)
    return code + "-" + token.prefix(10)
  }

  /// Subjects of totals and of the grid, where what a dataset calls a site is somebody.
  private func redactSubjects(_ paper: inout Workpaper) {
    let names = Set(keys.keys.map { String(decoding: $0.prefix { $0 != 0x2F }, as: UTF8.self) })
    let isPersonal = names.contains { name in
      guard let dataset = policy.dataset(name), let site = dataset.roles[.site] else {
        return false
      }
      return dataset.field(site)?.isPersonal ?? true
    }
    guard isPersonal else { return }
    paper.bySubject = paper.bySubject.map {
      (subject: withholder.identifier($0.subject), total: $0.total)
    }
    paper.grid = paper.grid.map {
      GridRow(subject: withholder.identifier($0.subject), cells: $0.cells)
    }
  }

  private func text(_ text: String, at place: [String]) -> String {
    text.isEmpty ? "" : withholder.value(text, at: place)
  }
}
