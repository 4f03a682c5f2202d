import Assurance

/// OASIS UBL 2.x invoices and credit notes, of which European e-invoices (EN 16931) are a kind.
///
/// Read as tables: `document`, one row with the header and the totals it declares, and `lines`,
/// one row a line, sub-lines included with their level and the line they belong to. A credit
/// note's amounts stand as written: positive amounts that reduce. Embedded documents are counted,
/// named and never decoded.
package enum UBL: SourceFormat {
  package static let id = "ubl"

  package static func recognises(_ head: SourceHead, root: XMLRoot?) -> Bool {
    root?.name == "Invoice" && root?.namespace == namespace("Invoice")
      || root?.name == "CreditNote" && root?.namespace == namespace("CreditNote")
  }

  private static func namespace(_ document: String) -> String {
    "urn:oasis:names:specification:ubl:schema:xsd:\(document)-2"
  }

  package static func read(
    _ file: SourceFile, options: ReadOptions, into sink: RowSink
  ) throws {
    try TypedTables.read(file, options: options, into: sink) { tables in
      let embedded = EmbeddedDocuments(bounds: file.bounds)
      try XMLReader.parse(try FileInput.xml(file, sink: sink), handler: embedded, place: file.name)
      var remarks = ["document": embedded.remarks]
      if embedded.subLines > 0 {
        remarks["lines"] = [
          Remark(
            code: "sub-lines",
            message: "\(embedded.subLines) lines belong to a line above them; a sum over all levels"
              + " counts amounts twice")
        ]
      }
      try tables.read([document, lines], of: file, remarks: remarks)
    }
  }

  private static let document = TableProjection(
    name: "document", rows: [""],
    columns: [
      ("kind", .element), ("id", .own(["ID"])), ("issued", .own(["IssueDate"])),
      ("due", .own(["DueDate", "PaymentMeans/PaymentDueDate"])),
      ("type", .own(["InvoiceTypeCode", "CreditNoteTypeCode"])),
      ("currency", .own(["DocumentCurrencyCode"])),
      ("periodStart", .own(["InvoicePeriod/StartDate"])),
      ("periodEnd", .own(["InvoicePeriod/EndDate"])),
      ("buyerReference", .own(["BuyerReference"])), ("order", .own(["OrderReference/ID"])),
      ("corrects", .own(["BillingReference/InvoiceDocumentReference/ID"])),
      ("supplier", .own(["AccountingSupplierParty/Party/PartyName/Name"])),
      (
        "supplierLegalName",
        .own(["AccountingSupplierParty/Party/PartyLegalEntity/RegistrationName"])
      ),
      ("supplierTaxID", .own(["AccountingSupplierParty/Party/PartyTaxScheme/CompanyID"])),
      ("customer", .own(["AccountingCustomerParty/Party/PartyName/Name"])),
      (
        "customerLegalName",
        .own(["AccountingCustomerParty/Party/PartyLegalEntity/RegistrationName"])
      ),
      ("customerTaxID", .own(["AccountingCustomerParty/Party/PartyTaxScheme/CompanyID"])),
      ("tax", .own(["TaxTotal/TaxAmount"])),
      ("lineTotal", .own(["LegalMonetaryTotal/LineExtensionAmount"])),
      ("taxExclusive", .own(["LegalMonetaryTotal/TaxExclusiveAmount"])),
      ("taxInclusive", .own(["LegalMonetaryTotal/TaxInclusiveAmount"])),
      ("allowances", .own(["LegalMonetaryTotal/AllowanceTotalAmount"])),
      ("charges", .own(["LegalMonetaryTotal/ChargeTotalAmount"])),
      ("prepaid", .own(["LegalMonetaryTotal/PrepaidAmount"])),
      ("rounding", .own(["LegalMonetaryTotal/PayableRoundingAmount"])),
      ("payable", .own(["LegalMonetaryTotal/PayableAmount"])),
    ])

  private static let lines = TableProjection(
    name: "lines", rows: ["InvoiceLine", "CreditNoteLine"],
    nested: ["SubInvoiceLine", "SubCreditNoteLine"],
    columns: [
      ("document", .around(["ID"])), ("issued", .around(["IssueDate"])),
      ("currency", .around(["DocumentCurrencyCode"])), ("id", .own(["ID"])), ("level", .level),
      ("partOf", .parent(column: "id")), ("kind", .element),
      ("quantity", .own(["InvoicedQuantity", "CreditedQuantity"])),
      ("unit", .own(["InvoicedQuantity/@unitCode", "CreditedQuantity/@unitCode"])),
      ("amount", .own(["LineExtensionAmount"])),
      ("amountCurrency", .own(["LineExtensionAmount/@currencyID"])), ("name", .own(["Item/Name"])),
      ("description", .own(["Item/Description"])),
      ("sellerItem", .own(["Item/SellersItemIdentification/ID"])),
      ("periodStart", .own(["InvoicePeriod/StartDate"])),
      ("periodEnd", .own(["InvoicePeriod/EndDate"])), ("price", .own(["Price/PriceAmount"])),
      ("priceBase", .own(["Price/BaseQuantity"])),
      ("taxCategory", .own(["Item/ClassifiedTaxCategory/ID"])),
      ("taxPercent", .own(["Item/ClassifiedTaxCategory/Percent"])),
      ("accountingCost", .own(["AccountingCost"])), ("note", .own(["Note"])),
    ])
}

/// Counts what is embedded in an invoice, and its sub-lines.
private final class EmbeddedDocuments: XMLHandler {
  private var nObject, nFile, nMime, nSubInvoice, nSubCredit: XMLName?
  private var characters = -1
  private var label = ""
  private(set) var remarks: [Remark] = []
  private(set) var subLines = 0

  override func prepare() {
    nObject = name("EmbeddedDocumentBinaryObject")
    nFile = name("filename")
    nMime = name("mimeCode")
    nSubInvoice = name("SubInvoiceLine")
    nSubCredit = name("SubCreditNoteLine")
  }

  override func start(_ name: XMLName, _ namespace: XMLName?, _ attributes: XMLAttributes) {
    if name == nSubInvoice || name == nSubCredit { subLines += 1 }
    guard name == nObject else { return }
    characters = 0
    label = [attributes.text(of: nFile), attributes.text(of: nMime)].compactMap { $0 }
      .map { String($0.prefix(80)) }.joined(separator: ", ")
  }

  override func text(_ text: UnsafePointer<UInt8>, _ count: Int) {
    if characters >= 0 { characters += count }
  }

  override func end(_ name: XMLName, _ namespace: XMLName?) {
    guard name == nObject else { return }
    if remarks.count < 100 {
      remarks.append(
        Remark(
          code: "embedded-document",
          message: "an embedded document\(label.isEmpty ? "" : " (\(label))") of \(characters)"
            + " base64 characters was left out and not decoded"))
    }
    characters = -1
  }
}
