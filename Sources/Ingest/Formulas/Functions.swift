import Exact

/// The functions that are recalculated.
extension Recalculation {
  /// Their names, for the documentation's test.
  static let functions = [
    "SUM", "SUMIF", "SUMIFS", "COUNT", "COUNTA", "COUNTIF", "COUNTIFS", "AVERAGE", "MIN", "MAX",
    "ROUND", "ABS", "IF", "IFERROR", "AND", "OR", "NOT", "TRUE", "FALSE", "SUBTOTAL",
  ]

  mutating func call(_ name: String, _ arguments: [Formula]) throws(NotComputed) -> Computed {
    switch name {
    case "SUM", "COUNT", "COUNTA", "AVERAGE": return try aggregate(name, arguments)
    case "MIN", "MAX": return try extreme(name, arguments)
    case "SUMIF", "SUMIFS", "COUNTIF", "COUNTIFS": return try conditional(name, arguments)
    case "SUBTOTAL": return try subtotal(arguments)
    case "IF": return try choose(arguments)
    case "IFERROR":
      guard arguments.count == 2 else { throw NotComputed("a function without its arguments") }
      let tried = try value(arguments[0])
      return tried.errorWord == nil ? tried : try value(arguments[1])
    case "AND", "OR": return try logical(name, arguments)
    case "NOT":
      guard arguments.count == 1 else { throw NotComputed("a function without its arguments") }
      let inner = try value(arguments[0])
      if inner.errorWord != nil { return inner }
      return Computed(value: .boolean(!(try condition(inner))))
    case "TRUE", "FALSE": return Computed(value: .boolean(name == "TRUE"))
    case "ABS":
      guard arguments.count == 1 else { throw NotComputed("a function without its arguments") }
      let inner = try number(try value(arguments[0]))
      guard case .number(let number) = inner.value else { return inner }
      return .number(number.compared(to: .zero) < 0 ? -number : number, inner.slack)
    case "ROUND": return try round(arguments)
    default: throw NotComputed("the function \(name.prefix(40))")
    }
  }

  // MARK: Choice

  private mutating func choose(_ arguments: [Formula]) throws(NotComputed) -> Computed {
    guard arguments.count == 2 || arguments.count == 3 else {
      throw NotComputed("a function without its arguments")
    }
    let test = try value(arguments[0])
    if test.errorWord != nil { return test }
    if try condition(test) { return try value(arguments[1]) }
    return arguments.count == 3 ? try value(arguments[2]) : Computed(value: .boolean(false))
  }

  private mutating func logical(
    _ name: String, _ arguments: [Formula]
  ) throws(NotComputed) -> Computed {
    var result = name == "AND"
    for argument in arguments {
      let operand = try value(argument)
      if operand.errorWord != nil { return operand }
      if case .empty = operand.value { throw NotComputed("an empty condition") }
      let flag = try condition(operand)
      result = name == "AND" ? result && flag : result || flag
    }
    return Computed(value: .boolean(result))
  }

  // MARK: Rounding

  /// Halves away from zero. Where binary64 can't tell a half, either neighbour agrees.
  private mutating func round(_ arguments: [Formula]) throws(NotComputed) -> Computed {
    guard arguments.count == 2 else { throw NotComputed("a function without its arguments") }
    let operand = try number(try value(arguments[0]))
    guard case .number(let amount) = operand.value else { return operand }
    let places = try number(try value(arguments[1]))
    guard case .number(.decimal(let digits)) = places.value, digits.scale == 0,
      (-15...15).contains(digits.coefficient)
    else { throw NotComputed("a rounding to no whole number of places") }
    let power = ExactDecimal.ten(to: Int(digits.coefficient.magnitude))
    let unit = digits.isNegative ? FormulaNumber.decimal(power) : try .one / .decimal(power)
    let steps = try (amount / unit).rational
    guard let whole = try? steps.rounded(decimals: 0), let half = Rational("1/2") else {
      throw NotComputed("a rounding of too large a number")
    }
    let result = try .decimal(whole) * unit
    // The distance to the half that decides.
    let distance = (steps - Rational(whole)).magnitude - half
    let isClose = operand.slack.covers(distance * unit.rational)
    let last = result.bound * .unit
    return .number(result, isClose ? unit.bound + last : last)
  }

  // MARK: Sums and counts

  /// What ranges and single values hold together.
  private struct Gathered {
    var totals = RangeTotals()
    /// Numbers that are computed, not stored.
    var extra = FormulaNumber.zero
    var slack = Slack.zero
    var numbers = 0
    var filled = 0
    var error: String?
  }

  /// The range an argument is, by itself or by name; nil if it is a value.
  func reference(_ argument: Formula) -> FormulaReference? {
    switch argument {
    case .reference(let reference): return reference
    case .name(let name):
      if case .reference(let reference)? = meaning(of: name) { return reference }
      return nil
    default: return nil
    }
  }

  private mutating func gather(_ arguments: [Formula]) throws(NotComputed) -> Gathered {
    var all = Gathered()
    for argument in arguments {
      if let reference = reference(argument) {
        let (range, sheet) = try range(reference)
        try spend(min(range.columns, sheet.columns.count))
        let totals = book.totals(range, sheet)
        if book.isOpenDocument, totals.booleans > 0 { throw NotComputed("truth values in a range") }
        all.totals.add(totals)
        continue
      }
      let operand = try value(argument)
      switch operand.value {
      case .error(let word): all.error = all.error ?? word
      case .text: throw NotComputed("text where a number is needed")
      default:
        guard case .number(let number) = try number(operand).value else { continue }
        all.extra = try all.extra + number
        all.slack = all.slack + operand.slack + all.extra.bound * .unit
        all.numbers += 1
        all.filled += 1
      }
    }
    return all
  }

  private mutating func aggregate(
    _ name: String, _ arguments: [Formula]
  ) throws(NotComputed) -> Computed {
    if name == "COUNT" || name == "COUNTA" {
      let isPlain = arguments.allSatisfy { reference($0) != nil }
      guard isPlain else { throw NotComputed("a count of single values") }
    }
    let all = try gather(arguments)
    return try result(name, all)
  }

  private func result(_ name: String, _ all: Gathered) throws(NotComputed) -> Computed {
    let totals = all.totals
    let count = totals.numbers + all.numbers
    switch name {
    case "COUNT":
      guard totals.unknowns == 0 else { throw NotComputed("a range with values not stored") }
      return .number(.decimal(ExactDecimal(count)), .zero)
    case "COUNTA": return .number(.decimal(ExactDecimal(totals.filled + all.filled)), .zero)
    default: break
    }
    if totals.errors > 0 || all.error != nil { return .error(all.error ?? "#VALUE!") }
    guard totals.unknowns == 0 else { throw NotComputed("a range with values not stored") }
    guard totals.overflows == 0 else { throw NotComputed("numbers of more than 38 digits") }
    let sum = try FormulaNumber.decimal(totals.sum) + all.extra
    let spread = Slack(count + 2, 0) * .unit + book.imageSlack
    let slack = all.slack + Slack(bounding: totals.absolute) * spread
    if name == "SUM" { return .number(sum, slack) }
    guard count > 0 else { return .error("#DIV/0!") }
    return try combine(
      .divide, .number(sum, slack), .number(.decimal(ExactDecimal(count)), .zero))
  }

  private mutating func extreme(
    _ name: String, _ arguments: [Formula]
  ) throws(NotComputed) -> Computed {
    var best: Computed?
    func consider(_ candidate: Computed) {
      guard case .number(let number) = candidate.value else { return }
      guard case .number(let old)? = best?.value else {
        best = candidate
        return
      }
      let order = number.compared(to: old)
      if name == "MAX" ? order > 0 : order < 0 { best = candidate }
    }
    for argument in arguments {
      guard let reference = reference(argument) else {
        let operand = try value(argument)
        if operand.errorWord != nil { return operand }
        if case .text = operand.value { throw NotComputed("text where a number is needed") }
        consider(try number(operand))
        continue
      }
      let (range, sheet) = try range(reference)
      let key = RecalculationWork.Extreme(name: name, sheet: sheet.name, range: range)
      var found = Computed(value: .empty)
      if let known = work.extremes[key] {
        found = known
      } else {
        found = try extreme(range, sheet, isLargest: name == "MAX")
        work.extremes[key] = found
      }
      if found.errorWord != nil { return found }
      consider(found)
    }
    return best ?? .number(.zero, .zero)
  }

  /// The largest or smallest number of a range; empty if it has none.
  private func extreme(
    _ range: CellRange, _ sheet: HeldSheet, isLargest: Bool
  ) throws(NotComputed) -> Computed {
    var best: ExactDecimal?
    for (_, column) in sheet.columns(in: range) {
      let cells = column.cells(rows: range.firstRow...range.lastRow)
      try spend(cells.count)
      for cell in cells {
        if cell.kind == .error { return .error(book.text(cell) ?? "#VALUE!") }
        if cell.kind == .unknown || (book.isOpenDocument && cell.kind == .boolean) {
          throw NotComputed("a range with values not stored")
        }
        guard let number = book.number(cell) else { continue }
        if best.map({ isLargest ? number > $0 : number < $0 }) ?? true { best = number }
      }
    }
    return best.map { .number(.decimal($0), slack(of: $0, image: book.imageSlack)) }
      ?? Computed(value: .empty)
  }

  /// Counts cells walked through against the bound.
  func spend(_ cells: Int) throws(NotComputed) {
    guard cells <= work.visits else { throw NotComputed("more work than the bound for one file") }
    work.visits -= cells
  }

  // MARK: Subtotals

  /// Codes 1 to 3 and 9 leave filtered rows out, 101 to 103 and 109 all hidden ones; other
  /// subtotals inside the range never count.
  private mutating func subtotal(_ arguments: [Formula]) throws(NotComputed) -> Computed {
    guard let first = arguments.first, case .number(let code) = first,
      let name = Self.subtotalNames[Int(code.coefficient % 100)], code.scale == 0
    else { throw NotComputed("a subtotal of another kind") }
    let isVisibleOnly = code.coefficient > 100
    var all = Gathered()
    for argument in arguments.dropFirst() {
      guard let reference = reference(argument) else {
        throw NotComputed("a subtotal of single values")
      }
      let (range, sheet) = try range(reference)
      all.totals.add(book.totals(range, sheet))
      for (number, column) in sheet.columns(in: range) {
        try spend(1)
        let out = try leftOut(number, column, range, sheet, isVisibleOnly: isVisibleOnly)
        all.totals.add(out, times: -1)
      }
    }
    if book.isOpenDocument, all.totals.booleans > 0 {
      throw NotComputed("truth values in a range")
    }
    return try result(name, all)
  }

  static let subtotalNames = [1: "AVERAGE", 2: "COUNT", 3: "COUNTA", 9: "SUM"]

  private mutating func leftOut(
    _ number: Int, _ column: HeldColumn, _ range: CellRange, _ sheet: HeldSheet,
    isVisibleOnly: Bool
  ) throws(NotComputed) -> RangeTotals {
    var out = RangeTotals()
    let book = self.book
    let runs = sheet.hiddenRuns(in: range.firstRow...range.lastRow)
      .filter { $0.isFiltered || isVisibleOnly }
    try spend(runs.count * 16)
    for run in runs { out.add(column.totals(rows: run.rows) { book.number($0) }) }
    for row in sheet.subtotalRows(column: number, rows: range.firstRow...range.lastRow, book) {
      try spend(1)
      guard !runs.contains(where: { $0.rows.contains(row) }), let cell = column.cell(row: row)
      else { continue }
      out.add(cell, book.number(cell))
    }
    return out
  }
}

extension ExactDecimal {
  /// A power of ten, of at most 18.
  fileprivate static func ten(to power: Int) -> ExactDecimal {
    ExactDecimal((0..<power).reduce(1) { result, _ in result * 10 })
  }
}
