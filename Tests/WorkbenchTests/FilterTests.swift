import Assurance
import Testing

@testable import Workbench

/// What a policy's filter may do, and that it means what it means in SQL.
@Suite struct FilterTests {
  private func computed(_ filter: String) throws -> String? {
    let made = try MadeEngagement(filter: filter)
    let engagement = try made.ingest(
      "1,2021-01-01,9.5,xa", "2,2021-12-31,10,b", "3,2021-06-01,100,", "4,2022-01-01,1000,xa")
    return try engagement.reconcile(kpi: "water").first?.computedText
  }

  /// As texts, `10` and `100` would come before `9.5`.
  @Test func decimalsCompareAsNumbers() throws {
    #expect(try computed("volume >= 9.5") == "119.5")
    #expect(try computed("volume = 10.0") == "10")
    #expect(try computed("volume > 9.5 and volume < 50") == "10")
  }

  /// `instr` gives 2, which a WHERE takes as true; NULL is not true.
  @Test func trueIsWhatSQLCallsTrue() throws {
    #expect(try computed("instr(status, 'a')") == "9.5")
    #expect(try computed("status <> 'b'") == "9.5")
  }

  @Test(
    "what is more than one expression over the dataset is refused",
    arguments: [
      ("1) OR (1", "syntax"), ("(1", "syntax"), ("1 -- x", "syntax"), ("1 /* x", "syntax"),
      ("1; DELETE FROM source", "syntax"), ("status = ?1", "syntax"), ("status = :x", "syntax"),
      ("status = 'a", "syntax"), ("1, 1", "syntax"), ("1 IN (SELECT seq FROM event)", "reach"),
      ("1 IN (SELECT 1 FROM sqlite_master)", "reach"), ("load_extension('x')", "reach"),
    ])
  func refused(_ filter: String, _ code: String) throws {
    #expect(MadeEngagement.code { _ = try computed(filter) } == "policy-filter-" + code)
  }

  @Test func aQuotedNameIsAFieldAndNeverAText() throws {
    let code = MadeEngagement.code { _ = try computed("\"statuss\" <> 'x'") }
    #expect(code == "policy-unknown-field")
  }

  @Test func quotesMayHoldAnything() throws {
    #expect(try computed("status = 'it''s; (--' or \"status\" = 'b'") == "10")
  }
}
