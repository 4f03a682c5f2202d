import Exact
import Testing

@Suite("intervals")
struct IntervalTests {
  func rational(_ text: String) throws -> Rational { try #require(Rational(text)) }
  func interval(_ low: String, _ high: String) throws -> Interval {
    Interval(try rational(low), try rational(high))
  }

  @Test(
    "what a printed figure can have been, both ends included",
    arguments: [
      ("11.07", 2, "11.065", "11.075"), ("6201652", 0, "6201651.5", "6201652.5"),
      ("1200", -2, "1150", "1250"), ("-3", 0, "-3.5", "-2.5"), ("0", 1, "-0.05", "0.05"),
    ])
  func printed(_ figure: String, _ decimals: Int, _ low: String, _ high: String) throws {
    let printed = try Interval(printed: try #require(ExactDecimal(figure)), decimals: decimals)
    let expected = try interval(low, high)
    #expect(printed == expected)
    #expect(printed.contains(expected.low) && printed.contains(expected.high))
  }

  @Test("too many decimals are refused")
  func decimals() {
    #expect(throws: ExactError.overflow) { try Interval(printed: .zero, decimals: 39) }
    #expect(throws: ExactError.overflow) { try Interval(printed: .zero, decimals: -39) }
  }

  @Test("arithmetic holds every result of points inside, and its ends are reached")
  func arithmetic() throws {
    for a in -2...2 {
      for b in a...2 {
        for c in -2...2 {
          for d in c...2 { try check(a...b, c...d) }
        }
      }
    }
  }

  /// Against all results of whole points: the ends of an interval are among its whole points.
  private func check(_ x: ClosedRange<Int>, _ y: ClosedRange<Int>) throws {
    let a = Interval(Rational(x.lowerBound), Rational(x.upperBound))
    let b = Interval(Rational(y.lowerBound), Rational(y.upperBound))
    let pairs = x.flatMap { p in y.map { (Rational(p), Rational($0)) } }
    func hull(_ values: [Rational]) -> Interval? {
      guard let low = values.min(), let high = values.max() else { return nil }
      return Interval(low, high)
    }
    #expect(hull(pairs.map { $0 + $1 }) == a + b)
    #expect(hull(pairs.map { $0 - $1 }) == a - b)
    #expect(hull(pairs.map { $0 * $1 }) == a * b)
    if y.contains(0) {
      #expect(throws: ExactError.divisionByZero) { try a / b }
    } else {
      let quotient = try a / b
      #expect(hull(try pairs.map { try $0 / $1 }) == quotient)
    }
    #expect(a.overlaps(b) == x.overlaps(y))
    #expect((a.intersection(b) != nil) == x.overlaps(y))
  }
}
