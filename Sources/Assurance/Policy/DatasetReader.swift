import Exact

extension DatasetDefinition {
  /// Reads a dataset from its policy file.
  ///
  /// - Throws: an ``AssureError`` with the file and line for anything unknown, missing or
  ///   mismatched.
  package static func read(_ node: PolicyNode) throws(AssureError) -> DatasetDefinition {
    let name = try node.required("dataset").text()
    let fieldNodes = try node.required("fields").items()
    var fields: [FieldDefinition] = []
    for fieldNode in fieldNodes {
      let field = try FieldDefinition.read(fieldNode)
      guard !fields.contains(where: { $0.name == field.name }) else {
        throw fieldNode.error(
          "policy-duplicate-field", "the field `\(field.name)` is declared twice",
          remedy: "rename or remove one")
      }
      fields.append(field)
    }
    let keyNode = try node.required("key")
    let key = try texts(keyNode)
    for part in key {
      guard let field = fields.first(where: { $0.name == part }) else {
        throw keyNode.error(
          "policy-unknown-field", "the key names `\(part)`, which is not a field",
          remedy: "one of: \(fields.map(\.name).joined(separator: ", "))")
      }
      guard field.isRequired else {
        throw keyNode.error(
          "policy-optional-key", "the key field `\(part)` is not required",
          remedy: "write `required: yes` on the field")
      }
    }
    let definition = DatasetDefinition(
      name: name, title: try node.required("title").text(), fields: fields, key: key,
      nulls: try texts(node.optional("nulls")), totals: try texts(node.optional("totals")),
      numbers: try numbers(node.optional("numbers")) ?? .undeclared,
      dates: try node.optional("dates")?.word(DateForm.self) ?? .ymd,
      conversions: try conversions(node.optional("convert")),
      unitWords: try words(node.optional("units")) { Unit($0) != nil },
      manyTables: try node.optional("tables")?.word(TableCount.self) == .many,
      sheets: try texts(node.optional("sheets")),
      recordPath: try node.optional("record")?.text(),
      roles: try roles(node.optional("roles"), fields: fields),
      order: try order(node.optional("order"), fields: fields))
    try node.finish()
    return definition
  }

  private enum TableCount: String, CaseIterable { case one, many }

  static func numbers(_ node: PolicyNode?) throws(AssureError) -> NumberForm? {
    guard let node else { return nil }
    let text = try node.text()
    guard let (_, form) = NumberForm.named.first(where: { $0.name == text }) else {
      throw node.error(
        "policy-value", "`\(text)` is not a number form",
        remedy: "one of: \(NumberForm.named.map(\.name).joined(separator: "  "))")
    }
    return form
  }

  /// `[from, to]`, or a list of such pairs.
  private static func order(
    _ node: PolicyNode?, fields: [FieldDefinition]
  ) throws(AssureError) -> [(first: String, second: String)] {
    guard let node else { return [] }
    var pairs: [(first: String, second: String)] = []
    let items = try node.items()
    let isOnePair = items.allSatisfy { !$0.isList }
    for item in isOnePair ? [node] : items {
      let names = try texts(item)
      let types = names.compactMap { name in fields.first { $0.name == name }?.type }
      guard names.count == 2, types.count == 2, types[0] == types[1],
        types[0] == .date || types[0] == .month
      else {
        throw item.error(
          "policy-order", "an order is two fields of days, or two of months, the earlier first",
          remedy: "write `order: [start, end]`")
      }
      pairs.append((names[0], names[1]))
    }
    return pairs
  }

  private static func roles(
    _ node: PolicyNode?, fields: [FieldDefinition]
  ) throws(AssureError) -> [FieldRole: String] {
    guard let node else { return [:] }
    var roles: [FieldRole: String] = [:]
    for (key, value) in try node.entries() {
      let name = try value.text()
      guard let role = FieldRole(rawValue: key) else {
        throw value.error(
          "policy-value", "`\(key)` is not a role",
          remedy: "one of: \(FieldRole.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      guard fields.contains(where: { $0.name == name }) else {
        throw value.error(
          "policy-unknown-field", "the role `\(key)` names `\(name)`, which is not a field",
          remedy: "one of: \(fields.map(\.name).joined(separator: ", "))")
      }
      roles[role] = name
    }
    return roles
  }

  private static func conversions(_ node: PolicyNode?) throws(AssureError) -> [UnitConversion] {
    guard let node else { return [] }
    var conversions: [UnitConversion] = []
    for item in try node.items() {
      conversions.append(
        UnitConversion(
          from: try item.required("from").value(Unit.self, "a unit code"),
          to: try item.required("to").value(Unit.self, "a unit code"),
          factor: try item.required("factor").value(Rational.self, "an exact number"),
          basis: try item.required("basis").text()))
      try item.finish()
    }
    return conversions
  }

  static func texts(_ node: PolicyNode?) throws(AssureError) -> [String] {
    guard let node else { return [] }
    var texts: [String] = []
    for item in try node.items() { texts.append(try item.text()) }
    return texts
  }

  /// A mapping from identifiers to lists of words.
  static func words(
    _ node: PolicyNode?, valid: (String) -> Bool
  ) throws(AssureError) -> [(String, [String])] {
    guard let node else { return [] }
    var result: [(String, [String])] = []
    for (key, value) in try node.entries() {
      guard valid(key) else {
        throw value.error(
          "policy-value", "`\(key)` is not known here", remedy: "check its spelling")
      }
      result.append((key, try texts(value)))
    }
    return result
  }
}

extension FieldDefinition {
  fileprivate static func read(_ node: PolicyNode) throws(AssureError) -> FieldDefinition {
    let name = try node.required("name").text()
    guard let first = name.utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first),
      name.utf8.allSatisfy({ isIdentifierByte($0) })
    else {
      throw node.error(
        "policy-field-name", "`\(name)` cannot name a field",
        remedy: "use lower-case letters, digits and `_`, a letter first")
    }
    let type = try node.required("type").word(FieldType.self)
    let unit = try node.optional("unit")?.value(Unit.self, "a unit code")
    let choices = try DatasetDefinition.words(node.optional("choices")) { !$0.isEmpty }
    guard (type == .choice) == !choices.isEmpty else {
      throw node.error(
        "policy-choices", "choices are for fields of type choice, and those need them",
        remedy: "add or remove `choices`")
    }
    guard unit == nil || type == .decimal else {
      throw node.error("policy-unit", "only a decimal has a unit", remedy: "remove `unit`")
    }
    let required = try node.optional("required")?.word(Answer.self) ?? .no
    let personal = try node.optional("personal")?.word(Answer.self) ?? .no
    let field = FieldDefinition(
      name: name, type: type, isRequired: required == .yes,
      aliases: try DatasetDefinition.texts(node.required("aliases")), unit: unit,
      unitField: try node.optional("unit_field")?.text(),
      register: try node.optional("register")?.text(), choices: choices,
      isPersonal: personal == .yes,
      numbers: try DatasetDefinition.numbers(node.optional("numbers")),
      dates: try node.optional("dates")?.word(DateForm.self))
    guard field.numbers == nil || type == .decimal, field.dates == nil || type.hasDays else {
      throw node.error(
        "policy-form", "`numbers` is for decimals, `dates` for dates and months",
        remedy: "remove it from the field, or change the field's type")
    }
    try node.finish()
    return field
  }

  private static func isIdentifierByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "_"):
      true
    default: false
    }
  }
}

extension FieldType {
  fileprivate var hasDays: Bool { self == .date || self == .month }
}

/// How policies say yes and no.
package enum Answer: String, CaseIterable, Sendable { case yes, no }

extension Unit: LosslessStringConvertible {
  package var description: String { code }
}
