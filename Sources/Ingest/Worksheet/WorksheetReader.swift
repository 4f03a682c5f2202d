package import Assurance
import Exact

extension WorksheetReturn {
  /// Reads a worksheet that came back, whatever spreadsheet program saved it.
  ///
  /// Values are read as they stand; what can't be taken is a problem with its cell. Rows may have
  /// been sorted. What the answers mean for the engagement is the caller's matter.
  /// - Parameter expected: the identity the worksheet must carry; nil to take any.
  /// - Throws: `worksheet-not-ours`, `worksheet-sheet-missing`, `worksheet-header-changed`,
  ///   `worksheet-other-identity`, or the format's errors.
  package static func read(
    _ file: SourceFile, expecting expected: WorksheetIdentity? = nil
  ) throws(AssureError) -> WorksheetReturn {
    let rows = ReturnRows(file: file)
    do { try SourceFormats.read(file, into: rows) } catch {
      throw (error as? AssureError)
        ?? AssureError("file-unreadable", place: file.name, String(describing: error))
    }
    return try rows.finish(expecting: expected)
  }
}

/// Collects the two sheets of a returned worksheet.
private final class ReturnRows: RowSink {
  private let file: SourceFile
  private var head = TableHead(name: "")
  private var seen: Set<String> = []
  private var isMarked = false
  private var identity: [String: String] = [:]
  private var columns: [WorksheetColumn: Int] = [:]
  private var missingHeaders: [String] = []
  private var rows: [WorksheetRow] = []
  private var problems: [WorksheetProblem] = []
  private var keys: [String: Int] = [:]

  init(file: SourceFile) { self.file = file }

  override func begin(_ table: TableHead) throws -> Bool {
    head = table
    seen.insert(table.name)
    return table.name == WorksheetText.itemsSheet || table.name == WorksheetText.identitySheet
  }

  override func row(_ row: RowBuffer) throws {
    if head.name == WorksheetText.identitySheet {
      readIdentity(row)
    } else if row.number == 1 {
      readHeader(row)
    } else if missingHeaders.isEmpty, !columns.isEmpty {
      readItem(row)
    }
  }

  private func readIdentity(_ row: RowBuffer) {
    guard let first = row.cell(column: 1).map({ row.string($0) }) else { return }
    if row.number == 1 { isMarked = first == WorksheetText.mark }
    guard row.number <= 12 else { return }
    identity[first] = row.cell(column: 2).map { row.string($0) } ?? ""
  }

  private func readHeader(_ row: RowBuffer) {
    var known: [String: WorksheetColumn] = [:]
    for column in WorksheetColumn.allCases { known[Folding.fold(column.header)] = column }
    for index in 0..<row.count {
      let cell = row[index]
      if let column = known[Folding.fold(row.string(cell))] { columns[column] = Int(cell.column) }
    }
    missingHeaders = WorksheetColumn.allCases.filter { columns[$0] == nil }.map(\.header)
  }

  private func locator(_ row: Int, _ column: WorksheetColumn) -> Locator {
    file.locator(
      table: head.name, place: .cell(row: row, column: columns[column] ?? 1))
  }

  private func text(_ row: RowBuffer, _ column: WorksheetColumn) -> String {
    guard let cell = row.cell(column: columns[column] ?? 0), cell.kind != .unknown else {
      return ""
    }
    if cell.kind == .number, let number = NumberText.spreadsheet(row.text(cell)) {
      return number.description
    }
    return Self.trim(row.string(cell))
  }

  private static func trim(_ text: String) -> String {
    var view = text[...]
    while view.first?.isWhitespace == true { view.removeFirst() }
    while view.last?.isWhitespace == true { view.removeLast() }
    return String(view)
  }

  private func problem(_ code: String, _ row: Int, _ column: WorksheetColumn, _ reason: String) {
    problems.append(
      WorksheetProblem(code: code, locator: locator(row, column), reason: reason))
  }

  private func readItem(_ row: RowBuffer) {
    let key = text(row, .key)
    let answers = WorksheetColumn.inputs.filter { !text(row, $0).isEmpty }
    guard !key.isEmpty else {
      if !answers.isEmpty {
        problem("missing-key", row.number, .key, "answers stand beside an empty key")
      }
      return
    }
    if let other = keys.updateValue(row.number, forKey: key) {
      problem("duplicate-key", row.number, .key, "the key stands in row \(other) too")
    }
    for column in WorksheetColumn.inputs {
      if let cell = row.cell(column: columns[column] ?? 0), cell.kind == .error {
        problem("error-cell", row.number, column, "the cell holds the error \(row.string(cell))")
      }
    }
    let outcome = readOutcome(row)
    let audited = readAudited(row)
    check(row, outcome, audited, answers)
    rows.append(
      WorksheetRow(
        key: key, recorded: text(row, .recorded), outcome: outcome, audited: audited,
        reason: text(row, .reason), evidence: text(row, .evidence), tester: text(row, .tester),
        tested: readDate(row), locator: file.locator(table: head.name, place: .row(row.number)),
        cells: Dictionary(
          uniqueKeysWithValues: WorksheetColumn.allCases.map {
            ($0.rawValue, locator(row.number, $0))
          })))
  }

  private func readOutcome(_ row: RowBuffer) -> WorksheetOutcome? {
    let word = text(row, .result)
    guard !word.isEmpty else { return nil }
    if let outcome = WorksheetText.outcomes[Folding.fold(word)] { return outcome }
    problem(
      "unknown-result", row.number, .result,
      "`\(word.prefix(40))` is none of: agreed, misstated, not supportable, replaced")
    return nil
  }

  private func readAudited(_ row: RowBuffer) -> ExactDecimal? {
    let word = text(row, .audited)
    guard !word.isEmpty else { return nil }
    if let number = NumberText.read(word, form: .plain) { return number.value }
    problem(
      "not-a-number", row.number, .audited, "`\(word.prefix(40))` is no number like 1,234.5")
    return nil
  }

  private func readDate(_ row: RowBuffer) -> Day? {
    let word = text(row, .tested)
    guard !word.isEmpty else { return nil }
    guard case .day(let day, _)? = DateText.read(word, form: .ymd) else {
      problem(
        "not-a-date", row.number, .tested, "`\(word.prefix(40))` is no day like 2021-12-31")
      return nil
    }
    guard (1900...2100).contains(day.civil.year) else {
      problem(
        "date-out-of-range", row.number, .tested, "\(day) lies outside the years 1900 to 2100")
      return nil
    }
    return day
  }

  /// What an outcome needs beside it.
  private func check(
    _ row: RowBuffer, _ outcome: WorksheetOutcome?, _ audited: ExactDecimal?,
    _ answers: [WorksheetColumn]
  ) {
    guard let outcome else {
      if !answers.isEmpty, text(row, .result).isEmpty {
        problem("result-missing", row.number, .result, "there are answers but no result")
      }
      return
    }
    if outcome == .misstated, text(row, .audited).isEmpty {
      problem(
        "missing-audited-value", row.number, .audited, "misstated needs the audited value")
    }
    if outcome == .agreed, let audited, audited.description != text(row, .recorded) {
      problem(
        "needless-audited-value", row.number, .audited,
        "the result is agreed, but the audited value \(audited) is not the recorded one")
    }
    if outcome != .agreed, text(row, .reason).isEmpty {
      problem("missing-reason", row.number, .reason, "\(outcome.rawValue) needs a reason")
    }
    if text(row, .tester).isEmpty {
      problem("missing-tester", row.number, .tester, "a result needs the tester's name")
    }
  }

  func finish(expecting expected: WorksheetIdentity?) throws(AssureError) -> WorksheetReturn {
    let sheets = [WorksheetText.itemsSheet, WorksheetText.identitySheet]
    guard !seen.isDisjoint(with: sheets) else { throw notOurs() }
    for sheet in sheets where !seen.contains(sheet) {
      throw AssureError(
        "worksheet-sheet-missing", place: file.name, "the sheet `\(sheet)` is missing",
        remedy: "fill in the file that was sent out, and keep both sheets")
    }
    guard isMarked, let identity = WorksheetIdentity(identity) else { throw notOurs() }
    guard missingHeaders.isEmpty, !columns.isEmpty else {
      throw AssureError(
        "worksheet-header-changed", place: "\(file.name), \(WorksheetText.itemsSheet), row 1",
        "headers are missing: \(missingHeaders.joined(separator: ", "))",
        remedy: "copy the answers into a fresh copy of the worksheet")
    }
    if let expected {
      for (ours, theirs) in zip(expected.lines, identity.lines) where ours.value != theirs.value {
        throw AssureError(
          "worksheet-other-identity", place: "\(file.name), \(WorksheetText.identitySheet)",
          "the worksheet belongs to \(theirs.label) `\(theirs.value.prefix(70))`, expected is"
            + " `\(ours.value.prefix(70))`", remedy: "import the worksheet of this round")
      }
    }
    return WorksheetReturn(identity: identity, rows: rows, problems: problems)
  }

  private func notOurs() -> AssureError {
    AssureError(
      "worksheet-not-ours", place: file.name, "this is not a worksheet that was sent out",
      remedy: "import the file that `assure sample` wrote, filled in")
  }
}
