import Assurance
import Exact
import Testing

@testable import Workbench

/// The register of exceptions and the bridge: what they show is what there is.
@Suite struct RegisterTests {
  private func finding(_ effect: Int) -> Exception {
    Exception(
      code: "made-up", severity: .high, kpi: "water", subject: "A", locators: ["x"],
      effect: .amount(ExactDecimal(effect)), unit: "t", message: "about \(effect) t")
  }

  private func found(_ engagement: Engagement, _ effect: Int) throws -> ExceptionFacts {
    try engagement.store.commit(actor: "tester", at: "2022-01-01T00:00:00Z") { db in
      (
        try ExceptionTable.record(
          [finding(effect)], kpi: "water", at: "2022-01-01T00:00:00Z", db), ()
      )
    }
    return try #require(try engagement.exceptions().first)
  }

  /// What was decided about 1 t was not decided about 9,000 t.
  @Test func aFindingThatGrewIsOpenAgain() throws {
    let engagement = try MadeEngagement().ingest("1,2021-01-01,5,a")
    let small = try found(engagement, 1)
    try engagement.resolve(exception: small.id, state: "accepted", reason: "small")
    #expect(try found(engagement, 1).state == "accepted")
    let large = try found(engagement, 9000)
    #expect(large.exception.effect == .amount(ExactDecimal(9000)))
    #expect(large.state == "open")
    #expect(try found(engagement, 1).state == "accepted")
  }

  /// A void bill without a volume is left out and said, and does not stop the figure.
  @Test func whatIsNotCountedNeedsNoValue() throws {
    let made = try MadeEngagement(filter: "status = 'kept'")
    let engagement = try made.ingest(
      "1,2021-01-01,5,kept", "2,2021-01-02,,void", "3,2021-01-03,7,void")
    let result = try #require(try engagement.reconcile(kpi: "water").first)
    #expect(result.computedText == "5")
    let outside = try #require(result.bridge.first { $0.label.hasSuffix("outside the filter") })
    #expect(outside.amount == "7")
    #expect(outside.count == 2)
    #expect(outside.note.hasSuffix("1 without a value"))
  }

  /// A check says nothing about what came in after it.
  @Test func aCheckGrowsOld() throws {
    let made = try MadeEngagement()
    let engagement = try made.ingest("1,2021-01-01,5,a")
    _ = try engagement.check(kpi: "water")
    func isBlocked() throws -> Bool {
      try #require(try made.open().status().first).blockers.contains {
        $0.contains("since the last check")
      }
    }
    #expect(try !isBlocked())
    _ = try made.ingest("2,2021-01-02,5,a", file: "more.csv")
    #expect(try isBlocked())
  }
}
