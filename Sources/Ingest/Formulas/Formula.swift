package import Exact

/// A spreadsheet formula as a tree, its references seen from its own cell.
///
/// Two cells that say the same thing about their neighbours, as copying a formula makes them, have
/// equal trees: this is the relative form (R1C1) whatever the file writes. Operators of one rank
/// stand in one list, so that the depth of a tree is the depth of its brackets, bounded by
/// ``FormulaParser/depthMax``.
package indirect enum Formula: Hashable, Sendable {
  case number(ExactDecimal)
  case text(String)
  case boolean(Bool)
  case error(String)
  /// An argument that is left out: `IF(A1,,2)`.
  case missing
  case reference(FormulaReference)
  /// A defined name, as written.
  case name(String)
  /// Operators of one rank, applied from left to right.
  case chain(Formula, [Link])
  case negated(Formula)
  case percent(Formula)
  /// A function, in upper case and without the prefix of newer ones.
  case call(String, [Formula])
  /// Something in another file: the file as the formula names it.
  case external(String)
  /// Something that is read and not computed: why.
  case unsupported(String)

  package struct Link: Hashable, Sendable {
    package let sign: Operator
    package let operand: Formula
  }

  package enum Operator: String, Hashable, Sendable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case power = "^"
    case join = "&"
    case equal = "="
    case notEqual = "<>"
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
  }

  /// The formula and all its parts, outermost first.
  func visit(_ body: (Formula) -> Void) {
    body(self)
    switch self {
    case .chain(let first, let links):
      first.visit(body)
      for link in links { link.operand.visit(body) }
    case .negated(let inner), .percent(let inner): inner.visit(body)
    case .call(_, let arguments): for argument in arguments { argument.visit(body) }
    default: break
    }
  }
}

/// A cell or a rectangle of cells, each edge relative to the formula's cell or absolute.
package struct FormulaReference: Hashable, Sendable {
  package struct Edge: Hashable, Sendable {
    /// From 1 if absolute, else the distance from the formula's cell.
    package let value: Int
    package let isRelative: Bool

    /// The row or column that is meant, seen from a cell.
    package func resolved(from origin: Int) -> Int { isRelative ? origin + value : value }

    static func absolute(_ value: Int) -> Edge { Edge(value: value, isRelative: false) }
    static func relative(_ value: Int) -> Edge { Edge(value: value, isRelative: true) }
  }

  /// The last row and column of the largest sheets; whole rows and columns reach there.
  package static let rowsMax = 1_048_576
  package static let columnsMax = 16_384

  /// The sheet named; nil for the formula's own.
  package var sheet: String?
  package var firstRow: Edge
  package var firstColumn: Edge
  package var lastRow: Edge
  package var lastColumn: Edge

  /// The rectangle meant, seen from a cell.
  package func range(row: Int, column: Int) -> CellRange {
    let rows = [firstRow.resolved(from: row), lastRow.resolved(from: row)]
    let columns = [firstColumn.resolved(from: column), lastColumn.resolved(from: column)]
    return CellRange(
      firstRow: min(rows[0], rows[1]), firstColumn: min(columns[0], columns[1]),
      lastRow: max(rows[0], rows[1]), lastColumn: max(columns[0], columns[1]))
  }
}

/// A rectangle of cells of one sheet, edges from 1 and included.
package struct CellRange: Hashable, Sendable {
  package var firstRow: Int
  package var firstColumn: Int
  package var lastRow: Int
  package var lastColumn: Int

  package init(firstRow: Int, firstColumn: Int, lastRow: Int, lastColumn: Int) {
    self.firstRow = firstRow
    self.firstColumn = firstColumn
    self.lastRow = lastRow
    self.lastColumn = lastColumn
  }

  var isCell: Bool { firstRow == lastRow && firstColumn == lastColumn }
  var rows: Int { lastRow - firstRow + 1 }
  var columns: Int { lastColumn - firstColumn + 1 }
  /// Whether it lies on a sheet; a relative reference can point off its edge.
  var isOnSheet: Bool {
    firstRow >= 1 && firstColumn >= 1 && lastRow <= FormulaReference.rowsMax
      && lastColumn <= FormulaReference.columnsMax * 4
  }

  func contains(row: Int, column: Int) -> Bool {
    row >= firstRow && row <= lastRow && column >= firstColumn && column <= lastColumn
  }
}
