import Exact
import Foundation
import Testing

@testable import Ingest

@Suite struct FormulaTests {
  private func parse(
    _ text: String, _ syntax: FormulaSyntax = .a1, row: Int = 5, column: Int = 4
  ) -> Formula? {
    FormulaParser.parse(text, syntax: syntax, row: row, column: column)
  }

  /// The same formula in three ways of writing, seen from D5.
  @Test(arguments: [
    ("SUM(A1:A4)", "=SUM(R[-4]C[-3]:R[-1]C[-3])", "of:=SUM([.A1:.A4])"),
    ("B5*C5", "=RC[-2]*RC[-1]", "of:=[.B5]*[.C5]"),
    ("$B$1+C$2-$A3", "=R1C2+R2C[-1]-R[-2]C1", "of:=[.$B$1]+[.C$2]-[.$A3]"),
    (
      "IF(A1>=2,\"a\"\"b\",Sheet2!B3)", "=IF(R[-4]C[-3]>=2,\"a\"\"b\",Sheet2!R[-2]C[-2])",
      "of:=IF([.A1]>=2;\"a\"\"b\";[$Sheet2.B3])"
    ),
    ("'It''s'!A1%^2", "='It''s'!R[-4]C[-3]%^2", "of:=['It''s'.A1]%^2"),
    ("-A1&\"x\"<>TRUE", "=-R[-4]C[-3]&\"x\"<>TRUE", "of:=-[.A1]&\"x\"<>TRUE"),
    ("ROUND(1.5E+2,-1)", "=ROUND(1.5E+2,-1)", "of:=ROUND(1.5E+2;-1)"),
    ("IF(A1,,2)", "=IF(R[-4]C[-3],,2)", "of:=IF([.A1];;2)"),
    ("_xlfn.CONCAT(A1,B1)", "=CONCAT(R[-4]C[-3],R[-4]C[-2])", "of:=CONCAT([.A1];[.B1])"),
  ]) func oneTree(texts: (String, String, String)) throws {
    let first = try #require(parse(texts.0))
    #expect(parse(texts.1, .r1c1) == first)
    #expect(parse(texts.2, .openFormula) == first)
  }

  @Test func copiesAreEqual() {
    #expect(parse("B5*C5", row: 5) == parse("B9*C9", row: 9))
    #expect(parse("B5*C5", row: 5) != parse("B5*C5", row: 9))
    #expect(parse("SUM(B:B)", row: 5) == parse("SUM(B:B)", row: 9))
  }

  @Test func readAndNotComputed() {
    #expect(parse("[1]Rates!A1") == .external("1"))
    #expect(parse("'[Book 2.xls]S'!R1C1", .r1c1) == .external("Book 2.xls"))
    #expect(parse("of:=['file:///x.ods'#$S.A1]", .openFormula) == .external("file:///x.ods"))
    for text in [
      "Table1[[#This Row],[a]]", "SUM((A1,B2))", "{1,2;3,\"}\"}", "A1:INDEX(A:A,3)", "A1:B2 B1:C3",
      "Sheet1:Sheet3!A1", "@A1", "A1#",
    ] {
      var isUnsupported = false
      parse(text)?.visit { if case .unsupported = $0 { isUnsupported = true } }
      #expect(isUnsupported, "\(text)")
    }
    #expect(parse("of:=[.#REF!]", .openFormula) == .error("#REF!"))
    #expect(parse("A1+#REF!") != nil)
    #expect(parse("LOG10(A1)") == .call("LOG10", [parse("A1") ?? .missing]))
  }

  @Test(arguments: [
    "", "SUM(", "A1+", "1+*2", "\"open", "A1)", "((A1)", "SUM(A1;B1)", "A1 B", "[1]!",
  ])
  func refused(text: String) {
    let tree = parse(text)
    var isUnsupported = tree == nil
    tree?.visit { if case .unsupported = $0 { isUnsupported = true } }
    #expect(isUnsupported, "\(text)")
  }

  @Test func boundsOfDepthAndLength() {
    #expect(
      parse(String(repeating: "(", count: 90) + "1" + String(repeating: ")", count: 90)) != nil)
    #expect(
      parse(String(repeating: "(", count: 101) + "1" + String(repeating: ")", count: 101)) == nil)
    #expect(parse(String(repeating: "-", count: 20_000) + "1") != nil)
    for (piece, last) in [("@", "A1"), ("A1:", "A1"), ("A1 ", "A1"), ("A:", "A")] {
      #expect(parse(String(repeating: piece, count: 2_000) + last) == nil, "\(piece)")
    }
    // A long chain is a list, not a deep tree.
    #expect(parse("1" + String(repeating: "+1", count: 8_000)) != nil)
    #expect(parse("1" + String(repeating: "+1", count: 20_000)) == nil)
  }

  /// Every beginning of a formula is read or refused, never a trap.
  @Test func everyTruncation() {
    let whole = "IF(AND('It''s'!$A$1:B2>=1.5E+3,[1]S!A1<>\"x\"),SUM(R[-1]C:RC[2])%^-2,{1,2})&#N/A"
    for syntax in [FormulaSyntax.a1, .r1c1, .openFormula] {
      for end in whole.indices {
        _ = parse(String(whole[..<end]), syntax)
        _ = parse(String(whole[end...]), syntax)
      }
    }
  }

  @Test func slackBounds() throws {
    let third = try Rational(1) / Rational(3)
    #expect(Slack(bounding: third).covers(third))
    #expect(!Slack(bounding: third).covers(try Rational(34) / Rational(100)))
    for text in ["0.1", "123456789012345678901234567890", "1e-30", "7", "0.000999"] {
      let value = try #require(ExactDecimal(text))
      let bound = Slack(bounding: value)
      #expect(bound.covers(Rational(value)), "\(text)")
      #expect(!bound.covers(Rational(value) * (try Rational(1001) / Rational(1000))), "\(text)")
      #expect((bound + bound).covers(Rational(value) * Rational(2)))
      #expect((bound * bound).covers(Rational(value) * Rational(value)))
    }
  }

  /// Serial numbers as ECMA-376 part 1, 18.17.4.1 and spreadsheets give them.
  @Test(arguments: [
    ("1900-03-01", 61), ("2000-01-01", 36526), ("2021-12-31", 44561), ("9999-12-31", 2_958_465),
  ])
  func serials(day: (String, Int)) {
    var text = day.0
    #expect(text.withUTF8 { SerialDay.number(of: $0) } == day.1)
  }

  @Test func numbersAsPeopleRead() {
    for (text, isNumber) in [
      ("12.5", true), ("-3", true), ("1,234.50", true), (" 7 ", true), ("50%", true), ("１２", true),
      ("0.5", true), ("0", true), ("007", false), ("12a", false), ("1,23", false),
      ("2021-01-01", false),
      ("1.2.3", false), ("-", false), ("", false), ("1234,567", false),
    ] {
      var text = text
      #expect(text.withUTF8 { NumericText.matches($0) } == isNumber, "\(text)")
    }
  }

  @Test func unitsInHeaders() {
    for (header, unit) in [
      ("用水量 (m³)", "m³"), ("Usage (kWh)", "kWh"), ("Usage_kWh", "kWh"), ("用电量（度）", "度"),
      ("用水量/噸", "噸"), ("Volume m3", "m3"), ("Month", nil), ("Site (name)", nil), ("Price", nil),
      ("Cost (HKD)", "HKD"),
    ] as [(String, String?)] {
      #expect(HeaderUnit.find(in: header) == unit, "\(header)")
    }
  }
}
