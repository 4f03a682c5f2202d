import Testing

@testable import samples

/// The whole numbers behind the printed headcounts and rates. Rates are compared as whole numbers:
/// a share prints as `n` hundredths of a per cent if it lies in `[n - 1/2, n + 1/2)` of them.
struct WorkforceTests {
  /// Whether `part / whole` prints as so many hundredths of a per cent.
  private func prints(_ part: Int, _ whole: Int, _ hundredths: Int) -> Bool {
    20_000 * part >= (2 * hundredths - 1) * whole && 20_000 * part < (2 * hundredths + 1) * whole
  }

  private func count<Label: Equatable>(_ counts: [(Label, Int)], _ label: Label) -> Int {
    counts.first { $0.0 == label }?.1 ?? 0
  }

  @Test func headcountsAreThePrintedOnes() {
    typealias W = Workforce
    let others = W.interns + W.total(W.consultantsByAge)
    #expect(W.regularMen + W.regularWomen == 65_109)
    #expect(others == 3_117)
    #expect(W.regularMen + W.otherMen == 48_406)
    #expect(W.regularWomen + W.otherWomen == 19_820)
    #expect(
      count(W.regularByAge, .under30) + W.interns + count(W.consultantsByAge, .under30) == 28_608)
    #expect(count(W.regularByAge, .from30) + count(W.consultantsByAge, .from30) == 39_420)
    #expect(count(W.regularByAge, .over50) + count(W.consultantsByAge, .over50) == 198)
    for (region, printed) in [(W.Region.mainland, 66_906), (.hongKong, 243), (.other, 1_077)] {
      #expect(count(W.regularByRegion, region) + count(W.othersByRegion, region) == printed)
    }
    #expect(W.managingMen + W.managingWomen == 6_119)
    #expect(W.total(W.managersByAge) == 6_119)
    for total in [W.total(W.regularByAge), W.total(W.regularByRegion)] { #expect(total == 65_109) }
    #expect(W.otherMen + W.otherWomen == 3_117)
    #expect(W.total(W.othersByRegion) == 3_117)
  }

  @Test func ratesPrintAsPrinted() {
    typealias W = Workforce
    let leavers = W.leavingMen + W.leavingWomen
    #expect(W.total(W.leaversByAge) == leavers && W.total(W.leaversByRegion) == leavers)
    #expect(prints(leavers, 65_109, 1237))
    #expect(prints(W.leavingMen, W.regularMen, 1190))
    #expect(prints(W.leavingWomen, W.regularWomen, 1353))
    for (age, rate) in [(W.Age.under30, 1459), (.from30, 1089), (.over50, 1939)] {
      #expect(prints(count(W.leaversByAge, age), count(W.regularByAge, age), rate))
    }
    for (region, rate) in [(W.Region.mainland, 1232), (.hongKong, 1561), (.other, 1500)] {
      #expect(prints(count(W.leaversByRegion, region), count(W.regularByRegion, region), rate))
    }
  }

  /// 15.00 % can be made of no headcount in other countries between 1,074 and the printed 1,077:
  /// the turnover rates do divide by regular employees.
  @Test func interdependenceOfTheSmallGroups() {
    for whole in 1_074...1_077 {
      #expect(!(0...whole).contains { prints($0, whole, 1500) }, "\(whole)")
    }
    #expect(prints(161, 1_073, 1500))
  }

  @Test func trainingPrintsAsPrinted() {
    typealias G = Workforce.TrainingGroup
    func sum(_ isIn: (G) -> Bool, _ value: (G) -> Int) -> Int {
      Workforce.training.filter(isIn).map(value).reduce(0, +)
    }
    let groups: [((G) -> Bool, Int, Int, Int)] = [
      ({ $0.isMale }, 48_406, 9963, 3968), ({ !$0.isMale }, 19_820, 9959, 4412),
      ({ $0.isManager }, 6_119, 9979, 5552), ({ !$0.isManager }, 62_107, 9960, 3953),
    ]
    for (isIn, people, share, hours) in groups {
      #expect(prints(people - sum(isIn) { $0.untrained }, people, share))
      // Hundredths of an hour a head: half hours times 50 over people.
      let halves = sum(isIn) { $0.halfHours }
      #expect(100 * halves >= (2 * hours - 1) * people && 100 * halves < (2 * hours + 1) * people)
    }
    #expect(68_226 - Workforce.training.map(\.untrained).reduce(0, +) == 67_963)
  }

  @Test func everybodyIsDealtOut() {
    var chance = Report.chance(10)
    let people = Workforce.people(&chance)
    #expect(people.count { $0.isAtEnd } == 68_226)
    #expect(people.count { $0.isAtEnd && $0.isManager } == 6_119)
    #expect(people.count { $0.isAtEnd && $0.kind == .regular } == 65_109)
    #expect(people.count { !$0.isAtEnd && $0.kind == .regular && $0.reason != "其他" } == 8_056)
    #expect(Set(people.map(\.number)).count == people.count)
    // Turned thirty or fifty-one by the year's last day, or not: by the calendar, not the label.
    let (thirty, fiftyOne) = (Date.last(1991, 12), Date.last(1970, 12))
    let present = people.filter(\.isAtEnd)
    #expect(present.count { $0.birth > thirty } == 28_608)
    #expect(present.count { $0.birth <= fiftyOne } == 198)
    #expect(people.allSatisfy { $0.joined <= ($0.left ?? Date.last(2021, 12)) })
    #expect(people.allSatisfy { $0.birth.year + 17 < $0.joined.year })
  }
}
