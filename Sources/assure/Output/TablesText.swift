import Assurance
import Ingest

/// What `assure tables` shows to people, in eighty columns where names allow it.
struct TablesText {
  let source: SourceFile
  let summary: FileSummary
  let quiet: Bool

  /// Columns listed of one table; the rest are counted.
  private static let columnsMax = 60
  private static let width = 80

  func show() {
    Terminal.say("\(Terminal.printable(source.name)): \(source.format), \(source.bytes) bytes")
    Terminal.say("SHA-256 \(source.sha256)")
    var list = TextTable([
      ("table", .left), ("rows", .right), ("columns", .right), ("cells", .right),
      ("numbers", .right), ("sum", .right), ("formulas", .right), ("hidden", .left),
    ])
    for table in summary.tables {
      list.add([
        Self.cut(table.name, 40), String(table.rows), String(table.columns),
        String(table.nonEmptyCells),
        String(table.numberCells), table.numericSum, String(table.formulas), hidden(table),
      ])
    }
    for line in list.lines { Terminal.say(line) }
    if !quiet {
      for table in summary.tables where table.nonEmptyCells > 0 { show(table) }
      showBeside()
    }
    showNotices()
  }

  private func hidden(_ table: TableSummary) -> String {
    table.hiddenRows > 0
      ? "\(table.visibility.rawValue), \(table.hiddenRows) rows" : table.visibility.rawValue
  }

  // MARK: One table

  private func show(_ table: TableSummary) {
    let header = table.headerRow > 0 ? ": headers in row \(table.headerRow)" : ""
    Terminal.say("")
    Terminal.say(Terminal.printable(table.name) + header)
    var list = TextTable([
      ("column", .left), ("header", .left), ("unit", .left), ("cells", .left),
    ])
    for column in table.columnSummaries.prefix(Self.columnsMax) {
      list.add([
        Self.cut(column.name, 36), Self.cut(column.header ?? "", 30), column.unit ?? "",
        contents(column),
      ])
    }
    for line in list.lines { Terminal.say("  " + line) }
    let more = table.columnSummaries.count - Self.columnsMax
    if more > 0 { Terminal.say("  and \(more) more columns: --format json lists them all") }
    for line in facts(table) { say(line, indent: "  ") }
  }

  private func contents(_ column: ColumnSummary) -> String {
    let kinds = [
      (column.numberCells, "numbers"), (column.textCells, "text"), (column.dateCells, "dates"),
      (column.booleanCells, "truth values"), (column.errorCells, "errors"),
    ]
    var parts = kinds.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    if column.isoDays > 0 { parts.append("\(column.isoDays) of the texts are days") }
    if column.formulas > 0 { parts.append("\(column.formulas) by formula") }
    if column.isHidden { parts.append("hidden") }
    return parts.joined(separator: ", ")
  }

  private func facts(_ table: TableSummary) -> [String] {
    var lines: [String] = []
    if !table.hiddenRowRuns.isEmpty {
      let rows = table.hiddenRowRuns.reduce(0) { $0 + $1.count }
      let runs = table.hiddenRowRuns.map {
        $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)–\($0.upperBound)"
      }
      let filtered = table.filteredRows > 0 ? ", \(table.filteredRows) of them by a filter" : ""
      lines.append("rows not shown: \(rows)\(filtered): \(Self.some(runs))")
    }
    if !table.hiddenColumns.isEmpty {
      let runs = table.hiddenColumns.map { TablesJSON.columns($0) }
      lines.append("columns not shown: \(Self.some(runs))")
    }
    if !table.filters.isEmpty { lines.append("filters: \(Self.some(table.filters))") }
    if table.merges > 0 {
      let ranges = table.mergedRanges.isEmpty ? "" : ": \(Self.some(table.mergedRanges))"
      lines.append("merged ranges: \(table.merges)\(ranges)")
    }
    if !table.namedTables.isEmpty {
      lines.append(
        "tables within: \(Self.some(table.namedTables.map { "\($0.name) \($0.range)" }))")
    }
    if let inspection = table.inspection {
      lines.append(words(inspection))
      for sample in inspection.samples.prefix(5) {
        let copies = sample.count > 1 ? " and \(sample.count - 1) copies" : ""
        lines.append("  \(sample.cell) \(Self.cut(sample.text, 50))\(copies)")
      }
    }
    return lines
  }

  private func words(_ inspection: WorkbookInspection.Table) -> String {
    let skipped = inspection.notRecalculated.reduce(0) { $0 + $1.count }
    var parts = [
      "formulas: \(inspection.formulas), \(inspection.distinct) different",
      "\(inspection.recalculated) recalculated, \(inspection.differing) of them differ",
    ]
    if skipped > 0 { parts.append("\(skipped) not recalculated") }
    if inspection.withoutValue > 0 {
      parts.append("\(inspection.withoutValue) without a stored value")
    }
    if inspection.notChecked > 0 { parts.append("\(inspection.notChecked) not checked") }
    return parts.joined(separator: "; ")
  }

  // MARK: Beside the tables

  private func showBeside() {
    var lines: [String] = []
    let names = summary.names.filter { !$0.isHidden }
    if !names.isEmpty {
      lines.append("names: \(Self.some(names.map { "\($0.name) \($0.formula)" }))")
    }
    let hidden = summary.names.count - names.count
    if hidden > 0 { lines.append("names that do not show: \(hidden)") }
    if !summary.links.isEmpty { lines.append("other files: \(Self.some(summary.links))") }
    if !summary.macros.isEmpty { lines.append("macros, not run: \(Self.some(summary.macros))") }
    guard !lines.isEmpty else { return }
    Terminal.say("")
    for line in lines { say(line, indent: "") }
  }

  /// Every notice; one that concerns the file is said once.
  private func showNotices() {
    var said: Set<String> = []
    for notice in summary.tables.flatMap(\.notices) {
      let isOfFile = notice.locator.place == .table
      // The file is named above; what stands before `#` is said once.
      let whole = notice.locator.description
      let place = whole.split(separator: "#", maxSplits: 1).last.map(String.init) ?? whole
      let text = "note: \(place): \(notice.message) (\(notice.code))"
      if isOfFile, !said.insert(notice.code + notice.message).inserted { continue }
      say(text, indent: "")
    }
  }

  // MARK: Words

  /// The first six, and how many more.
  private static func some(_ items: [String]) -> String {
    let more = items.count > 6 ? " and \(items.count - 6) more" : ""
    return items.prefix(6).joined(separator: ", ") + more
  }

  private static func cut(_ text: String, _ width: Int) -> String {
    guard TextTable.width(text) > width else { return text }
    var cut = ""
    for character in text {
      guard TextTable.width(cut) + TextTable.width(String(character)) < width else { break }
      cut.append(character)
    }
    return cut + "…"
  }

  /// Prints a line, broken between words where it is wider than the terminal.
  private func say(_ text: String, indent: String) {
    var line = indent
    var isFresh = true
    for word in Terminal.printable(text).split(separator: " ") {
      if !isFresh, TextTable.width(line) + 1 + TextTable.width(String(word)) > Self.width {
        Terminal.say(line)
        line = indent + "  "
        isFresh = true
      }
      line += isFresh ? String(word) : " " + word
      isFresh = false
    }
    Terminal.say(line)
  }
}
