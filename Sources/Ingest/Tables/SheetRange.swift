import Assurance

/// Ranges that files write as text.
enum SheetRange {
  /// A range in either way of writing; nil for anything else.
  static func read(_ text: String) -> CellRange? {
    for syntax in [FormulaSyntax.r1c1, .a1] {
      if case .reference(let reference)? = FormulaParser.parse(
        text, syntax: syntax, row: 1, column: 1)
      {
        return reference.range(row: 1, column: 1)
      }
    }
    return nil
  }

  /// As `A1:B5` where it is read, else as written.
  static func shown(_ text: String) -> String {
    guard let range = read(text) else { return text }
    let first = Locator.letters(column: range.firstColumn) + String(range.firstRow)
    let last = Locator.letters(column: range.lastColumn) + String(range.lastRow)
    return range.isCell ? first : "\(first):\(last)"
  }
}
