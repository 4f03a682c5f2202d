import Assurance
import Exact

/// Turns the rows of one bound table into records and rejects, and keeps the receipt.
///
/// What is touched with each row is private, or lies in a block of its own: an access then asks
/// nothing at run time and counts no references.
final class TableReader {
  private(set) var receipt: TableReceipt
  private let file: SourceFile
  private let head: TableHead
  private let isRecordPath: Bool
  private var reading: FieldReading
  private let totals: WordSet
  private let hasOrders: Bool
  private let fields: Int
  /// For each field the index of its cell in the row, or -1.
  private let cells: UnsafeMutablePointer<Int>
  /// Field position by column; -1 for columns that feed none.
  private let fieldOfColumn: UnsafeMutablePointer<Int>
  private let columns: Int
  /// Running sums of the accepted rows by field: since the start, and since the last total.
  private let sums: UnsafeMutablePointer<RunningSum>
  private let sectionSums: UnsafeMutablePointer<RunningSum>
  private let counts: UnsafeMutablePointer<Int>
  private let noted = AssumptionCounts()
  private let quick: QuickReading
  private let record: RecordRow
  private var lastRow: Int
  private var blankRows = 0
  private var accepted = 0
  private var rejected = 0
  private let headers: [(column: Int, header: [UInt8])]
  /// The field of the first header and that header's length.
  private let firstHeader: (field: Int, bytes: Int)

  init(file: SourceFile, head: TableHead, match: HeaderMatch, units: UnitWords) throws {
    self.file = file
    self.head = head
    isRecordPath = head.isRecordPath
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
    quick = QuickReading(binding, noted: noted)
    totals = binding.totals
    hasOrders = !binding.orders.isEmpty
    fields = binding.fields.count
    cells = .filled(-1, count: fields)
    sums = .filled(RunningSum(), count: fields)
    sectionSums = .filled(RunningSum(), count: fields)
    counts = .filled(0, count: fields)
    columns = binding.fieldOfColumn.count
    fieldOfColumn = .filled(-1, count: columns)
    for (column, field) in binding.fieldOfColumn.enumerated() { fieldOfColumn[column] = field }
    lastRow = match.row
    headers = binding.fields.filter { $0.column > 0 }.map { ($0.column, Array($0.header.utf8)) }
    firstHeader = (
      binding.fields.firstIndex { $0.column > 0 } ?? -1, headers.first?.header.count ?? 0
    )
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

  deinit {
    cells.deallocate()
    fieldOfColumn.deallocate()
    sums.deallocate()
    sectionSums.deallocate()
    counts.deallocate()
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

  func preamble(_ rows: Int) { receipt.preambleRows = rows }

  /// Rows after the header that are not blank, so far.
  var rowsRead: Int { accepted + rejected }

  /// Puts one row where it belongs: blank, accepted or rejected.
  func read<Sink: RecordSink>(_ row: RowBuffer, into sink: inout Sink) throws {
    blankRows += max(0, row.number - lastRow - 1)
    lastRow = row.number
    let (isBlank, repeated, mayBeTotal) = findCells(row)
    if isBlank {
      blankRows += 1
      return
    }
    if row.isHidden {
      try notice(
        "hidden-row", place(row).locator, "the row is hidden in the source", &sink)
    }
    do {
      if repeated >= 0 {
        throw RowFault(
          field: repeated, code: "repeated-value",
          reason: "the record holds several values for one field")
      }
      if mayBeTotal { try refuseTotal(row) }
      if !isRecordPath { try refuseHeader(row) }
      try accept(row)
    } catch let fault as RowFault {
      rejected += 1
      return try reject(fault, place(row), &sink)
    }
    accepted += 1
    try sink.accept(record)
    noted.count()
    guard !reading.remarks.isEmpty else { return }
    for remark in reading.remarks {
      let name = reading.binding.fields[remark.field].definition.name
      try notice(remark.code, place(row).locator(field: name), remark.message, &sink)
    }
  }

  private func place(_ row: RowBuffer) -> RecordSource {
    RecordSource(table: receipt.source, row: row.number, line: row.line)
  }

  /// Finds the cell of each field: whether the row is blank, a field with two cells or -1, and
  /// whether one of the first cells is a word for a total.
  private func findCells(
    _ row: RowBuffer
  ) -> (isBlank: Bool, repeated: Int, mayBeTotal: Bool) {
    for field in 0..<fields { cells[field] = -1 }
    var repeated = -1
    var isBlank = true
    var mayBeTotal = false
    for index in 0..<row.count {
      let cell = row[index]
      let text = row.text(cell)
      if isBlank, cell.kind == .unknown || !text.isBlank { isBlank = false }
      if cell.kind == .text || cell.kind == .untyped, totals.contains(text), index < 64 {
        mayBeTotal = true
      }
      guard cell.column < columns else { continue }
      let field = fieldOfColumn[Int(cell.column)]
      guard field >= 0 else { continue }
      if cells[field] >= 0 { repeated = field }
      cells[field] = index
    }
    return (isBlank, repeated, mayBeTotal)
  }

  /// Rows of totals are rows of the table, but no records.
  private func refuseTotal(_ row: RowBuffer) throws(RowFault) {
    let (agrees, reason) = compareTotals(row)
    for field in 0..<fields { sectionSums[field] = RunningSum() }
    throw RowFault(field: -1, code: agrees ? "total-row" : "total-mismatch", reason: reason)
  }

  /// So are repeated headers.
  private func refuseHeader(_ row: RowBuffer) throws(RowFault) {
    guard firstHeader.field >= 0, cells[firstHeader.field] >= 0,
      row[cells[firstHeader.field]].length == firstHeader.bytes
    else { return }
    let repeats = headers.allSatisfy { column, header in
      row.cell(column: column).map { row.text($0).elementsEqual(header) } ?? false
    }
    if repeats { throw RowFault(field: -1, code: "repeated-header", reason: "the headers again") }
  }

  /// Compares a total with the sum of the rows above it, and with that since the last total.
  private func compareTotals(_ row: RowBuffer) -> (agrees: Bool, reason: String) {
    var parts: [String] = []
    var agrees = true
    for (field, bound) in reading.binding.fields.enumerated() {
      let (sum, section) = (sums[field].value, sectionSums[field].value)
      guard bound.definition.type == .decimal, cells[field] >= 0,
        case .decimal(let stated)? = try? reading.value(field, row, cellList)
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

  private var cellList: [Int] { Array(UnsafeBufferPointer(start: cells, count: fields)) }

  /// Fills the record, and adds it to the sums.
  private func accept(_ row: RowBuffer) throws(RowFault) {
    if !reading.remarks.isEmpty { reading.remarks.removeAll(keepingCapacity: true) }
    noted.clear()
    record.start(row: row.number, line: row.line)
    for field in 0..<fields where !quick.take(field, row, cells, into: record) {
      try readSlowly(field, row)
    }
    if hasOrders { try reading.binding.checkOrder(record) }
    try addToTotals()
    record.putKey(reading.binding.keyFields)
  }

  /// Asks the reference.
  private func readSlowly(_ field: Int, _ row: RowBuffer) throws(RowFault) {
    reading.assumptions.removeAll(keepingCapacity: true)
    record.put(try reading.value(field, row, cellList))
    for assumption in reading.assumptions {
      noted.note(noted.position(assumption.field, assumption.text))
    }
  }

  /// Adds the record's numbers to the sums: all of them, or none if one does not fit.
  private func addToTotals() throws(RowFault) {
    for field in 0..<fields {
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

  private func reject<Sink: RecordSink>(
    _ fault: RowFault, _ source: RecordSource, _ sink: inout Sink
  ) throws {
    receipt.rejectCounts[fault.code, default: 0] += 1
    let place =
      fault.field >= 0
      ? source.locator(field: reading.binding.fields[fault.field].definition.name)
      : source.locator
    try sink.reject(
      Reject(locator: place, row: source.locator, code: fault.code, reason: fault.reason))
  }

  func notice<Sink: RecordSink>(
    _ code: String, _ locator: Locator, _ message: String, _ sink: inout Sink
  ) throws {
    let notice = Notice(code: code, locator: locator, message: message)
    let count = receipt.noticeCounts[code, default: 0]
    if count < 100 { receipt.notices.append(notice) }
    receipt.noticeCounts[code] = count + 1
    try sink.notice(notice)
  }

  /// Completes the receipt.
  func finish() {
    receipt.accepted = accepted
    receipt.rejected = rejected
    receipt.rowsRead = rowsRead
    receipt.blankRows = blankRows
    for (field, bound) in reading.binding.fields.enumerated() {
      if bound.definition.type == .decimal, bound.column > 0 {
        receipt.controlTotals.append(
          ControlTotal(
            field: bound.definition.name, unit: bound.definition.unit?.code ?? "",
            count: counts[field], sum: sums[field].value))
      }
      for assumed in noted.counted(field).sorted(by: { $0.text < $1.text }) {
        receipt.assumptions.append(
          Assumption(field: bound.definition.name, text: assumed.text, count: assumed.count))
      }
    }
  }
}

extension UnsafeMutablePointer {
  /// A block of at least one item, each the same; items need no destruction.
  fileprivate static func filled(_ item: Pointee, count: Int) -> Self {
    let block = Self.allocate(capacity: Swift.max(count, 1))
    block.initialize(repeating: item, count: count)
    return block
  }
}
