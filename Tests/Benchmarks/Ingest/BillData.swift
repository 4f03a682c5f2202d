import CArchive
import Glibc

/// Made-up water bills, the same in every format: eight columns of every type that policy knows.
///
/// A row is made of its number alone, so that each format can be written by itself.
struct BillData {
  let rows: Int

  enum Form: String, CaseIterable {
    case spreadsheetML = "spreadsheetml"
    case recordXML = "record-xml"
    case csv
    case xlsx

    var ending: String {
      switch self {
      case .spreadsheetML, .recordXML: "xml"
      case .csv: "csv"
      case .xlsx: "xlsx"
      }
    }
  }

  static let headers = [
    "Bill", "Site", "Start", "End", "Volume", "Unit", "Status", "Issued",
  ]

  /// The texts of a row; dates as days.
  private static func values(_ row: Int) -> [String] {
    // A generator of Lehmer's kind, to have digits that look like data.
    let noise = (row &* 48271 &+ 12345) % 2_147_483_647
    let month = row % 12 + 1
    let start = "2021-\(two(month))-01"
    let end = "2021-\(two(month))-28"
    return [
      "B-\(String(row + 100_000_000).dropFirst())", "S\(String(noise % 500 + 1000).dropFirst())",
      start, end, "\(noise % 20_000 + 1).\(noise / 7 % 9 + 1)", "m3",
      noise % 5 == 0 ? "estimated" : "actual", "2022-\(two(month))-\(two(noise % 28 + 1))",
    ]
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  func write(_ form: Form, to path: String) throws {
    switch form {
    case .spreadsheetML: try text(path, spreadsheetML)
    case .recordXML: try text(path, recordXML)
    case .csv: try text(path, csv)
    case .xlsx: try xlsx(path)
    }
  }

  private func text(_ path: String, _ body: ((String) throws -> Void) throws -> Void) throws {
    guard let file = fopen(path, "w") else { throw BenchmarkError("cannot write \(path)") }
    defer { fclose(file) }
    try body { part in
      var part = part
      let put = part.withUTF8 { fwrite($0.baseAddress, 1, $0.count, file) }
      guard put == part.utf8.count else { throw BenchmarkError("cannot write \(path)") }
    }
  }

  private func spreadsheetML(_ put: (String) throws -> Void) throws {
    try put(
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <?mso-application progid="Excel.Sheet"?>
      <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
       xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
       <Styles><Style ss:ID="day"><NumberFormat ss:Format="yyyy\\-mm\\-dd"/></Style></Styles>
       <Worksheet ss:Name="Bills">
        <Table>

      """)
    try put("   <Row>\n")
    for header in Self.headers {
      try put("    <Cell><Data ss:Type=\"String\">\(header)</Data></Cell>\n")
    }
    try put("   </Row>\n")
    for row in 0..<rows {
      var line = "   <Row>\n"
      for (column, value) in Self.values(row).enumerated() {
        switch column {
        case 2, 3, 7:
          line += "    <Cell ss:StyleID=\"day\"><Data ss:Type=\"DateTime\">\(value)"
          line += "T00:00:00.000</Data></Cell>\n"
        case 4: line += "    <Cell><Data ss:Type=\"Number\">\(value)</Data></Cell>\n"
        default: line += "    <Cell><Data ss:Type=\"String\">\(value)</Data></Cell>\n"
        }
      }
      try put(line + "   </Row>\n")
    }
    try put("  </Table>\n </Worksheet>\n</Workbook>\n")
  }

  private func recordXML(_ put: (String) throws -> Void) throws {
    try put("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Export>\n")
    for row in 0..<rows {
      var line = "  <Bill>\n"
      for (header, value) in zip(Self.headers, Self.values(row)) {
        line += "    <\(header)>\(value)</\(header)>\n"
      }
      try put(line + "  </Bill>\n")
    }
    try put("</Export>\n")
  }

  private func csv(_ put: (String) throws -> Void) throws {
    try put(Self.headers.joined(separator: ",") + "\n")
    for row in 0..<rows { try put(Self.values(row).joined(separator: ",") + "\n") }
  }
}

struct BenchmarkError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// The workbook: shared strings as Excel writes them, dates as numbers with a style.
extension BillData {
  private func xlsx(_ path: String) throws {
    let zip = try ZipWriter(path)
    try zip.entry("[Content_Types].xml") { try $0(Self.contentTypes) }
    try zip.entry("_rels/.rels") { try $0(Self.rootRelations) }
    try zip.entry("xl/workbook.xml") { try $0(Self.workbook) }
    try zip.entry("xl/_rels/workbook.xml.rels") { try $0(Self.relations) }
    try zip.entry("xl/styles.xml") { try $0(Self.styles) }
    let shared = try sheet(zip)
    try zip.entry("xl/sharedStrings.xml") { put in
      try put(Self.declaration + "<sst xmlns=\"\(Self.main)\">")
      for text in shared { try put("<si><t>\(text)</t></si>") }
      for row in 0..<rows { try put("<si><t>\(Self.values(row)[0])</t></si>") }
      try put("</sst>")
    }
    try zip.close()
  }

  /// Writes the sheet; the strings that repeat, which come first among the shared ones.
  private func sheet(_ zip: ZipWriter) throws -> [String] {
    let words = Self.headers + ["m3", "actual", "estimated"]
    let shared = words + (0..<500).map { "S\(String($0 + 1000).dropFirst())" }
    var numbers: [String: Int] = [:]
    for (number, text) in shared.enumerated() { numbers[text] = number }
    let days = Self.dayNumbers()
    try zip.entry("xl/worksheets/sheet1.xml") { put in
      try put(Self.declaration + "<worksheet xmlns=\"\(Self.main)\"><sheetData>")
      var line = "<row r=\"1\">"
      for (column, header) in Self.headers.enumerated() {
        line += Self.cell(column, 1, " t=\"s\"", "\(numbers[header] ?? 0)")
      }
      try put(line + "</row>")
      for row in 0..<rows {
        var line = "<row r=\"\(row + 2)\">"
        for (column, value) in Self.values(row).enumerated() {
          switch column {
          case 0: line += Self.cell(column, row + 2, " t=\"s\"", "\(shared.count + row)")
          case 2, 3, 7: line += Self.cell(column, row + 2, " s=\"1\"", "\(days[value] ?? 0)")
          case 4: line += Self.cell(column, row + 2, "", value)
          default: line += Self.cell(column, row + 2, " t=\"s\"", "\(numbers[value] ?? 0)")
          }
        }
        try put(line + "</row>")
      }
      try put("</sheetData></worksheet>")
    }
    return shared
  }

  private static func cell(_ column: Int, _ row: Int, _ type: String, _ value: String) -> String {
    let letter = ["A", "B", "C", "D", "E", "F", "G", "H"][column]
    return "<c r=\"\(letter)\(row)\"\(type)><v>\(value)</v></c>"
  }

  /// Day numbers of 2021 and 2022, whose first is 44197.
  private static func dayNumbers() -> [String: Int] {
    var numbers: [String: Int] = [:]
    var number = 44197
    for year in [2021, 2022] {
      for (index, days) in [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].enumerated() {
        for day in 1...days {
          numbers["\(year)-\(two(index + 1))-\(two(day))"] = number
          number += 1
        }
      }
    }
    return numbers
  }

  private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  private static let package = "http://schemas.openxmlformats.org/package/2006"
  private static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
  private static let contentTypes = """
    \(declaration)<Types xmlns="\(package)/content-types">\
    <Default Extension="rels" \
    ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
    <Default Extension="xml" ContentType="application/xml"/>\
    <Override PartName="/xl/workbook.xml" ContentType="application/\
    vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>\
    <Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/\
    vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>\
    <Override PartName="/xl/styles.xml" ContentType="application/\
    vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>\
    <Override PartName="/xl/sharedStrings.xml" ContentType="application/\
    vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>
    """
  private static let rootRelations = """
    \(declaration)<Relationships xmlns="\(package)/relationships">\
    <Relationship Id="rId1" Type="\(office)/officeDocument" Target="xl/workbook.xml"/>\
    </Relationships>
    """
  private static let workbook = """
    \(declaration)<workbook xmlns="\(main)" xmlns:r="\(office)">\
    <sheets><sheet name="Bills" sheetId="1" r:id="rId1"/></sheets></workbook>
    """
  private static let relations = """
    \(declaration)<Relationships xmlns="\(package)/relationships">\
    <Relationship Id="rId1" Type="\(office)/worksheet" Target="worksheets/sheet1.xml"/>\
    <Relationship Id="rId2" Type="\(office)/styles" Target="styles.xml"/>\
    <Relationship Id="rId3" Type="\(office)/sharedStrings" Target="sharedStrings.xml"/>\
    </Relationships>
    """
  private static let styles = """
    \(declaration)<styleSheet xmlns="\(main)"><fonts count="1"><font/></fonts>\
    <fills count="1"><fill><patternFill patternType="none"/></fill></fills>\
    <borders count="1"><border/></borders>\
    <cellStyleXfs count="1"><xf/></cellStyleXfs>\
    <cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>\
    </styleSheet>
    """
}

/// A zip archive written entry by entry.
private final class ZipWriter {
  private let archive: OpaquePointer
  private let path: String

  init(_ path: String) throws {
    self.path = path
    guard let archive = archive_write_new() else { throw BenchmarkError("no archive writer") }
    self.archive = archive
    archive_write_set_format_zip(archive)
    guard archive_write_open_filename(archive, path) == ARCHIVE_OK else {
      throw BenchmarkError("cannot write \(path)")
    }
  }

  deinit { archive_write_free(archive) }

  func entry(_ name: String, _ body: ((String) throws -> Void) throws -> Void) throws {
    guard let entry = archive_entry_new() else { throw BenchmarkError("no archive entry") }
    defer { archive_entry_free(entry) }
    archive_entry_set_pathname(entry, name)
    archive_entry_set_filetype(entry, 0o100000)
    archive_entry_set_perm(entry, 0o644)
    guard archive_write_header(archive, entry) == ARCHIVE_OK else {
      throw BenchmarkError("cannot write \(path)")
    }
    var pending = ""
    func flush() throws {
      let put = pending.withUTF8 { archive_write_data(archive, $0.baseAddress, $0.count) }
      guard put == pending.utf8.count else { throw BenchmarkError("cannot write \(path)") }
      pending = ""
    }
    try body { part in
      pending += part
      if pending.utf8.count > 1 << 18 { try flush() }
    }
    if !pending.isEmpty { try flush() }
  }

  func close() throws {
    guard archive_write_close(archive) == ARCHIVE_OK else {
      throw BenchmarkError("cannot write \(path)")
    }
  }
}
