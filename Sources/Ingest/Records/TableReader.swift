import Assurance
import Exact

/// Turns the rows of one bound table into records and rejects, and keeps the receipt.
struct TableReader {
  private(set) var receipt: TableReceipt
  private let file: SourceFile
  private let head: TableHead
  private var reading: FieldReading
  private var cells: [Int]
  /// Running sums of the accepted rows by field: since the start, and since the last total.
  private var sums: [RunningSum]
  private var sectionSums: [RunningSum]
  private var counts: [Int]
  private let quick: QuickReading
  private let record: RecordRow
  private var lastRow: Int
  private var assumptionCounts: [(field: Int, text: String, count: Int)] = []
  private let headers: [(column: Int, header: [UInt8])]

  init(file: SourceFile, head: TableHead, match: HeaderMatch, units: UnitWords) throws {
    self.file = file
    self.head = head
    if let duplicate = match.duplicates.first {
      let names = [duplicate.first, duplicate.second].map {
        file.locator(table: head.name, place: head.place(row: match.row, column: $0)).suffix
      }
      throw AssureError(
        "duplicate-column", place: "\(file.name), \(head.name)",
        "two columns feed the field `\(duplicate.field)`: \(names.joined(separator: " and "))",
        remedy: "narrow the aliases of the field, so that one of them fits")
    }
    let binding = try TableBinding(match, units: units) { column in
      file.locator(table: head.name, place: head.place(row: match.row, column: column)).description
    }
    reading = FieldReading(binding)
    quick = QuickReading(binding)
    let count = binding.fields.count
    cells = [Int](repeating: -1, count: count)
    sums = [RunningSum](repeating: RunningSum(), count: count)
    sectionSums = sums
    counts = [Int](repeating: 0, count: count)
    lastRow = match.row
    headers = binding.fields.filter { $0.column > 0 }.map { ($0.column, Array($0.header.utf8)) }
    receipt = TableReceipt(
      name: head.name, dataset: match.dataset.name,
      source: Self.table(file, head, binding), headerRow: match.row)
    record = RecordRow(
      dataset: match.dataset.name, types: binding.fields.map(\.definition.type),
      source: RecordSource(table: receipt.source, row: 0, line: 0))
    receipt.ignoredColumns = match.ignored.map { column in
      head.isRecordPath
        ? column.header : "\(Locator.letters(column: column.number)) (\(column.header))"
    }
  }

  private static func table(
    _ file: SourceFile, _ head: TableHead, _ binding: TableBinding
  ) -> SourceTable {
    var columns: [String: SourceTable.Column] = [:]
    for field in binding.fields where field.column > 0 {
      columns[field.definition.name] =
        head.isRecordPath ? .name(head.columnNames[field.column - 1]) : .number(field.column)
    }
    return SourceTable(
      file: file.name, digest: { file.sha256 }, name: head.name, columns: columns,
      isRecordPath: head.isRecordPath)
  }

  mutating func preamble(_ rows: Int) { receipt.preambleRows = rows }

  /// Puts one row where it belongs: blank, accepted or rejected.
  mutating func read<Sink: RecordSink>(_ row: RowBuffer, into sink: inout Sink) throws {
    receipt.blankRows += max(0, row.number - lastRow - 1)
    lastRow = row.number
    let source = RecordSource(table: receipt.source, row: row.number, line: row.line)
    for field in cells.indices { cells[field] = -1 }
    var repeated = -1
    var isBlank = true
    let fieldOfColumn = reading.binding.fieldOfColumn
    for index in 0..<row.count {
      let cell = row[index]
      if isBlank, cell.kind == .unknown || !row.text(cell).isBlank { isBlank = false }
      guard cell.column < fieldOfColumn.count else { continue }
      let field = fieldOfColumn[Int(cell.column)]
      guard field >= 0 else { continue }
      if cells[field] >= 0 { repeated = field }
      cells[field] = index
    }
    if isBlank {
      receipt.blankRows += 1
      return
    }
    receipt.rowsRead += 1
    if row.isHidden {
      try notice("hidden-row", source.locator, "the row is hidden in the source", &sink)
    }
    do {
      if repeated >= 0 {
        throw RowFault(
          field: repeated, code: "repeated-value",
          reason: "the record holds several values for one field")
      }
      try refuseNonData(row)
      try accept(row, source, &sink)
    } catch let fault as RowFault {
      try reject(fault, source, &sink)
    }
  }

  /// Rows of totals and repeated headers are rows of the table, but no records.
  private mutating func refuseNonData(_ row: RowBuffer) throws(RowFault) {
    let totals = reading.binding.totals
    for index in 0..<min(row.count, 64) {
      let cell = row[index]
      guard cell.kind == .text || cell.kind == .untyped, totals.contains(row.text(cell)) else {
        continue
      }
      let (agrees, reason) = compareTotals(row)
      sectionSums = [RunningSum](repeating: RunningSum(), count: sums.count)
      throw RowFault(field: -1, code: agrees ? "total-row" : "total-mismatch", reason: reason)
    }
    guard !head.isRecordPath, let first = headers.first, row.cell(column: first.column) != nil
    else { return }
    let repeats = headers.allSatisfy { column, header in
      row.cell(column: column).map { row.text($0).elementsEqual(header) } ?? false
    }
    if repeats { throw RowFault(field: -1, code: "repeated-header", reason: "the headers again") }
  }

  /// Compares a total with the sum of the rows above it, and with that since the last total.
  private mutating func compareTotals(_ row: RowBuffer) -> (agrees: Bool, reason: String) {
    var parts: [String] = []
    var agrees = true
    for (field, bound) in reading.binding.fields.enumerated() {
      let (sum, section) = (sums[field].value, sectionSums[field].value)
      guard bound.definition.type == .decimal, cells[field] >= 0,
        case .decimal(let stated)? = try? reading.value(field, row, cells)
      else { continue }
      let name = bound.definition.name
      if stated == sum || stated == section {
        parts.append("\(name) \(stated) agrees with the rows above")
      } else {
        agrees = false
        let difference = (try? stated - sum).map { "\($0)" } ?? "an amount that does not fit"
        parts.append("\(name) \(stated) differs from the rows above (\(sum)) by \(difference)")
      }
    }
    reading.assumptions.removeAll(keepingCapacity: true)
    reading.remarks.removeAll(keepingCapacity: true)
    return (agrees, "a row of totals" + (parts.isEmpty ? "" : ": " + parts.joined(separator: "; ")))
  }

  private mutating func accept<Sink: RecordSink>(
    _ row: RowBuffer, _ source: RecordSource, _ sink: inout Sink
  ) throws {
    if !reading.remarks.isEmpty { reading.remarks.removeAll(keepingCapacity: true) }
    if !quick.assumptions.isEmpty { quick.assumptions.removeAll(keepingCapacity: true) }
    record.start(source)
    for field in 0..<cells.count where !quick.take(field, row, cells, into: record) {
      let value = try reading.value(field, row, cells)
      record.put(value)
      quick.assumptions += reading.assumptions
      reading.assumptions.removeAll(keepingCapacity: true)
    }
    try reading.binding.checkOrder(record)
    try addToTotals()
    record.putKey(reading.binding.keyFields)
    receipt.accepted += 1
    try sink.accept(record)
    for remark in reading.remarks {
      let name = reading.binding.fields[remark.field].definition.name
      try notice(remark.code, source.locator(field: name), remark.message, &sink)
    }
    for assumption in quick.assumptions { count(assumption) }
  }

  private mutating func count(_ assumption: (field: Int, text: String)) {
    for index in assumptionCounts.indices
    where assumptionCounts[index].field == assumption.field
      && assumptionCounts[index].text == assumption.text
    {
      assumptionCounts[index].count += 1
      return
    }
    assumptionCounts.append((assumption.field, assumption.text, 1))
  }

  /// Adds the record's numbers to the sums: all of them, or none if one does not fit.
  private mutating func addToTotals() throws(RowFault) {
    for field in 0..<cells.count {
      guard let number = record.decimal(field) else { continue }
      let fits = sums[field].add(number.coefficient, scale: number.scale)
      if fits, sectionSums[field].add(number.coefficient, scale: number.scale) {
        counts[field] += 1
        continue
      }
      if fits { _ = sums[field].add(0 &- number.coefficient, scale: number.scale) }
      for before in 0..<field {
        guard let number = record.decimal(before) else { continue }
        _ = sums[before].add(0 &- number.coefficient, scale: number.scale)
        _ = sectionSums[before].add(0 &- number.coefficient, scale: number.scale)
        counts[before] -= 1
      }
      throw RowFault(
        field: field, code: "number-out-of-range",
        reason: "the sum of the column would need more than 38 digits")
    }
  }

  private mutating func reject<Sink: RecordSink>(
    _ fault: RowFault, _ source: RecordSource, _ sink: inout Sink
  ) throws {
    receipt.rejected += 1
    receipt.rejectCounts[fault.code, default: 0] += 1
    let place =
      fault.field >= 0
      ? source.locator(field: reading.binding.fields[fault.field].definition.name)
      : source.locator
    try sink.reject(
      Reject(locator: place, row: source.locator, code: fault.code, reason: fault.reason))
  }

  mutating func notice<Sink: RecordSink>(
    _ code: String, _ locator: Locator, _ message: String, _ sink: inout Sink
  ) throws {
    let notice = Notice(code: code, locator: locator, message: message)
    let count = receipt.noticeCounts[code, default: 0]
    if count < 100 { receipt.notices.append(notice) }
    receipt.noticeCounts[code] = count + 1
    try sink.notice(notice)
  }

  /// Completes the receipt.
  mutating func finish() {
    for (field, bound) in reading.binding.fields.enumerated() {
      if bound.definition.type == .decimal, bound.column > 0 {
        receipt.controlTotals.append(
          ControlTotal(
            field: bound.definition.name, unit: bound.definition.unit?.code ?? "",
            count: counts[field], sum: sums[field].value))
      }
      let assumed = assumptionCounts.filter { $0.field == field }
      for assumption in assumed.sorted(by: { $0.text < $1.text }) {
        receipt.assumptions.append(
          Assumption(
            field: bound.definition.name, text: assumption.text, count: assumption.count))
      }
    }
  }
}
