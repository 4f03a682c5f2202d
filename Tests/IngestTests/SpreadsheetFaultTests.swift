import Assurance
import Foundation
import Testing

@testable import Ingest

/// Faults planted in made-up workbooks are found where they were planted, and nowhere else.
@Suite struct SpreadsheetFaultTests {
  private func summary() throws -> FileSummary {
    let path = Corpus.fixtures.appending(path: "made-up/faults.xlsm").path
    return try FileSummary.read(SourceFile.open(path: path))
  }

  /// `D7 formula-hard-coded`, one line a finding, in the order of the alphabet.
  private func found(_ table: TableSummary) -> [String] {
    table.notices.filter { $0.code != "macros-present" || $0.locator.suffix != "" }
      .map { "\($0.locator.suffix.dropFirst()) \($0.code)" }.sorted()
  }

  /// What was planted, by sheet; see the README of the fixtures. Near misses stand beside: an
  /// opening balance, a year as header, quarters, a moving total, codes with leading zeros.
  private static let planted: [String: [String]] = [
    "HardCoded": ["D7 formula-hard-coded", "F13 formula-hard-coded"],
    "Sums": ["B14 sum-stops-short", "C14 sum-stops-short"],
    "Cached": [
      "B22 cached-value-differs", "B23 cached-value-differs", "B24 cached-value-differs",
      "B25 cached-value-differs", "B3 cached-value-differs", "C1 cached-value-differs",
      "C5 cached-value-differs",
    ],
    "Text": ["A4 number-as-text", "A8 number-as-text"],
    "Hidden": [
      "B10 hidden-in-total", "B8 hidden-in-total", "B9 hidden-out-of-total", "E2 hidden-in-total",
    ],
    "Filtered": ["B8 hidden-out-of-total", "B9 hidden-in-total"],
    "Errors": ["A5 error-in-range", "B2 external-link"],
    "Listed": [],
  ]

  @Test func everyPlantedFaultAndNoOther() throws {
    let tables = try summary().tables
    #expect(Set(tables.map(\.name)) == Set(Self.planted.keys))
    for table in tables {
      let cells = found(table).filter { !$0.hasPrefix(" ") }
      #expect(cells == Self.planted[table.name], "\(table.name)")
    }
  }

  @Test func everyFormulaIsAccountedFor() throws {
    let tables = try summary().tables
    for table in tables {
      let inspection = try #require(table.inspection, "\(table.name)")
      let skipped = inspection.notRecalculated.reduce(0) { $0 + $1.count }
      #expect(
        inspection.formulas
          == inspection.recalculated + skipped + inspection.withoutValue + inspection.notChecked,
        "\(table.name)")
      #expect(inspection.formulas == table.formulas, "\(table.name)")
    }
    let cached = try #require(tables.first { $0.name == "Cached" }?.inspection)
    #expect(cached.formulas == 34 && cached.recalculated == 31 && cached.withoutValue == 1)
    #expect(
      Set(cached.notRecalculated.map(\.reason))
        == ["the function VLOOKUP", "a formula over arrays"])
  }

  @Test func whatStandsBesideTheCells() throws {
    let summary = try summary()
    #expect(summary.links == ["file:///C:/made-up/rates.xlsx"])
    #expect(summary.macros == ["xl/vbaproject.bin"])
    #expect(summary.names.map(\.name) == ["TheTen", "_xlnm._FilterDatabase"])
    #expect(summary.names.map(\.sheet) == [nil, "Filtered"])
    let hidden = try #require(summary.tables.first { $0.name == "Hidden" })
    #expect(hidden.hiddenRowRuns == [4...4] && hidden.hiddenColumns == [3...3])
    #expect(hidden.filteredRows == 0 && hidden.mergedRanges == ["A12:C12"])
    let filtered = try #require(summary.tables.first { $0.name == "Filtered" })
    #expect(filtered.filteredRows == 1 && filtered.filters == ["A1:B6"])
    let listed = try #require(summary.tables.first { $0.name == "Listed" })
    #expect(listed.visibility == .veryHidden)
    #expect(listed.namedTables == [.init(name: "Volumes", range: "A1:B4")])
    let codes = Set(summary.tables.flatMap(\.notices).map(\.code))
    #expect(codes.isSuperset(of: ["macros-present", "external-link", "manual-calculation"]))
  }

  @Test func columnsHeadersAndUnits() throws {
    let table = try #require(try summary().tables.first { $0.name == "HardCoded" })
    #expect(table.headerRow == 1)
    #expect(
      table.columnSummaries.map(\.header) == [
        "Month", "Volume (m³)", "Price (HKD)", "Cost", "Balance", "Other",
      ])
    #expect(table.columnSummaries.map(\.unit) == [nil, "m³", "HKD", nil, nil, nil])
    #expect(table.columnSummaries[3].formulas == 12 && table.columnSummaries[3].numberCells == 13)
  }

  // MARK: The other ways of writing

  private static let space =
    "xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\""
    + " xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\""
    + " xmlns:x=\"urn:schemas-microsoft-com:office:excel\""

  @Test func spreadsheetML() throws {
    func row(_ index: Int, _ attributes: String, _ cells: String) -> String {
      "<Row ss:Index=\"\(index)\"\(attributes)>\(cells)</Row>"
    }
    func number(_ value: String, _ formula: String = "") -> String {
      let attribute = formula.isEmpty ? "" : " ss:Formula=\"\(formula)\""
      return "<Cell\(attribute)><Data ss:Type=\"Number\">\(value)</Data></Cell>"
    }
    var rows = ""
    for index in 1...6 {
      let typed = index == 4
      rows += row(
        index, index == 3 ? " ss:Hidden=\"1\"" : "",
        number("\(index)") + number("7")
          + number(typed ? "99" : "\(index * 2)", typed ? "" : "=RC[-2]*2"))
    }
    rows += row(7, "", number("15", "=SUM(R[-6]C:R[-2]C)") + number("42", "=SUM(all)"))
    let text =
      "<?xml version=\"1.0\"?><Workbook \(Self.space)>"
      + "<ExcelWorkbook xmlns=\"urn:schemas-microsoft-com:office:excel\"><SupBook>"
      + "<Path>C:\\made-up\\other.xls</Path></SupBook></ExcelWorkbook>"
      + "<Names><NamedRange ss:Name=\"all\" ss:RefersTo=\"=S!R1C2:R6C2\"/></Names>"
      + "<Worksheet ss:Name=\"S\"><Table><Column ss:Index=\"5\" ss:Span=\"1\" ss:Hidden=\"1\"/>"
      + "<Column ss:Hidden=\"1\"/>\(rows)</Table>"
      + "<AutoFilter x:Range=\"R1C1:R6C2\" xmlns=\"urn:schemas-microsoft-com:office:excel\">"
      + "<AutoFilterColumn x:Type=\"NonBlanks\"/></AutoFilter></Worksheet></Workbook>"
    let file = try TemporaryFile("s.xml", text)
    let summary = try FileSummary.read(file.open())
    let table = try #require(summary.tables.first)
    #expect(
      found(table).filter { !$0.hasPrefix(" ") } == [
        "A7 hidden-in-total", "A7 sum-stops-short", "C4 formula-hard-coded",
      ])
    #expect(table.inspection?.recalculated == 7 && table.inspection?.differing == 0)
    #expect(table.hiddenColumns == [5...6, 7...7] && table.filteredRows == 1)
    #expect(summary.links == ["C:\\made-up\\other.xls"])
    #expect(summary.names.map(\.name) == ["all"])
    #expect(table.notices.contains { $0.code == "external-link" })
  }

  @Test func openDocument() throws {
    let name = "urn:oasis:names:tc:opendocument:xmlns:"
    func cell(_ value: String, _ formula: String = "") -> String {
      let attribute = formula.isEmpty ? "" : " table:formula=\"\(formula)\""
      return "<table:table-cell\(attribute) office:value-type=\"float\" office:value=\"\(value)\"/>"
    }
    var rows = ""
    for index in 1...6 {
      let shown =
        index == 3
        ? " table:visibility=\"filter\"" : index == 5 ? " table:visibility=\"collapse\"" : ""
      rows +=
        "<table:table-row\(shown)>" + cell("\(index)")
        + (index == 4 ? cell("99") : cell("\(index * 2)", "of:=[.A\(index)]*2"))
        + "</table:table-row>"
    }
    rows +=
      "<table:table-row>" + cell("15", "of:=SUM([.A1:.A5])")
      + cell("18", "of:=SUBTOTAL(9;[.A1:.A6])") + cell("21", "of:=SUM(all)")
      + cell("3", "of:=['file:///made-up/x.ods'#$S.A1]") + "</table:table-row>"
    let text =
      "<office:document xmlns:office=\"\(name)office:1.0\" xmlns:table=\"\(name)table:1.0\""
      + " xmlns:text=\"\(name)text:1.0\" xmlns:script=\"\(name)script:1.0\"><office:scripts>"
      + "<office:script script:language=\"ooo:Basic\"><ooo:module xmlns:ooo=\"o\" ooo:name=\"M\"/>"
      + "</office:script></office:scripts><office:body>"
      + "<office:spreadsheet><table:table table:name=\"S\"><table:table-column/>"
      + "<table:table-column table:number-columns-repeated=\"2\" table:visibility=\"collapse\"/>"
      + rows + "</table:table><table:named-expressions><table:named-range table:name=\"all\""
      + " table:cell-range-address=\"$S.$A$1:.$A$6\"/></table:named-expressions>"
      + "<table:database-ranges><table:database-range table:name=\"D\""
      + " table:target-range-address=\"S.A1:S.B6\"/></table:database-ranges>"
      + "</office:spreadsheet></office:body></office:document>"
    let summary = try FileSummary.read(TemporaryFile("s.fods", text).open())
    let table = try #require(summary.tables.first)
    #expect(
      found(table).filter { !$0.hasPrefix(" ") } == [
        "A7 hidden-in-total", "A7 sum-stops-short", "B4 formula-hard-coded",
        "B7 hidden-in-total", "B7 hidden-out-of-total", "D7 external-link",
      ])
    #expect(table.inspection?.differing == 0 && table.inspection?.recalculated == 8)
    #expect(table.hiddenColumns == [2...3] && table.filteredRows == 1)
    #expect(table.hiddenRowRuns == [3...3, 5...5])
    #expect(table.namedTables == [.init(name: "D", range: "S.A1:B6")])
    #expect(table.notices.contains { $0.code == "macros-present" })
    #expect(summary.macros.count == 1)
  }

  // MARK: In the receipt

  @Test func ingestHandsFaultsToTheSink() throws {
    func cell(_ value: String, _ formula: String = "") -> String {
      let type = value.first?.isNumber == true && !value.contains("-") ? "Number" : "String"
      let attribute = formula.isEmpty ? "" : " ss:Formula=\"\(formula)\""
      return "<Cell\(attribute)><Data ss:Type=\"\(type)\">\(value)</Data></Cell>"
    }
    func row(_ cells: String...) -> String { "<Row>\(cells.joined())</Row>" }
    func workbook(_ volume: String, _ calc: String) -> String {
      "<Workbook \(Self.space)><Worksheet ss:Name=\"Data\"><Table>"
        + row(cell("Site"), cell("Month"), cell("Volume (t)"))
        + row(cell("A"), cell("2021-01"), volume) + "</Table></Worksheet>"
        + "<Worksheet ss:Name=\"Calc\"><Table>\(calc)</Table></Worksheet></Workbook>"
    }
    let faulty = workbook(
      cell("12", "=5+6"),
      row(cell("1")) + row(cell("2")) + row(cell("4")) + row("")
        + row(cell("3", "=SUM(R[-4]C:R[-3]C)")))
    let (receipt, kept) = try read("w.xml", faulty, [waterDataset()])
    #expect(receipt.tables.first?.accepted == 1)
    #expect(
      kept.notices.filter { $0.code != "unit-assumed" }.map {
        "\($0.locator.table)\($0.locator.suffix) \($0.code)"
      } == ["Data!C2 cached-value-differs", "Calc!A5 sum-stops-short"])
    let (_, plain) = try read("w.xml", workbook(cell("12"), row(cell("1"))), [waterDataset()])
    #expect(plain.notices.allSatisfy { !WorkbookInspection.codes.contains($0.code) })
  }

  /// Formulas cost only those who ask: a plain reading is told of none.
  @Test func nobodyIsToldOfFormulasUnasked() throws {
    final class Deaf: RowSink {
      var told = 0
      override func formula(_ formula: SourceFormula) throws { told += 1 }
      override func part(_ part: WorkbookPart) throws { told += 1 }
    }
    let sink = Deaf()
    let path = Corpus.fixtures.appending(path: "made-up/faults.xlsm").path
    try SourceFormats.read(SourceFile.open(path: path), into: sink)
    #expect(sink.told == 0)
  }

  /// ODF 1.3 part 3, 19.615: a formula whose text is empty stores "", one without a type nothing.
  @Test func emptyTextIsNoUnknownValue() throws {
    let name = "urn:oasis:names:tc:opendocument:xmlns:"
    let text =
      "<office:document xmlns:office=\"\(name)office:1.0\" xmlns:table=\"\(name)table:1.0\"><office:body>"
      + "<office:spreadsheet><table:table table:name=\"S\"><table:table-row>"
      + "<table:table-cell office:value-type=\"float\" office:value=\"1\"/>"
      + "<table:table-cell table:formula=\"of:=IF([.A1]=1;&quot;&quot;;2)\" office:value-type=\"string\""
      + " office:string-value=\"\"/><table:table-cell table:formula=\"of:=[.A1]\"/>"
      + "</table:table-row></table:table></office:spreadsheet></office:body></office:document>"
    let file = try TemporaryFile("e.fods", text)
    let table = try #require(try FileSummary.read(file.open()).tables.first)
    #expect(table.formulas == 2 && table.unknownCells == 1)
    #expect(table.inspection?.recalculated == 1 && table.inspection?.differing == 0)
    #expect(table.inspection?.withoutValue == 1)
  }

  @Test func boundsAreNamed() throws {
    let path = Corpus.fixtures.appending(path: "made-up/faults.xlsm").path
    var bounds = Bounds.standard
    bounds.inspectedFormulasMax = 40
    let few = try WorkbookInspection.read(SourceFile.open(path: path, bounds: bounds))
    #expect(few.map(\.notChecked).reduce(0, +) > 0)
    #expect(few.flatMap(\.notices).contains { $0.code == "formulas-not-checked" })
    bounds = .standard
    bounds.inspectedCellsMax = 200
    let cells = try WorkbookInspection.read(SourceFile.open(path: path, bounds: bounds))
    for table in cells where table.notChecked > 0 {
      #expect(table.notChecked == table.formulas && table.recalculated == 0)
      #expect(table.notices.map(\.code) == ["formulas-not-checked"])
    }
    #expect(cells.contains { $0.notChecked > 0 })
  }
}
