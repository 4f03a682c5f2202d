import Testing

@testable import Assurance

@Suite("locators")
struct LocatorTests {
  func locator(_ table: String, _ place: Locator.Place) -> String {
    Locator(
      file: "a.xml", source: String(repeating: "0123456789abcdef", count: 4), table: table,
      place: place, line: 7
    ).description
  }

  @Test("one canonical text for each kind of place")
  func places() {
    #expect(locator("Sites", .cell(row: 7, column: 3)) == "a.xml@0123456789ab#Sites!C7")
    #expect(locator("Sites", .row(7)) == "a.xml@0123456789ab#Sites!7:7")
    #expect(
      locator("/Export/Reading", .field(record: 12, name: "Volume"))
        == "a.xml@0123456789ab#/Export/Reading[12]/Volume")
    #expect(
      locator("/Export/Reading", .field(record: 12, name: "@id"))
        == "a.xml@0123456789ab#/Export/Reading[12]/@id")
    #expect(locator("/Export/Reading", .record(12)) == "a.xml@0123456789ab#/Export/Reading[12]")
    #expect(locator("Sites", .table) == "a.xml@0123456789ab#Sites")
  }

  @Test(
    "names of tables are quoted as spreadsheets do",
    arguments: [
      ("2021-05", "2021-05"), ("下半年", "下半年"), ("a b", "'a b'"), ("it's", "'it''s'"), ("", "''"),
      ("a!b", "'a!b'"), ("a#b", "'a#b'"), ("[x]", "'[x]'"), ("x.csv", "x.csv"), ("a_b", "a_b"),
    ])
  func quoting(_ name: String, _ expected: String) {
    #expect(locator(name, .row(1)) == "a.xml@0123456789ab#\(expected)!1:1")
  }

  /// ECMA-376-1, 18.18.7: columns run from A to XFD, which is the 16,384th.
  @Test(
    "letters of columns",
    arguments: [
      (1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (53, "BA"), (702, "ZZ"), (703, "AAA"),
      (16384, "XFD"),
    ])
  func letters(_ column: Int, _ letters: String) {
    #expect(Locator.letters(column: column) == letters)
  }

  @Test("a record points at its row, and at a cell where the field has a column")
  func record() {
    let sheet = SourceTable(
      file: "a.xml", source: String(repeating: "0", count: 64), name: "S",
      columns: ["volume": .number(28)], isRecordPath: false)
    let row = RecordSource(table: sheet, row: 4, line: 90)
    #expect(row.locator.suffix == "!4:4")
    #expect(row.locator(field: "volume").suffix == "!AB4")
    #expect(row.locator(field: "site").suffix == "!4:4")
    #expect(row.locator.line == 90)
    let path = SourceTable(
      file: "a.xml", source: String(repeating: "0", count: 64), name: "/X/R",
      columns: ["volume": .name("Use/Volume")], isRecordPath: true)
    let record = RecordSource(table: path, row: 4, line: 90)
    #expect(record.locator.suffix == "[4]")
    #expect(record.locator(field: "volume").suffix == "[4]/Use/Volume")
  }

  @Test("different key values never give one key")
  func keys() {
    let parts = ["", "a", "/", "%", "a/b", "%2F", "%25"]
    var keys: Set<String> = []
    for a in parts { for b in parts { keys.insert(Record.key([a, b])) } }
    #expect(keys.count == parts.count * parts.count)
    #expect(Record.key(["OF-24", "2021-12"]) == "OF-24/2021-12")
    #expect(Record.key(["a/b%"]) == "a%2Fb%25")
  }

  @Test("values have one text, and come back from it")
  func values() {
    let cases: [(FieldType, String)] = [
      (.text, "ü 噸"), (.choice, "actual"), (.decimal, "-12.5"), (.date, "2021-02-28"),
      (.month, "2021-02"),
    ]
    for (type, text) in cases {
      #expect(FieldValue(canonical: text, type: type)?.canonical == text)
    }
    #expect(FieldValue(canonical: "1,5", type: .decimal) == nil)
    #expect(FieldValue(canonical: "2021-02-30", type: .date) == nil)
    #expect(FieldValue(canonical: "2021-02-01", type: .month) == nil)
  }

  @Test("effects have one text, and an unknown one is not zero")
  func effects() {
    for text in ["-12.5", "0", "unquantified", "none"] { #expect(Effect(text)?.text == text) }
    #expect(Effect("") == nil)
    #expect(Effect("unquantified") != Effect("0"))
    #expect(Severity.high < Severity.medium && Severity.medium < Severity.low)
  }
}
