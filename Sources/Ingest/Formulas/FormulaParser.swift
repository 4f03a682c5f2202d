import Exact

/// How a file writes formulas.
package enum FormulaSyntax: Sendable {
  /// Office Open XML: `SUM(A1:A5)`.
  case a1
  /// SpreadsheetML 2003: `SUM(R[-5]C:R[-1]C)`.
  case r1c1
  /// OpenDocument: `SUM([.A1:.A5])`, arguments separated by `;`.
  case openFormula
}

/// Reads formulas of three ways of writing into one tree, by recursive descent.
///
/// The rank of operators, from tightest: sign, `%`, `^`, `* /`, `+ -`, `&`, comparisons; all from
/// left to right (ECMA-376 part 1, 18.17.2.2; ODF 1.3 part 4, 5.5). A sign binds tighter than `^`.
package struct FormulaParser {
  /// Bytes of one formula; spreadsheet programs stop at 8,192 characters.
  package static let bytesMax = 32_768
  /// Depth, of which a bracket takes two steps; spreadsheet programs stop at 64 brackets.
  package static let depthMax = 200

  let bytes: [UInt8]
  let syntax: FormulaSyntax
  let row: Int
  let column: Int
  var index = 0
  private var depth = 0

  /// The tree of a formula that stands in a cell; nil if it is not of the grammar, too long, or too
  /// deep. A leading `=` and the prefixes of OpenDocument (`of:`) are allowed.
  package static func parse(
    _ text: String, syntax: FormulaSyntax, row: Int, column: Int
  ) -> Formula? {
    guard text.utf8.count <= bytesMax else { return nil }
    var bytes = Array(text.utf8)[...]
    var syntax = syntax
    for (prefix, meaning) in prefixes where bytes.starts(with: prefix.utf8) {
      bytes = bytes.dropFirst(prefix.utf8.count)
      syntax = meaning
      break
    }
    if bytes.first == UInt8(ascii: "=") { bytes = bytes.dropFirst() }
    var parser = FormulaParser(bytes: Array(bytes), syntax: syntax, row: row, column: column)
    guard let formula = parser.expression(), parser.skipSpace(), parser.isAtEnd else { return nil }
    return formula
  }

  private static let prefixes: [(String, FormulaSyntax)] = [
    ("of:", .openFormula), ("oooc:", .openFormula), ("msoxl:", .a1),
  ]

  private init(bytes: [UInt8], syntax: FormulaSyntax, row: Int, column: Int) {
    self.bytes = bytes
    self.syntax = syntax
    self.row = row
    self.column = column
  }

  // MARK: Bytes

  var isAtEnd: Bool { index >= bytes.count }
  var next: UInt8? { index < bytes.count ? bytes[index] : nil }

  func peek(_ ahead: Int) -> UInt8? {
    index + ahead < bytes.count ? bytes[index + ahead] : nil
  }

  mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    index += 1
    return true
  }

  /// Always true, to stand in a list of conditions.
  @discardableResult mutating func skipSpace() -> Bool {
    while let byte = next, byte <= 32 { index += 1 }
    return true
  }

  // MARK: Expressions

  private mutating func expression() -> Formula? {
    guard depth < Self.depthMax else { return nil }
    depth += 1
    defer { depth -= 1 }
    return ranked(0)
  }

  /// Comparisons, `&`, `+ -`, `* /`, `^`.
  private static let ranks = 5

  private mutating func ranked(_ rank: Int) -> Formula? {
    guard rank < Self.ranks else { return signed() }
    guard let first = ranked(rank + 1) else { return nil }
    var links: [Formula.Link] = []
    while skipSpace(), let sign = sign(of: rank) {
      guard let operand = ranked(rank + 1) else { return nil }
      links.append(Formula.Link(sign: sign, operand: operand))
    }
    return links.isEmpty ? first : .chain(first, links)
  }

  /// Takes an operator of a rank.
  private mutating func sign(of rank: Int) -> Formula.Operator? {
    guard let byte = next else { return nil }
    let found: Formula.Operator? =
      switch (rank, byte) {
      case (0, UInt8(ascii: "=")): .equal
      case (0, UInt8(ascii: "<")):
        peek(1) == UInt8(ascii: ">")
          ? .notEqual : peek(1) == UInt8(ascii: "=") ? .lessOrEqual : .less
      case (0, UInt8(ascii: ">")): peek(1) == UInt8(ascii: "=") ? .greaterOrEqual : .greater
      case (1, UInt8(ascii: "&")): .join
      case (2, UInt8(ascii: "+")): .add
      case (2, UInt8(ascii: "-")): .subtract
      case (3, UInt8(ascii: "*")): .multiply
      case (3, UInt8(ascii: "/")): .divide
      case (4, UInt8(ascii: "^")): .power
      default: nil
      }
    if let found { index += found.rawValue.utf8.count }
    return found
  }

  private mutating func signed() -> Formula? {
    var negative = false
    while skipSpace(), let byte = next, byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") {
      if byte == UInt8(ascii: "-") { negative.toggle() }
      index += 1
    }
    guard var value = joined() else { return nil }
    if negative { value = .negated(value) }
    while skipSpace(), take(UInt8(ascii: "%")) { value = .percent(value) }
    return value
  }

  /// A value, and what the operators on references make of it.
  private mutating func joined() -> Formula? {
    guard depth < Self.depthMax else { return nil }
    depth += 1
    defer { depth -= 1 }
    guard let value = primary() else { return nil }
    guard let byte = next else { return value }
    let isUnion = byte == UInt8(ascii: "~") || byte == UInt8(ascii: ":")
    let isCrossing = byte == UInt8(ascii: "!") && syntax == .openFormula
    if isUnion || isCrossing {
      index += 1
      guard joined() != nil else { return nil }
      return .unsupported("an operator on ranges")
    }
    if byte == UInt8(ascii: "#"), syntax == .a1, case .reference = value {
      index += 1
      return .unsupported("a spilled range")
    }
    if byte == 32, case .reference = value, beginsReferenceAfterSpace() {
      skipSpace()
      guard joined() != nil else { return nil }
      return .unsupported("an operator on ranges")
    }
    return value
  }

  /// A space between two references is the operator of what they share.
  private func beginsReferenceAfterSpace() -> Bool {
    guard let after = bytes[index...].first(where: { $0 > 32 }) else { return false }
    return isWordByte(after) || after == UInt8(ascii: "'") || after == UInt8(ascii: "[")
  }

  private mutating func primary() -> Formula? {
    skipSpace()
    guard let byte = next else { return nil }
    switch byte {
    case UInt8(ascii: "("): return bracketed()
    case UInt8(ascii: "\""): return quoted(by: byte).map { .text($0) }
    case UInt8(ascii: "{"): return arrayConstant()
    case UInt8(ascii: "#"): return errorWord()
    case UInt8(ascii: "@"):
      index += 1
      return joined() == nil ? nil : .unsupported("an implicit intersection")
    default: break
    }
    if let reference = reference() { return reference }
    if byte == UInt8(ascii: ".") || (byte >= 48 && byte <= 57) { return number() }
    return isWordByte(byte) ? word() : nil
  }

  private mutating func bracketed() -> Formula? {
    index += 1
    guard let inner = expression() else { return nil }
    skipSpace()
    if take(UInt8(ascii: ")")) { return inner }
    guard syntax != .openFormula, take(UInt8(ascii: ",")) else { return nil }
    repeat {
      guard expression() != nil else { return nil }
      skipSpace()
    } while take(UInt8(ascii: ","))
    return take(UInt8(ascii: ")")) ? .unsupported("an operator on ranges") : nil
  }

  /// Text between quotes that are doubled inside.
  mutating func quoted(by quote: UInt8) -> String? {
    guard take(quote) else { return nil }
    var text: [UInt8] = []
    while let byte = next {
      index += 1
      if byte == quote {
        guard next == quote else { return String(decoding: text, as: UTF8.self) }
        index += 1
      }
      text.append(byte)
    }
    return nil
  }

  private mutating func arrayConstant() -> Formula? {
    index += 1
    while let byte = next {
      if byte == UInt8(ascii: "\"") {
        guard quoted(by: byte) != nil else { return nil }
        continue
      }
      index += 1
      if byte == UInt8(ascii: "}") { return .unsupported("an array constant") }
    }
    return nil
  }

  private static let errors = [
    "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA",
  ]

  mutating func errorWord() -> Formula? {
    for word in Self.errors where bytes[index...].starts(with: word.utf8) {
      index += word.utf8.count
      return .error(word)
    }
    return nil
  }

  private mutating func number() -> Formula? {
    let start = index
    while let byte = next {
      let isExponent = byte | 32 == UInt8(ascii: "e")
      guard byte == UInt8(ascii: ".") || (byte >= 48 && byte <= 57) || isExponent else { break }
      index += 1
      if isExponent, next == UInt8(ascii: "-") || next == UInt8(ascii: "+") { index += 1 }
    }
    guard index - start <= 400 else { return nil }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    if let value = ExactDecimal(text) { return .number(value) }
    return text.contains(where: \.isNumber) ? .unsupported("a number of more than 38 digits") : nil
  }

  /// Whether a byte can stand in the name of a function, a range or a sheet.
  func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 65...90, 97...122, 128...255: true
    case UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "\\"), UInt8(ascii: "?"),
      UInt8(ascii: "$"):
      true
    default: false
    }
  }

  /// A function with its arguments, a constant or a name.
  private mutating func word() -> Formula? {
    let start = index
    while let byte = next, isWordByte(byte) { index += 1 }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    if next == UInt8(ascii: "(") { return call(text) }
    if next == UInt8(ascii: "["), syntax == .a1 { return structured() }
    switch text.uppercased() {
    case "TRUE": return .boolean(true)
    case "FALSE": return .boolean(false)
    default: return .name(text)
    }
  }

  /// `Table1[[#This Row],[Volume]]`: brackets to the one that closes the first.
  private mutating func structured() -> Formula? {
    var open = 0
    while let byte = next {
      index += 1
      if byte == UInt8(ascii: "'") { index += 1 }
      if byte == UInt8(ascii: "[") { open += 1 }
      if byte == UInt8(ascii: "]") { open -= 1 }
      if open == 0 { return .unsupported("a reference by column name") }
    }
    return nil
  }

  private mutating func call(_ word: String) -> Formula? {
    index += 1
    var name = word.uppercased()
    for prefix in ["_XLFN.", "_XLWS.", "_XLUDF."] where name.hasPrefix(prefix) {
      name = String(name.dropFirst(prefix.count))
    }
    let separator = syntax == .openFormula ? UInt8(ascii: ";") : UInt8(ascii: ",")
    var arguments: [Formula] = []
    skipSpace()
    if take(UInt8(ascii: ")")) { return .call(name, []) }
    while arguments.count < 255 {
      skipSpace()
      if next == separator || next == UInt8(ascii: ")") {
        arguments.append(.missing)
      } else {
        guard let argument = expression() else { return nil }
        arguments.append(argument)
      }
      skipSpace()
      if take(UInt8(ascii: ")")) { return .call(name, arguments) }
      guard take(separator) else { return nil }
    }
    return nil
  }
}
