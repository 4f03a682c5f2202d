import Assurance
import Exact
import Foundation
import Testing

@testable import Workbench

/// The whole engagement looked at in one go: records, printed figures, and what was not looked at.
@Suite struct CheckAllTests {
  private func codes(_ facts: [ExceptionFacts]) -> [String] {
    facts.map { "\($0.exception.kpi) \($0.exception.code) \($0.exception.effect.text)" }
  }

  @Test func nothingAtAllIsRefused() throws {
    let made = try SitesEngagement.make()
    #expect(MadeEngagement.code { _ = try made.open().checkAll() } == "nothing-to-check")
  }

  /// What is kept between figures changes nothing of what is found.
  @Test func allTogetherAsOneByOne() throws {
    let made = try SitesEngagement.taken()
    let engagement = try made.open()
    let outcome = try engagement.checkAll()
    #expect(outcome.checked == ["water", "all-water"])
    #expect(outcome.unchecked.map(\.kpi) == [])
    #expect(
      codes(outcome.exceptions)
        == [
          "water large-bill unquantified", "water duplicate-key none",
          "all-water of-others unquantified", "all-water of-others unquantified",
          "all-water of-others unquantified",
        ].sortedAsFound(outcome.exceptions.map(\.exception)))
    var single: [ExceptionFacts] = []
    for name in outcome.checked { single += try engagement.check(kpi: name) }
    #expect(Set(codes(single)) == Set(codes(outcome.exceptions)))
  }

  /// 230 t are what water comes to; 730 t are printed, which is all water.
  @Test func aMixUpIsCalledByItsName() throws {
    let made = try SitesEngagement.taken()
    try MadeEngagement.write(
      "kpi,printed,unit,place,note\nwater,730,t,page 1,\nheat,575,MJ,page 2,\n",
      to: made.path + "/reported.csv")
    let found = try made.open().checkAll().exceptions
    let outside = found.filter { $0.exception.code == "figure-outside" }.map(\.exception)
    // Computed less printed: 230 - 730, and 230 x 2 - 575.
    #expect(outside.map(\.kpi) == ["water", "heat"])
    #expect(outside.map(\.effect.text) == ["-500", "-115"])
    let mixed = found.filter { $0.exception.code == "figure-mix-up" }.map(\.exception)
    #expect(mixed.map(\.subject) == ["water all-water", "heat heat-old"])
    #expect(mixed.first?.message.contains("sites of others are in it") == true)
  }

  @Test func whatAgreesIsNoMixUp() throws {
    let made = try SitesEngagement.taken()
    try MadeEngagement.write(
      "kpi,printed,unit,place,note\nwater,230,t,page 1,\nheat,460,MJ,page 2,\n",
      to: made.path + "/reported.csv")
    let found = try made.open().checkAll().exceptions.map(\.exception.code)
    #expect(!found.contains("figure-mix-up") && !found.contains("figure-outside"))
  }
}

extension [String] {
  /// The same words in the order of the exceptions; what is not among them stays at the end.
  fileprivate func sortedAsFound(_ found: [Assurance.Exception]) -> [String] {
    var rest = self
    var sorted: [String] = []
    for exception in found {
      let words = "\(exception.kpi) \(exception.code) \(exception.effect.text)"
      if let index = rest.firstIndex(of: words) { sorted.append(rest.remove(at: index)) }
    }
    return sorted + rest
  }
}
