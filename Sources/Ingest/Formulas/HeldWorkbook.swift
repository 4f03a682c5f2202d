import Exact

/// One formula's place, and its tree by number.
struct HeldFormula {
  let row: Int32
  let column: Int32
  /// A position in ``HeldWorkbook/shapes``, or -1 for a formula that is not of the grammar.
  let shape: Int32
  let isArray: Bool
}

/// One sheet, held for the time of an inspection.
final class HeldSheet {
  let name: String
  private(set) var columns: [Int: HeldColumn] = [:]
  /// In order of column and row once ``HeldSheet/settle()`` was called.
  private(set) var formulas: [HeldFormula] = []
  private(set) var hiddenRows: [(rows: ClosedRange<Int>, isFiltered: Bool)] = []
  private(set) var hiddenColumns: [ClosedRange<Int>] = []
  private(set) var filters: [CellRange] = []
  /// Cells or formulas beyond the bound: what is not held is not checked.
  var isComplete = true

  private var subtotals: [Int: [Int]]?

  init(name: String) { self.name = name }

  func column(_ number: Int) -> HeldColumn {
    if let column = columns[number] { return column }
    let column = HeldColumn()
    columns[number] = column
    return column
  }

  /// The first cell and the text of each distinct formula, of at most a thousand.
  private(set) var firstTexts: [Int32: (row: Int, column: Int, text: String)] = [:]

  func append(_ formula: HeldFormula, text: String) {
    formulas.append(formula)
    guard formula.shape >= 0, !text.isEmpty, firstTexts.count < 1_000,
      firstTexts[formula.shape] == nil
    else { return }
    firstTexts[formula.shape] = (
      Int(formula.row), Int(formula.column), String(text.prefix(200))
    )
  }

  func hide(rows: ClosedRange<Int>, isFiltered: Bool) {
    if let last = hiddenRows.last, last.isFiltered == isFiltered,
      last.rows.upperBound + 1 == rows.lowerBound
    {
      let joined = last.rows.lowerBound...rows.upperBound
      hiddenRows[hiddenRows.count - 1] = (joined, isFiltered)
    } else {
      hiddenRows.append((rows, isFiltered))
    }
  }

  func hide(columns: ClosedRange<Int>) {
    if hiddenColumns.count < 100_000 { hiddenColumns.append(columns) }
  }

  func filter(_ range: CellRange) {
    if filters.count < 100 { filters.append(range) }
  }

  /// Puts everything in order; hidden rows inside a filter that is on are filtered ones.
  func settle() {
    for column in columns.values { column.sort() }
    formulas.sort { ($0.column, $0.row) < ($1.column, $1.row) }
    hiddenRows.sort { $0.rows.lowerBound < $1.rows.lowerBound }
    hiddenColumns.sort { $0.lowerBound < $1.lowerBound }
    hiddenColumns = hiddenColumns.reduce(into: []) { merged, range in
      if let last = merged.last, range.lowerBound <= last.upperBound + 1 {
        merged[merged.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    guard !filters.isEmpty else { return }
    var split: [(rows: ClosedRange<Int>, isFiltered: Bool)] = []
    for hidden in hiddenRows {
      var low = hidden.rows.lowerBound
      while low <= hidden.rows.upperBound {
        let inside = filters.first { $0.firstRow <= low && low <= $0.lastRow }
        let next = filters.map(\.firstRow).filter { $0 > low }.min() ?? Int.max
        let end = inside.map { $0.lastRow } ?? (next - 1)
        let high = min(hidden.rows.upperBound, end)
        split.append((low...high, hidden.isFiltered || inside != nil))
        low = high + 1
      }
    }
    hiddenRows = split
  }

  /// The hidden runs that touch a range of rows.
  func hiddenRuns(
    in rows: ClosedRange<Int>
  ) -> [(rows: ClosedRange<Int>, isFiltered: Bool)] {
    var low = 0
    var high = hiddenRows.count
    while low < high {
      let middle = (low + high) / 2
      if hiddenRows[middle].rows.upperBound < rows.lowerBound {
        low = middle + 1
      } else {
        high = middle
      }
    }
    var found: [(rows: ClosedRange<Int>, isFiltered: Bool)] = []
    while low < hiddenRows.count, hiddenRows[low].rows.lowerBound <= rows.upperBound {
      found.append((hiddenRows[low].rows.clamped(to: rows), hiddenRows[low].isFiltered))
      low += 1
    }
    return found
  }

  func isHidden(column: Int) -> Bool {
    var low = 0
    var high = hiddenColumns.count
    while low < high {
      let middle = (low + high) / 2
      if hiddenColumns[middle].upperBound < column { low = middle + 1 } else { high = middle }
    }
    return low < hiddenColumns.count && hiddenColumns[low].contains(column)
  }

  /// The columns with any value in a range.
  func columns(in range: CellRange) -> [(number: Int, column: HeldColumn)] {
    if range.columns <= columns.count {
      return (range.firstColumn...range.lastColumn).compactMap { number in
        columns[number].map { (number, $0) }
      }
    }
    return columns.filter { $0.key >= range.firstColumn && $0.key <= range.lastColumn }
      .sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  func cell(row: Int, column: Int) -> HeldCell? { columns[column]?.cell(row: row) }

  /// The rows of a column that hold subtotals, which other subtotals leave out.
  func subtotalRows(
    column: Int, rows: ClosedRange<Int>, _ book: HeldWorkbook
  ) -> ArraySlice<Int> {
    if subtotals == nil {
      var found: [Int: [Int]] = [:]
      for formula in formulas where formula.shape >= 0 {
        if book.hasSubtotal(shape: Int(formula.shape)) {
          found[Int(formula.column), default: []].append(Int(formula.row))
        }
      }
      subtotals = found
    }
    let all = subtotals?[column] ?? []
    let low = all.partitioningIndex { $0 >= rows.lowerBound }
    let high = all.partitioningIndex { $0 > rows.upperBound }
    return all[low..<max(low, high)]
  }

  /// The formula of a cell, once settled.
  func formula(row: Int, column: Int) -> HeldFormula? {
    var low = 0
    var high = formulas.count
    while low < high {
      let middle = (low + high) / 2
      let formula = formulas[middle]
      if (Int(formula.column), Int(formula.row)) < (column, row) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    guard low < formulas.count, Int(formulas[low].row) == row,
      Int(formulas[low].column) == column
    else { return nil }
    return formulas[low]
  }
}

/// The values and formulas of a workbook, as far as the bounds let them be held.
final class HeldWorkbook {
  private(set) var sheets: [HeldSheet] = []
  private var sheetNumbers: [String: Int] = [:]
  /// Distinct formulas, relative to their cells.
  private(set) var shapes: [Formula] = []
  private var shapeNumbers: [Formula: Int32] = [:]
  private var subtotalShapes: [Bool] = []
  private(set) var texts: [String] = []
  private var textNumbers: [String: Int64] = [:]
  private var textBytes = 0
  private var wideNumbers: [ExactDecimal] = []
  /// Defined names in lower case, with their sheet or "" before a `!`.
  var names: [String: Formula] = [:]
  /// Whether OpenDocument's rules hold: booleans are numbers there.
  var isOpenDocument = false
  /// How far, relatively, a stored decimal may lie from the binary64 it was written from: Office
  /// Open XML writes 17 digits, other formats 15.
  var imageSlack = Slack.unit
  var hasUnusualDates = false
  var isPrecisionAsShown = false

  func begin(sheet name: String) -> HeldSheet {
    let sheet = HeldSheet(name: name)
    sheetNumbers[name.lowercased()] = sheets.count
    sheets.append(sheet)
    return sheet
  }

  func sheet(named name: String) -> HeldSheet? {
    sheetNumbers[name.lowercased()].map { sheets[$0] }
  }

  /// Bytes of the distinct formulas as written.
  private var shapeBytes = 0

  /// The number of a formula's tree; nil if the distinct ones exceed a bound.
  func number(of formula: Formula, bytes: Int, bounds: Bounds) -> Int32? {
    if let number = shapeNumbers[formula] { return number }
    guard shapes.count < bounds.inspectedShapesMax,
      shapeBytes + bytes <= bounds.inspectedFormulaBytesMax
    else { return nil }
    shapeBytes += bytes
    let number = Int32(truncatingIfNeeded: shapes.count)
    shapes.append(formula)
    shapeNumbers[formula] = number
    return number
  }

  /// Whether a formula is itself a subtotal.
  func hasSubtotal(shape: Int) -> Bool {
    while subtotalShapes.count < shapes.count {
      var found = false
      shapes[subtotalShapes.count].visit {
        if case .call(let name, _) = $0, name == "SUBTOTAL" || name == "AGGREGATE" { found = true }
      }
      subtotalShapes.append(found)
    }
    return subtotalShapes[shape]
  }

  /// Keeps a text once; nil if it is longer than a cell that is compared, or there is no room.
  func number(of text: UnsafeBufferPointer<UInt8>) -> Int64? {
    guard text.count <= 256 else { return nil }
    let word = String(decoding: text, as: UTF8.self)
    if let number = textNumbers[word] { return number }
    guard textBytes + text.count <= 16 << 20, texts.count < 200_000 else { return nil }
    textBytes += text.count
    let number = Int64(texts.count)
    texts.append(word)
    textNumbers[word] = number
    return number
  }

  func keep(wide value: ExactDecimal) -> Int64 {
    wideNumbers.append(value)
    return Int64(wideNumbers.count - 1)
  }

  /// The number a cell holds, or nil if it holds none.
  func number(_ cell: HeldCell) -> ExactDecimal? {
    switch cell.kind {
    case .number, .date:
      try? ExactDecimal(coefficient: Int128(cell.value), scale: Int(cell.scale))
    case .wideNumber: wideNumbers[Int(cell.value)]
    default: nil
    }
  }

  func text(_ cell: HeldCell) -> String? {
    cell.kind == .text || cell.kind == .error ? texts[Int(cell.value)] : nil
  }

  /// What a range holds, over all its columns.
  func totals(_ range: CellRange, _ sheet: HeldSheet) -> RangeTotals {
    var totals = RangeTotals()
    for (_, column) in sheet.columns(in: range) {
      totals.add(column.totals(rows: range.firstRow...range.lastRow) { self.number($0) })
    }
    return totals
  }
}

extension Array {
  /// The first position at which a condition holds that holds for all after it.
  func partitioningIndex(_ holds: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
