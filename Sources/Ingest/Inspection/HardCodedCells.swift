/// Typed-in numbers among like formulas of a column or a row.
///
/// Formulas are alike if they say the same of their neighbours. A number counts as typed over one
/// if like formulas stand on both sides of it, or if it continues a run of at least three formulas
/// that use cells of their own row alone, and the same cells of its row hold numbers.
struct HardCodedCells {
  let sheet: HeldSheet
  let shapes: [ShapeFacts]

  func find(_ report: (Finding) -> Void) {
    var found: Set<Int> = []
    func once(_ row: Int, _ column: Int, _ message: String) {
      guard found.insert(row * 65_536 + column).inserted else { return }
      report(Finding(code: "formula-hard-coded", row: row, column: column, message: message))
    }
    var start = 0
    let formulas = sheet.formulas
    while start < formulas.count {
      var end = start
      while end < formulas.count, formulas[end].column == formulas[start].column { end += 1 }
      column(formulas[start..<end], once)
      start = end
    }
    let byRow = formulas.sorted { ($0.row, $0.column) < ($1.row, $1.column) }
    start = 0
    while start < byRow.count {
      var end = start
      while end < byRow.count, byRow[end].row == byRow[start].row { end += 1 }
      if end - start >= 3 { row(byRow[start..<end], once) }
      start = end
    }
  }

  private func facts(_ formula: HeldFormula) -> ShapeFacts? {
    formula.shape >= 0 && !formula.isArray ? shapes[Int(formula.shape)] : nil
  }

  private func isTyped(row: Int, column: Int) -> Bool {
    guard let cell = sheet.cell(row: row, column: column) else { return false }
    return (cell.kind == .number || cell.kind == .wideNumber) && !cell.isFormula
  }

  private func counts(_ formulas: ArraySlice<HeldFormula>) -> [Int32: Int] {
    formulas.reduce(into: [:]) { $0[$1.shape, default: 0] += 1 }
  }

  /// Formulas of one column, from top to bottom.
  private func column(_ formulas: ArraySlice<HeldFormula>, _ report: (Int, Int, String) -> Void) {
    let counts = counts(formulas)
    guard let number = formulas.first.map({ Int($0.column) }) else { return }
    var runLength = 0
    for index in formulas.indices {
      let formula = formulas[index]
      let row = Int(formula.row)
      let previous = index > formulas.startIndex ? formulas[index - 1] : nil
      let continues =
        previous.map { $0.shape == formula.shape && Int($0.row) == row - 1 } ?? false
      runLength = continues ? runLength + 1 : 1
      guard let facts = facts(formula), facts.hasReference, !facts.isAggregate || runLength > 0
      else { continue }
      let count = counts[formula.shape, default: 0]
      guard count >= 3 else { continue }
      if let next = index + 1 < formulas.endIndex ? formulas[index + 1] : nil,
        next.shape == formula.shape, Int(next.row) > row + 1
      {
        let gap = row + 1...Int(next.row) - 1
        if gap.count <= max(1, count / 4), gap.allSatisfy({ isTyped(row: $0, column: number) }) {
          for row in gap {
            report(row, number, message(count, "a number typed between like formulas"))
          }
        }
      }
      if !continues, reachesUp(index, formulas), continued(facts, row: row - 1, column: number) {
        report(row - 1, number, message(count, "a number typed above like formulas"))
      }
      let nextFormula = index + 1 < formulas.endIndex ? formulas[index + 1] : nil
      if runLength >= 3, nextFormula.map({ Int($0.row) > row + 1 }) ?? true,
        continued(facts, row: row + 1, column: number)
      {
        report(row + 1, number, message(count, "a number typed below like formulas"))
      }
    }
  }

  /// Whether three like formulas begin here.
  private func reachesUp(_ index: Int, _ formulas: ArraySlice<HeldFormula>) -> Bool {
    guard index + 2 < formulas.endIndex else { return false }
    let first = formulas[index]
    return (1...2).allSatisfy {
      formulas[index + $0].shape == first.shape && formulas[index + $0].row == first.row + Int32($0)
    }
  }

  /// Whether a typed number stands where the formula would have found its inputs.
  private func continued(_ facts: ShapeFacts, row: Int, column: Int) -> Bool {
    guard row >= 1, facts.staysInRow, !facts.sameRow.isEmpty, isTyped(row: row, column: column)
    else { return false }
    return facts.sameRow.allSatisfy { reference in
      let range = reference.range(row: row, column: column)
      guard let cell = sheet.cell(row: range.firstRow, column: range.firstColumn) else {
        return false
      }
      return cell.kind == .number || cell.kind == .wideNumber
    }
  }

  /// Formulas of one row, from left to right.
  private func row(_ formulas: ArraySlice<HeldFormula>, _ report: (Int, Int, String) -> Void) {
    let counts = counts(formulas)
    for (formula, next) in zip(formulas, formulas.dropFirst())
    where formula.shape == next.shape && next.column > formula.column + 1 {
      let count = counts[formula.shape, default: 0]
      guard count >= 3, let facts = facts(formula), facts.hasReference else { continue }
      let gap = Int(formula.column) + 1...Int(next.column) - 1
      let row = Int(formula.row)
      guard gap.count <= max(1, count / 4), gap.allSatisfy({ isTyped(row: row, column: $0) })
      else { continue }
      for column in gap {
        report(row, column, message(count, "a number typed between like formulas"))
      }
    }
  }

  private func message(_ count: Int, _ what: String) -> String {
    "\(what); \(count) cells of its line compute theirs"
  }
}

/// Formulas that take values from other files.
struct LinkedFormulas {
  let sheet: HeldSheet
  let shapes: [ShapeFacts]
  /// By the number that formulas of .xlsx give them.
  let links: [Int: String]

  func find(_ report: (Finding) -> Void) {
    var first: [String: HeldFormula] = [:]
    var counts: [String: Int] = [:]
    for formula in sheet.formulas where formula.shape >= 0 {
      for target in shapes[Int(formula.shape)].externals {
        counts[target, default: 0] += 1
        let known = first[target]
        if known.map({ (formula.row, formula.column) < ($0.row, $0.column) }) ?? true {
          first[target] = formula
        }
      }
    }
    for (target, formula) in first.sorted(by: { $0.key < $1.key }) {
      let name = Int(target).flatMap { links[$0] } ?? target
      report(
        Finding(
          code: "external-link", row: Int(formula.row), column: Int(formula.column),
          message: "\(counts[target, default: 0]) formulas, this one first, take values from the"
            + " other file \(name.prefix(200)), which was not opened"))
    }
  }
}
