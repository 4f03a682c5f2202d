import Assurance
import Testing

@testable import Workbench

/// A policy that changes under stored records.
@Suite struct PolicyChangeTests {
  /// 5 t must not become 5 kg because somebody edits the unit.
  @Test(
    arguments: [
      ("unit: t", "unit: kg"), ("status, type: text", "status, type: date"),
      ("key: [number]", "key: [number, day]"),
      ("fields:", "fields:\n  - {name: more, type: text, aliases: [more]}"),
    ])
  func otherFieldsAreRefused(_ old: String, _ new: String) throws {
    let made = try MadeEngagement()
    _ = try made.ingest("1,2021-01-01,5,a")
    try made.edit("policies/made/datasets/bill.yaml", old, new)
    let code = MadeEngagement.code { _ = try made.open().reconcile(kpi: "water") }
    #expect(code == "policy-changed")
  }

  @Test func wordsForTheNextFileMayBeAdded() throws {
    let made = try MadeEngagement()
    _ = try made.ingest("1,2021-01-01,5,a")
    try made.edit("policies/made/datasets/bill.yaml", "[volume]", "[volume, consumption]")
    #expect(try made.open().reconcile(kpi: "water").first?.computedText == "5")
  }
}
