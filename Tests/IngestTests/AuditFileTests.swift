import Exact
import Foundation
import Ingest
import Testing

/// SAF-T and UBL. Expected values: the files themselves, and the totals they declare.
@Suite struct AuditFileTests {
  @Test func purchaseInvoices() throws {
    let rows = try TypedRows(
      fixture: "saft/saf-t-ao-SAF-T_AO_(PurchaseInvoices).xml", table: "purchase-invoices",
      columns: ["date", "supplier", "net", "tax", "gross"], key: "invoice")
    #expect(rows.rows.count == 2)
    let declared = try TypedRows(
      fixture: "saft/saf-t-ao-SAF-T_AO_(PurchaseInvoices).xml", table: "declared-totals",
      columns: ["entries"], key: "section")
    #expect(declared.rows == [["section": "PurchaseInvoices", "entries": "2"]])
  }

  /// The Portuguese demonstration file: its ledger balances, and the declared credit of its sales
  /// leaves cancelled documents out, as INDEX.md says.
  @Test func portugueseDemonstration() throws {
    guard let corpus = Corpus.shared else {
      print("skipped: no corpus beside the repository")
      return
    }
    let path = corpus.appending(path: "saft/saftreader-pt-SAFT_IDEMO599999999_v1.04.xml").path
    let file = try SourceFile.open(path: path)
    #expect(file.format == "saf-t")
    let entries = try TypedRows(
      file, table: "entries", columns: ["kind", "debit", "credit", "transaction"], key: "account")
    #expect(entries.rows.count == 77 + 88)
    #expect(try entries.sum("debit") == "370502.414")
    #expect(try entries.sum("credit") == "370502.414")
    let lines = try TypedRows(
      file, table: "sales-lines", columns: ["status", "credit", "debit"], key: "invoice")
    var byStatus: [String: ExactDecimal] = [:]
    for row in lines.rows {
      let credit = row["credit"].flatMap { ExactDecimal($0) } ?? .zero
      byStatus[row["status"] ?? ""] = try (byStatus[row["status"] ?? ""] ?? .zero) + credit
    }
    #expect(byStatus["N"]?.description == "8918.709")
    #expect(byStatus["R"]?.description == "6000")
    #expect(byStatus["A"]?.description == "4406.7966")
    let declared = try TypedRows(
      file, table: "declared-totals", columns: ["debit", "credit"], key: "section")
    #expect(declared.rows[1]["credit"] == "14918.709")
  }

  @Test func subLines() throws {
    let lines = try TypedRows(
      fixture: "ubl/xrechnung-testsuite-04.01a-INVOICE_ubl.xml", table: "lines",
      columns: ["level", "partOf", "amount", "quantity", "unit", "document"], key: "id")
    #expect(lines.rows.count == 15)
    #expect(lines.rows.map { $0["level"] ?? "" }.joined() == "123332331233233")
    let top = lines.rows.filter { $0["level"] == "1" }
    #expect(top.map { $0["amount"] } == ["818.04", "11718.8"])
    #expect(lines.rows[2]["id"] == "1 1 1")
    #expect(lines.rows[2]["partOf"] == "1 1")
    #expect(lines.rows.allSatisfy { $0["document"] == "12345" })
    #expect(lines.codes()["sub-lines"] == 1)
    // The levels of InvoicedQuantity together, from facts.csv.
    #expect(try lines.sum("quantity") == "541.8")
    let document = try TypedRows(
      fixture: "ubl/xrechnung-testsuite-04.01a-INVOICE_ubl.xml", table: "document",
      columns: ["payable", "lineTotal", "currency", "kind"], key: "id")
    #expect(
      document.rows == [
        [
          "id": "12345", "payable": "4918.84", "lineTotal": "12536.84", "currency": "EUR",
          "kind": "Invoice",
        ]
      ])
  }

  @Test func creditNoteAndEmbeddedDocument() throws {
    let fixture = "ubl/ph-ubl-UBL-CreditNote-2.1-Example.xml"
    let document = try TypedRows(
      fixture: fixture, table: "document", columns: ["kind", "payable", "rounding"], key: "id")
    #expect(
      document.rows == [
        ["id": "TOSL108", "kind": "CreditNote", "payable": "729", "rounding": "0.30"]
      ])
    #expect(document.codes()["embedded-document"] == 1)
    let lines = try TypedRows(
      fixture: fixture, table: "lines", columns: ["quantity", "amount", "taxPercent"], key: "id")
    #expect(lines.rows.count == 5)
    #expect(try lines.sum("amount") == "1436.5")
    #expect(lines.rows[1]["quantity"] == "-1")
  }

  /// A value that stands behind the rows it belongs to is not silently missing.
  @Test func valueAfterRows() throws {
    let text = """
      <AuditFile xmlns="urn:StandardAuditFile-Taxation-Financial:NO"><GeneralLedgerEntries>
      <Journal><JournalID>J</JournalID><Transaction>
      <Line><RecordID>1</RecordID><AccountID>10</AccountID><DebitAmount><Amount>2.50</Amount>
      <CurrencyCode>NOK</CurrencyCode></DebitAmount></Line>
      <TransactionID>T1</TransactionID>
      </Transaction></Journal></GeneralLedgerEntries></AuditFile>
      """
    let file = try TemporaryFile("saft.xml", text)
    let entries = try TypedRows(
      file.open(), table: "entries", columns: ["journal", "transaction", "debit", "currency"],
      key: "account")
    #expect(
      entries.rows == [
        ["account": "10", "journal": "J", "debit": "2.50", "currency": "NOK"]
      ])
    #expect(entries.codes() == ["value-after-rows": 1])
  }
}

/// BuildingSync. Expected values: the file, read by hand, and `facts.csv`.
@Suite struct BuildingSyncTests {
  @Test func readingsWithResourceAndUnit() throws {
    let fixture = "buildingsync/schema-example-with-emissions.xml"
    let rows = try TypedRows(
      fixture: fixture, table: "time-series",
      columns: ["resource", "unit", "start", "end", "reading", "scenario"], key: "id")
    #expect(rows.rows.count == 99)
    #expect(try rows.sum("reading") == "148864.74")
    #expect(rows.lines[0] == 283)
    #expect(rows.rows[0]["id"] == "TS-ResourceUse-Electricity-Energy-1")
    #expect(rows.rows[0]["reading"] == "6792.890000")
    let uses = try TypedRows(
      fixture: fixture, table: "resource-uses", columns: ["resource", "unit"], key: "id")
    #expect(uses.rows.count == 3)
    let electricity = try #require(uses.rows.first { $0["id"] == "ResourceUse-Electricity" })
    #expect(rows.rows[0]["resource"] == electricity["resource"])
    #expect(rows.rows[0]["unit"] == electricity["unit"])
    #expect(electricity["unit"] != nil)
  }
}
