import BigInt
import Exact
import Testing

@Suite("decimals")
struct ExactDecimalTests {
  func decimal(_ text: String) throws -> ExactDecimal { try #require(ExactDecimal(text)) }

  @Test(
    "text in, canonical text out",
    arguments: [
      ("0", "0"), ("-0", "0"), ("0.000", "0"), ("+1.50", "1.5"), ("-12.340", "-12.34"),
      ("007", "7"),
      (".5", "0.5"), ("5.", "5"), ("1e3", "1000"), ("1.5E-3", "0.0015"), ("12e-1", "1.2"),
      ("100", "100"), ("0.1e1", "1"), ("0e99", "0"),
      ("99999999999999999999999999999999999999", "99999999999999999999999999999999999999"),
      ("0.00000000000000000000000000000000000001", "0.00000000000000000000000000000000000001"),
      ("1.0000000000000000000000000000000000000000000", "1"),
    ])
  func text(_ text: String, _ canonical: String) throws {
    #expect(try decimal(text).description == canonical)
    #expect(try decimal(canonical) == decimal(text))
  }

  @Test(
    "what is no number is refused whole",
    arguments: [
      "", "-", "+", ".", "-.", "e3", "1e", "1e+", "12abc", "1,234.5", "1.2.3", " 1", "1 ", "١", "１",
      "0x10", "nan", "inf", "--1", "1e99999", "1_000", "1e39",
      "999999999999999999999999999999999999999", "0.000000000000000000000000000000000000001",
    ])
  func refused(_ text: String) { #expect(ExactDecimal(text) == nil) }

  /// Against integers scaled up, which need no decimal point.
  @Test("sums, differences, products and order over all small decimals")
  func arithmetic() throws {
    for a in -25...25 {
      for b in -25...25 {
        let x = try ExactDecimal(coefficient: Int128(a), scale: 1)
        let y = try ExactDecimal(coefficient: Int128(b), scale: 2)
        #expect(try x + y == ExactDecimal(coefficient: Int128(10 * a + b), scale: 2))
        #expect(try x - y == ExactDecimal(coefficient: Int128(10 * a - b), scale: 2))
        #expect(try x * y == ExactDecimal(coefficient: Int128(a * b), scale: 3))
        #expect((x < y) == (10 * a < b))
        #expect((x == y) == (10 * a == b))
      }
    }
  }

  @Test("what binary floating point gets wrong")
  func binary() throws {
    #expect(try decimal("0.1") + decimal("0.2") == decimal("0.3"))
    var sum = ExactDecimal.zero
    for _ in 0..<1000 { sum = try sum + decimal("0.001") }
    #expect(sum == ExactDecimal(1))
  }

  @Test("beyond 128 bits is an error, never a wrong number")
  func overflow() throws {
    let large = try decimal("99999999999999999999999999999999999999")
    #expect(throws: ExactError.overflow) { try large * large }
    #expect(throws: ExactError.overflow) {
      try large + decimal("0.00000000000000000000000000000000000001")
    }
    #expect(throws: ExactError.overflow) { try ExactDecimal(coefficient: 1, scale: 39) }
    #expect(throws: ExactError.overflow) { try ExactDecimal(coefficient: 1, scale: -1) }
    #expect(try ExactDecimal(coefficient: 10, scale: 39) == ExactDecimal(coefficient: 1, scale: 38))
    // Order needs no sum.
    #expect(try decimal("0.00000000000000000000000000000000000001") < large)
  }

  @Test("equal numbers hash alike")
  func hash() throws {
    #expect(Set([try decimal("1.50"), try decimal("1.5"), try decimal("15e-1")]).count == 1)
  }

  @Test(
    "groups of three for people",
    arguments: [
      ("6201652", 0, "6,201,652"), ("-1234.5", 2, "-1,234.50"), ("999", 0, "999"),
      ("1000", 0, "1,000"),
      ("0.125", 0, "0.125"),
    ])
  func grouped(_ text: String, _ decimals: Int, _ expected: String) throws {
    #expect(try decimal(text).grouped(decimals: decimals) == expected)
  }
}
