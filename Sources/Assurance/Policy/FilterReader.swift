extension FilterExpression {
  /// Reads a filter and checks every word in it.
  ///
  /// - Parameters:
  ///   - dataset: whose fields it may name.
  ///   - all: the policy's datasets, for registers.
  /// - Throws: `policy-unknown-field`, `policy-filter-choice`, `policy-filter-reach`,
  ///   `policy-filter-syntax`.
  package init(
    _ text: String, dataset: DatasetDefinition, among all: [DatasetDefinition], place: String
  ) throws(AssureError) {
    var reader = FilterReader(text, dataset: dataset, all: all, place: place)
    try reader.read()
    pieces = reader.pieces
    registers = reader.registers
    choices = reader.choices
  }
}

/// Walks over the text of a filter once.
private struct FilterReader {
  private let text: String
  private let characters: [Character]
  private let dataset: DatasetDefinition
  private let all: [DatasetDefinition]
  private let place: String
  private var index = 0
  private var depth = 0
  /// The choice field last named, while literals may still be compared with it.
  private var compared: (name: String, field: FieldDefinition)?
  private(set) var pieces: [FilterExpression.Piece] = []
  private(set) var registers: Set<String> = []
  private(set) var choices: [String: Set<String>] = [:]

  private static let keywords: Set<String> = [
    "and", "or", "not", "in", "is", "null", "between", "like", "glob", "escape", "case", "when",
    "then", "else", "end", "cast", "as", "real", "integer", "text", "collate", "nocase", "true",
    "false",
  ]
  /// The same that the store's authorizer lets through.
  private static let functions: Set<String> = [
    "like", "lower", "upper", "length", "substr", "trim", "ltrim", "rtrim", "instr", "replace",
    "abs", "coalesce", "ifnull", "nullif", "min", "max", "iif", "round", "glob",
  ]
  private static let signs = [
    "<>", "!=", "<=", ">=", "==", "||", "=", "<", ">", "+", "-", "*", "/", "%", "(", ")", ",",
  ]

  init(
    _ text: String, dataset: DatasetDefinition, all: [DatasetDefinition], place: String
  ) {
    self.text = text
    characters = Array(text)
    self.dataset = dataset
    self.all = all
    self.place = place
  }

  mutating func read() throws(AssureError) {
    while index < characters.count {
      let character = characters[index]
      if character.isWhitespace {
        index += 1
      } else if character == "'" {
        try literal()
      } else if character == "\"" {
        try quoted()
      } else if character == "{" {
        try day()
      } else if character.isASCII, character.isNumber {
        number()
      } else if character.isLetter || character == "_" {
        try word()
      } else {
        try sign()
      }
    }
    guard depth == 0 else { throw syntax("a parenthesis is not closed") }
    guard !pieces.isEmpty else { throw syntax("the filter is empty") }
  }

  private func syntax(_ reason: String) -> AssureError {
    AssureError(
      "policy-filter-syntax", place: place, "the filter `\(text)` cannot be read: \(reason)",
      remedy: "write a SQL expression over the fields of `\(dataset.name)`")
  }

  private func reach(_ word: String) -> AssureError {
    AssureError(
      "policy-filter-reach", place: place,
      "the filter `\(text)` reaches outside its record with `\(word)`",
      remedy: "name fields, `register.field`, values and text functions only")
  }

  private mutating func literal() throws(AssureError) {
    var end = index + 1
    while end < characters.count {
      if characters[end] == "'" {
        guard end + 1 < characters.count, characters[end + 1] == "'" else { break }
        end += 1
      }
      end += 1
    }
    guard end < characters.count else { throw syntax("a quoted value is not closed") }
    let value = String(characters[(index + 1)..<end]).replacing("''", with: "'")
    if let (name, field) = compared {
      guard field.choices.contains(where: { $0.id == value }) else {
        throw AssureError(
          "policy-filter-choice", place: place,
          "the filter compares `\(name)` with `\(value)`, which is none of its choices",
          remedy: "one of: \(field.choices.map(\.id).joined(separator: ", "))")
      }
      choices[name, default: []].insert(value)
    }
    pieces.append(.text(String(characters[index...end])))
    index = end + 1
  }

  private mutating func day() throws(AssureError) {
    guard let end = characters[index...].firstIndex(of: "}"),
      let day = PeriodDay(String(characters[(index + 1)..<end]))
    else {
      throw syntax("a day is written {first}, {last} or {last-30y}")
    }
    pieces.append(.day(day))
    index = end + 1
  }

  private mutating func number() {
    let start = index
    while index < characters.count, characters[index].isNumber || characters[index] == "." {
      index += 1
    }
    pieces.append(.text(String(characters[start..<index])))
  }

  private mutating func name() -> String {
    let start = index
    while index < characters.count,
      characters[index].isLetter || characters[index].isNumber || characters[index] == "_"
        || characters[index] == "-" && isRegisterDash(start)
    {
      index += 1
    }
    return String(characters[start..<index])
  }

  /// Whether the dash belongs to the name of a register, as in `data-centre.opened`.
  private func isRegisterDash(_ start: Int) -> Bool {
    let rest = String(characters[start...])
    return all.contains { $0.name.contains("-") && rest.hasPrefix($0.name + ".") }
  }

  /// A field in double quotes: a name, never a value.
  private mutating func quoted() throws(AssureError) {
    guard let end = characters[(index + 1)...].firstIndex(of: "\"") else {
      throw syntax("a quoted name is not closed")
    }
    let word = String(characters[(index + 1)..<end])
    index = end + 1
    guard let field = dataset.field(word) else { throw unknown(word) }
    append(register: nil, field: field)
  }

  private func unknown(_ word: String) -> AssureError {
    AssureError(
      "policy-unknown-field", place: place,
      "the filter names `\(word)`, which is not a field of `\(dataset.name)`",
      remedy: "one of: \(dataset.fields.map(\.name).joined(separator: ", "))")
  }

  private mutating func word() throws(AssureError) {
    let word = name()
    if index < characters.count, characters[index] == "." {
      index += 1
      return try joined(word, name())
    }
    let lower = word.lowercased()
    var next = index
    while next < characters.count, characters[next].isWhitespace { next += 1 }
    if let field = dataset.field(word) {
      append(register: nil, field: field)
    } else if Self.keywords.contains(lower) {
      if !["not", "in"].contains(lower) { compared = nil }
      pieces.append(.text(lower.uppercased()))
    } else if next < characters.count, characters[next] == "(" {
      guard Self.functions.contains(lower) else { throw reach(word) }
      compared = nil
      pieces.append(.text(lower))
    } else if ["select", "from", "join", "union", "attach", "pragma", "with"].contains(lower) {
      throw reach(word)
    } else {
      throw unknown(word)
    }
  }

  private mutating func joined(_ register: String, _ name: String) throws(AssureError) {
    let known = dataset.fields.compactMap(\.register)
    guard known.contains(register), let other = all.first(where: { $0.name == register }) else {
      throw AssureError(
        "policy-unknown-field", place: place,
        "the filter names `\(register).\(name)`, and no field of `\(dataset.name)` names the "
          + "register `\(register)`",
        remedy: known.isEmpty
          ? "the dataset has no registers" : "one of: \(known.joined(separator: ", "))")
    }
    guard let field = other.field(name) else {
      throw AssureError(
        "policy-unknown-field", place: place,
        "the filter names `\(register).\(name)`, which is not a field of `\(register)`",
        remedy: "one of: \(other.fields.map(\.name).joined(separator: ", "))")
    }
    registers.insert(register)
    append(register: register, field: field)
  }

  private mutating func append(register: String?, field: FieldDefinition) {
    pieces.append(
      .field(register: register, name: field.name, isDecimal: field.type == .decimal))
    let name = (register.map { $0 + "." } ?? "") + field.name
    compared = field.type == .choice ? (name, field) : nil
  }

  private mutating func sign() throws(AssureError) {
    let rest = String(characters[index...].prefix(2))
    guard let sign = Self.signs.first(where: { rest.hasPrefix($0) }), rest != "--", rest != "/*"
    else { throw syntax("`\(rest)` has no meaning") }
    if sign == "(" { depth += 1 }
    if sign == ")" {
      depth -= 1
      compared = nil
    }
    guard depth >= 0 else { throw syntax("a parenthesis is closed that was not opened") }
    guard sign != "," || depth > 0 else { throw syntax("a comma stands outside a list") }
    pieces.append(.text(sign))
    index += sign.count
  }
}
