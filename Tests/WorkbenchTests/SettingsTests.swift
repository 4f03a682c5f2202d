import Exact
import Testing

@testable import Workbench

/// `engagement.yaml`: what would change the work without a word is refused.
@Suite struct SettingsTests {
  private func made(materiality: String) throws -> MadeEngagement {
    let made = try MadeEngagement()
    try made.edit("engagement.yaml", "materiality: []", "materiality:\n\(materiality)")
    return made
  }

  private func rule(_ overall: String, _ performance: String, _ trivial: String) -> String {
    "  - {kpi: water, overall: \(overall), performance: \(performance), trivial: \(trivial), reason: x}"
  }

  private func plan(_ made: MadeEngagement) throws -> String {
    let engagement = try made.ingest("1,2021-01-01,50,a", "2,2021-01-02,50,a")
    return MadeEngagement.code {
      _ = try engagement.plan(kpi: "water", round: nil, size: 1, method: nil)
    }
  }

  @Test func thresholdsAreInOrder() throws {
    #expect(try plan(made(materiality: rule("10", "8", "1"))) == "none")
    #expect(try plan(made(materiality: rule("10", "75", "1"))) == "engagement-threshold")
    #expect(try plan(made(materiality: rule("10%", "5", "6"))) == "engagement-threshold")
  }

  @Test func oneRuleAKPI() throws {
    let twice = try made(materiality: rule("5%", "75%", "5%") + "\n" + rule("9%", "75%", "5%"))
    #expect(MadeEngagement.code { _ = try twice.open() } == "engagement-twice")
  }

  @Test func policiesAreInTheFolder() throws {
    let made = try MadeEngagement()
    try made.edit("engagement.yaml", "policies: made", "policies: ../../made")
    #expect(MadeEngagement.code { _ = try made.open() } == "engagement-policies")
  }

  /// A figure printed in another kind of unit gives no threshold.
  @Test func thresholdsNeedTheKPIsUnit() throws {
    let made = try made(materiality: rule("5%", "75%", "5%"))
    try made.edit("reported.csv", "unit,place,note", "unit,place,note\nwater,100,m3,page 1,")
    #expect(try plan(made) == "unit-mismatch")
  }

  @Test func aSampleHasAnItem() throws {
    let made = try made(materiality: rule("10", "8", "1"))
    let engagement = try made.ingest("1,2021-01-01,50,a")
    let code = MadeEngagement.code {
      _ = try engagement.plan(kpi: "water", round: nil, size: 0, method: nil)
    }
    #expect(code == "below-one")
    #expect(try engagement.lastRound("water") == 0)
  }

  @Test(arguments: ["a: b #1", "no", "it's", "2021", "acme-2021"])
  func anyFolderNameIsAnIdentifier(_ name: String) throws {
    #expect(try MadeEngagement(name: name).open().settings.id == name)
  }
}
