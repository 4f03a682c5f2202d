import Assurance
import Exact
import Foundation
import Testing

@testable import Workbench

/// A file that is sent again: nothing counts twice, nothing is lost, and what rests on the earlier
/// version is named.
@Suite struct RedeliveryTests {
  private let made: MadeEngagement
  private let first = ["1,2021-01-01,50,a", "2,2021-01-02,40,a", "3,2021-01-03,30,a"]
  /// 2 is corrected, 3 is gone, 4 is new.
  private let second = ["1,2021-01-01,50,a", "2,2021-01-02,45,b", "4,2021-01-04,7,a"]

  init() throws {
    made = try MadeEngagement()
    try made.setMateriality()
  }

  private func figure() throws -> String? {
    try made.open().reconcile(kpi: "water").first?.computedText
  }

  private func code(_ body: () throws -> Void) -> String { MadeEngagement.code(body) }

  // MARK: recognised

  @Test func theSameNameWithKnownKeysIsRefused() throws {
    _ = try made.deliver(first)
    #expect(code { _ = try made.deliver(second) } == "redelivery-undeclared")
    #expect(try figure() == "120")
    #expect(try made.open().sources().count == 1)
    let kept = try FileManager.default.contentsOfDirectory(atPath: made.path + "/.assure/sources")
    #expect(kept.count == 1, "the copy of a refused file is taken back")
  }

  @Test func theRefusalOffersBothWays() throws {
    _ = try made.deliver(first)
    do { _ = try made.deliver(second) } catch let error as AssureError {
      #expect(error.remedy.contains("--replaces"))
      #expect(error.remedy.contains("--adds"))
      #expect(error.reason.contains("2 of its 3 keys"))
    }
  }

  @Test func theSameNameWithOtherKeysIsAnotherFile() throws {
    _ = try made.deliver(first)
    _ = try made.deliver(["4,2021-01-04,7,a"])
    #expect(try figure() == "127")
  }

  @Test func adds() throws {
    _ = try made.deliver(first)
    _ = try made.deliver(second, as: .addition)
    #expect(try figure() == "222")
  }

  /// One bill in two files is a duplicate for `check`, not a re-delivery; half of the keys is.
  @Test func anotherNameIsTakenInAndSaid() throws {
    _ = try made.deliver(first)
    let few = ["1,2021-01-01,50,a", "8,2021-01-04,1,a", "9,2021-01-04,1,a"]
    #expect(try made.deliver(few, file: "other.csv").shared.isEmpty)
    let outcome = try made.deliver(second, file: "bills (1).csv")
    #expect(outcome.shared.map(\.shared) == [2])
    #expect(outcome.shared.map(\.all) == [3])
  }

  // MARK: replaced

  @Test func changesAreShownByKey() throws {
    _ = try made.deliver(first)
    let outcome = try made.deliver(second, as: .replacement(of: ["bills.csv"], whole: false))
    let part = try #require(outcome.redelivery?.parts.first)
    #expect(part.counts == [1, 1, 1, 1])
    #expect(
      part.changes.map { "\($0.kind.rawValue) \($0.key)" } == ["changed 2", "removed 3", "added 4"])
    let change = try #require(part.changes.first)
    #expect(change.fields.map(\.name) == ["volume", "status"])
    #expect(change.fields.first?.old == "40")
    #expect(change.fields.first?.new == "45")
    #expect(change.fields.first?.oldPlace.hasSuffix("#bills.csv!C3") == true)
    #expect(change.fields.first?.newPlace.hasSuffix("#bills.csv!C3") == true)
    #expect(change.fields.first?.oldPlace != change.fields.first?.newPlace)
    let total = try #require(part.totals.first { $0.field == "volume" })
    #expect(total.old == ExactDecimal(120))
    #expect(total.new == ExactDecimal(102))
    #expect(try figure() == "102")
  }

  /// Both versions and their files stay.
  @Test func nothingIsDeleted() throws {
    _ = try made.deliver(first)
    _ = try made.deliver(second, as: .replacement(of: ["bills.csv"], whole: false))
    let engagement = try made.open()
    let versions = try engagement.versions()
    #expect(versions.map { $0.replacedBy?.digest == nil } == [false, true])
    for version in versions {
      #expect(FileManager.default.fileExists(atPath: engagement.sourcePath(digest: version.digest)))
    }
    var kinds: [String] = []
    _ = try engagement.changes(by: versions[1].digest) { kinds.append($0.kind.rawValue) }
    #expect(kinds == ["changed", "removed", "added"])
    let events = try engagement.trail().events.suffix(2).map(\.kind)
    #expect(events == ["source.received", "source.replaced"])
  }

  @Test func chains() throws {
    let a = try made.deliver(first).facts.digest
    let b = try made.deliver(second, as: .replacement(of: [String(a.prefix(8))], whole: false))
    #expect(
      code { _ = try made.deliver(["9,2021-01-01,1,a"], as: .replacement(of: [a], whole: false)) }
        == "replaced-already")
    let c = try made.deliver(
      ["1,2021-01-01,51,a"], as: .replacement(of: ["bills.csv"], whole: false))
    #expect(c.redelivery?.parts.first?.replaced.first?.contains(b.facts.digest.prefix(12)) == true)
    #expect(try figure() == "51")
    #expect(code { _ = try made.deliver(first, as: .plain) } == "none")
    #expect(try figure() == "51", "a known file does not come back by itself")
  }

  /// Replaced by mistake: the earlier version takes its place back, and both events stay.
  @Test func anEarlierVersionTakesItsPlaceBack() throws {
    _ = try made.deliver(first)
    let wrong = try made.deliver(second, as: .replacement(of: ["bills.csv"], whole: false))
    let known = try made.deliver(first)
    #expect(known.wasKnown)
    #expect(known.replacedBy.count == 1)
    let back = try made.deliver(
      first, as: .replacement(of: [wrong.facts.digest], whole: false))
    #expect(back.wasKnown)
    #expect(back.redelivery?.parts.first?.added == 1)
    #expect(try figure() == "120")
    let again = try made.deliver(
      second, as: .replacement(of: [back.facts.digest], whole: false))
    #expect(again.redelivery?.parts.first?.changed == 1)
    #expect(try figure() == "102")
  }

  /// Two files taken in side by side; only then is it known that one was sent again.
  @Test func aKnownFileCanBeDeclaredLater() throws {
    _ = try made.deliver(first)
    _ = try made.deliver(second, file: "bills v2.csv")
    #expect(try figure() == "222")
    _ = try made.take("bills v2.csv", as: .replacement(of: ["bills.csv"], whole: false))
    #expect(try figure() == "102")
  }

  /// Records that share a key cancel by their values, not by chance of order.
  @Test func duplicatesOfAKey() throws {
    _ = try made.deliver(["1,2021-01-01,5,a", "1,2021-01-01,6,a", "1,2021-01-01,6,a"])
    let outcome = try made.deliver(
      ["1,2021-01-01,6,a", "1,2021-01-01,7,a"], as: .replacement(of: ["bills.csv"], whole: false))
    let part = try #require(outcome.redelivery?.parts.first)
    #expect(part.counts == [0, 1, 1, 1])
  }

  @Test(arguments: [
    ("nothing.csv", "unknown-source"), ("0123456789", "unknown-source"),
  ])
  func namesThatFitNothing(_ name: String, _ expected: String) throws {
    _ = try made.deliver(first)
    #expect(
      code { _ = try made.deliver(second, as: .replacement(of: [name], whole: false)) } == expected)
    #expect(try figure() == "120")
  }

  @Test func aNameOfTwoSourcesIsAmbiguous() throws {
    _ = try made.deliver(first)
    _ = try made.deliver(["8,2021-01-01,1,a"])
    #expect(
      code { _ = try made.deliver(second, as: .replacement(of: ["bills.csv"], whole: false)) }
        == "ambiguous-source")
  }

  @Test func aFileDoesNotReplaceItself() throws {
    let digest = try made.deliver(first).facts.digest
    #expect(
      code { _ = try made.deliver(first, as: .replacement(of: [digest], whole: false)) }
        == "replaces-itself")
  }

  // MARK: work that rests on it

  private func drawn() throws -> Engagement {
    let engagement = try made.open()
    _ = try made.deliver(first)
    _ = try engagement.plan(kpi: "water", round: nil, size: 3, method: nil)
    _ = try engagement.draw(kpi: "water", round: 1, seed: "1 2 3", seedOrigin: "given")
    _ = try engagement.check(kpi: "water")
    return engagement
  }

  @Test func drawnItemsAreNamed() throws {
    let engagement = try drawn()
    _ = try engagement.pack(kpis: [], to: made.path + "/packs/all", tool: "test")
    let outcome = try made.deliver(second, as: .replacement(of: ["bills.csv"], whole: false))
    let effects = try #require(outcome.redelivery?.effects)
    #expect(effects.kpis == ["water"])
    let round = try #require(effects.rounds.first)
    #expect(!round.holds)
    #expect(round.sumThen == ExactDecimal(120))
    #expect(round.sumNow == ExactDecimal(102))
    #expect(Set(round.items.map(\.key)) == ["bill/2", "bill/3"])
    #expect(round.items.first { $0.key == "bill/2" }?.now == ExactDecimal(45))
    #expect(round.items.first { $0.key == "bill/3" }?.now == nil)
    #expect(effects.packs.map(\.name) == ["all"])
  }

  @Test func theRoundIsStaleAndALaterOneIsPossible() throws {
    _ = try drawn()
    _ = try made.deliver(second, as: .replacement(of: ["bills.csv"], whole: false))
    let engagement = try made.open()
    #expect(
      code { _ = try engagement.evaluate(kpi: "water", round: nil) } == "population-changed")
    #expect(
      code { _ = try engagement.pack(kpis: [], to: made.path + "/packs/all", tool: "test") }
        == "population-changed")
    let blockers = try #require(try engagement.status().first).blockers
    #expect(blockers.contains { $0.contains("--round 2") })
    #expect(blockers.contains { $0.contains("since the last check") })
    _ = try engagement.check(kpi: "water")
    _ = try engagement.plan(kpi: "water", round: 2, size: 2, method: nil)
    let draw = try engagement.draw(kpi: "water", round: 2, seed: "4 5 6", seedOrigin: "given")
    #expect(draw.items.count == 2)
    _ = try engagement.pack(kpis: [], to: made.path + "/packs/all", tool: "test")
  }

  /// The client saved the file again, or corrected what is not in this population.
  @Test func aRoundHoldsWhereOnlyPlacesChanged() throws {
    _ = try drawn()
    let outcome = try made.deliver(
      ["9,2020-01-01,1,a"] + first, as: .replacement(of: ["bills.csv"], whole: false))
    let round = try #require(outcome.redelivery?.effects?.rounds.first)
    #expect(round.holds)
    #expect(round.items.isEmpty)
    let engagement = try made.open()
    #expect(try engagement.evaluate(kpi: "water", round: nil).selected == 3)
    _ = try engagement.pack(kpis: [], to: made.path + "/packs/all", tool: "test")
  }

  /// What is rejected in a file that counts no more is no finding any more.
  @Test func rejectsOfAReplacedFileAreGone() throws {
    _ = try made.deliver(["1,2021-01-01,x,a", "2,2021-01-02,40,a"])
    #expect(try made.open().check(kpi: "water").count == 1)
    _ = try made.deliver(
      ["1,2021-01-01,4,a", "2,2021-01-02,40,a"], as: .replacement(of: ["bills.csv"], whole: false))
    #expect(try made.open().check(kpi: "water").isEmpty)
  }

  @Test func allChangesCanBeHad() throws {
    _ = try made.deliver((1...60).map { "\($0),2021-01-01,5,a" })
    let outcome = try made.deliver(
      (1...60).map { "\($0),2021-01-01,6,a" }, as: .replacement(of: ["bills.csv"], whole: false))
    #expect(outcome.redelivery?.parts.first?.changes.count == Redelivery.shownMax)
    var count = 0
    let source = try made.open().changes(by: String(outcome.facts.digest.prefix(8))) { _ in
      count += 1
    }
    #expect(source.digest == outcome.facts.digest)
    #expect(count == 60)
  }
}

extension Redelivery.Part {
  /// Added, removed, changed, unchanged.
  fileprivate var counts: [Int] { [added, removed, changed, unchanged] }
}
