import Assurance

/// XBRL 2.1 instances: what an entity reports, fact by fact.
///
/// Read as the table `facts`: concept, entity, period, dimensions and unit resolved from the
/// file's own contexts and units, the value as written and the exact value, footnotes. No taxonomy
/// is opened: calculations, labels and types that stand only there are not checked.
package enum XBRL: SourceFormat {
  package static let id = "xbrl"
  static let namespace = "http://www.xbrl.org/2003/instance"

  package static func recognises(_ head: SourceHead, root: XMLRoot?) -> Bool {
    root?.name == "xbrl" && root?.namespace == namespace
  }

  package static func read(
    _ file: SourceFile, options: ReadOptions, into sink: RowSink
  ) throws {
    try TypedTables.read(file, options: options, into: sink) { try $0.readFacts(of: file) }
  }
}

extension TypedTables {
  /// Reads the facts of an instance or of an inline document.
  func readFacts(of file: SourceFile) throws {
    let scan = FactScan(bounds: file.bounds)
    try XMLReader.parse(try FileInput.xml(file, sink: sink), handler: scan, place: file.name)
    guard scan.facts > 0 else { return }
    let columns = FactColumn.allCases.map(\.rawValue)
    guard try begin("facts", columns: columns, count: scan.facts) != nil else { return }
    let reader = FactHandler(bounds: file.bounds, scan: scan) { try self.sink.row($0) }
    try XMLReader.parse(try FileInput.xml(file, sink: sink), handler: reader, place: file.name)
    var tail = TableTail()
    tail.remarks = reader.notes.remarks
    try sink.end(tail)
  }
}

/// The columns of `facts`, in order.
enum FactColumn: String, CaseIterable {
  /// The concept's name with the prefix that the file uses.
  case concept
  /// The namespace behind the prefix.
  case namespace
  /// `number`, `text` or `fraction`.
  case kind
  /// The exact value after transformation, scale and sign; for text the text. None where the fact
  /// is nil, or the value can't be told.
  case value
  /// The unit's measures: `iso4217:USD`, `a/b` for a quotient.
  case unit
  case entity
  case entityScheme
  /// First and last day of the period.
  case start, end
  /// The day at whose end the fact holds.
  case instant
  /// `axis=member` in the order of the axes' names, joined by `; `.
  case dimensions
  /// The text as it stands, before transformation, scale and sign.
  case written
  /// The name of the transformation.
  case format
  case scale
  case sign
  /// As written: a number of decimals or `INF`.
  case decimals
  case precision
  /// `true` for a fact that is reported to have no value.
  case `nil`
  /// `true` for a fact that a reader of the document does not see.
  case hidden
  case language
  case footnotes
  case tuple
  case context
  case id

  /// From 1.
  var number: Int { (Self.allCases.firstIndex(of: self) ?? 0) + 1 }
}
