import Assurance
import Foundation
import Testing

@testable import Workbench

/// The register as CSV: nothing in it runs when a spreadsheet opens it.
@Suite struct ExportTests {
  @Test(arguments: [
    ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@sum", "'@sum"), ("\tx", "'\tx"),
    ("＝1", "'＝1"), ("plain", "plain"), ("", ""), ("a=1", "a=1"),
  ])
  func formulasAreText(_ text: String, _ expected: String) {
    #expect(SpreadsheetText.inert(text) == expected)
  }

  @Test func aRegisterOfARejectedFormula() throws {
    let made = try MadeEngagement()
    let engagement = try made.ingest("1,2021-01-01,5,a", "2,2021-01-02,x,a", file: "=cmd.csv")
    _ = try engagement.check(kpi: "water")
    let text = String(decoding: try engagement.exceptionsCSV(), as: UTF8.self)
    let lines = text.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines[0].hasPrefix("id,kpi,code,severity,state,effect,unit,message,"))
    #expect(lines[1].contains(",water,not-a-number,high,open,unquantified,t,"))
    #expect(lines[1].contains(",'=cmd.csv@"))
    #expect(!lines[1].contains(",=cmd.csv@"))
    #expect(try engagement.exceptionsCSV(isMarked: true).prefix(3) == [0xEF, 0xBB, 0xBF])
  }
}
