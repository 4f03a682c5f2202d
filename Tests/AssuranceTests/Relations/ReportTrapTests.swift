import Exact
import Testing

@testable import Assurance

/// The traps that a naive checker falls into, as relations of the policy set.
@Suite("traps of the model report")
struct ReportTrapTests {
  private func result(_ id: String) throws -> RelationResult {
    try #require(RelationBookTests.results[id], "\(id)")
  }

  // T1: the scopes add up in tonnes, in the table's unit and in the text's.
  @Test("scopes add up in both scales", arguments: ["r001", "r002", "r006", "r007"])
  func scopes(_ id: String) throws { #expect(try result(id).verdict == .atFaceValue) }

  // T2: 45.9% is just possible, though point arithmetic gives 45.96%.
  @Test("a share at the edge is within rounding") func share() throws {
    let share = try result("r009")
    #expect(share.verdict == .withinRounding)
    #expect(share.roundsToReported == false)
    let common = try #require(
      share.computed?.rounded.intersection(Reach(Interval(printed: number("45.9"), decimals: 1))))
    #expect(common.low.map { $0 > Rational(45) } == true)
    #expect(try result("r010").verdict == .atFaceValue)
  }

  private func number(_ text: String) throws -> ExactDecimal { try #require(ExactDecimal(text)) }

  // T3, T4, T5: sums and splits that agree.
  @Test(
    "sums agree",
    arguments: ["r012", "r014", "r015", "r016", "r017", "r018", "r019", "r020", "r025"])
  func sums(_ id: String) throws { #expect(try result(id).verdict == .atFaceValue) }

  // T6: the donations add up; the two boundaries are not one figure.
  @Test("two boundaries under one name") func donations() throws {
    #expect(try result("r026").verdict == .atFaceValue)
    #expect(try result("r204").verdict == .impossible)
  }

  // T7: one revenue explains five intensities: RMB 560,055 to 560,475 million.
  @Test("one denominator explains five intensities") func revenue() throws {
    let common = try result("r055")
    #expect(common.verdict == .atFaceValue)
    let reach = try #require(common.computed?.rounded)
    #expect(try reach.low.map { try $0.rounded(decimals: 1).description } == "560054.8")
    #expect(try reach.high.map { try $0.rounded(decimals: 1).description } == "560474.7")
    for id in ["r050", "r051", "r052", "r053", "r054", "r061"] {
      #expect(try result(id).verdict.holds == "yes")
    }
  }

  // T8: age-weighted turnover is impossible over the printed split, possible over regular staff.
  @Test("a denominator effect is told from an error") func turnover() throws {
    #expect(try result("r082").verdict == .impossible)
    #expect(try result("r083").verdict == .atFaceValue)
    let solved = try result("r085")
    #expect(solved.verdict == .atFaceValue)
    #expect(solved.computed?.face.rounded25593 == true)
    // 19.39%, 15.61% and 15.00% are no whole parts of the printed headcounts.
    for id in ["r201", "r202", "r203"] { #expect(try result(id).verdict == .impossible) }
    #expect(try result("r088").computed?.face == Rational(1073))
  }

  // T9: both splits of training agree with the headline only within rounding.
  @Test("weighted means by interval") func training() throws {
    #expect(try result("r070").verdict == .atFaceValue)
    #expect(try result("r071").verdict == .withinRounding)
    #expect(try result("r072").verdict.holds == "yes")
    #expect(try result("r073").verdict == .withinRounding)
    #expect(try result("r075").computed?.face == Rational(67963))
    #expect(try result("r075").computed?.rounded == Reach(Rational(67963)))
  }

  // T10, T11: implied hours a head and implied factors, which nothing printed is compared with.
  @Test("implied figures are shown, not judged", arguments: ["r090", "r093", "r106", "r107"])
  func implied(_ id: String) throws {
    #expect(try result(id).verdict == .cannotTell)
    #expect(try result(id).computed != nil)
  }

  // T12: direct energy comes out with one set of heat values and densities and not with others.
  @Test("heat values and densities") func energy() throws {
    #expect(try result("r100").verdict == .withinRounding || result("r100").verdict == .atFaceValue)
    #expect(try result("r101").verdict == .impossible)
    #expect(try result("r102").verdict == .impossible)
  }

  // T13: the fuels printed leave 3 to 4 thousand tonnes of scope 1 unexplained: a query.
  @Test("known parts of a whole do not refute it") func scopeOne() throws {
    let fuels = try result("r105")
    #expect(fuels.verdict == .cannotTell)
    #expect(fuels.roundsToReported == false)
    #expect(try #require(fuels.difference) < Rational(-3000))
  }

  // T15: a purchase dated September cannot cover August.
  @Test("cut-off of green power") func cutOff() throws {
    #expect(try result("r193").verdict == .impossible)
  }

  // T16: "more than" is a bound, not a tie.
  @Test("claims with words are compared as bounds") func claims() throws {
    #expect(try result("r076").verdict == .atFaceValue)
    #expect(try result("r111").verdict == .atFaceValue)
    #expect(try result("r144").verdict == .cannotTell)
  }
}

extension Rational {
  /// Whether the number rounds to 25,593.
  fileprivate var rounded25593: Bool { (try? rounded(decimals: 0)) == ExactDecimal(25593) }
}
