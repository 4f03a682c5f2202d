import Assurance

/// Where a format puts the tables it knows, ahead of the record paths of the same file.
///
/// A file of a known kind shows twice: as the tables its field speaks of (`intervals`, `facts`),
/// and as the record paths that stand in it. The first are for work, the second for proof.
final class TypedTables {
  let sink: RowSink
  /// The one table that is wanted; nil for all.
  private let wanted: String?
  private(set) var names: [String] = []

  private init(sink: RowSink, wanted: String?) {
    self.sink = sink
    self.wanted = wanted
  }

  /// Reads the tables a format knows, then the record paths.
  ///
  /// A record path in the options is read alone; a table's name there is read alone, too.
  /// - Throws: `no-such-record-path` for a name that is no table of the file.
  static func read(
    _ file: SourceFile, options: ReadOptions, into sink: RowSink,
    typed: (TypedTables) throws -> Void
  ) throws {
    let wanted = options.recordPath
    guard wanted?.hasPrefix("/") != true else {
      return try RecordXML.read(file, options: options, into: sink)
    }
    let tables = TypedTables(sink: sink, wanted: wanted)
    try typed(tables)
    if let wanted {
      guard !tables.names.contains(wanted) else { return }
      throw AssureError(
        "no-such-record-path", place: file.name, "there is no table `\(wanted)`",
        remedy: "one of: \(tables.names.joined(separator: ", ")), or a path such as /Export/Row")
    }
    var options = options
    options.isRestating = true
    try RecordXML.read(file, options: options, into: sink)
  }

  /// Announces a table with named columns; whether its rows are wanted.
  func begin(_ name: String, columns: [String], count: Int) throws -> TableHead? {
    names.append(name)
    guard wanted == nil || wanted == name else { return nil }
    let head = TableHead(name: name, isRecordPath: true)
    head.columnNames = columns
    head.recordCount = count
    return try sink.begin(head) ? head : nil
  }
}

/// A row in the making, for formats that must finish several before the first may go out.
struct PendingRow {
  private var bytes: [UInt8] = []
  private var cells: [(column: Int, start: Int, end: Int, kind: CellKind)] = []
  var line = 0

  mutating func clear(line: Int) {
    bytes.removeAll(keepingCapacity: true)
    cells.removeAll(keepingCapacity: true)
    self.line = line
  }

  var byteCount: Int { bytes.count }

  /// Adds a value, trimmed; a blank one is none.
  mutating func add(
    _ column: Int, _ text: UnsafeBufferPointer<UInt8>, kind: CellKind = .untyped
  ) {
    let text = text.trimmed
    guard !text.isEmpty, column > 0 else { return }
    let start = bytes.count
    bytes.append(contentsOf: text)
    cells.append((column, start, bytes.count, kind))
  }

  mutating func add(_ column: Int, _ text: String, kind: CellKind = .untyped) {
    var text = text
    text.withUTF8 { add(column, $0, kind: kind) }
  }

  /// The first value in a column, or nil.
  func text(_ column: Int) -> String? {
    for cell in cells where cell.column == column {
      return String(decoding: bytes[cell.start..<cell.end], as: UTF8.self)
    }
    return nil
  }

  /// Fills a row buffer, cells in the order of their columns.
  func fill(_ row: RowBuffer, number: Int) {
    row.start(number: number, line: line)
    bytes.withUnsafeBufferPointer { all in
      for cell in cells.sorted(by: { $0.column < $1.column }) {
        row.open(column: cell.column, kind: cell.kind)
        row.append(UnsafeBufferPointer(rebasing: all[cell.start..<cell.end]))
        row.close()
      }
    }
  }
}
