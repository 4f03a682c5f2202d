import Assurance

/// NAESB ESPI Green Button: energy readings in an Atom feed (REQ.21, schema 1.1 to 3.3).
///
/// Read as the table `intervals`: one row an interval reading, with its usage point, reading type,
/// start in UTC and in local time, duration, the value as written and the exact quantity after the
/// power of ten, with its unit. Reading types are found by the links between the entries; a reading
/// whose type is not in the file has no quantity, and that is said.
package enum GreenButton: SourceFormat {
  package static let id = "green-button"
  static let namespace = "http://naesb.org/espi"

  package static func recognises(_ head: SourceHead, root: XMLRoot?) -> Bool {
    guard let root, root.name == "feed" || root.name == "entry" || root.namespace == namespace
    else { return false }
    let text = String(decoding: head.bytes.filter { $0 != 0 }, as: UTF8.self)
    return text.contains(namespace)
  }

  package static func read(
    _ file: SourceFile, options: ReadOptions, into sink: RowSink
  ) throws {
    try TypedTables.read(file, options: options, into: sink) { tables in
      let feed = FeedHandler(bounds: file.bounds)
      try XMLReader.parse(try FileInput.xml(file, sink: sink), handler: feed, place: file.name)
      guard feed.intervals > 0 else { return }
      let columns = IntervalColumn.allCases.map(\.rawValue)
      guard try tables.begin("intervals", columns: columns, count: feed.intervals) != nil else {
        return
      }
      let reader = IntervalHandler(bounds: file.bounds, feed: feed.resolved()) { try sink.row($0) }
      try XMLReader.parse(try FileInput.xml(file, sink: sink), handler: reader, place: file.name)
      var tail = TableTail()
      tail.remarks = reader.remarks
      try sink.end(tail)
    }
  }
}

/// The columns of `intervals`, in order.
enum IntervalColumn: String, CaseIterable {
  /// The last part of the usage point's address, or its title where there is none.
  case usagePoint
  case usagePointTitle
  case meterReading
  /// `electricity`, `gas`, `water` …, from the usage point's service category.
  case service
  /// Start in UTC, ISO 8601.
  case start
  /// Start in the time of the place, with its offset; empty where the feed gives no time zone.
  case localStart
  /// Day of the local start, of the UTC one where the feed gives no time zone.
  case day
  /// Seconds.
  case duration
  /// As written.
  case value
  case powerOfTen
  /// The number of the unit in ESPI.
  case uom
  /// The unit's symbol.
  case unit
  /// The value times ten to its power, in the unit.
  case quantity
  /// `delivered` or `received`, from the customer's side; else the number.
  case flow
  /// ESPI's code of the reading's quality, several joined by spaces.
  case quality
  /// `estimated` where a quality code says so, `actual` where all say valid; else none.
  case status
  /// As written: in hundred-thousandths of the currency.
  case cost
  /// ISO 4217 number.
  case currency
  case tou
  case commodity
  case intervalBlock

  /// From 1.
  var number: Int { (Self.allCases.firstIndex(of: self) ?? 0) + 1 }
}
