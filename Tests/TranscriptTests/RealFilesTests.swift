import Foundation
import Testing

/// "At least six files … by other hands, in at least three formats, one of them with Chinese
/// headers and one about water or energy, go through `tables` and `ingest` …, and a sample is drawn
/// from one of them." The files and their licences are in `Tests/IngestTests/Fixtures`.
@Suite struct RealFilesTests {
  /// A file, and what a person counts in it with another program (openpyxl, ElementTree).
  struct RealFile: CustomTestStringConvertible, Sendable {
    let path, format, table, dataset: String
    let accepted, rejected: Int
    /// A control total: field and sum.
    var total: (field: String, sum: String)?
    var testDescription: String { path }
  }

  static let files = [
    RealFile(
      path: "xlsx/seed-example-pm-monthly-meter-usage-with-unknown-types-and-units.xlsx",
      format: "xlsx", table: "Meter Entries", dataset: "meter-entry", accepted: 6, rejected: 2,
      total: ("quantity", "2584880.8")),
    RealFile(
      path: "xlsx/magicodes-product-import.xlsx", format: "xlsx", table: "Sheet1",
      dataset: "product", accepted: 4, rejected: 2, total: ("mass", "174")),
    RealFile(
      path: "record-xml/xml-tides.xml", format: "record-xml", table: "/datainfo/data/item",
      dataset: "tide", accepted: 7, rejected: 0, total: ("height", "23.83")),
    RealFile(
      path: "oracle/db-sample-schemas-SBELL-20021009123336231PDT.xml", format: "record-xml",
      table: "/PurchaseOrder/LineItems/LineItem", dataset: "order-line", accepted: 25,
      rejected: 0, total: ("price", "818.85")),
    RealFile(
      path: "spreadsheetml2003/poi-SampleSS.xml", format: "spreadsheetml-2003",
      table: "Sheet Number 2", dataset: "number-row", accepted: 1, rejected: 0,
      total: ("sum", "13")),
    RealFile(
      path: "access-xml/msaccess-vcs-addin-tblSaveXML.xml", format: "record-xml",
      table: "/dataroot/tblSaveXML", dataset: "saved-object", accepted: 4, rejected: 0),
    RealFile(
      path: "jdbc-export/mockrunner-xmltestresult.xml", format: "record-xml",
      table: "/resultset/row", dataset: "publisher", accepted: 3, rejected: 0),
    RealFile(
      path: "greenbutton/seed-example-GreenButton-data-gas-therms--3.xml", format: "green-button",
      table: "intervals", dataset: "gas-interval",
      accepted: 2, rejected: 0, total: ("value", "3582")),
  ]

  static let corpus = Program.repository + "/Tests/IngestTests/Fixtures/corpus/"
  static let policy = Program.repository + "/Tests/TranscriptTests/Fixtures/files-of-others"

  private func engagement() throws -> (folder: TemporaryFolder, path: String) {
    let folder = try TemporaryFolder()
    let made = try Program.run(["init", "others", "--policies", Self.policy], in: folder.path)
    try #require(made.status == 0, "\(made.complaints)")
    return (folder, folder.path + "/others")
  }

  @Test(arguments: files) func `goes through tables and ingest`(_ file: RealFile) throws {
    let (folder, path) = try engagement()
    defer { withExtendedLifetime(folder) {} }
    let shown = try Program.run(
      ["tables", Self.corpus + file.path, "--format", "json"], in: path)
    #expect(shown.status == 0, "\(shown.complaints)")
    let tables = try JSON(shown.output)
    #expect(tables["format"].string == file.format)
    #expect(tables["tables"].list.map { $0["name"].string }.contains(file.table))

    let taken = try Program.run(
      ["ingest", Self.corpus + file.path, "--format", "json"], in: path)
    #expect(taken.status == (file.rejected > 0 ? 1 : 0), "\(taken.complaints)")
    let receipts = try JSON(taken.output)["sources"].list.flatMap { $0["tables"].list }
    let receipt = try #require(receipts.first { $0["name"].string == file.table })
    #expect(receipt["dataset"].string == file.dataset)
    #expect(receipt["accepted"].int == file.accepted)
    #expect(receipt["rejected"].int == file.rejected)
    #expect(receipt["rowsRead"].int == file.accepted + file.rejected)
    #expect(receipt["rejects"].list.count == file.rejected)
    if let total = file.total {
      #expect(receipt["controlTotals"][total.field].string == total.sum)
    }
  }

  @Test func `a sample is drawn from one of them, the same each time`() throws {
    let (folder, path) = try engagement()
    defer { withExtendedLifetime(folder) {} }
    let settings = try String(contentsOfFile: path + "/engagement.yaml", encoding: .utf8)
      .replacingOccurrences(of: "2021", with: "2016")
      .replacingOccurrences(
        of: "materiality: []",
        with: """
          materiality:
            - {kpi: energy-metered, overall: 5%, performance: 75%, trivial: 5%, reason: a test}
          """)
    try settings.write(toFile: path + "/engagement.yaml", atomically: true, encoding: .utf8)
    let file = Self.corpus + Self.files[0].path
    #expect(try Program.run(["ingest", file], in: path).status == 1)
    let draw = ["sample", "--kpi", "energy", "--seed", "others", "--size", "3"]
    let first = try Program.run(draw + ["--format", "json"], in: path)
    try #require(first.status == 0, "\(first.complaints)")
    let sample = try JSON(first.output)
    #expect(sample["items"].list.count == 3)
    // The six accepted rows; the two with an unknown unit cannot be drawn.
    let rows = Set([7, 8, 9, 12, 13, 14].map { "J\($0)" })
    for item in sample["items"].list {
      let cell = item["locator"].string.split(separator: "!").last.map(String.init) ?? ""
      #expect(rows.contains(cell), "\(item["locator"].string)")
    }
    let again = try Program.run(
      ["sample", "--kpi", "energy", "--seed", "others", "--format", "json"], in: path)
    #expect(again.output == first.output)
  }
}
