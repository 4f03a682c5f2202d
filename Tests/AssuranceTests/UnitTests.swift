import Exact
import Testing

@testable import Assurance

@Suite("units")
struct UnitTests {
  /// BIPM, The International System of Units (9th ed., 2019), tables 7 and 8; the Btu by ISO 31-4;
  /// powers of ten as 萬, 百萬 and 億 are.
  @Test(
    "known conversions",
    arguments: [
      ("t", "kg", "1000"), ("kg", "g", "1000"), ("Mg", "t", "1"), ("m3", "L", "1000"),
      ("kW.h", "J", "3600000"), ("kWh", "MJ", "3.6"), ("MWh", "GJ", "3.6"),
      ("MBtu", "kJ", "1055055.85262"),
      ("10*4.t", "t", "10000"), ("10*6.CNY", "CNY", "1000000"), ("10*8.CNY", "10*6.CNY", "100"),
      ("d", "h", "24"), ("W.h", "Wh", "1"), ("%", "1", "0.01"),
      ("t/(10*6.CNY)", "kg/(10*3.CNY)", "1"),
      ("{injury}/(10*6.h)", "{injury}/(10*3.h)", "0.001"), ("kW.d", "kW.h", "24"),
      ("t/(t/kg)", "kg", "1"), ("t/t/t", "1/t", "1"),
    ])
  func conversions(_ from: String, _ to: String, _ factor: String) throws {
    let a = try #require(Unit(from))
    let b = try #require(Unit(to))
    #expect(a.factor(to: b) == Rational(factor))
    #expect(b.factor(to: a) == (try Rational.one / (try #require(Rational(factor)))))
  }

  @Test(
    "different things do not convert",
    arguments: [
      ("t", "m3"), ("kWh", "kW"), ("{person}", "{visit}"), ("{person}", "1"), ("CNY", "HKD"),
      ("t", "t{CO2e}"), ("t/h", "t"), ("m2", "m3"),
    ])
  func different(_ from: String, _ to: String) throws {
    #expect(try #require(Unit(from)).factor(to: try #require(Unit(to))) == nil)
  }

  @Test(
    "what is no code is refused",
    arguments: [
      "", "tonne", "噸", "t.", "/t", "t//kg", "(t", "t)", "{}", "{person", "10*", "10*19", "10*-3",
      "kt ",
      "t kg", "kt", "mm3", "10*6{CNY}", "..", "kk", "%%", "t.t)",
      String(repeating: "(", count: 101) + "t" + String(repeating: ")", count: 101),
    ])
  func refused(_ code: String) { #expect(Unit(code) == nil) }

  @Test("equal by what they measure, printed as written")
  func equality() throws {
    #expect(Unit("Mg") == Unit("t"))
    #expect(Unit("Mg")?.code == "Mg")
    #expect(Unit("t/(10*6.CNY)")?.hashValue == Unit("Mg/(10*6.CNY)")?.hashValue)
    #expect(Unit("t") != Unit("kg"))
    let quotient = try #require(Unit("t")) / #require(Unit("10*6.CNY"))
    #expect(quotient == Unit("t/(10*6.CNY)"))
    #expect(quotient.code == "t/(10*6.CNY)")
    #expect(Unit(quotient.code) == quotient)
  }
}
