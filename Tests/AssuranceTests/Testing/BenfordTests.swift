import Exact
import Foundation
import Testing

@testable import Assurance

@Suite("Benford's law")
struct BenfordTests {
  func world(_ values: [Int]) -> World {
    var world = World()
    world.bills = values.enumerated().map { "B\($0) S1 2021-03-01..2021-03-31 \($1)" }
    return world
  }

  /// Powers of 1.05 follow the law (Benford 1938): a sequence that grows by a fixed share.
  static let growing = (0..<320).map { index in
    Int(pow(1.05, Double(index)) * 10)
  }

  @Test("digits that all lead alike deviate, and the digit is named")
  func finds() throws {
    let uniform = (0..<300).map { (1 + $0 % 9) * ($0 % 4 == 0 ? 10000 : 10) + $0 % 7 }
    let found = try world(uniform).find("test: benford")
    #expect(found.map(\.code) == ["benford-deviation"])
    #expect(found.first?.message.contains("the first digits of 300 quantities deviate by") == true)
  }

  @Test("near-miss: growth, too few, too narrow")
  func nearMisses() throws {
    #expect(try world(Self.growing).find("test: benford").isEmpty)
    #expect(
      try world(Array(repeating: 7, count: 299) + [70000]).find("test: benford, count_min: 301")
        .isEmpty)
    #expect(try world((0..<400).map { 500 + $0 }).find("test: benford").isEmpty)
  }

  @Test("the expected shares are log10(1 + 1/d) to six digits and add up to one")
  func expected() {
    for digit in 1...9 {
      let share = String(format: "%.6f", log10(1 + 1 / Double(digit)))
      #expect(Benford.expected[digit - 1] == Rational(share))
    }
    #expect(Benford.expected.reduce(.zero, +) == .one)
  }

  /// Nigrini's measure by hand: 5 of 10 lead with 1, 5 with 9.
  @Test("the deviation is the mean of the nine differences")
  func deviation() {
    let (mean, worst) = Benford.deviation([5, 0, 0, 0, 0, 0, 0, 0, 5])
    // (0.5 - 0.301030) + (0.5 - 0.045757) + the rest, 0.653213, over 9.
    #expect(mean == Rational("1.306426").map { $0.divided(by: Rational(9)) })
    #expect(worst == 8)
    #expect(
      Benford.counts([ExactDecimal(-30), ExactDecimal("0.0072") ?? .zero, .zero]) == [
        0, 0, 1, 0, 0, 0, 1, 0, 0,
      ])
  }
}
