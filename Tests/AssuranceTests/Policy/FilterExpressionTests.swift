import Testing

@testable import Assurance

@Suite("filters")
struct FilterExpressionTests {
  private func sql(_ text: String) throws -> String {
    let set = try PolicyFiles().read()
    let bill = try #require(set.dataset("bill"))
    let year = try #require(
      Period(
        Month(year: 2021, month: 1).first, Month(year: 2021, month: 12).last))
    return try FilterExpression(text, dataset: bill, among: set.datasets, place: "test")
      .sql(in: year)
  }

  @Test("fields are told from registers, and decimals compare as numbers") func columns() throws {
    #expect(try sql("site.kind = 'office'") == "\"site\".\"kind\" = 'office'")
    #expect(try sql("volume>=30") == "CAST(record.\"volume\" AS NUMERIC) >= 30")
    #expect(try sql("NOT (number is Null)") == "NOT (record.\"number\" IS NULL )")
  }

  @Test(
    "days count from the period",
    arguments: [
      ("{first}", "2021-01-01"), ("{last}", "2021-12-31"), ("{last-30y}", "1991-12-31"),
      ("{last-10m}", "2021-02-28"), ("{first-1d}", "2020-12-31"), ("{last+2m}", "2022-02-28"),
      ("{first-12m}", "2020-01-01"),
    ])
  func days(_ macro: String, _ day: String) throws {
    #expect(try sql("day < \(macro)") == "record.\"day\" < '\(day)'")
  }

  @Test("quotes in quotes stay") func quotes() throws {
    #expect(try sql("number = 'it''s'") == "record.\"number\" = 'it''s'")
  }
}
