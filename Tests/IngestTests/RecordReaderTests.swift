import Assurance
import Exact
import Ingest
import Testing

@Suite struct RecordReaderTests {
  @Test func headersInChineseWithUnitInBrackets() throws {
    let text = """
      某公司二零二一年用水記錄,,,
      編製部門：行政部,,,
      ,,,
      地點,月份,用水量(立方米),備註
      HK01,2021年1月,"1,234.5",
      HK02,2021-02,３６.5,正常
      """
    let (receipt, kept) = try read("water.csv", text, [waterDataset()])
    let table = try #require(receipt.tables.first)
    #expect(table.headerRow == 4)
    #expect(table.preambleRows == 2)
    #expect(table.rowsRead == 2)
    #expect(table.accepted == 2)
    #expect(kept.text(0, 0) == "HK01")
    #expect(kept.text(0, 1) == "2021-01")
    #expect(kept.text(0, 2) == "1234.5")
    #expect(kept.text(1, 2) == "36.5")
    #expect(kept.records[0].key == "HK01/2021-01")
    #expect(table.controlTotals.first { $0.field == "volume" }?.sum == ExactDecimal("1271"))
    #expect(table.noticeCounts["full-width-digits"] == 1)
    #expect(table.ignoredColumns == ["D (備註)"])
    #expect(table.assumptions.first?.text.hasSuffix("1 t per cubic metre") == true)
    #expect(table.assumptions.first?.count == 2)
    #expect(kept.records[0].source.locator(field: "volume").suffix == "!C5")
    #expect(kept.records[0].source.line == 5)
  }

  @Test func everyRowEndsInOnePlace() throws {
    let rows = [
      ["Site", "Month", "Volume (t)", "Read on", "Kind"],
      ["A", "2021-01", "10", "31/01/2021", "A"],
      ["A", "2021-02", "ten", "28/02/2021", "A"],
      ["A", "2021-13", "10", "", ""],
      ["", "2021-03", "10", "", ""],
      ["A", "2021-04", "n/a", "", ""],
      ["A", "2021-05", "10", "31/02/2021", ""],
      ["A", "2021-06", "10", "", "X"],
      ["A", "1821-07", "10", "", ""],
      [" ", " ", "", "", ""],
      ["Total", "", "10", "", ""],
      ["B", "2021-01", "5.5", "", "估算"],
      ["合計", "", "16", "", ""],
      ["Site", "Month", "Volume (t)", "Read on", "Kind"],
    ]
    let (receipt, kept) = try read("w.xml", spreadsheet([("Data", rows)]), [waterDataset()])
    let table = try #require(receipt.tables.first)
    #expect(table.rowsRead == 12)
    #expect(table.accepted == 2)
    #expect(table.rejected == 10)
    #expect(table.blankRows == 1)
    #expect(
      kept.rejects.map(\.code) == [
        "not-a-number", "not-a-date", "missing-value", "missing-value", "not-a-date",
        "unknown-choice", "date-out-of-range", "total-row", "total-mismatch", "repeated-header",
      ])
    #expect(
      kept.rejects.map(\.locator.suffix) == [
        "!C3", "!B4", "!A5", "!C6", "!D7", "!E8", "!B9", "!11:11", "!13:13", "!14:14",
      ])
    #expect(kept.rejects[7].reason == "a row of totals: volume 10 agrees with the rows above")
    #expect(
      kept.rejects[8].reason
        == "a row of totals: volume 16 differs from the rows above (15.5) by 0.5")
  }

  @Test func numbersAsTextAndBinaryImages() throws {
    let rows = [
      ["Site", "Month", "Volume"], ["A", "2021-01", "0.22969999999999999"],
      ["B", "2021-01", "１２"], ["C", "2021-01", "1,5"],
    ]
    let text = spreadsheet([("S", rows)])
      .replacing("<Data ss:Type=\"String\">１２", with: "<Data ss:Type=\"String\"> １２ ")
    let (receipt, kept) = try read("w.xml", text, [waterDataset()])
    #expect(kept.text(0, 2) == "0.2297")
    #expect(kept.text(1, 2) == "12")
    #expect(kept.rejects.map(\.code) == ["not-a-number"])
    #expect(receipt.tables[0].noticeCounts == ["full-width-digits": 1])
    #expect(
      receipt.tables[0].assumptions.map(\.text) == ["the source names no unit; taken as t"])
  }

  @Test func unitsNamedRowByRow() throws {
    let text = """
      Site;Month;Usage;Unit
      A;2021-01;2;立方米
      B;2021-01;3;t
      C;2021-01;4;kL
      D;2021-01;4;kg
      E;2021-01;4;pint
      F;2021-01;4;
      """
    let (receipt, kept) = try read("w.csv", text, [waterDataset()])
    #expect(kept.records.map { $0.values[2]?.canonical } == ["2", "3", "4", "0.004"])
    #expect(kept.rejects.map(\.code) == ["unknown-unit", "unknown-unit"])
    #expect(kept.rejects[0].locator.suffix == "!D6")
    #expect(receipt.tables[0].controlTotals[0].sum == ExactDecimal("9.004"))
  }

  @Test func recordElements() throws {
    let text = """
      <?xml version="1.0" encoding="UTF-8"?>
      <Export xmlns="urn:x"><Head><By>someone</By></Head>
        <Reading site="A"><Month>2021-01</Month><Usage>10.5</Usage></Reading>
        <Reading site="B"><Month>2021-02</Month><Usage>x</Usage></Reading>
        <Reading site="C"><Usage>1</Usage><Month>2021-03</Month></Reading>
      </Export>
      """
    let (receipt, kept) = try read("w.xml", text, [waterDataset()])
    #expect(receipt.tables.map(\.name) == ["/Export/Reading"])
    #expect(kept.records.map(\.key) == ["A/2021-01", "C/2021-03"])
    #expect(kept.records[1].source.locator(field: "volume").suffix == "[3]/Usage")
    #expect(kept.records[1].source.locator(field: "site").suffix == "[3]/@site")
    #expect(kept.rejects.map(\.locator.suffix) == ["[2]/Usage"])
    #expect(kept.rejects[0].locator.line == 4)
  }

  @Test func twoSheetsThatFit() throws {
    let rows = [["Site", "Month", "Volume"], ["A", "2021-01", "1"]]
    let text = spreadsheet([("North", rows), ("South", rows), ("Empty", [rows[0]])])
    #expect(code { _ = try read("w.xml", text, [waterDataset()]) } == "ambiguous-table")
    let (one, _) = try read("w.xml", text, [waterDataset()], table: "South")
    #expect(one.tables.map(\.name) == ["South"])
    let (many, _) = try read("w.xml", text, [waterDataset(tables: "many")])
    #expect(many.tables.map(\.name) == ["North", "South"])
    #expect(many.ignoredTables.map(\.name) == ["Empty"])
    let single = spreadsheet([("North", rows), ("Empty", [rows[0]])])
    #expect(try read("w.xml", single, [waterDataset()]).receipt.tables.map(\.name) == ["North"])
  }

  @Test func headersThatDoNotFit() throws {
    let text = "Site,Period,Volume\nA,2021-01,1\n"
    do {
      _ = try read("w.csv", text, [waterDataset()])
      Issue.record("no error")
    } catch let error as AssureError {
      #expect(error.code == "no-dataset-fits")
      #expect(error.reason.contains("`month`"))
      #expect(!error.remedy.isEmpty)
    }
    #expect(
      code { _ = try read("w.csv", "a,b\n1,2\n", [waterDataset()]) } == "no-dataset-fits")
    #expect(
      code { _ = try read("w.csv", "Site,Month,Volume,Usage\nA,2021-01,1,1\n", [waterDataset()]) }
        == "duplicate-column")
    #expect(
      code { _ = try read("w.csv", "Site,Month,Volume (m2)\nA,2021-01,1\n", [waterDataset()]) }
        == "unit-mismatch")
    #expect(
      code { _ = try read("w.csv", "Site,Month,Volume\n", [waterDataset()]) } == "no-rows")
    #expect(
      code { _ = try read("w.csv", text, [waterDataset()], table: "Nope") } == "unknown-table")
  }

  @Test func hiddenRowsAndErrorsAreNamed() throws {
    let text = spreadsheet([
      ("S", [["Site", "Month", "Volume"], ["A", "2021-01", "1"], ["B", "2021-01", "2"]])
    ])
    .replacing(
      "<Row><Cell ss:Index=\"1\"><Data ss:Type=\"String\">A",
      with:
        "<Row ss:Hidden=\"1\"><Cell ss:Index=\"1\"><Data ss:Type=\"String\">A"
    )
    .replacing("<Data ss:Type=\"Number\">2<", with: "<Data ss:Type=\"Error\">#N/A<")
    let (receipt, kept) = try read("w.xml", text, [waterDataset()])
    #expect(receipt.tables[0].noticeCounts == ["hidden-row": 1])
    #expect(kept.notices.map(\.locator.suffix) == ["!2:2"])
    #expect(kept.rejects.map(\.code) == ["error-cell"])
    #expect(kept.rejects.map(\.locator.suffix) == ["!C3"])
  }
}
