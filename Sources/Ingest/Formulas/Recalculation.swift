import Exact

/// What a formula gives, and how far binary64 may have strayed on the way.
struct Computed {
  enum Value {
    case number(FormulaNumber)
    case text(String)
    case boolean(Bool)
    case error(String)
    case empty
  }

  var value: Value
  var slack = Slack.zero

  static func number(_ value: FormulaNumber, _ slack: Slack) -> Computed {
    Computed(value: .number(value), slack: slack)
  }

  static func error(_ word: String) -> Computed { Computed(value: .error(word)) }

  var errorWord: String? {
    if case .error(let word) = value { return word }
    return nil
  }
}

/// What the formulas of a file share while they are computed.
final class RecalculationWork {
  struct Extreme: Hashable {
    let name: String
    let sheet: String
    let range: CellRange
  }

  /// How many cells may still be walked through.
  var visits: Int
  /// Largest and smallest values already looked for; many cells ask for those of one column.
  var extremes: [Extreme: Computed] = [:]

  init(visits: Int) { self.visits = visits }
}

/// Computes one formula from the stored values of the cells it rests on, in exact numbers.
///
/// Every formula is computed from what its neighbours store, not from what they should store: a
/// stale value is found where it stands, and once. What is not listed in ``call(_:_:)`` is not
/// guessed at: it throws ``NotComputed``.
struct Recalculation {
  let book: HeldWorkbook
  let sheet: HeldSheet
  let row: Int
  let column: Int
  let work: RecalculationWork
  private var nameDepth = 0

  init(
    book: HeldWorkbook, sheet: HeldSheet, row: Int, column: Int, work: RecalculationWork
  ) {
    self.book = book
    self.sheet = sheet
    self.row = row
    self.column = column
    self.work = work
  }

  /// The value of a tree; nesting is bounded by the parser.
  mutating func value(_ formula: Formula) throws(NotComputed) -> Computed {
    switch formula {
    case .number(let value): return .number(.decimal(value), slack(of: value, image: .unit))
    case .text(let text): return Computed(value: .text(text))
    case .boolean(let value): return Computed(value: .boolean(value))
    case .error(let word): return .error(word)
    case .missing: return Computed(value: .empty)
    case .reference(let reference): return try single(reference)
    case .name(let name): return try value(named: name)
    case .chain(let first, let links): return try chain(first, links)
    case .negated(let inner):
      let operand = try number(try value(inner))
      guard case .number(let value) = operand.value else { return operand }
      return .number(-value, operand.slack)
    case .percent(let inner):
      return try combine(.divide, try value(inner), .number(.decimal(ExactDecimal(100)), .zero))
    case .call(let name, let arguments): return try call(name, arguments)
    case .external: throw NotComputed("a value of another file")
    case .unsupported(let reason): throw NotComputed(reason)
    }
  }

  /// A decimal of a file stands for a binary64 near it; integers up to 2^53 are exact.
  func slack(of value: ExactDecimal, image: Slack) -> Slack {
    if value.scale == 0, value.coefficient.magnitude <= 1 << 53 { return .zero }
    return Slack(bounding: value) * image
  }

  // MARK: References

  /// The sheet and range of a reference, seen from the formula's cell.
  func range(_ reference: FormulaReference) throws(NotComputed) -> (CellRange, HeldSheet) {
    var sheet = self.sheet
    if let name = reference.sheet {
      guard let other = book.sheet(named: name) else {
        throw NotComputed("a sheet that is not among the tables")
      }
      sheet = other
    }
    let range = reference.range(row: row, column: column)
    guard range.isOnSheet else { throw NotComputed("a reference off the sheet") }
    guard sheet.isComplete else { throw NotComputed("a sheet too large to hold") }
    return (range, sheet)
  }

  private func single(_ reference: FormulaReference) throws(NotComputed) -> Computed {
    let (range, sheet) = try range(reference)
    guard range.isCell else { throw NotComputed("a range where one value is meant") }
    guard let cell = sheet.cell(row: range.firstRow, column: range.firstColumn) else {
      // A formula that stores an empty text leaves no value behind.
      return Computed(value: .empty)
    }
    return try stored(cell)
  }

  /// What a cell stores.
  func stored(_ cell: HeldCell) throws(NotComputed) -> Computed {
    switch cell.kind {
    case .number, .wideNumber, .date:
      guard let value = book.number(cell) else { throw NotComputed("a number that is not read") }
      return .number(.decimal(value), slack(of: value, image: book.imageSlack))
    case .text: return Computed(value: .text(book.text(cell) ?? ""))
    case .boolean: return Computed(value: .boolean(cell.value != 0))
    case .error: return .error(book.text(cell) ?? "#VALUE!")
    case .longText: throw NotComputed("a long text")
    case .unknown: throw NotComputed("a value that is not stored, or a time of day")
    }
  }

  /// What a defined name stands for; one of this sheet goes before one of the workbook.
  func meaning(of name: String) -> Formula? {
    book.names[sheet.name.lowercased() + "!" + name.lowercased()]
      ?? book.names["!" + name.lowercased()]
  }

  private mutating func value(named name: String) throws(NotComputed) -> Computed {
    try spend(1)
    guard let formula = meaning(of: name), nameDepth < 4 else {
      throw NotComputed("a name that is not defined in the file")
    }
    nameDepth += 1
    defer { nameDepth -= 1 }
    return try value(formula)
  }

  // MARK: Operators

  private mutating func chain(
    _ first: Formula, _ links: [Formula.Link]
  ) throws(NotComputed) -> Computed {
    var result = try value(first)
    for link in links {
      let operand = try value(link.operand)
      result = try combine(link.sign, result, operand)
    }
    return result
  }

  func combine(
    _ sign: Formula.Operator, _ left: Computed, _ right: Computed
  ) throws(NotComputed) -> Computed {
    if left.errorWord != nil { return left }
    if right.errorWord != nil { return right }
    switch sign {
    case .join:
      return Computed(value: .text(try text(left) + (try text(right))))
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      return Computed(value: .boolean(try compare(sign, left, right)))
    case .add, .subtract, .multiply, .divide, .power:
      return try arithmetic(sign, try number(left), try number(right))
    }
  }

  private func arithmetic(
    _ sign: Formula.Operator, _ left: Computed, _ right: Computed
  ) throws(NotComputed) -> Computed {
    guard case .number(let a) = left.value, case .number(let b) = right.value else {
      return left.errorWord != nil ? left : right
    }
    switch sign {
    case .add, .subtract:
      let result = try a + (sign == .add ? b : -b)
      // Rounding is of the result; what cancels keeps the errors of its operands.
      return .number(result, left.slack + right.slack + (result.bound * .unit))
    case .multiply:
      let result = try a * b
      return .number(
        result,
        left.slack * b.bound + right.slack * a.bound + left.slack * right.slack
          + result.bound * .unit)
    case .divide:
      guard !b.isZero else { return .error("#DIV/0!") }
      let result = try a / b
      let inverse = try FormulaNumber.one / b
      // Twice, for the divisor's own error in the divisor; it must be small beside it.
      let spread = (left.slack + result.bound * right.slack) * inverse.bound * Slack(2, 0)
      return .number(result, spread + result.bound * .unit)
    case .power: return try power(left, a, right, b)
    default: throw NotComputed("an operator")
    }
  }

  /// Whole exponents from 0 to 64 alone: others leave the exact numbers.
  private func power(
    _ left: Computed, _ base: FormulaNumber, _ right: Computed, _ exponent: FormulaNumber
  ) throws(NotComputed) -> Computed {
    guard case .decimal(let steps) = exponent, steps.scale == 0,
      (0...64).contains(steps.coefficient),
      !(steps.isZero && base.isZero)
    else { throw NotComputed("a power that is not whole") }
    var result = Computed.number(.one, .zero)
    for _ in 0..<Int(steps.coefficient) { result = try arithmetic(.multiply, result, left) }
    return result
  }

  /// A value where a number is needed: nothing counts 0, a truth value 0 or 1.
  func number(_ computed: Computed) throws(NotComputed) -> Computed {
    switch computed.value {
    case .number, .error: return computed
    case .boolean(let flag): return .number(flag ? .one : .zero, .zero)
    case .empty: return .number(.zero, .zero)
    case .text: throw NotComputed("text where a number is needed")
    }
  }

  func text(_ computed: Computed) throws(NotComputed) -> String {
    switch computed.value {
    case .text(let text): return text
    case .empty: return ""
    case .number(.decimal(let value)) where value.scale == 0 && computed.slack.isZero:
      guard value.coefficient.magnitude < 100_000_000_000 else { break }
      return value.description
    default: break
    }
    throw NotComputed("a number written as text")
  }

  /// A condition; nil for an error, which goes before it.
  func condition(_ computed: Computed) throws(NotComputed) -> Bool {
    switch computed.value {
    case .boolean(let flag): return flag
    case .empty: return false
    case .number(let value):
      guard value.isZero == false || computed.slack.isZero,
        !computed.slack.covers(value.rational) || value.isZero
      else { throw NotComputed("a condition too close to call") }
      return !value.isZero
    case .text, .error: throw NotComputed("text where a condition is needed")
    }
  }

  // MARK: Comparison

  private func compare(
    _ sign: Formula.Operator, _ left: Computed, _ right: Computed
  ) throws(NotComputed) -> Bool {
    let order: Int
    switch (left.value, right.value) {
    case (.text(let a), .text(let b)): order = try Self.order(a, b, sign)
    case (.text(let a), .empty): order = try Self.order(a, "", sign)
    case (.empty, .text(let b)): order = try Self.order("", b, sign)
    case (.boolean(let a), .boolean(let b)): order = a == b ? 0 : (a ? 1 : -1)
    case (.boolean(let a), .empty): order = a ? 1 : 0
    case (.empty, .boolean(let b)): order = b ? -1 : 0
    case (.number, .number), (.empty, .empty), (.number, .empty), (.empty, .number):
      order = try numberOrder(left, right)
    default:
      // Numbers stand before texts, texts before truth values, in the rules of ECMA-376.
      guard !book.isOpenDocument || sign == .equal || sign == .notEqual else {
        throw NotComputed("a comparison of text and number")
      }
      if book.isOpenDocument, case .boolean = left.value { throw NotComputed("a truth value") }
      if book.isOpenDocument, case .boolean = right.value { throw NotComputed("a truth value") }
      order = Self.rank(left) < Self.rank(right) ? -1 : 1
    }
    switch sign {
    case .equal: return order == 0
    case .notEqual: return order != 0
    case .less: return order < 0
    case .lessOrEqual: return order <= 0
    case .greater: return order > 0
    default: return order >= 0
    }
  }

  private static func rank(_ computed: Computed) -> Int {
    switch computed.value {
    case .text: 1
    case .boolean: 2
    default: 0
    }
  }

  private func numberOrder(_ left: Computed, _ right: Computed) throws(NotComputed) -> Int {
    guard case .number(let a) = try number(left).value,
      case .number(let b) = try number(right).value
    else { return 0 }
    let order = a.compared(to: b)
    let slack = left.slack + right.slack
    if slack.isZero { return order }
    if order == 0 {
      // Equal in exact numbers, not zero: spreadsheets compare 15 digits.
      guard !a.isZero else { throw NotComputed("a comparison too close to call") }
      return 0
    }
    guard !slack.covers(a.rational - b.rational) else {
      throw NotComputed("a comparison too close to call")
    }
    return order
  }

  private static func order(
    _ a: String, _ b: String, _ sign: Formula.Operator
  ) throws(NotComputed) -> Int {
    if a == b || a.lowercased() == b.lowercased() { return 0 }
    guard sign == .equal || sign == .notEqual else {
      throw NotComputed("an order of texts, which depends on the language")
    }
    return 1
  }
}
