import Assurance
import Glibc

@testable import Ingest

extension ForeignParser {
  /// Whole files of any format, recognised by their content.
  static let sources = [
    ForeignParser(name: "source") { bytes in
      try ForeignFile(bytes).read { file in
        let work = Work()
        try SourceFormats.read(file, into: work)
        try work.check(against: bytes.count)
        _ = try TableSummary.read(file)
      }
    },
    ForeignParser(name: "records") { bytes in
      let dataset = try DatasetDefinition.read(PolicyNode.parse(waterYAML, file: "w.yaml"))
      try ForeignFile(bytes).read { file in
        var kept = Counted()
        let receipt = try RecordReader.read(file, datasets: [dataset], into: &kept)
        for table in receipt.tables where table.rowsRead != table.accepted + table.rejected {
          throw Fault(description: "rows read are not accepted and rejected")
        }
      }
    },
    ForeignParser(name: "worksheet") { bytes in
      try ForeignFile(bytes).read { _ = try WorksheetReturn.read($0) }
    },
    ForeignParser(name: "delimited") { bytes in
      let encodings = [nil, "UTF-8", "UTF-16LE", "GB18030", "BIG5-HKSCS", "SHIFT_JIS", "UTF-7"]
      let delimiters: [UInt8?] = [nil, 44, 59, 9, 124]
      guard bytes.count > 2 else { return }
      var options = ReadOptions()
      options.encoding = encodings[Int(bytes[0]) % encodings.count]
      options.delimiter = delimiters[Int(bytes[1]) % delimiters.count]
      let rest = Array(bytes[2...])
      try ForeignFile(rest).read { file in
        let work = Work()
        try DelimitedText.read(file, options: options, into: work)
        try work.check(against: rest.count)
      }
    },
    ForeignParser(name: "value-text") { bytes in
      let word = text(bytes)
      for form in [
        NumberForm.plain, NumberForm(point: ",", group: "."),
        NumberForm(point: ",", group: " "),
      ] {
        _ = NumberText.read(word, form: form)
      }
      bytes.withUnsafeBufferPointer { _ = NumberText.spreadsheet($0) }
      for form in DateForm.allCases { _ = DateText.read(word, form: form) }
      _ = NumberFormat.isDate(word)
      _ = Folding.fold(word)
      _ = Folding.bracket(word)
    },
  ]

  /// Parts of archives, so that mutations are not lost on checksums.
  static let parts =
    [
      ("xlsx-sheet", "xl/worksheets/s.xml"), ("xlsx-strings", "xl/strings.xml"),
      ("xlsx-styles", "xl/styles.xml"), ("xlsx-workbook", "xl/workbook.xml"),
      ("xlsx-relations", "xl/_rels/workbook.xml.rels"),
    ].map { name, part in
      ForeignParser(name: name) { bytes in
        try ForeignFile(ZipArchive.workbook([part: bytes]).bytes).read {
          _ = try TableSummary.read($0)
        }
      }
    } + [
      ForeignParser(name: "ods-content") { bytes in
        try ForeignFile(ZipArchive.openDocument(bytes).bytes).read { file in
          let work = Work()
          try SourceFormats.read(file, into: work)
          try work.check(against: bytes.count)
        }
      }
    ]

  private static let waterYAML = """
    dataset: water-readings
    title: Monthly water readings
    key: [site, month]
    nulls: [n/a, "-"]
    totals: [Total]
    dates: dmy
    tables: all
    units:
      m3: [m3]
      t: [t]
    convert:
      - {from: m3, to: t, factor: 1, basis: "density of water"}
    fields:
      - {name: site, type: text, required: yes, aliases: [Site, "@site"]}
      - {name: month, type: month, required: yes, aliases: [Month]}
      - {name: volume, type: decimal, required: yes, unit: t, unit_field: unit, aliases: [Volume]}
      - {name: unit, type: text, aliases: [Unit]}
      - {name: read_on, type: date, aliases: [Read on]}
    """
}

/// Bytes as a file that is gone with the value.
final class ForeignFile {
  private let path: String
  /// Small, so that what repeats is met soon.
  static let bounds: Bounds = {
    var bounds = Bounds()
    bounds.repeatedRowsMax = 1_000
    bounds.repeatedCellsMax = 20_000
    return bounds
  }()

  init(_ bytes: [UInt8]) throws {
    var name = Array("/tmp/foreign-XXXXXX".utf8CString)
    let descriptor = mkstemp(&name)
    path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { close(descriptor) }
    guard descriptor >= 0, write(descriptor, bytes, bytes.count) == bytes.count else {
      throw ForeignParser.Fault(description: "no file can be made")
    }
  }

  deinit { unlink(path) }

  func read(_ step: (SourceFile) throws -> Void) throws {
    try step(SourceFile.open(path: path, bounds: Self.bounds))
  }
}

/// Counts what a file makes us do, which no clock disturbs.
final class Work: RowSink {
  private var tables = 0
  private var rows = 0
  private var cells = 0
  private var textBytes = 0
  private var textMax = 0

  override func begin(_ table: TableHead) throws -> Bool {
    tables += 1
    return true
  }

  override func row(_ row: RowBuffer) throws {
    rows += 1
    cells += row.count
    for index in 0..<row.count { textMax = max(textMax, row.text(row[index]).count) }
  }

  /// Every table, row and cell costs its writer a byte, if it is not repeated by number; a text is
  /// no longer than what it is written with, save for spaces that ODF counts.
  func check(against bytes: Int) throws {
    let bounds = ForeignFile.bounds
    // A record path may lie within another, and each is read: 64 at most.
    let cellsMax = 64 * bytes + bounds.repeatedCellsMax
    let rowsMax = 64 * bytes + bounds.repeatedRowsMax
    guard tables <= bytes, rows <= rowsMax, cells <= cellsMax else {
      throw ForeignParser.Fault(
        description: "\(bytes) bytes make \(tables) tables, \(rows) rows, \(cells) cells")
    }
    guard textMax <= bounds.rowTextMax else {
      throw ForeignParser.Fault(description: "a text has \(textMax) bytes")
    }
  }
}

/// Takes records and forgets them.
private struct Counted: RecordSink {
  mutating func accept(_ record: Record) {}
  mutating func reject(_ reject: Reject) {}
}
