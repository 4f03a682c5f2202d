import Assurance
import Foundation
import Ingest
import Testing

/// Spreadsheets that ask for more than they hold.
@Suite struct HostileSpreadsheetTests {
  @Test(.timeLimit(.minutes(10)), arguments: sheets) func isRefused(_ input: Hostile) throws {
    try input.check()
  }

  private static func ods(_ rows: String) -> String {
    let space = "urn:oasis:names:tc:opendocument:xmlns:"
    return "<office:document xmlns:office='\(space)office:1.0' xmlns:table='\(space)table:1.0'"
      + " xmlns:text='\(space)text:1.0'><office:body><office:spreadsheet>\(rows)"
      + "</office:spreadsheet></office:body></office:document>"
  }

  private static func cell(_ columns: String, rows: String = "1") -> String {
    ods(
      "<table:table><table:table-row table:number-rows-repeated='\(rows)'>"
        + "<table:table-cell table:number-columns-repeated='\(columns)' office:value-type='float'"
        + " office:value='1'/></table:table-row></table:table>")
  }

  private static func ssml(_ rows: String) -> String {
    "<Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'"
      + " xmlns:ss='urn:schemas-microsoft-com:office:spreadsheet'><Worksheet ss:Name='S'><Table>"
      + rows + "</Table></Worksheet></Workbook>"
  }

  private static func xlsx(_ part: String, _ text: String) -> [UInt8] {
    ZipArchive.workbook([part: Array(text.utf8)]).bytes
  }

  private static let main = "xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'"

  private static func sheet(_ rows: String) -> [UInt8] {
    xlsx(
      "xl/worksheets/s.xml", "<worksheet \(main)><sheetData>\(rows)</sheetData></worksheet>")
  }

  static let sheets: [Hostile] = [
    Hostile("too-many-columns_ods-repeated", says: "65536") { cell("999999999") },
    Hostile("bad-position_ods-columns-billions") { cell("99999999999") },
    Hostile("bad-position_ods-rows-billions") { cell("1", rows: "99999999999") },
    Hostile("bad-position_ods-negative") { cell("-1") },
    Hostile("too-many-repeats_ods-rows", says: "1048576") { cell("1", rows: "999999999") },
    Hostile("too-many-repeats_ods-area", says: "20000000") { cell("60000", rows: "100000") },
    Hostile("too-many-repeats_ods-many-tables", says: "1048576") {
      ods(
        String(
          repeating: "<table:table><table:table-row table:number-rows-repeated='600000'>"
            + "<table:table-cell office:value-type='float' office:value='1'/></table:table-row>"
            + "</table:table>", count: 3))
    },
    Hostile("too-many-repeats_ods-many-rows", says: "200000", bound: (\.repeatedCellsMax, 200_000))
    {
      ods(
        "<table:table>"
          + String(
            repeating: "<table:table-row><table:table-cell table:number-columns-repeated='65536'"
              + " office:value-type='float' office:value='1'/></table:table-row>", count: 400)
          + "</table:table>")
    },
    Hostile("text-too-long_ods-counted-spaces", says: "16777216") {
      ods(
        "<table:table><table:table-row><table:table-cell office:value-type='string'><text:p>"
          + String(repeating: "<text:s text:c='9999'/>", count: 2_000)
          + "</text:p></table:table-cell></table:table-row></table:table>")
    },
    Hostile("too-many-tables_ods", says: "10000") {
      ods(String(repeating: "<table:table/>", count: 10_001))
    },
    Hostile("label-too-long_ods-table", says: "4096") {
      ods("<table:table table:name='" + String(repeating: "n", count: 5_000) + "'/>")
    },
    Hostile("too-many-columns_ssml-index", says: "65536") {
      ssml("<Row><Cell ss:Index='70000'><Data ss:Type='Number'>1</Data></Cell></Row>")
    },
    Hostile("bad-position_ssml-row-index") { ssml("<Row ss:Index='99999999999'/>") },
    Hostile("bad-position_ssml-cell-index") { ssml("<Row><Cell ss:Index='1.5'/></Row>") },
    Hostile("bad-position_ssml-merge") { ssml("<Row><Cell ss:MergeAcross='0x10'/></Row>") },
    Hostile("row-order_ssml-backwards") { ssml("<Row ss:Index='5'/><Row ss:Index='5'/>") },
    Hostile("cell-order_ssml-backwards") {
      ssml(
        "<Row><Cell ss:Index='2'><Data ss:Type='Number'>1</Data></Cell>"
          + "<Cell ss:Index='2'><Data ss:Type='Number'>2</Data></Cell></Row>")
    },
    Hostile("spreadsheetml-structure_two-values", says: "row 1") {
      ssml(
        "<Row><Cell><Data ss:Type='Number'>1</Data><Data ss:Type='Number'>2</Data></Cell></Row>")
    },
    Hostile("spreadsheetml-structure_row-in-row") { ssml("<Row><Row/></Row>") },
    Hostile("spreadsheetml-structure_cell-in-cell") {
      ssml("<Row><Cell><Cell/></Cell></Row>")
    },
    Hostile("spreadsheetml-structure_two-tables") { ssml("</Table><Table>") },
    Hostile("sheet-twice_ssml", says: "`S`") {
      ssml("</Table></Worksheet><Worksheet ss:Name='S'><Table>")
    },
    Hostile("sheet-twice_ods", says: "`S`") {
      ods("<table:table table:name='S'/><table:table table:name='S'/>")
    },
    Hostile("odf-table-in-cell_ods", says: "row 1") {
      ods(
        "<table:table><table:table-row><table:table-cell><table:table/></table:table-cell>"
          + "</table:table-row></table:table>")
    },
    Hostile("too-many-tables_ssml", says: "10000") {
      "<Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>"
        + String(repeating: "<Worksheet/>", count: 10_001) + "</Workbook>"
    },
    Hostile("too-many-columns_xlsx-reference", says: "65536") {
      xlsx(
        "xl/worksheets/s.xml",
        "<worksheet \(main)><sheetData><row r='1'><c r='ZZZZZZ1'><v>1</v></c></row></sheetData>"
          + "</worksheet>")
    },
    Hostile("bad-position_xlsx-row") {
      xlsx(
        "xl/worksheets/s.xml",
        "<worksheet \(main)><sheetData><row r='99999999999'><c><v>1</v></c></row></sheetData>"
          + "</worksheet>")
    },
    Hostile("cell-order_xlsx-twice", says: "column 1") {
      sheet("<row r='1'><c r='A1'><v>1</v></c><c r='A1'><v>2</v></c></row>")
    },
    Hostile("cell-order_xlsx-other-row", says: "row 7") {
      sheet("<row r='1'><c r='A7'><v>1</v></c></row>")
    },
    Hostile("row-twice_xlsx", says: "two rows 2") {
      sheet("<row r='2'/><row r='4'/><row r='1'/><row r='2'/>")
    },
    Hostile("xlsx-two-tables_xlsx") { sheet("</sheetData><sheetData>") },
    Hostile("xlsx-cell-type_xlsx", says: "`zzz`") {
      sheet("<row r='1'><c t='zzz'><v>1</v></c></row>")
    },
    Hostile("too-many-styles_xlsx-codes", says: "20000") {
      xlsx(
        "xl/styles.xml",
        "<styleSheet \(main)><numFmts>"
          + (0..<20_001).map { "<numFmt numFmtId='\($0)' formatCode='0'/>" }.joined()
          + "</numFmts></styleSheet>")
    },
    Hostile("too-many-styles_xlsx-formats", says: "100", bound: (\.stylesMax, 100)) {
      xlsx(
        "xl/styles.xml",
        "<styleSheet \(main)><cellXfs>" + String(repeating: "<xf numFmtId='0'/>", count: 101)
          + "</cellXfs></styleSheet>")
    },
    Hostile("label-too-long_xlsx-format-code", says: "4096") {
      xlsx(
        "xl/styles.xml",
        "<styleSheet \(main)><numFmts><numFmt numFmtId='1' formatCode='"
          + String(repeating: "[", count: 5_000) + "'/></numFmts></styleSheet>")
    },
    Hostile("text-too-long_xlsx-strings", says: "10000", bound: (\.sharedTextMax, 10_000)) {
      xlsx(
        "xl/strings.xml",
        "<sst \(main)><si><t>" + String(repeating: "x", count: 10_001) + "</t></si></sst>")
    },
    Hostile(
      "text-too-long_xlsx-empty-strings", says: "10000", bound: (\.sharedTextMax, 10_000)
    ) {
      xlsx("xl/strings.xml", "<sst \(main)>" + String(repeating: "<si/>", count: 1_300) + "</sst>")
    },
    Hostile("too-many-relations_xlsx", says: "20000") {
      xlsx(
        "xl/_rels/workbook.xml.rels",
        "<Relationships>" + String(repeating: "<Relationship/>", count: 20_001)
          + "</Relationships>")
    },
    Hostile("too-many-columns_csv", says: "65536") { String(repeating: ",", count: 70_000) + "\n" },
    Hostile("text-too-long_csv-field", says: "16777216") {
      "a,b\n\"" + String(repeating: "x", count: 17_000_000) + "\",1\n"
    },
    Hostile("unclosed-quote_csv") { "a,b\n\"1,2\n" + String(repeating: "3,4\n", count: 1_000) },
  ]

  /// Extensions of a sheet may hold elements of the same names; they are no rows of it.
  @Test func rowsOutsideTheTableAreNone() throws {
    let other = "<row r='9'><c r='A9'><v>9</v></c></row>"
    let bytes = Self.xlsx(
      "xl/worksheets/s.xml",
      "<worksheet \(Self.main)><sheetData><row r='3'><c r='B3'><v>3</v></c></row>"
        + "<row r='1'><c r='A1'><v>1</v></c></row></sheetData><extLst><ext>\(other)</ext>"
        + "</extLst>\(other)</worksheet>")
    let file = try TemporaryFile("e.xlsx", bytes)
    let table = try #require(try TableSummary.read(file.open()).first)
    #expect(table.nonEmptyCells == 2)
  }

  /// OpenDocument 1.2, 6.1.2: white space between characters is layout, elements spell it out.
  @Test func whiteSpaceOfLayoutIsOne() throws {
    let text = Self.ods(
      "<table:table><table:table-row><table:table-cell office:value-type='string'><text:p>\n"
        + "  two <text:span>\t words</text:span><text:s text:c='2'/> end \n</text:p>"
        + "<text:p> x </text:p>"
        + "</table:table-cell></table:table-row></table:table>")
    let file = try TemporaryFile("e.fods", text)
    let table = try #require(try TableSummary.read(file.open()).first)
    #expect(table.firstCell?.value == "two words   end\nx")
  }

  /// Empty rows and columns to the edge of the sheet cost nothing and are no error: programs write
  /// them all the time.
  @Test func emptyRepeatsAreFine() throws {
    let text = Self.ods(
      "<table:table><table:table-row><table:table-cell office:value-type='float'"
        + " office:value='1'/><table:table-cell table:number-columns-repeated='16383'/>"
        + "</table:table-row><table:table-row table:number-rows-repeated='1048575'>"
        + "<table:table-cell table:number-columns-repeated='16384'/></table:table-row>"
        + "</table:table>")
    let file = try TemporaryFile("e.fods", text)
    let table = try #require(try TableSummary.read(file.open()).first)
    #expect(table.rows == 1 && table.columns == 1 && table.nonEmptyCells == 1)
  }
}
