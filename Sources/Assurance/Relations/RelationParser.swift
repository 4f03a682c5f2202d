import Exact

/// Reads a relation's text.
///
/// ```
/// relation     = "intersection" "of" list | "whole" figure ["of" sum]
///              | "count" words "consistent" "with" list
///              | words "for" "which" figure words "whole" words
///              | "solve" name ["in" sum ".." sum] ":" sum "=" sum
///              | label sum "inside" words relation-id
///              | sum [operator sum]
/// sum          = term { ("+" | "-") term }          term = factor { ("*" | "/") factor }
/// factor       = "-" factor | "(" sum ")" | number ["(" relation-id ")"] | figure | relation-id
///              | "part" "(" sum ")" | "count" "(" words line ["-" line] ")" | date | name
/// ```
struct RelationParser {
  private let tokens: [RelationToken]
  private let place: String
  private var index = 0
  private var unknown: String?

  /// - Throws: `relation-syntax` with what was expected.
  static func parse(_ text: String, place: String) throws(AssureError) -> RelationForm {
    var parser = RelationParser(
      tokens: try RelationLexer.tokens(text, place: place), place: place)
    let form = try parser.form()
    guard parser.index == parser.tokens.count else { throw parser.error("the end") }
    return form
  }

  private init(tokens: [RelationToken], place: String) {
    self.tokens = tokens
    self.place = place
  }

  private func error(_ wanted: String) -> AssureError {
    let found = index < tokens.count ? Self.text(tokens[index]) : "the end"
    return AssureError(
      "relation-syntax", place: place, "\(wanted) is expected where \(found) stands",
      remedy: "see the forms of relations in the policy's documentation")
  }

  private static func text(_ token: RelationToken) -> String {
    switch token {
    case .number(let number): "`\(number)`"
    case .figure(let name): "`[\(name)]`"
    case .word(let word), .sign(let word): "`\(word)`"
    case .date(let days): "`\(days)`"
    }
  }

  private mutating func form() throws(AssureError) -> RelationForm {
    let words = tokens.map { token -> String? in
      if case .word(let word) = token { return word }
      return nil
    }
    if words.starts(with: ["intersection", "of"]) {
      index = 2
      return .intersection(try list())
    }
    if words.first == "solve" { return try solution() }
    if words.first == "whole" { return try whole() }
    if let mark = words.firstIndex(of: "consistent"), words.first == "count" {
      index = mark + 2
      let figures = try list().flatMap(\.figures)
      return .sharedCount(figures)
    }
    if words.contains("which"), words.contains("whole") {
      guard let name = figureNames.first, figureNames.count == 1 else {
        throw error("one figure in square brackets")
      }
      index = tokens.count
      return .wholeShare(name, of: nil)
    }
    if let mark = words.firstIndex(of: "inside") {
      while index < mark, words[index] != nil { index += 1 }
      let value = try sum()
      guard index == mark, case .word(let relation)? = tokens.last else {
        throw error("`inside` and the number of a relation")
      }
      index = tokens.count
      return .inside(value, relation)
    }
    return try comparison()
  }

  private var figureNames: [String] {
    tokens.compactMap { token in
      if case .figure(let name) = token { return name }
      return nil
    }
  }

  private mutating func comparison() throws(AssureError) -> RelationForm {
    let left = try sum()
    guard index < tokens.count, case .sign(let sign) = tokens[index],
      let comparison = RelationOperator(rawValue: sign)
    else { return .value(left) }
    index += 1
    return .comparison(left, comparison, try sum())
  }

  private mutating func whole() throws(AssureError) -> RelationForm {
    index = 1
    guard index < tokens.count, case .figure(let name) = tokens[index] else {
      throw error("a figure in square brackets")
    }
    index += 1
    guard take(word: "of") else { return .wholeShare(name, of: nil) }
    return .wholeShare(name, of: try sum())
  }

  private mutating func solution() throws(AssureError) -> RelationForm {
    index = 1
    guard index < tokens.count, case .word(let name) = tokens[index] else {
      throw error("the name of the unknown")
    }
    index += 1
    var from: RelationExpression?
    var to: RelationExpression?
    if take(word: "in") {
      from = try sum()
      guard take("..") else { throw error("`..`") }
      to = try sum()
    }
    guard take(":") else { throw error("`:`") }
    unknown = name
    let left = try sum()
    guard take("=") else { throw error("`=`") }
    return .solution(name, from: from, to: to, left, try sum())
  }

  /// `r050 to r054`, `r070, r071 and [n0147a]`.
  private mutating func list() throws(AssureError) -> [RelationExpression] {
    var members: [RelationExpression] = []
    while true {
      let member = try factor()
      if take(word: "to"), case .relation(let first) = member,
        case .relation(let last) = try factor(), let range = Self.range(first, last)
      {
        members += range.map { .relation($0) }
      } else {
        members.append(member)
      }
      let comma = take(",")
      guard take(word: "and") || comma else { return members }
    }
  }

  /// Relation names from one to another, by their numbers.
  private static func range(_ first: String, _ last: String) -> [String]? {
    guard let low = Int(first.dropFirst()), let high = Int(last.dropFirst()), low <= high,
      high - low < 1000
    else { return nil }
    let width = first.dropFirst().count
    return (low...high).map { "r" + Day.padded($0, width) }
  }

  private mutating func sum() throws(AssureError) -> RelationExpression {
    var left = try term()
    while true {
      if take("+") {
        left = .sum(left, try term())
      } else if take("-") {
        left = .difference(left, try term())
      } else {
        return left
      }
    }
  }

  private mutating func term() throws(AssureError) -> RelationExpression {
    var left = try factor()
    while true {
      if take("*") {
        left = .product(left, try factor())
      } else if take("/") {
        left = .quotient(left, try factor())
      } else {
        return left
      }
    }
  }

  private mutating func factor() throws(AssureError) -> RelationExpression {
    guard index < tokens.count else { throw error("a figure, a number or `(`") }
    let token = tokens[index]
    index += 1
    switch token {
    case .number(let number):
      if index + 2 < tokens.count, tokens[index] == .sign("("), tokens[index + 2] == .sign(")"),
        case .word(let name) = tokens[index + 1], Self.isRelation(name)
      {
        index += 3
      }
      return .number(number)
    case .figure(let name): return .figure(name)
    case .date(let days): return .date(days)
    case .sign("-"): return .negated(try factor())
    case .sign("("):
      let inner = try sum()
      guard take(")") else { throw error("`)`") }
      return inner
    case .word("part") where take("("):
      let inner = try sum()
      guard take(")") else { throw error("`)`") }
      return .part(inner)
    case .word("count") where take("("): return try enumeration()
    case .word(let name) where name == unknown: return .unknown(name)
    case .word(let name) where Self.isRelation(name): return .relation(name)
    default:
      index -= 1
      throw error("a figure, a number or `(`")
    }
  }

  private static func isRelation(_ name: String) -> Bool {
    name.hasPrefix("r") && name.count > 1 && name.dropFirst().allSatisfy(\.isNumber)
  }

  /// After `count(`: `lines 314-336`, or words and `line 310`.
  private mutating func enumeration() throws(AssureError) -> RelationExpression {
    var last = ""
    while index < tokens.count, case .word(let word) = tokens[index] {
      last = word
      index += 1
    }
    guard last == "line" || last == "lines", index < tokens.count,
      case .number(let number) = tokens[index], let first = Int(number.description)
    else { throw error("the number of a line") }
    index += 1
    guard take("-") else {
      guard take(")") else { throw error("`)`") }
      return last == "lines" ? .lines(first, first) : .names(first)
    }
    guard index < tokens.count, case .number(let end) = tokens[index],
      let last = Int(end.description), last >= first
    else { throw error("the number of the last line") }
    index += 1
    guard take(")") else { throw error("`)`") }
    return .lines(first, last)
  }

  private mutating func take(_ sign: String) -> Bool {
    guard index < tokens.count, tokens[index] == .sign(sign) else { return false }
    index += 1
    return true
  }

  private mutating func take(word: String) -> Bool {
    guard index < tokens.count, tokens[index] == .word(word) else { return false }
    index += 1
    return true
  }
}
