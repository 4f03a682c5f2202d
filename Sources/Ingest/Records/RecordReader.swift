package import Assurance

/// From the rows of a file to the records of datasets.
package enum RecordReader {
  /// How many rows with anything in them may stand above and in the header.
  static let headerRowsMax = 50
  /// Remarks about a file that a reviewer must see.
  private static let sourceFindings: Set<String> = [
    "macros-present", "external-link", "data-connections",
  ]

  /// Reads every table that a dataset fits.
  ///
  /// - Parameters:
  ///   - table: read this table alone.
  ///   - dataset: fit this dataset alone.
  ///   - recordPath: for repeating-record XML, the path; else the dataset's own, else found.
  ///   - sink: gets the rows; what it got counts only once this returns.
  ///   - progress: called some hundred times a second at most, on the caller's thread.
  /// - Throws: `no-dataset-fits`, `ambiguous-table`, `ambiguous-dataset`, `unknown-table`,
  ///   `unknown-dataset`, `duplicate-column`, `unit-mismatch`, the format's errors, or whatever the
  ///   sink throws.
  package static func read<Sink: RecordSink>(
    _ file: SourceFile, datasets: [DatasetDefinition], table: String? = nil,
    dataset: String? = nil, recordPath: String? = nil, options: ReadOptions = ReadOptions(),
    into sink: inout Sink, progress: () -> Void = {}
  ) throws -> SourceReceipt {
    var candidates = datasets
    if let dataset {
      candidates = datasets.filter { $0.name == dataset }
      guard !candidates.isEmpty else {
        throw AssureError(
          "unknown-dataset", place: file.name, "no dataset is called `\(dataset)`",
          remedy: "one of: \(datasets.map(\.name).joined(separator: ", "))")
      }
    }
    var options = options
    let declared = candidates.compactMap(\.recordPath)
    options.recordPath =
      recordPath ?? options.recordPath ?? (candidates.count == 1 ? declared.first : nil)
    let rows = RecordRows(file: file, datasets: candidates, table: table, sink: sink)
    let settled = options
    try RowPipe.run(into: rows, progress: progress) {
      try SourceFormats.read(file, options: settled, into: $0)
    }
    let receipt = try rows.finish()
    sink = rows.sink
    for notice in receipt.notices where sourceFindings.contains(notice.code) {
      try sink.notice(notice)
    }
    // Files without formulas pay nothing for those that have some.
    guard rows.hasFormulas else { return receipt }
    for notice in try WorkbookInspection.read(file, options: options).flatMap(\.notices) {
      try sink.notice(notice)
    }
    return receipt
  }
}

/// Finds the header of each table, then hands its rows on.
private final class RecordRows<Sink: RecordSink>: RowSink {
  var sink: Sink
  private let file: SourceFile
  private let matchers: [HeaderMatcher]
  private let wantedTable: String?
  private var receipt = SourceReceipt()
  private var remarks: [Remark] = []
  private var tableNames: [String] = []
  private var head = TableHead(name: "")
  private var waiting: [RowBuffer] = []
  private var reader: TableReader?
  private var isDecided = false
  private var rowsSeen = 0
  private var dataset: DatasetDefinition?
  private var hasBegun = false
  private(set) var hasFormulas = false
  /// Why a record path is left to a table read before.
  private var restated: String?
  /// The tables with rows by the dataset they feed.
  private var takers: [String: [String]] = [:]
  private var nearest: (match: HeaderMatch, table: String)?

  init(file: SourceFile, datasets: [DatasetDefinition], table: String?, sink: Sink) {
    self.file = file
    self.sink = sink
    matchers = datasets.map { HeaderMatcher($0) }
    wantedTable = table
  }

  override func begin(_ table: TableHead) throws -> Bool {
    head = table
    tableNames.append(table.name)
    waiting = []
    reader = nil
    isDecided = false
    rowsSeen = 0
    guard wantedTable == nil || wantedTable == table.name else { return false }
    guard table.isRecordPath else { return true }
    if let reason = table.supersededBy, wantedTable == nil {
      rowsSeen = table.recordCount
      isDecided = true
      ignore(reason)
      return false
    }
    // The columns of a record path are known: a path that no dataset fits need not be read.
    try decideKnown()
    if reader == nil {
      rowsSeen = table.recordCount
      ignore(restated ?? ignoredReason())
    }
    return reader != nil
  }

  /// Decides on a record path. Where the file's own tables were read before, a path that holds the
  /// same again feeds no dataset a second time, and its columns need not be unambiguous.
  private func decideKnown() throws {
    restated = nil
    guard head.isRestating, !receipt.tables.isEmpty else { return try decide() }
    do { try decide() } catch let error as AssureError {
      guard ["ambiguous-dataset", "duplicate-column"].contains(error.code) else { throw error }
      reader = nil
      restated = "\(error.reason); the tables of the file's own kind were taken"
    }
    if let dataset, reader != nil,
      let taken = receipt.tables.first(where: { $0.dataset == dataset.name })
    {
      reader = nil
      restated = "it holds again what stands in `\(taken.name)`"
    }
  }

  private func ignore(_ reason: String) {
    receipt.ignoredTables.append(IgnoredTable(name: head.name, rows: rowsSeen, reason: reason))
  }

  override func row(_ row: RowBuffer) throws {
    rowsSeen += 1
    if isDecided { return try take(row) }
    waiting.append(row.copy())
    if waiting.count >= RecordReader.headerRowsMax { try decide() }
  }

  /// Hands a row below the header on; the sink hears of a table with its first row.
  private func take(_ row: RowBuffer) throws {
    guard let reader else { return }
    if !hasBegun, let dataset {
      hasBegun = true
      try sink.begin(reader.receipt.source, dataset: dataset)
    }
    try reader.read(row, into: &sink)
  }

  /// Whether another table with rows feeds a dataset that takes one: nobody but the user can say
  /// which is meant, and hears at the end of all that fit.
  private func isSecond() -> Bool {
    guard let dataset, !dataset.manyTables else { return false }
    takers[dataset.name, default: []].append(head.name)
    return takers[dataset.name, default: []].count > 1
  }

  private func refuseSecond() throws(AssureError) {
    guard
      let (dataset, tables) = takers.sorted(by: { $0.key < $1.key })
        .first(where: { $0.value.count > 1 })
    else { return }
    let words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    let count = tables.count < words.count ? words[tables.count] : String(tables.count)
    let names = tables.prefix(12).map { "`\($0)`" }
    let rest = tables.count > 12 ? " and \(tables.count - 12) more" : ""
    throw AssureError(
      "ambiguous-table", place: file.name,
      "the dataset `\(dataset)` fits \(count) tables: "
        + (rest.isEmpty
          ? names.dropLast().joined(separator: ", ") + " and " + names.suffix(1).joined()
          : names.joined(separator: ", ") + rest),
      remedy: "choose one with --table NAME, or write `tables: many` in the dataset")
  }

  override func end(_ tail: TableTail) throws {
    if tail.formulas > 0 { hasFormulas = true }
    guard wantedTable == nil || wantedTable == head.name else { return }
    if !isDecided { try decide() }
    guard let reader else {
      return ignore(ignoredReason())
    }
    guard reader.rowsRead > 0 else {
      self.reader = nil
      return ignore("the headers of `\(reader.receipt.dataset)`, and no row below them")
    }
    guard !isSecond() else {
      self.reader = nil
      return
    }
    if tail.visibility != .visible {
      try reader.notice(
        "hidden-table", file.locator(table: head.name, place: .table),
        "the table is \(tail.visibility.rawValue) in the source", &sink)
    }
    for remark in tail.remarks {
      let place: Locator.Place = remark.row > 0 ? head.place(row: remark.row, column: 0) : .table
      try reader.notice(
        remark.code, file.locator(table: head.name, place: place), remark.message, &sink)
    }
    reader.finish()
    receipt.tables.append(reader.receipt)
    self.reader = nil
  }

  override var canRestart: Bool { sink.canRestart }

  override func restart() throws {
    receipt = SourceReceipt()
    remarks = []
    hasFormulas = false
    tableNames = []
    takers = [:]
    restated = nil
    nearest = nil
    waiting = []
    reader = nil
    try sink.restart()
  }

  override func remark(_ remark: Remark) {
    if !remarks.contains(where: { $0.code == remark.code }) { remarks.append(remark) }
  }

  /// Chooses the dataset and header row that match the most fields, and reads what waited.
  private func decide() throws {
    isDecided = true
    defer { waiting = [] }
    guard let (match, matcher) = try best() else { return }
    hasBegun = false
    dataset = match.dataset
    let reader = try TableReader(file: file, head: head, match: match, units: matcher.units)
    reader.preamble(waiting.count { $0.number < match.row })
    self.reader = reader
    for row in waiting where row.number > match.row { try take(row) }
  }

  private func best() throws -> (HeaderMatch, HeaderMatcher)? {
    var best: (match: HeaderMatch, matcher: HeaderMatcher)?
    var tie: HeaderMatch?
    for matcher in matchers where matcher.takes(head.name) {
      if head.isRecordPath, let path = matcher.dataset.recordPath, path != head.name { continue }
      let matches = head.isRecordPath ? [matcher.match(head)] : waiting.map { matcher.match($0) }
      for match in matches where match.matched > 0 {
        if nearest.map({ match.matched > $0.match.matched }) ?? true {
          nearest = (match, head.name)
        }
        guard match.missing.isEmpty else { continue }
        let matched = best?.match.matched ?? 0
        if match.matched > matched {
          best = (match, matcher)
          tie = nil
        } else if match.matched == matched, best?.match.dataset.name != match.dataset.name {
          tie = match
        }
      }
    }
    if let best, let tie {
      throw AssureError(
        "ambiguous-dataset", place: "\(file.name), \(head.name)",
        "two datasets fit equally: `\(best.match.dataset.name)` and `\(tie.dataset.name)`",
        remedy: "choose one with --dataset NAME")
    }
    return best.map { ($0.match, $0.matcher) }
  }

  private func ignoredReason() -> String {
    if rowsSeen == 0 { return "the table is empty" }
    if !matchers.contains(where: { $0.takes(head.name) }) {
      return "the policy names other sheets for its datasets"
    }
    guard let nearest, nearest.table == head.name else { return "no header of any dataset" }
    return "nearest is `\(nearest.match.dataset.name)`, which lacks "
      + nearest.match.missing.map { "`\($0)`" }.joined(separator: ", ")
  }

  func finish() throws -> SourceReceipt {
    if let wantedTable, !tableNames.contains(wantedTable) {
      throw AssureError(
        "unknown-table", place: file.name, "there is no table `\(wantedTable)`",
        remedy: "one of: \(tableNames.prefix(20).joined(separator: ", "))")
    }
    receipt.notices = remarks.map { remark in
      Notice(
        code: remark.code, locator: file.locator(table: "", place: .table),
        message: remark.message)
    }
    try refuseSecond()
    guard receipt.tables.isEmpty else { return receipt }
    if let nearest, nearest.match.missing.isEmpty {
      throw AssureError(
        "no-rows", place: "\(file.name), \(nearest.table)",
        "the headers of `\(nearest.match.dataset.name)` are there, and no row below them",
        remedy: "ask whether the export is complete; nothing is no evidence of zero")
    }
    guard let nearest else {
      throw AssureError(
        "no-dataset-fits", place: file.name,
        "no header of any dataset stands in the first \(RecordReader.headerRowsMax) rows",
        remedy: "add this file's headers to the aliases of a dataset")
    }
    let missing = nearest.match.missing.map { name in
      let aliases = nearest.match.dataset.field(name)?.aliases.prefix(3) ?? []
      return "`\(name)` (such as \(aliases.joined(separator: ", ")))"
    }
    let row = nearest.match.row > 0 ? ", row \(nearest.match.row)" : ""
    throw AssureError(
      "no-dataset-fits", place: "\(file.name), \(nearest.table)\(row)",
      "nearest is the dataset `\(nearest.match.dataset.name)`; it needs a column for "
        + missing.joined(separator: ", "),
      remedy: "add the header in use to the aliases of those fields")
  }
}
