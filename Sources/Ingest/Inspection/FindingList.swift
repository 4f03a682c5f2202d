import Assurance
import Exact

/// The findings of one table: those of a code listed up to a bound, the rest counted.
struct FindingList {
  private(set) var notices: [Notice] = []
  private var counts: [String: Int] = [:]
  private let file: SourceFile
  private let table: String

  init(file: SourceFile, table: String) {
    self.file = file
    self.table = table
  }

  mutating func add(_ finding: Finding) {
    let count = counts[finding.code, default: 0] + 1
    counts[finding.code] = count
    guard count <= WorkbookInspection.listedMax else { return }
    let place: Locator.Place =
      finding.row > 0 ? .cell(row: finding.row, column: finding.column) : .table
    add(finding.code, place, finding.message)
  }

  private mutating func add(_ code: String, _ place: Locator.Place, _ message: String) {
    notices.append(
      Notice(code: code, locator: file.locator(table: table, place: place), message: message))
  }

  mutating func addNotRecalculated(_ table: WorkbookInspection.Table) {
    let total = table.notRecalculated.reduce(0) { $0 + $1.count }
    guard total > 0 else { return }
    var parts = table.notRecalculated.prefix(5).map { "\($0.reason) (\($0.count))" }
    let rest = table.notRecalculated.dropFirst(5)
    if !rest.isEmpty {
      parts.append("\(rest.count) other reasons (\(rest.reduce(0) { $0 + $1.count }))")
    }
    add(
      "formulas-not-recalculated", .table,
      "\(total) of \(table.formulas) formulas were not recalculated: "
        + parts.joined(separator: ", "))
  }

  mutating func addNotChecked(_ table: WorkbookInspection.Table) {
    guard table.notChecked > 0 else { return }
    add(
      "formulas-not-checked", .table,
      "\(table.notChecked) of \(table.formulas) formulas were not checked: the table has more cells"
        + " or formulas than are held at once (\(file.bounds.inspectedCellsMax) and"
        + " \(file.bounds.inspectedFormulasMax))")
  }

  /// All notices; a code with more findings than are listed says how many.
  mutating func finish() -> [Notice] {
    for code in WorkbookInspection.codes {
      let more = counts[code, default: 0] - WorkbookInspection.listedMax
      if more > 0 {
        add(code, .table, "\(more) more cells like the \(WorkbookInspection.listedMax) listed")
      }
    }
    return notices
  }
}

/// What a check needs to know of a formula, found once for all its copies.
struct ShapeFacts {
  struct Sum {
    /// Whether hidden rows are left out: nothing for `SUM`, filtered for `SUBTOTAL(9)`, all for
    /// `SUBTOTAL(109)`.
    enum Leaves { case nothing, filtered, hidden }
    let reference: FormulaReference
    let leaves: Leaves
    /// Whether the range is all that is summed.
    let isAlone: Bool
  }

  /// The ranges that are summed.
  private(set) var sums: [Sum] = []
  /// Whether any function sums up, counts or picks from a range.
  private(set) var isAggregate = false
  private(set) var externals: Set<String> = []
  /// References to single cells of the same row of the same sheet.
  private(set) var sameRow: [FormulaReference] = []
  private(set) var hasReference = false
  /// Whether every reference is to one of ``sameRow``, or to a fixed cell.
  private(set) var staysInRow = true

  private static let aggregates: Set<String> = [
    "SUM", "SUBTOTAL", "AGGREGATE", "AVERAGE", "COUNT", "COUNTA", "MIN", "MAX", "SUMPRODUCT",
    "SUMIF", "SUMIFS", "COUNTIF", "COUNTIFS",
  ]

  init(_ formula: Formula) {
    formula.visit { part in
      switch part {
      case .reference(let reference): note(reference)
      case .external(let file): externals.insert(file)
      case .call(let name, let arguments):
        if Self.aggregates.contains(name) { isAggregate = true }
        note(name, arguments)
      default: break
      }
    }
  }

  private mutating func note(_ reference: FormulaReference) {
    hasReference = true
    let isCell =
      reference.firstRow == reference.lastRow && reference.firstColumn == reference.lastColumn
    if !isCell { staysInRow = false }
    guard reference.firstRow.isRelative else { return }
    if isCell, reference.sheet == nil, reference.firstRow.value == 0 {
      sameRow.append(reference)
    } else {
      staysInRow = false
    }
  }

  private mutating func note(_ name: String, _ arguments: [Formula]) {
    var ranges = arguments[...]
    var leaves = Sum.Leaves.nothing
    if name == "SUBTOTAL" {
      guard case .number(let code)? = ranges.popFirst(), code.scale == 0,
        code.coefficient == 9 || code.coefficient == 109
      else { return }
      leaves = code.coefficient == 9 ? .filtered : .hidden
    } else if name != "SUM" {
      return
    }
    for range in ranges {
      guard case .reference(let reference) = range else { continue }
      sums.append(Sum(reference: reference, leaves: leaves, isAlone: ranges.count == 1))
    }
  }
}
