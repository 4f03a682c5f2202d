import BigInt
import Exact
import Testing

@Suite("fractions")
struct RationalTests {
  func rational(_ text: String) throws -> Rational { try #require(Rational(text)) }

  @Test("lowest terms, positive denominator, one text")
  func form() throws {
    #expect(try Rational(6, over: -4) == Rational(-3, over: 2))
    #expect(try Rational(6, over: -4).denominator == 2)
    #expect(try Rational(1, over: 3).description == "1/3")
    #expect(try Rational(-7, over: 8).description == "-0.875")
    #expect(try rational("0.1/0.3").description == "1/3")
    #expect(Rational("1/0") == nil)
    #expect(Rational("1/2/3") == nil)
    #expect(Rational("x") == nil)
    #expect(throws: ExactError.divisionByZero) { try Rational(1, over: 0) }
    #expect(throws: ExactError.divisionByZero) { try Rational(1) / Rational(0) }
  }

  @Test("text goes round for all small fractions")
  func round() throws {
    for top in -20...20 {
      for bottom in 1...20 {
        let value = try Rational(BigInt(top), over: BigInt(bottom))
        #expect(Rational(value.description) == value)
      }
    }
  }

  /// Ties and neighbours of each rule; IEEE 754-2008, section 4.3 names the same four.
  @Test(
    "rounding",
    arguments: [
      ("2.5", 0, "3", "2", "2", "3"), ("3.5", 0, "4", "4", "3", "4"),
      ("-2.5", 0, "-3", "-2", "-3", "-2"), ("-3.5", 0, "-4", "-4", "-4", "-3"),
      ("0.125", 2, "0.13", "0.12", "0.12", "0.13"), ("1/3", 2, "0.33", "0.33", "0.33", "0.34"),
      ("-1/3", 2, "-0.33", "-0.33", "-0.34", "-0.33"), ("2/3", 0, "1", "1", "0", "1"),
      ("0.5", 0, "1", "0", "0", "1"), ("-0.5", 0, "-1", "0", "-1", "0"),
      ("7", 3, "7", "7", "7", "7"),
    ])
  func rounding(
    _ text: String, _ decimals: Int, _ away: String, _ even: String, _ down: String, _ up: String
  ) throws {
    let value = try rational(text)
    let rules: [(RoundingRule, String)] = [
      (.halfAwayFromZero, away), (.halfToEven, even), (.down, down), (.up, up),
    ]
    for (rule, expected) in rules {
      let rounded = try value.rounded(decimals: decimals, rule)
      #expect(rounded.description == expected, "\(text) \(rule)")
    }
  }

  @Test("a fraction has a decimal if only twos and fives divide its denominator")
  func decimal() throws {
    for bottom in 1...200 {
      var rest = bottom
      while rest % 2 == 0 { rest /= 2 }
      while rest % 5 == 0 { rest /= 5 }
      let value = try Rational(1, over: BigInt(bottom))
      #expect((value.decimal != nil) == (rest == 1), "1/\(bottom)")
      if let decimal = value.decimal { #expect(Rational(decimal) == value) }
    }
  }

  @Test("beyond 128 bits fractions go on, decimals say so")
  func large() throws {
    let huge = try Rational(BigInt(10).power(60), over: 1)
    #expect(huge.decimal == nil)
    #expect(throws: ExactError.overflow) { try huge.rounded(decimals: 0) }
    #expect(try huge / huge == .one)
  }

  @Test("order and floor agree with those of whole numbers scaled up")
  func order() throws {
    for top in -9...9 {
      for bottom in 1...4 {
        let value = try Rational(BigInt(top), over: BigInt(bottom))
        let floor = top >= 0 ? top / bottom : -((-top + bottom - 1) / bottom)
        #expect(value.floor == BigInt(floor))
        #expect(value.ceiling == BigInt(floor * bottom == top ? floor : floor + 1))
        for other in -9...9 {
          let right = try Rational(BigInt(other), over: 3)
          #expect((value < right) == (top * 3 < other * bottom))
        }
      }
    }
  }
}
