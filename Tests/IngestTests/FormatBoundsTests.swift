import Assurance
import Foundation
import Ingest
import Testing

/// Every growth of the formats with tables of their own is bounded, and the error names the bound.
@Suite struct FormatBoundsTests {
  private func code(_ text: String, _ change: (inout Bounds) -> Void) throws -> String {
    var bounds = Bounds.standard
    change(&bounds)
    let file = try TemporaryFile("data.xml", text)
    do {
      _ = try TableSummary.read(SourceFile.open(path: file.path, bounds: bounds))
      return "read"
    } catch { return error.code }
  }

  @Test func nestedRows() throws {
    let text = """
      <Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"><InvoiceLine>
      <ID>1</ID><SubInvoiceLine><ID>2</ID></SubInvoiceLine><SubInvoiceLine><ID>3</ID>
      </SubInvoiceLine></InvoiceLine></Invoice>
      """
    #expect(try code(text) { $0.nestedRowsMax = 2 } == "too-many-nested-rows")
    #expect(try code(text) { $0.nestedRowsMax = 3 } == "read")
    #expect(try code(text) { $0.rowTextMax = 3 } == "text-too-long")
  }

  @Test func feedEntries() throws {
    let entry = "<entry><content><UsagePoint xmlns=\"http://naesb.org/espi\"/></content></entry>"
    let text = "<feed xmlns=\"http://www.w3.org/2005/Atom\">\(entry)\(entry)</feed>"
    #expect(try code(text) { $0.feedEntriesMax = 1 } == "too-many-entries")
    #expect(try code(text) { $0.feedEntriesMax = 2 } == "read")
  }

  @Test func contextsAndTextOfFacts() throws {
    func context(_ id: Int) -> String {
      "<context id=\"c\(id)\"><entity><identifier scheme=\"s\">E</identifier></entity></context>"
    }
    let text = """
      <xbrl xmlns="http://www.xbrl.org/2003/instance" xmlns:e="urn:e">\(context(1))\(context(2))
      <e:A contextRef="c1">a long text</e:A></xbrl>
      """
    #expect(try code(text) { $0.contextsMax = 1 } == "too-many-contexts")
    #expect(try code(text) { $0.rowTextMax = 8 } == "text-too-long")
    #expect(try code(text) { _ in } == "read")
  }

  @Test func namedFields() throws {
    let text = """
      <mysqldump><database name="d"><table_data name="A"><row><field name="x">1</field>
      <field name="y">12345</field></row></table_data><table_data name="B"><row>
      <field name="x">1</field></row></table_data></database></mysqldump>
      """
    #expect(try code(text) { $0.tablesMax = 1 } == "too-many-tables")
    #expect(try code(text) { $0.columnsMax = 1 } == "too-many-columns")
    #expect(try code(text) { $0.rowTextMax = 4 } == "text-too-long")
  }

  @Test func anotherTable() throws {
    let file = try TemporaryFile(
      "d.xml",
      "<mysqldump><table_data name=\"A\"><row><field name=\"x\">1</field></row>"
        + "</table_data></mysqldump>")
    #expect(
      IngestTests.code {
        _ = try TableSummary.read(file.open(), options: ReadOptions(recordPath: "B"))
      } == "no-such-record-path")
    let one = try TableSummary.read(file.open(), options: ReadOptions(recordPath: "A"))
    #expect(one.map(\.name) == ["A"])
  }

  /// Rows stand at the top without a root: FOR XML without ROOT.
  @Test func severalRoots() throws {
    let file = try TemporaryFile("d.xml", "<row><x>1</x></row><row><x>2</x></row>")
    do {
      _ = try TableSummary.read(file.open())
      Issue.record("was read")
    } catch let error as AssureError {
      #expect(error.code == "xml-not-well-formed")
      #expect(error.remedy.contains("ROOT"))
    }
  }

  /// Every truncation of a file with tables of its own is an error, never fewer rows.
  @Test(arguments: [
    "mysqldump/concretecms-Users.xml", "xbrl/ixbrl-viewer-continuation.html",
    "greenbutton/seed-example-GreenButton-data-gas-therms--3.xml",
    "saft/saf-t-ao-SAF-T_AO_(PurchaseInvoices).xml",
  ])
  func truncations(_ name: String) throws {
    let path = Corpus.fixtures.appending(path: "corpus/\(name)")
    let bytes = Array(try Data(contentsOf: path))
    let end = try #require(bytes.lastIndex(of: UInt8(ascii: ">")))
    for length in stride(from: 1, to: end, by: max(1, bytes.count / 400)) {
      let file = try TemporaryFile("cut.xml", Array(bytes[..<length]))
      do {
        _ = try TableSummary.read(file.open())
        Issue.record("\(length) bytes of \(name) were read")
      } catch is AssureError {}
    }
  }
}
