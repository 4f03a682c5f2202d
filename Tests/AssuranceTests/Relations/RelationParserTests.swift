import Exact
import Testing

@testable import Assurance

@Suite("relations, read and tried")
struct RelationParserTests {
  private func result(
    _ expression: String, _ figures: [(String, String, String, String)] = []
  ) throws -> RelationResult {
    var csv = "id,number_printed,value,unit,qualifier\n"
    for (name, printed, unit, words) in figures {
      csv += "\(name),\"\(printed)\",\(printed.filter { $0 != "," }),\(unit),\(words)\n"
    }
    var book = FigureBook(year: 2021)
    try book.add(csv: csv, file: "figures")
    let relation = try Relation.read(
      csv: "id,expression\nr1,\"\(expression)\"\n", file: "relations")
    return try #require(RelationBook(relation, figures: book).results().first)
  }

  @Test(
    "text that is no relation is refused",
    arguments: [
      "[a", "[a] +", "1 = ", "count(lines x)", "intersection of", "[a] # [b]", "(1", "whole 5",
      "solve x : x", "[]", "1 2",
    ])
  func refused(_ text: String) {
    #expect(throws: AssureError("relation-syntax", "")) {
      try RelationParser.parse(text, place: "test")
    }
  }

  @Test("precedence and parentheses") func precedence() throws {
    #expect(try result("2 + 3 * 4 - 6 / 3 = 12").verdict == .atFaceValue)
    #expect(try result("(2 + 3) * -4 = -20").verdict == .atFaceValue)
    #expect(try result("10 / 4 = 2.5").verdict == .atFaceValue)
  }

  @Test("division by zero cannot be told") func zero() throws {
    let zero = try result("[a] / [b] = 1", [("a", "1", "t", ""), ("b", "0", "{x}", "")])
    #expect(zero.verdict == .cannotTell)
    #expect(zero.reason == "the divisor is zero")
  }

  @Test("a figure that is not printed cannot be told") func missing() throws {
    #expect(try result("[a] = 1").verdict == .cannotTell)
  }

  @Test("a figure that stands twice is one figure") func repeated() throws {
    // x / (x + y) with x in [9.5, 10.5], y in [89.5, 90.5]: 9.5/100 to 10.5/100, and not
    // 9.5/101 to 10.5/99.
    let share = try result("[x] / ([x] + [y])", [("x", "10", "t", ""), ("y", "90", "t", "")])
    let low = try #require(Rational("9.5/100"))
    let high = try #require(Rational("10.5/100"))
    #expect(share.computed?.rounded == Reach(low: low, high: high))
  }

  @Test("whole counts are exact and measured amounts are not") func exactness() throws {
    let figures = [("n", "10", "{person}", ""), ("m", "10.0", "t", "")]
    #expect(try result("[n] + 0.04 = 10", figures).verdict == .impossible)
    #expect(try result("[m] + 0.04 = 10", figures).verdict == .withinRounding)
    #expect(try result("[m] + 0.06 = 10", figures).verdict == .impossible)
  }

  @Test("half a unit goes away from zero") func ties() throws {
    let figures = [("a", "2", "t", ""), ("b", "3", "t", "")]
    #expect(try result("2.5 = [b]", figures).roundsToReported == true)
    #expect(try result("2.5 = [a]", figures).roundsToReported == false)
    #expect(try result("2.5 = [a]", figures).verdict == .withinRounding)
  }

  @Test("words beside a figure leave a tie open on one side") func claims() throws {
    let figures = [("a", "300", "{x}", "餘"), ("b", "260", "{x}", "餘"), ("c", "310", "{x}", "")]
    #expect(try result("[b] >= [a]", figures).verdict == .cannotTell)
    #expect(try result("[c] = [a]", figures).verdict == .withinRounding)
    #expect(try result("[a] = [c]", figures).verdict == .cannotTell)
    #expect(try result("250 = [b]", figures).verdict == .impossible)
  }

  @Test("dates are as wide as they are written") func dates() throws {
    #expect(try result("2022-01 <= 2021-12").verdict == .impossible)
    #expect(try result("2021-12 <= 2021-12-01").verdict == .atFaceValue)
    #expect(try result("2021-03 >= 2021-12").verdict == .impossible)
  }

  @Test("a circle of relations has no value") func circle() throws {
    let relations = try Relation.read(csv: "id,expression\nr1,r2 + 1\nr2,r1 + 1\n", file: "r")
    let results = RelationBook(relations, figures: FigureBook(year: 2021)).results()
    #expect(results.map(\.verdict) == [.cannotTell, .cannotTell])
  }

  @Test("a relation stands once") func twice() {
    #expect(throws: AssureError("relation-twice", "")) {
      try Relation.read(csv: "id,expression\nr1,1\nr1,2\n", file: "r")
    }
  }
}

@Suite("whole numbers behind shares")
struct WholeNumberTests {
  /// Compared with trying every count, for all bases up to 24 and all shares of two digits.
  @Test("counts agree with trying each") func slow() throws {
    for base in 1...24 {
      for percent in stride(from: 0, through: 100, by: 1) {
        let share = Interval(
          try #require(Rational("\(2 * percent - 1)/200")),
          try #require(Rational("\(2 * percent + 1)/200")))
        let tried = try (0...base).filter { share.contains(try Rational($0) / Rational(base)) }
        let found = WholeNumbers.counts(share: share, of: Rational(base))
        #expect(found.map { Array($0).map(Int.init) } ?? [] == tried)
      }
    }
  }
}
