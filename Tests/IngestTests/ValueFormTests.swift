import Assurance
import Exact
import Testing

@testable import Ingest

@Suite struct ValueFormTests {
  @Test(arguments: [
    ("0.22969999999999999", "0.2297"), ("46881894471.08987200", "46881894471.0899"),
    ("1E3", "1000"), ("-0.30000000000000004", "-0.3"), ("123456789012345678", "123456789012346000"),
    ("2.2178843E7", "22178843"), ("999999999999999.9", "1000000000000000"),
    ("4.4408920985006262E-16", "0.000000000000000444089209850063"),
  ])
  func spreadsheetNumbersAtFifteenDigits(text: String, expected: String) {
    var text = text
    let value = text.withUTF8 { NumberText.spreadsheet($0) }
    #expect(value?.description == expected)
  }

  @Test(arguments: [
    ("1,234,567.89", "1234567.89"), ("1234567.89", "1234567.89"), ("１，２３４", "1234"),
    ("-5", "-5"), ("−5", "-5"), ("+1.5e3", "1500"), (".5", "0.5"),
  ])
  func numbersAsText(text: String, expected: String) {
    #expect(NumberText.read(text, form: .plain)?.value.description == expected)
  }

  @Test(arguments: [
    "1,23", "12,34,567", "1,234,56", "1.2.3", "", "-", "1,2345", "0,5x", "1 234", "(5)", "5%", "$5",
    "1,234.5,6", "--1", ",123",
  ])
  func textsThatAreNoNumber(text: String) {
    #expect(NumberText.read(text, form: .plain) == nil)
  }

  @Test func otherNumberForms() {
    let comma = NumberForm(point: ",", group: ".")
    #expect(NumberText.read("1.234,5", form: comma)?.value.description == "1234.5")
    #expect(NumberText.read("1,234.5", form: comma) == nil)
    let space = NumberForm(point: ",", group: " ")
    #expect(NumberText.read("1\u{A0}234,5", form: space)?.value.description == "1234.5")
  }

  @Test(arguments: [
    ("2021-01-31", DateForm.dmy, "2021-01-31"), ("31/1/2021", DateForm.dmy, "2021-01-31"),
    ("1/31/2021", DateForm.mdy, "2021-01-31"), ("2021/1/31", DateForm.dmy, "2021-01-31"),
    ("2021年1月31日", DateForm.ymd, "2021-01-31"), ("20210131", DateForm.ymd, "2021-01-31"),
    ("31 Jan 2021", DateForm.ymd, "2021-01-31"), ("January 31, 2021", DateForm.ymd, "2021-01-31"),
    ("２０２１年１月３１日", DateForm.ymd, "2021-01-31"), ("31.01.2021", DateForm.dmy, "2021-01-31"),
    ("2021-01-31T11:45:00Z", DateForm.ymd, "2021-01-31"), ("110年1月31日", DateForm.ymd, "0110-01-31"),
  ])
  func daysAsText(text: String, order: DateForm, expected: String) {
    guard case .day(let day, _)? = DateText.read(text, form: order) else {
      Issue.record("\(text) was not read")
      return
    }
    #expect(day.description == expected)
  }

  @Test(arguments: [
    "31/02/2021", "2021-13-01", "31/1/21", "1/31/2021", "soon", "", "2021", "Monday", "31 Foo 2021",
  ])
  func textsThatAreNoDay(text: String) {
    if case .day? = DateText.read(text, form: .dmy) { Issue.record("\(text) was read") }
  }

  @Test(arguments: [
    ("2021-01", "2021-01"), ("2021年1月", "2021-01"), ("Jan 2021", "2021-01"), ("202101", "2021-01"),
    ("1/2021", "2021-01"), ("Jan-2021", "2021-01"),
  ])
  func monthsAsText(text: String, expected: String) {
    guard case .month(let month)? = DateText.read(text, form: .dmy) else {
      Issue.record("\(text) was not read")
      return
    }
    #expect(month.description == expected)
  }

  /// ECMA-376 part 1, 18.17.4.1: serials of both systems.
  @Test(arguments: [
    (SerialDate.from1900, "1", "1900-01-01"), (.from1900, "59", "1900-02-28"),
    (.from1900, "60", "1900-02-29"), (.from1900, "61", "1900-03-01"),
    (.from1900, "44197", "2021-01-01"), (.from1900, "44197.5", "2021-01-01T12:00:00"),
    (.from1900, "0.57112268518518519", "13:42:25"), (.from1900, "2958465", "9999-12-31"),
    (.from1904, "0", "1904-01-01"), (.from1904, "42735", "2021-01-01"),
    (.from1900, "42370.999988425923", "2016-01-01T23:59:59"),
  ])
  func serialDays(system: SerialDate, serial: String, expected: String) throws {
    #expect(system.iso(try #require(ExactDecimal(serial))) == expected)
  }

  @Test(arguments: [
    ("yyyy-mm-dd", true), ("General", false), ("0.00", false), ("[h]:mm", true),
    ("#,##0\"d\"", false),
    ("[Red]0.0", false), ("\\d0", false), ("mmm-yy", true), ("0.00E+00", false),
    ("[$-409]d/m/yy", true),
    ("_-* #,##0_-", false), ("[DBNum1]上午/下午h\"时\"", true), ("@", false),
  ])
  func numberFormatsThatShowDates(code: String, isDate: Bool) {
    #expect(NumberFormat.isDate(code) == isDate)
  }

  @Test func foldedHeaders() {
    #expect(Folding.fold("  Ｗater\n  Usage\u{3000}") == "water usage")
    #expect(Folding.bracket("用水量（噸）")?.inside == "噸")
    #expect(Folding.bracket("Volume (m3) ")?.before == "volume")
    #expect(Folding.bracket("(m3)") == nil)
  }

  /// Whole days written without `String` are those that the calendar gives.
  @Test(arguments: [SerialDate.from1900, .from1904]) func daysFromBytes(system: SerialDate) throws {
    let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: SerialDate.dayBytes)
    defer { bytes.deallocate() }
    func day(_ text: String) -> String? {
      var text = text
      guard text.withUTF8({ system.day($0, into: bytes) }) else { return nil }
      return String(
        decoding: UnsafeBufferPointer(start: bytes, count: SerialDate.dayBytes), as: UTF8.self)
    }
    for serial in Array(61...80_000) + Array(stride(from: 80_000, to: 1_000_000, by: 97)) {
      #expect(day("\(serial)") == system.iso(try #require(ExactDecimal("\(serial)"))))
    }
    for text in ["", "0", "7", "59", "60", "060", "1000000", "44197.5", "-44197", "4e4", " 44197"] {
      #expect(day(text) == nil, "\(text)")
    }
  }
}
