/// What becomes of the hostile files by other hands: each was looked at, and is refused for what is
/// wrong with it, or has nothing in it that is not plain data.
enum MaliciousFiles {
  /// By code.
  static let refused: [String: [String]] = [
    "cell-order": [
      "excel-streaming-reader-corrupt.xlsx"
    ],
    "content-not-as-named": [
      "libxml2-invalid-start-tag-1.xml"
    ],
    "file-empty": [
      "libxml2-empty.xml"
    ],
    "format-not-supported": [
      "exceljs-missing-bits.xlsx",
      "fastexcel-no-workbook-xml.xlsx",
      "fastexcel-only-content-types.xlsx",
      "phpspreadsheet-gzbomb.gnumeric",
      "poi-crash-9bf3cd4bd6f50a8a9339d363c2c7af14b536865c.xlsx",
      "poi-invalid.xlsx",
      "zip-too-many-bytes.zip",
    ],
    "too-many-columns": [
      "calamine-issue_594_dos.ods"
    ],
    "xlsx-part-missing": [
      "fastexcel-missing-sheet-entry.xlsx"
    ],
    "xml-doctype": [
      "defusedxml-cyclic.xml",
      "defusedxml-dtd.xml",
      "defusedxml-external.xml",
      "defusedxml-external_file.xml",
      "defusedxml-quadratic.xml",
      "defusedxml-xmlbomb.xml",
      "defusedxml-xmlbomb2.xml",
      "excel-streaming-reader-entity-expansion-exploit-poc-file.xlsx",
      "libxml2-759398.xml",
      "libxml2-good.xml",
      "libxml2-huge_dtd.xml",
      "libxml2-lol_classic.xml",
      "libxml2-lol_ep.xml",
      "libxml2-lol_ig_attr.xml",
      "libxml2-lol_long_value.xml",
      "libxml2-lol_param.xml",
      "libxml2-quadratic-defattr.xml",
      "phpspreadsheet-XEETestInvalidUTF-16.xml",
      "phpspreadsheet-XEETestInvalidUTF-7.xml",
      "phpspreadsheet-utf16entity.xlsx",
      "phpspreadsheet-utf8entity.xlsx",
      "poi-poc-xmlbomb-empty.xlsx",
      "poi-poc-xmlbomb.xlsx",
      "spout-attack_billion_laughs.ods",
      "spout-attack_billion_laughs.xlsx",
      "spout-attack_quadratic_blowup.ods",
      "spout-attack_quadratic_blowup.xlsx",
    ],
    "xml-encoding": [
      "libxml2-unsupported-encoding.xml"
    ],
    "xml-not-well-formed": [
      "exceljs-invalid-xml.xlsx",
      "libxml2-extra-content.xml",
      "libxml2-trailing-null-1.xml",
      "libxml2-truncated-utf16.xml",
      "libxml2-utf8-1.xml",
      "libxml2-utf8-2.xml",
      "phpspreadsheet-CorruptedXmlFile.xml",
      "spout-one_sheet_with_invalid_xml_characters.xlsx",
    ],
    "xml-truncated": [
      "libxml2-unclosed-element.xml"
    ],
    "zip-damaged": [
      "poi-clusterfuzz-testcase-minimized-POIXSSFFuzzer-5089447305609216.xlsx",
      "poi-clusterfuzz-testcase-minimized-XLSX2CSVFuzzer-5025401116950528.xlsx",
      "poi-clusterfuzz-testcase-minimized-XLSX2CSVFuzzer-6594557414080512.xlsx",
    ],
    "zip-encrypted": [
      "zip-strong-encryption.zip"
    ],
    "zip-entry-name": [
      "zip-absolute-path.zip",
      "zip-dotdot.zip",
      "zip-drive-path.zip",
      "zipfoundation-testSimpleTraversalAttack.zip",
    ],
    "zip-headers-differ": [
      "zip-backslash.zip"
    ],
    "zip-method": [
      "zip-method-1.zip"
    ],
  ]

  /// Read, with a bounded result: controls, links that are named and not opened, the list of
  /// formula payloads, and a bomb whose entry no part of the workbook asks for.
  static let read: Set<String> = [
    "commons-compress-zipbomb.xlsx",
    "csv-injection-payloads.md",
    "defusedxml-simple.xml",
    "libxml2-ns-undeclared.xml",
    "phpspreadsheet-sec-w24f.xml",
    "phpspreadsheet-x5j6.xml",
    "poi-BrNotClosed.xlsx",
    "tika-testDataConnections.xlsx",
    "tika-testDdeLink.xlsx",
  ]
}
