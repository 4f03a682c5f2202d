import Assurance

/// OECD Standard Audit File for Tax (SAF-T), in the dialects of its countries.
///
/// Read as tables: accounts, customers, suppliers, products, entries (one row a ledger line),
/// sales and purchase invoices and their lines, payments, and the totals the file declares of
/// itself. Debits and credits stay apart, documents keep their status: a cancelled one is a row.
package enum AuditFile: SourceFormat {
  package static let id = "saf-t"

  package static func recognises(_ head: SourceHead, root: XMLRoot?) -> Bool {
    root?.name == "AuditFile"
      && (root?.namespace.lowercased().contains("standardauditfile") ?? false)
  }

  package static func read(
    _ file: SourceFile, options: ReadOptions, into sink: RowSink
  ) throws {
    try TypedTables.read(file, options: options, into: sink) { try $0.read(tables, of: file) }
  }

  private static let tables =
    [declared, entries, accounts, party("customers", "Customer"), party("suppliers", "Supplier")]
    + [products] + invoices("sales", "SalesInvoices") + invoices("purchase", "PurchaseInvoices")
    + [payments]

  private static let declared = TableProjection(
    name: "declared-totals",
    rows: [
      "GeneralLedgerEntries", "SourceDocuments/SalesInvoices", "SourceDocuments/PurchaseInvoices",
      "SourceDocuments/Payments", "SourceDocuments/MovementOfGoods",
      "SourceDocuments/WorkingDocuments",
    ],
    columns: [
      ("section", .element), ("entries", .own(["NumberOfEntries", "NumberOfMovementLines"])),
      ("debit", .own(["TotalDebit"])), ("credit", .own(["TotalCredit"])),
      ("quantity", .own(["TotalQuantityIssued"])),
    ])

  private static let transaction = "GeneralLedgerEntries/Journal/Transaction"

  private static let entries = TableProjection(
    name: "entries",
    rows: [
      transaction + "/Lines/DebitLine", transaction + "/Lines/CreditLine", transaction + "/Line",
    ],
    columns: [
      ("journal", .around(["GeneralLedgerEntries/Journal/JournalID"])),
      ("transaction", .around([transaction + "/TransactionID"])),
      ("date", .around([transaction + "/TransactionDate"])),
      ("posted", .around([transaction + "/GLPostingDate"])),
      ("period", .around([transaction + "/Period"])),
      ("text", .around([transaction + "/Description"])),
      ("source", .around([transaction + "/SourceID"])),
      ("transactionType", .around([transaction + "/TransactionType"])),
      ("kind", .element), ("record", .own(["RecordID"])), ("account", .own(["AccountID"])),
      ("document", .own(["SourceDocumentID"])), ("entered", .own(["SystemEntryDate"])),
      ("valueDate", .own(["ValueDate"])), ("lineText", .own(["Description"])),
      ("debit", .own(["DebitAmount", "DebitAmount/Amount"])),
      ("credit", .own(["CreditAmount", "CreditAmount/Amount"])),
      (
        "currency",
        .own(["DebitAmount/CurrencyCode", "CreditAmount/CurrencyCode"])
      ), ("customer", .own(["CustomerID"])), ("supplier", .own(["SupplierID"])),
    ])

  private static let accounts = TableProjection(
    name: "accounts", rows: ["MasterFiles/GeneralLedgerAccounts/Account"],
    columns: [
      ("account", .own(["AccountID"])), ("name", .own(["AccountDescription"])),
      ("standardAccount", .own(["StandardAccountID"])), ("type", .own(["AccountType"])),
      ("openingDebit", .own(["OpeningDebitBalance"])),
      ("openingCredit", .own(["OpeningCreditBalance"])),
      ("closingDebit", .own(["ClosingDebitBalance"])),
      ("closingCredit", .own(["ClosingCreditBalance"])),
      ("grouping", .own(["GroupingCategory"])), ("group", .own(["GroupingCode"])),
      ("taxonomy", .own(["TaxonomyCode"])),
    ])

  private static func party(_ table: String, _ element: String) -> TableProjection {
    TableProjection(
      name: table, rows: ["MasterFiles/\(element)", "MasterFiles/\(element)s/\(element)"],
      columns: [
        ("id", .own(["\(element)ID"])), ("account", .own(["AccountID"])),
        ("taxID", .own(["\(element)TaxID", "TaxRegistration/TaxRegistrationNumber"])),
        ("name", .own(["CompanyName", "Name"])),
        ("country", .own(["BillingAddress/Country", "Address/Country"])),
        ("city", .own(["BillingAddress/City", "Address/City"])),
        ("openingDebit", .own(["OpeningDebitBalance"])),
        ("openingCredit", .own(["OpeningCreditBalance"])),
        ("closingDebit", .own(["ClosingDebitBalance"])),
        ("closingCredit", .own(["ClosingCreditBalance"])),
        ("selfBilling", .own(["SelfBillingIndicator"])),
      ])
  }

  private static let products = TableProjection(
    name: "products", rows: ["MasterFiles/Product", "MasterFiles/Products/Product"],
    columns: [
      ("code", .own(["ProductCode"])), ("type", .own(["ProductType", "GoodsServicesID"])),
      ("group", .own(["ProductGroup"])), ("name", .own(["ProductDescription", "Description"])),
      ("number", .own(["ProductNumberCode"])), ("unit", .own(["UOMBase", "UOMStandard"])),
    ])

  private static func invoices(_ prefix: String, _ section: String) -> [TableProjection] {
    let invoice = "SourceDocuments/\(section)/Invoice"
    return [
      TableProjection(
        name: "\(prefix)-invoices", rows: [invoice],
        columns: [
          ("invoice", .own(["InvoiceNo"])), ("date", .own(["InvoiceDate"])),
          ("type", .own(["InvoiceType", "PurchaseType"])),
          ("status", .own(["DocumentStatus/InvoiceStatus"])),
          ("statusReason", .own(["DocumentStatus/Reason"])), ("period", .own(["Period"])),
          ("customer", .own(["CustomerID", "CustomerInfo/CustomerID"])),
          ("supplier", .own(["SupplierID", "SupplierInfo/SupplierID"])),
          ("transaction", .own(["TransactionID"])), ("entered", .own(["SystemEntryDate"])),
          ("net", .own(["DocumentTotals/NetTotal"])),
          (
            "tax",
            .own(["DocumentTotals/TaxPayable", "DocumentTotals/TaxInformationTotals/TaxAmount"])
          ), ("gross", .own(["DocumentTotals/GrossTotal"])),
          ("currency", .own(["DocumentTotals/Currency/CurrencyCode"])),
          ("currencyAmount", .own(["DocumentTotals/Currency/CurrencyAmount"])),
          ("exchangeRate", .own(["DocumentTotals/Currency/ExchangeRate"])),
        ]),
      TableProjection(
        name: "\(prefix)-lines", rows: [invoice + "/Line"],
        columns: [
          ("invoice", .around([invoice + "/InvoiceNo"])),
          ("date", .around([invoice + "/InvoiceDate"])),
          ("status", .around([invoice + "/DocumentStatus/InvoiceStatus"])),
          ("customer", .around([invoice + "/CustomerID", invoice + "/CustomerInfo/CustomerID"])),
          ("supplier", .around([invoice + "/SupplierID", invoice + "/SupplierInfo/SupplierID"])),
          ("line", .own(["LineNumber"])), ("account", .own(["AccountID"])),
          ("product", .own(["ProductCode"])), ("name", .own(["ProductDescription"])),
          ("text", .own(["Description"])), ("quantity", .own(["Quantity"])),
          ("unit", .own(["UnitOfMeasure", "InvoiceUOM"])), ("price", .own(["UnitPrice"])),
          ("taxPoint", .own(["TaxPointDate"])), ("side", .own(["DebitCreditIndicator"])),
          ("debit", .own(["DebitAmount"])), ("credit", .own(["CreditAmount"])),
          ("amount", .own(["InvoiceLineAmount/Amount"])),
          ("taxCode", .own(["Tax/TaxCode", "TaxInformation/TaxCode"])),
          ("taxPercent", .own(["Tax/TaxPercentage", "TaxInformation/TaxPercentage"])),
          ("settlement", .own(["SettlementAmount"])),
        ]),
    ]
  }

  private static let payments = TableProjection(
    name: "payments", rows: ["SourceDocuments/Payments/Payment"],
    columns: [
      ("payment", .own(["PaymentRefNo"])), ("date", .own(["TransactionDate"])),
      ("type", .own(["PaymentType"])), ("status", .own(["DocumentStatus/PaymentStatus"])),
      ("customer", .own(["CustomerID"])), ("supplier", .own(["SupplierID"])),
      ("transaction", .own(["TransactionID"])), ("net", .own(["DocumentTotals/NetTotal"])),
      ("tax", .own(["DocumentTotals/TaxPayable"])),
      ("gross", .own(["DocumentTotals/GrossTotal"])),
    ])
}
