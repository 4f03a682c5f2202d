package import Assurance
import Exact

/// A second reading of a spreadsheet that has formulas: what they say, whether their stored values
/// are what they give, and the faults that spreadsheets are known for.
///
/// Values and formulas are held while it lasts, up to ``Bounds/inspectedCellsMax`` and
/// ``Bounds/inspectedFormulasMax``; what lies beyond is named as not checked.
package enum WorkbookInspection {
  /// What the formulas of one table came to.
  package struct Table: Sendable {
    package let name: String
    package internal(set) var formulas = 0
    /// Different from each other, copies counted once.
    package internal(set) var distinct = 0
    package internal(set) var recalculated = 0
    package internal(set) var differing = 0
    /// Without a stored value that could be compared.
    package internal(set) var withoutValue = 0
    /// By reason, most first.
    package internal(set) var notRecalculated: [(reason: String, count: Int)] = []
    /// Beyond the bounds.
    package internal(set) var notChecked = 0
    package internal(set) var notices: [Notice] = []
    /// The distinct formulas that fill most cells, at most fifty.
    package internal(set) var samples: [Sample] = []
  }

  /// A formula as the file writes it in the first cell that has it, and how many copies there are.
  package struct Sample: Sendable {
    package let cell: String
    /// At most 200 characters.
    package let text: String
    package let count: Int
  }

  /// The codes of what is found, in the order in which checks run.
  package static let codes = [
    "formula-hard-coded", "sum-stops-short", "cached-value-differs", "number-as-text",
    "hidden-in-total", "hidden-out-of-total", "error-in-range", "external-link",
    "formulas-not-recalculated", "formulas-not-checked", "manual-calculation",
  ]

  /// Findings of one code listed for one table; the rest are counted.
  static let listedMax = 200

  /// Reads a file again and inspects it. Tables stand in the order of the file.
  package static func read(
    _ file: SourceFile, options: ReadOptions = ReadOptions()
  ) throws(AssureError) -> [Table] {
    let sink = InspectionSink(file: file)
    do { try SourceFormats.read(file, options: options, into: sink) } catch {
      throw (error as? AssureError)
        ?? AssureError("file-unreadable", place: file.name, String(describing: error))
    }
    return Inspector(file: file, sink: sink).tables()
  }
}

/// Something found, before it is listed.
struct Finding {
  let code: String
  /// 0 for the table.
  let row: Int
  let column: Int
  let message: String
  /// Whether it is about columns, and the same for every row.
  var isOfColumns = false
}

/// Runs the checks over what was held.
struct Inspector {
  private let file: SourceFile
  private let book: HeldWorkbook
  private let sink: InspectionSink
  private let work = RecalculationWork(visits: 20_000_000)

  init(file: SourceFile, sink: InspectionSink) {
    self.file = file
    self.sink = sink
    book = sink.book
    for sheet in book.sheets { sheet.settle() }
  }

  func tables() -> [WorkbookInspection.Table] {
    var inspector = self
    let shapes = book.shapes.map { ShapeFacts($0) }
    return book.sheets.indices.map { inspector.table($0, shapes) }
  }

  private mutating func table(_ index: Int, _ shapes: [ShapeFacts]) -> WorkbookInspection.Table {
    let sheet = book.sheets[index]
    var table = WorkbookInspection.Table(name: sheet.name)
    table.formulas = sheet.formulas.count + sink.beyond[index]
    table.notChecked = sink.beyond[index]
    var counts: [Int32: Int] = [:]
    for formula in sheet.formulas { counts[formula.shape, default: 0] += 1 }
    table.distinct = counts.count
    table.samples = samples(sheet, counts)
    guard table.formulas > 0 else { return table }
    var list = FindingList(file: file, table: sheet.name)
    guard sheet.isComplete else {
      table.notChecked = table.formulas
      list.addNotChecked(table)
      table.notices = list.notices
      return table
    }
    HardCodedCells(sheet: sheet, shapes: shapes).find { list.add($0) }
    var ranges = SumRanges(book: book, sheet: sheet, shapes: shapes)
    ranges.find { list.add($0) }
    recalculate(sheet, &table, &list)
    LinkedFormulas(sheet: sheet, shapes: shapes, links: sink.links).find { list.add($0) }
    if sink.isManual, book.sheets[..<index].allSatisfy(\.formulas.isEmpty) {
      list.add(
        Finding(
          code: "manual-calculation", row: 0, column: 0,
          message: "the workbook computes only when a person asks: stored values may be old"))
    }
    list.addNotRecalculated(table)
    list.addNotChecked(table)
    table.notices = list.finish()
    return table
  }

  private func samples(
    _ sheet: HeldSheet, _ counts: [Int32: Int]
  ) -> [WorkbookInspection.Sample] {
    let known = sheet.firstTexts.map { (first: $1, count: counts[$0, default: 0]) }
    let order = known.sorted {
      ($1.count, $0.first.row, $0.first.column) < ($0.count, $1.first.row, $1.first.column)
    }
    return order.prefix(50).map {
      WorkbookInspection.Sample(
        cell: Locator.letters(column: $0.first.column) + String($0.first.row),
        text: $0.first.text, count: $0.count)
    }
  }

  private mutating func recalculate(
    _ sheet: HeldSheet, _ table: inout WorkbookInspection.Table, _ list: inout FindingList
  ) {
    var reasons: [String: Int] = [:]
    for formula in sheet.formulas {
      let (row, column) = (Int(formula.row), Int(formula.column))
      guard let cell = sheet.cell(row: row, column: column), cell.kind != .unknown else {
        table.withoutValue += 1
        continue
      }
      var computing = Recalculation(
        book: book, sheet: sheet, row: row, column: column, work: work)
      do throws(NotComputed) {
        if formula.shape < 0 { throw NotComputed("a formula that is not understood") }
        if formula.isArray { throw NotComputed("a formula over arrays") }
        if book.isPrecisionAsShown { throw NotComputed("numbers cut to what cells show") }
        let own = try computing.value(book.shapes[Int(formula.shape)])
        table.recalculated += 1
        if try !computing.agrees(own, with: cell) {
          table.differing += 1
          let stored = try computing.stored(cell)
          list.add(
            Finding(
              code: "cached-value-differs", row: row, column: column,
              message: "the file stores \(stored.text), the formula gives \(own.text)"))
        }
      } catch { reasons[error.reason, default: 0] += 1 }
    }
    table.notRecalculated = reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { ($0.key, $0.value) }
  }
}

extension Recalculation {
  /// Whether a result is what a cell stores, at the 15 digits that spreadsheets show.
  func agrees(_ own: Computed, with cell: HeldCell) throws(NotComputed) -> Bool {
    let stored = try stored(cell)
    switch (own.value, stored.value) {
    case (.error, .error): return true
    case (.text(let a), .text(let b)): return a == b
    case (.boolean(let a), .boolean(let b)): return a == b
    case (.empty, .text(let text)): return text.isEmpty
    case (.error, _), (_, .error), (.text, _), (_, .text): return false
    default: break
    }
    // OpenDocument's truth values are numbers; elsewhere the two are told apart.
    if !book.isOpenDocument {
      if case .boolean = own.value { return false }
      if case .boolean = stored.value { return false }
    }
    guard case .number(let a) = try number(own).value,
      case .number(let b) = try number(stored).value
    else { return false }
    if a.showsAs(b) { return true }
    return (own.slack + stored.slack).covers(a.rational - b.rational)
  }
}

extension Computed {
  /// For people; texts are not printed, as nobody asked for them.
  var text: String {
    switch value {
    case .number(let number): number.text
    case .text: "a text"
    case .boolean(let flag): flag ? "TRUE" : "FALSE"
    case .error(let word): word
    case .empty: "0"
    }
  }
}
