import Exact

/// `SUMIF` and its kin: a condition as text or number, asked of every cell of a range.
extension Recalculation {
  private struct Criterion {
    let sign: Formula.Operator
    let number: ExactDecimal?
    let text: String
  }

  /// `5`, `">=5"`, `"<>done"`, `"done"`; those with wild cards are not recalculated.
  private mutating func criterion(_ argument: Formula) throws(NotComputed) -> Criterion {
    let operand = try value(argument)
    switch operand.value {
    case .number(.decimal(let number)):
      return Criterion(sign: .equal, number: number, text: "")
    case .text(let word):
      var text = Substring(word)
      var sign = Formula.Operator.equal
      for candidate in [
        Formula.Operator.lessOrEqual, .greaterOrEqual, .notEqual, .less, .greater, .equal,
      ] where text.hasPrefix(candidate.rawValue) {
        sign = candidate
        text = text.dropFirst(candidate.rawValue.count)
        break
      }
      guard !text.isEmpty, !text.contains(where: { "*?~".contains($0) }) else {
        throw NotComputed("a condition with wild cards")
      }
      // Programs of OpenDocument may read other texts as patterns.
      let isPlain = text.allSatisfy { $0.isLetter || $0.isNumber || " _-".contains($0) }
      let number = ExactDecimal(String(text))
      guard number != nil || !book.isOpenDocument || isPlain else {
        throw NotComputed("a condition that may be a pattern")
      }
      guard number != nil || sign == .equal || sign == .notEqual else {
        throw NotComputed("an order of texts, which depends on the language")
      }
      return Criterion(sign: sign, number: number, text: text.lowercased())
    default: throw NotComputed("a condition that is no number or text")
    }
  }

  private func fits(_ cell: HeldCell?, _ criterion: Criterion) throws(NotComputed) -> Bool {
    guard let cell else { return criterion.sign == .notEqual }
    if cell.kind == .unknown || cell.kind == .longText {
      throw NotComputed("a range with values not stored")
    }
    guard let wanted = criterion.number else {
      let isEqual = cell.kind == .text && book.text(cell)?.lowercased() == criterion.text
      return criterion.sign == .equal ? isEqual : !isEqual
    }
    if cell.isNumericText || cell.kind == .boolean {
      throw NotComputed("a condition on numbers kept as text")
    }
    guard let number = book.number(cell) else { return criterion.sign == .notEqual }
    switch criterion.sign {
    case .equal: return number == wanted
    case .notEqual: return number != wanted
    case .less: return number < wanted
    case .lessOrEqual: return number <= wanted
    case .greater: return number > wanted
    default: return number >= wanted
    }
  }

  mutating func conditional(
    _ name: String, _ arguments: [Formula]
  ) throws(NotComputed) -> Computed {
    let isMany = name.hasSuffix("IFS")
    var pairs = arguments[...]
    var summed: Formula?
    if name == "SUMIFS" {
      summed = pairs.popFirst()
    } else if name == "SUMIF" {
      guard arguments.count == 2 || arguments.count == 3 else {
        throw NotComputed("a function without its arguments")
      }
      summed = arguments.count == 3 ? arguments[2] : arguments[0]
      pairs = arguments[..<2]
    }
    guard pairs.count >= 2, pairs.count % 2 == 0, isMany || pairs.count == 2 else {
      throw NotComputed("a function without its arguments")
    }
    var conditions: [(range: CellRange, sheet: HeldSheet, criterion: Criterion)] = []
    while let range = pairs.popFirst(), let test = pairs.popFirst() {
      guard let reference = reference(range) else { throw NotComputed("a condition on no range") }
      let (cells, sheet) = try self.range(reference)
      conditions.append((cells, sheet, try criterion(test)))
    }
    let first = conditions[0]
    guard conditions.allSatisfy({ $0.range.rows == first.range.rows }),
      conditions.allSatisfy({ $0.range.columns == first.range.columns })
    else { throw NotComputed("conditions on ranges of different size") }
    guard let summed else { return try count(conditions) }
    guard let reference = reference(summed) else { throw NotComputed("a sum of no range") }
    var (target, sheet) = try range(reference)
    // The sum's range has the corner it is given and the size of the condition's.
    target.lastRow = target.firstRow + first.range.rows - 1
    target.lastColumn = target.firstColumn + first.range.columns - 1
    return try sum(target, sheet, conditions)
  }

  private mutating func fitsAll(
    row: Int, column: Int,
    _ conditions: [(range: CellRange, sheet: HeldSheet, criterion: Criterion)]
  ) throws(NotComputed) -> Bool {
    try spend(conditions.count)
    for condition in conditions {
      let cell = condition.sheet.cell(
        row: condition.range.firstRow + row, column: condition.range.firstColumn + column)
      guard try fits(cell, condition.criterion) else { return false }
    }
    return true
  }

  private mutating func count(
    _ conditions: [(range: CellRange, sheet: HeldSheet, criterion: Criterion)]
  ) throws(NotComputed) -> Computed {
    guard let first = conditions.first, first.criterion.sign != .notEqual else {
      throw NotComputed("a count of cells that are not something")
    }
    var count = 0
    for (number, column) in first.sheet.columns(in: first.range) {
      for cell in column.cells(rows: first.range.firstRow...first.range.lastRow) {
        let place = (Int(cell.row) - first.range.firstRow, number - first.range.firstColumn)
        if try fitsAll(row: place.0, column: place.1, conditions) { count += 1 }
      }
    }
    return .number(.decimal(ExactDecimal(count)), .zero)
  }

  private mutating func sum(
    _ target: CellRange, _ sheet: HeldSheet,
    _ conditions: [(range: CellRange, sheet: HeldSheet, criterion: Criterion)]
  ) throws(NotComputed) -> Computed {
    var sum = FormulaNumber.zero
    var absolute = Slack.zero
    var count = 0
    for (number, column) in sheet.columns(in: target) {
      for cell in column.cells(rows: target.firstRow...target.lastRow) {
        let place = (Int(cell.row) - target.firstRow, number - target.firstColumn)
        guard try fitsAll(row: place.0, column: place.1, conditions) else { continue }
        if cell.kind == .error { return .error(book.text(cell) ?? "#VALUE!") }
        if cell.kind == .unknown || (book.isOpenDocument && cell.kind == .boolean) {
          throw NotComputed("a range with values not stored")
        }
        guard let value = book.number(cell) else { continue }
        sum = try sum + .decimal(value)
        absolute = absolute + Slack(bounding: value)
        count += 1
      }
    }
    return .number(sum, absolute * (Slack(count + 2, 0) * .unit + book.imageSlack))
  }
}
