import Assurance
import Exact

/// What is wrong with the ranges of sums: they stop short or start late, hold numbers kept as
/// text, errors, or rows and columns that do not show.
struct SumRanges {
  let book: HeldWorkbook
  let sheet: HeldSheet
  let shapes: [ShapeFacts]

  /// Columns and runs of hidden rows that may still be looked at.
  private var visits = 20_000_000
  private var passedOver = 0

  init(book: HeldWorkbook, sheet: HeldSheet, shapes: [ShapeFacts]) {
    self.book = book
    self.sheet = sheet
    self.shapes = shapes
  }

  private struct Place: Hashable {
    let sheet: String
    let range: CellRange
  }

  mutating func find(_ report: (Finding) -> Void) {
    var edges: [(finding: Finding, column: Int, start: Int)] = []
    var reported: Set<Place> = []
    for formula in sheet.formulas where formula.shape >= 0 {
      for sum in shapes[Int(formula.shape)].sums {
        let (row, column) = (Int(formula.row), Int(formula.column))
        guard let target = target(sum.reference) else { continue }
        let range = sum.reference.range(row: row, column: column)
        guard range.isOnSheet, target.isComplete else { continue }
        visits -=
          min(range.columns, target.columns.count) * (1 + min(1_000, target.hiddenRows.count))
        guard visits >= 0 else {
          passedOver += 1
          continue
        }
        for finding in contents(range, target, sum.leaves, row: row, column: column) {
          var named = range
          // Copies of a formula down a table meet the same hidden columns: said once.
          if finding.isOfColumns { (named.firstRow, named.lastRow) = (0, 0) }
          let place = Place(sheet: "\(finding.code) \(sum.leaves)!\(target.name)", range: named)
          if reported.insert(place).inserted { report(finding) }
        }
        if sum.isAlone, target === sheet, let edge = edge(formula, range) { edges.append(edge) }
      }
    }
    unshared(edges).forEach(report)
    if passedOver > 0 {
      report(
        Finding(
          code: "formulas-not-checked", row: 0, column: 0,
          message:
            "\(passedOver) totals were not checked for what their ranges hold: more work than"
            + " the bound for one table"))
    }
  }

  private func target(_ reference: FormulaReference) -> HeldSheet? {
    reference.sheet.map { book.sheet(named: $0) } ?? sheet
  }

  // MARK: What ranges hold

  private func contents(
    _ range: CellRange, _ target: HeldSheet, _ leaves: ShapeFacts.Sum.Leaves, row: Int, column: Int
  ) -> [Finding] {
    var found: [Finding] = []
    func add(_ code: String, _ message: String, isOfColumns: Bool = false) {
      found.append(
        Finding(
          code: code, row: row, column: column, message: message, isOfColumns: isOfColumns))
    }
    let totals = book.totals(range, target)
    let name = name(range, target)
    if totals.numericTexts > 0 {
      let first = first(in: range, target) { $0.isNumericText }
      add(
        "number-as-text",
        "the total over \(name) leaves out \(totals.numericTexts) numbers kept as text, first"
          + " \(first)")
    }
    if totals.errors > 0 {
      let first = first(in: range, target) { $0.kind == .error }
      add("error-in-range", "the total over \(name) meets \(totals.errors) errors, first \(first)")
    }
    hidden(range, target, leaves, name) { add($0, $1, isOfColumns: $2) }
    return found
  }

  private func hidden(
    _ range: CellRange, _ target: HeldSheet, _ leaves: ShapeFacts.Sum.Leaves, _ name: String,
    _ add: (String, String, Bool) -> Void
  ) {
    var inside = (rows: 0, first: 0)
    var outside = (rows: 0, first: 0)
    let columns = target.columns(in: range)
    let visible = columns.filter { !target.isHidden(column: $0.number) }
    // A total of one row is hidden with what it counts.
    if !target.hiddenRows.isEmpty, range.rows > 1 {
      for run in target.hiddenRuns(in: range.firstRow...range.lastRow).prefix(1_000) {
        // Rows with numbers, as many as the fullest column has.
        let count =
          columns.map { $0.column.totals(rows: run.rows) { book.number($0) }.numbers }.max() ?? 0
        guard count > 0 else { continue }
        let first = run.rows.lowerBound
        let isLeftOut = leaves == .hidden || (leaves == .filtered && run.isFiltered)
        if isLeftOut {
          outside = (outside.rows + count, outside.rows == 0 ? first : outside.first)
        } else {
          inside = (inside.rows + count, inside.rows == 0 ? first : inside.first)
        }
      }
    }
    let hiddenColumns = columns.filter { column in
      target.isHidden(column: column.number)
        && column.column.totals(rows: range.firstRow...range.lastRow) { book.number($0) }.numbers
          > 0
    }
    if inside.rows > 0 {
      add(
        "hidden-in-total",
        "the total over \(name) counts \(inside.rows) rows that do not show, first row"
          + " \(inside.first)", false)
    }
    // Where all of a range is hidden, nobody expects to see it.
    if let first = hiddenColumns.first, !visible.isEmpty {
      let words =
        hiddenColumns.count == 1
        ? "a column that does not show" : "\(hiddenColumns.count) columns that do not show, first"
      add(
        "hidden-in-total",
        "the total over \(name) counts \(words): \(Locator.letters(column: first.number))", true)
    }
    if outside.rows > 0 {
      add(
        "hidden-out-of-total",
        "the total over \(name) leaves out \(outside.rows) rows that do not show, first row"
          + " \(outside.first): it changes with the filter", false)
    }
  }

  private func first(
    in range: CellRange, _ target: HeldSheet, _ fits: (HeldCell) -> Bool
  ) -> String {
    for (number, column) in target.columns(in: range) {
      let cells = column.cells(rows: range.firstRow...range.lastRow).prefix(10_000)
      if let cell = cells.first(where: fits) {
        return Locator.letters(column: number) + String(cell.row)
      }
    }
    return "far down"
  }

  private func name(_ range: CellRange, _ target: HeldSheet) -> String {
    let sheet = target === self.sheet ? "" : target.name + "!"
    let (first, last) = (
      Locator.letters(column: range.firstColumn), Locator.letters(column: range.lastColumn)
    )
    if range.firstRow == 1, range.lastRow == FormulaReference.rowsMax {
      return "\(sheet)\(first):\(last)"
    }
    return "\(sheet)\(first)\(range.firstRow):\(last)\(range.lastRow)"
  }

  // MARK: Where ranges end

  private typealias Edge = (finding: Finding, column: Int, start: Int)

  /// A sum of part of a column may be one of several that share it: those are let be.
  private func unshared(_ edges: [Edge]) -> [Finding] {
    guard !edges.isEmpty else { return [] }
    var starts: [Int: Set<Int>] = [:]
    var ends: [Int: Set<Int>] = [:]
    for formula in sheet.formulas where formula.shape >= 0 {
      for sum in shapes[Int(formula.shape)].sums {
        let range = sum.reference.range(row: Int(formula.row), column: Int(formula.column))
        guard target(sum.reference) === sheet, range.rows > 1 else { continue }
        starts[range.firstColumn, default: []].insert(range.firstRow)
        ends[range.firstColumn, default: []].insert(range.lastRow)
      }
    }
    return edges.filter { edge in
      let isShared =
        edge.start > 0
        ? starts[edge.column]?.contains(edge.start) : ends[edge.column]?.contains(-edge.start)
      return isShared != true
    }.map(\.finding)
  }

  /// `start` is the row left out after the range, or minus the row left out before it.
  private func edge(_ formula: HeldFormula, _ range: CellRange) -> Edge? {
    let (row, column) = (Int(formula.row), Int(formula.column))
    if range.rows > 1, range.columns == 1, range.lastRow < FormulaReference.rowsMax {
      guard !hasTwin(formula, rows: 1, columns: 0) else { return nil }
      return vertical(range, row: row, column: column)
    }
    if range.rows == 1, range.columns > 1, column == range.lastColumn + 2, row == range.firstRow {
      guard !hasTwin(formula, rows: 0, columns: 1),
        isNumber(row: row, column: range.lastColumn),
        isPlain(row: row, column: range.lastColumn + 1, outside: range)
      else { return nil }
      return (
        short(row, column, range, Locator.letters(column: range.lastColumn + 1) + String(row)),
        0, 0
      )
    }
    return nil
  }

  private func vertical(_ range: CellRange, row: Int, column: Int) -> Edge? {
    let number = range.firstColumn
    let totals = book.totals(range, sheet)
    guard totals.numbers >= 2 else { return nil }
    let after = range.lastRow + 1
    if isNumber(row: range.lastRow, column: number), (after, number) != (row, column),
      isPlain(row: after, column: number, outside: range)
    {
      let cell = Locator.letters(column: number) + String(after)
      return (short(row, column, range, cell), number, after)
    }
    let before = range.firstRow - 1
    if before >= 1, isNumber(row: range.firstRow, column: number),
      (before, number) != (row, column), isPlain(row: before, column: number, outside: range),
      !isYearHeader(row: before, column: number)
    {
      let cell = Locator.letters(column: number) + String(before)
      let finding = Finding(
        code: "sum-stops-short", row: row, column: column,
        message: "the total over \(name(range, sheet)) starts after the number in \(cell)")
      return (finding, number, -before)
    }
    return nil
  }

  private func short(_ row: Int, _ column: Int, _ range: CellRange, _ cell: String) -> Finding {
    Finding(
      code: "sum-stops-short", row: row, column: column,
      message: "the total over \(name(range, sheet)) stops before the number in \(cell)")
  }

  /// Whether a neighbour has the same formula: a moving or running total.
  private func hasTwin(_ formula: HeldFormula, rows: Int, columns: Int) -> Bool {
    [-1, 1].contains { step in
      sheet.formula(
        row: Int(formula.row) + step * rows, column: Int(formula.column) + step * columns)?.shape
        == formula.shape
    }
  }

  private func isNumber(row: Int, column: Int) -> Bool {
    guard let cell = sheet.cell(row: row, column: column) else { return false }
    return cell.kind == .number || cell.kind == .wideNumber
  }

  /// A number that is no total: no formula that sums up, and not the sum of the range typed in.
  private func isPlain(row: Int, column: Int, outside range: CellRange) -> Bool {
    guard let cell = sheet.cell(row: row, column: column), isNumber(row: row, column: column)
    else { return false }
    if let formula = sheet.formula(row: row, column: column), formula.shape >= 0 {
      return !shapes[Int(formula.shape)].isAggregate
    }
    return book.number(cell) != book.totals(range, sheet).sum
  }

  /// Years head columns as numbers.
  private func isYearHeader(row: Int, column: Int) -> Bool {
    guard let cell = sheet.cell(row: row, column: column), cell.kind == .number, cell.scale == 0,
      !cell.isFormula
    else { return false }
    return (1900...2100).contains(cell.value) && !isNumber(row: row - 1, column: column)
  }
}
