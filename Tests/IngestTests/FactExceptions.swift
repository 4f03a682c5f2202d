/// Where we knowingly say something else than the reader of the facts, and why.
enum FactExceptions {
  /// Files we refuse, with our code.
  static let refused: [String: String] = [
    // A DOCTYPE is refused before anything is parsed.
    "record-xml/xml-mtcars.xml": "xml-doctype",
    "encodings/xmlbeans-weekly-utf-8.xml": "xml-doctype",
    "encodings/xmlbeans-weekly-utf-16.xml": "xml-doctype",
    "encodings/xmlbeans-weekly-shift_jis.xml": "xml-doctype",
    // Not well-formed: a character reference to the control character 7.
    "spreadsheetml2003/sheetjs-formula_stress_test.xls.xml": "xml-forbidden-character",
    // Encrypted.
    "xlsx/calamine-pass_protected.xlsx": "format-not-supported",
    // Two parts of one name: programs may show different ones.
    "xlsx/poi-duplicate-filename.xlsx": "zip-duplicate-entry",
    "xlsx/poi-duplicate-filename-case-insensitive.xlsx": "zip-duplicate-entry",
    // The part that names all others is not XML; openpyxl guesses, python-calamine and lxml refuse.
    "xlsx/poi-xlsx-corrupted.xlsx": "xml-not-well-formed",
    // The readers of the facts refuse these too.
    "encodings/feedparser-gb2312.xml": "xml-encoding",
    "encodings/quick-xml-Big5.xml": "xml-not-well-formed",
    "encodings/quick-xml-EUC-JP.xml": "xml-not-well-formed",
    "encodings/quick-xml-GBK.xml": "xml-not-well-formed",
    "encodings/quick-xml-ISO-2022-JP.xml": "xml-not-well-formed",
    "encodings/quick-xml-ISO-8859-15.xml": "xml-not-well-formed",
    "encodings/quick-xml-KOI8-R.xml": "xml-not-well-formed",
    "encodings/quick-xml-Shift_JIS.xml": "xml-not-well-formed",
    "encodings/quick-xml-gb18030.xml": "xml-encoding",
    "encodings/quick-xml-windows-1251.xml": "xml-not-well-formed",
    "encodings/quick-xml-windows-1252.xml": "xml-not-well-formed",
  ]

  /// Tables that differ, with the reason.
  static let differing: [String: String] = [
    "fods/sheetjs-LO7322.fods Sheet1": "a boolean whose value is 1.2345 is text",
    "fods/spreadsheet-ods-test_fods.fods Saatgut Bestellung":
      "line breaks of the file's layout are none of the text's (OpenDocument 1.2, 6.1.2)",
    "ods/spout-sheet_with_invalid_date_time.ods Sheet1": "dates that are no ISO dates are text",
    "greenbutton/greenbutton_objects-electric_containerized.xml /feed/entry":
      "an identifier that reads as 36E2001 sums exactly here, to 28 digits there",
    "xlsx/fesod-dataformat.xlsx Sheet1":
      "27 dates as python-calamine says; openpyxl misses the formats of six",
    "xlsx/phpspreadsheet-HiddenMergeCellsTest.xlsx Sheet1": "values under a merge are kept",
    "xlsx/phpspreadsheet-explicitdate.xlsx Sheet": "23:44:51.894 is printed without trailing zeros",
    "xlsx/seed-Add_Bills_to_Meters.xlsx Instructions":
      "empty shared strings are no values, as python-calamine, lxml and LibreOffice say",
    "xlsx/sheetjs-LONumbers.xlsx Sheet1": "negative and huge numbers in date formats are no dates",
    "xlsx/sheetjs-formula_stress_test.xlsx Finance": "the reader's binary sum counts some dates in",
    "xlsx/sheetjs-xlsx-stream-d-date-cell.xlsx Sheet1":
      "a date typed `d` with a zone is a date, as in the same workbook saved as SpreadsheetML",
    "xlsx/spout-sheet_with_all_cell_types.xlsx Sheet1": "`invalid::date` is text",
  ]

  /// Rows of facts about whole documents, single XPath sums, text decoding, or 1024 empty sheets.
  static func isAboutAnotherThing(_ name: String) -> Bool {
    name.hasPrefix("XPath") || name.hasSuffix("(whole document)") || name.hasPrefix("(")
      || name.hasPrefix("decoded text")
  }
}
