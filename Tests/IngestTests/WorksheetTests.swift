import Assurance
import Exact
import Foundation
import Ingest
import Testing

@Suite struct WorksheetTests {
  static let identity = WorksheetIdentity(
    engagement: "acme-2021", kpi: "water-consumption", round: 1,
    planDigest: String(repeating: "a", count: 64),
    populationDigest: String(repeating: "b", count: 64),
    drawDigest: String(repeating: "c", count: 64), seed: "4 2 6 1 擲骰")
  static let content = WorksheetContent(
    identity: identity, labelHeaders: ["Site 地點", "Month 月份"],
    items: [
      WorksheetItem(
        key: "HK01/2021-01", labels: ["HK01", "2021-01"], recorded: "1234.5", unit: "t",
        locator: "w.xml@aaaaaaaaaaaa#Data!C2"),
      WorksheetItem(
        key: "=1+1", labels: ["=cmd|' /C calc'!A0", "@x"], recorded: "0.1234567890123456789",
        unit: "t", locator: "w.xml@aaaaaaaaaaaa#Data!C3"),
      WorksheetItem(
        key: "HK03/2021-03", labels: ["三", "2021-03"], recorded: "-7", unit: "t",
        locator: "w.xml@aaaaaaaaaaaa#Data!C4"),
    ])

  private func written() throws -> (path: String, keeper: TemporaryFile) {
    let keeper = try TemporaryFile("keep", "x")
    let path = URL(filePath: keeper.path).deletingLastPathComponent().appending(path: "out.xlsx")
      .path
    try Self.content.write(to: path, created: 1_640_995_200)
    return (path, keeper)
  }

  @Test func sameContentSameBytes() throws {
    let first = try written()
    let second = try written()
    let a = try Data(contentsOf: URL(filePath: first.path))
    #expect(try a == Data(contentsOf: URL(filePath: second.path)))
  }

  @Test func comesBackAsItWentOut() throws {
    let (path, keeper) = try written()
    let back = try withExtendedLifetime(keeper) {
      try WorksheetReturn.read(SourceFile.open(path: path), expecting: Self.identity)
    }
    #expect(back.identity == Self.identity)
    #expect(back.rows.map(\.key) == ["HK01/2021-01", "=1+1", "HK03/2021-03"])
    #expect(back.rows.map(\.recorded) == ["1234.5", "0.1234567890123456789", "-7"])
    #expect(back.rows.allSatisfy { $0.outcome == nil })
    #expect(back.problems.isEmpty)
  }

  /// Text from a source is never a live formula (CSV injection payloads in the labels).
  @Test func textIsNeverAFormula() throws {
    let (path, keeper) = try written()
    let tables = try withExtendedLifetime(keeper) {
      try TableSummary.read(SourceFile.open(path: path))
    }
    #expect(tables.map(\.formulas) == [0, 0])
  }

  @Test func anotherRoundIsRefused() throws {
    let (path, keeper) = try written()
    var other = Self.identity
    other.round = 2
    withExtendedLifetime(keeper) {
      #expect(
        code { _ = try WorksheetReturn.read(SourceFile.open(path: path), expecting: other) }
          == "worksheet-other-identity")
    }
  }

  /// Filled in and saved by openpyxl 3.1.5, which drops what it does not know.
  @Test func filledInByAnotherProgram() throws {
    let file = try SourceFile.open(
      path: Corpus.fixtures.appending(path: "worksheet-filled-openpyxl.xlsx").path)
    let back = try WorksheetReturn.read(file, expecting: Self.identity)
    #expect(back.rows.map(\.outcome) == [.misstated, .agreed, .notSupportable])
    #expect(back.rows.map(\.audited) == [ExactDecimal("1200.25"), nil, nil])
    #expect(back.rows[0].reason == "bill shows less")
    #expect(back.rows[0].evidence == "INV-7")
    #expect(back.rows[0].tester == "陳大文")
    #expect(back.rows.map { $0.tested?.description } == ["2022-01-31", "2022-02-01", nil])
    #expect(back.rows[0].cells["audited"]?.suffix == "!H2")
    #expect(
      back.problems.map { "\($0.code) \($0.locator.suffix)" } == [
        "missing-reason !I4", "missing-tester !K4", "not-a-date !L4",
      ])
  }

  @Test func changedStructureIsRefused() throws {
    let head = WorksheetTests.flat(mark: "assure worksheet 1", drop: "Result 結果")
    for (text, expected) in [
      (head, "worksheet-header-changed"),
      (Self.flat(mark: "something else", drop: ""), "worksheet-not-ours"),
      (spreadsheet([("Items", [["a"]])]), "worksheet-sheet-missing"),
      (spreadsheet([("Sheet1", [["a"]])]), "worksheet-not-ours"),
    ] {
      let file = try TemporaryFile("w.xml", text)
      #expect(code { _ = try WorksheetReturn.read(file.open()) } == expected)
    }
  }

  /// Typed as text, words in Chinese, rows sorted, one key twice.
  @Test func valuesTypedAsText() throws {
    let text = Self.flat(
      mark: "assure worksheet 1", drop: "",
      rows: [
        ["K2", "", "5", "t", "x", "錯報", "１，２００．５", "單據", "INV", "Lee", "2022年1月5日"],
        ["K1", "", "5", "t", "x", "AGREED ", "", "", "", "Lee", "5/1/2022"],
        ["K1", "", "5", "t", "x", "maybe", "", "", "", "", ""],
        ["K3", "", "5", "t", "x", "", "", "", "", "Lee", ""],
        ["K4", "", "5", "t", "x", "agreed", "6", "", "", "Lee", ""],
      ])
    let file = try TemporaryFile("w.xml", text)
    let back = try WorksheetReturn.read(file.open())
    #expect(back.rows.map(\.outcome) == [.misstated, .agreed, nil, nil, .agreed])
    #expect(back.rows[0].audited == ExactDecimal("1200.5"))
    #expect(back.rows[0].tested?.description == "2022-01-05")
    #expect(
      back.problems.map(\.code) == [
        "not-a-date", "duplicate-key", "unknown-result", "result-missing", "needless-audited-value",
      ])
  }

  /// A worksheet as SpreadsheetML, with one header left out.
  static func flat(mark: String, drop: String, rows: [[String]] = []) -> String {
    let headers = [
      "Key 編號", "Site", "Recorded value 記錄值", "Unit 單位", "Source 來源", "Result 結果",
      "Audited value 審定值", "Reason 原因", "Evidence 憑證", "Tester 測試人", "Date tested 測試日期",
    ].map { $0 == drop ? "Other" : $0 }
    let lines = [
      ["engagement", "acme-2021"], ["kpi", "water"], ["round", "1"], ["plan digest", "aa"],
      ["population digest", "bb"], ["draw digest", "cc"], ["seed", "s"],
    ]
    return spreadsheet([("Items", [headers] + rows), ("Identity", [[mark]] + lines)])
  }
}
