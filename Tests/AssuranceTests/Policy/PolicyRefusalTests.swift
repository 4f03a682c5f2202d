import Testing

@testable import Assurance

/// A change to a file of ``PolicyFiles``, and the code with which it is refused.
struct Refusal: Sendable, CustomTestStringConvertible {
  let code: String
  let file: String
  let old: String
  let new: String
  /// A part of the place that the error must name.
  let place: String

  init(_ code: String, _ file: String, _ old: String, _ new: String, at place: String = "") {
    self.code = code
    self.file = file
    self.old = old
    self.new = new
    self.place = place
  }

  var testDescription: String { "\(code): \(new.prefix(80))" }
}

@Suite("policy, refused")
struct PolicyRefusalTests {
  static let all: [Refusal] = [
    Refusal("policy-not-yaml", "kpis/water.yaml", "unit: t", "unit: [t", at: "kpis/water.yaml"),
    Refusal("policy-not-yaml", "kpis/water.yaml", "unit: t", "unit: t\nunit: t"),
    Refusal("policy-unknown-key", "policy.yaml", "title:", "titel: x\ntitle:", at: "titel"),
    Refusal("policy-anchor", "policy.yaml", "title:", "titel: &a x\ntitle:"),
    Refusal(
      "policy-too-deep", "policy.yaml", "title:",
      "titel: \(String(repeating: "[", count: 65))\ntitle:"),
    Refusal(
      "policy-too-large", "policy.yaml", "title:",
      "# \(String(repeating: "x", count: 4 << 20))\ntitle:"),
    Refusal("policy-unknown-key", "datasets/bill.yaml", "tables:", "table: x\ntables:"),
    Refusal(
      "policy-unknown-key", "datasets/bill.yaml", "aliases: [number]", "aliases: [n], alias: x"),
    Refusal("policy-unknown-key", "datasets/bill.yaml", "factor: 1,", "factor: 1, why: x,"),
    Refusal("policy-unknown-key", "kpis/water.yaml", "date: day,", "date: day, filter: x,"),
    Refusal("policy-unknown-key", "kpis/water.yaml", "decimals: 0", "decimals: 0\ndigits: 1"),
    Refusal(
      "policy-unknown-key", "kpis/water.yaml", "site}", "site, in_boundary: x}"),
    Refusal("policy-unknown-key", "kpis/intensity.yaml", "to: money}", "to: money, as: x}"),
    Refusal("policy-unknown-key", "policy.yaml", "register: site,", "register: site, filter: x,"),
    Refusal("policy-unknown-key", "sampling.yaml", "source: none}", "source: none, note: x}"),
    Refusal("policy-missing-key", "policy.yaml", "edition: made up", "", at: "policy.yaml:1"),
    Refusal("policy-missing-key", "policy.yaml", "edition: made up", "edition:"),
    Refusal("policy-missing-key", "datasets/bill.yaml", "title: Bills", ""),
    Refusal("policy-missing-key", "datasets/bill.yaml", ", basis: fresh water", ""),
    Refusal("policy-missing-key", "kpis/water.yaml", "{en: Water,", "{de: Wasser,", at: "title"),
    Refusal("policy-missing-key", "kpis/water.yaml", "field: volume, ", ""),
    Refusal("policy-missing-key", "kpis/money.yaml", "{stated: yes}", "{average: yes}"),
    Refusal("policy-missing-key", "kpis/water.yaml", ", register: site}", "}"),
    Refusal("policy-shape", "kpis/water.yaml", "unit: t", "unit: [t, kg]", at: "unit"),
    Refusal("policy-shape", "kpis/water.yaml", "title: {en: Water, zh-Hant: 用水量}", "title: Water"),
    Refusal("policy-shape", "kpis/money.yaml", "{stated: yes}", "{sum: []}"),
    Refusal("policy-shape", "kpis/money.yaml", "{stated: yes}", "stated"),
    Refusal("policy-value", "kpis/water.yaml", "unit: t", "unit: tonne", at: "kpis/water.yaml:3"),
    Refusal("policy-value", "kpis/water.yaml", "decimals: 0", "decimals: none"),
    Refusal("policy-value", "kpis/water.yaml", "kind: flow", "kind: sum"),
    Refusal("policy-value", "kpis/water.yaml", "status: assured", "status: audited"),
    Refusal("policy-value", "kpis/money.yaml", "stated: yes", "stated: no"),
    Refusal("policy-value", "datasets/bill.yaml", "type: date", "type: day"),
    Refusal("policy-value", "datasets/bill.yaml", "required: yes", "required: true"),
    Refusal("policy-value", "datasets/bill.yaml", "numbers: \"1.234,5\"", "numbers: \"1_234.5\""),
    Refusal("policy-form", "datasets/bill.yaml", "type: date,", "type: date, numbers: european,"),
    Refusal("policy-form", "datasets/bill.yaml", "unit: t,", "unit: t, dates: roc,"),
    Refusal("policy-order", "datasets/bill.yaml", "tables: many", "order: [day]\ntables: many"),
    Refusal(
      "policy-order", "datasets/bill.yaml", "tables: many", "order: [site, day]\ntables: many"),
    Refusal("policy-order", "datasets/bill.yaml", "tables: many", "order: [day, no]\ntables: many"),
    Refusal("policy-missing-key", "datasets/bill.yaml", "fields:", "feilds:", at: "feilds"),
    Refusal("policy-value", "datasets/bill.yaml", "dates: dmy", "dates: ydm"),
    Refusal("policy-value", "datasets/bill.yaml", "factor: 1", "factor: one"),
    Refusal("policy-value", "datasets/bill.yaml", "from: m3", "from: qubic"),
    Refusal("policy-value", "datasets/bill.yaml", "units: {m3:", "units: {cbm:"),
    Refusal("policy-value", "datasets/bill.yaml", "tables: many", "tables: all"),
    Refusal("policy-value", "datasets/bill.yaml", "quantity: volume", "amount: volume"),
    Refusal("policy-value", "sampling.yaml", "confidence: 70%", "confidence: 0.7"),
    Refusal("policy-value", "sampling.yaml", "confidence: 70%", "confidence: 100%"),
    Refusal("policy-value", "sampling.yaml", "confidence: 70%", "confidence: 0%"),
    Refusal("policy-value", "sampling.yaml", "share: 10%", "share: 100%"),
    Refusal("policy-value", "sampling.yaml", "method: modified-sieve", "method: judgement"),
    Refusal("policy-value", "sampling.yaml", "flow: quantity", "flow: attribute"),
    Refusal("policy-value", "sampling.yaml", "flow: quantity", "river: quantity"),
    Refusal("policy-field-name", "datasets/bill.yaml", "name: day", "name: Day"),
    Refusal("policy-field-name", "datasets/bill.yaml", "name: day", "name: bill-day"),
    Refusal("policy-field-name", "datasets/bill.yaml", "name: day", "name: 1day"),
    Refusal("policy-choices", "datasets/site.yaml", "type: choice", "type: text"),
    Refusal("policy-choices", "datasets/bill.yaml", "type: date", "type: choice"),
    Refusal("policy-unit", "datasets/bill.yaml", "type: date,", "type: date, unit: t,"),
    Refusal("policy-duplicate-field", "datasets/bill.yaml", "name: unit,", "name: day,"),
    Refusal("policy-duplicate-name", "policy.yaml", "[site, bill]", "[site, bill, bill]"),
    Refusal("policy-name", "kpis/water.yaml", "kpi: water", "kpi: ../water"),
    Refusal("policy-name", "datasets/bill.yaml", "dataset: bill", "dataset: Bill"),
    Refusal(
      "policy-duplicate-term", "kpis/water.yaml", "sum: [",
      "sum: [{dataset: bill, field: volume, date: day}, "),
    Refusal("policy-unknown-field", "datasets/bill.yaml", "key: [number]", "key: [no]"),
    Refusal("policy-unknown-field", "datasets/bill.yaml", "quantity: volume", "quantity: use"),
    Refusal("policy-unknown-field", "kpis/water.yaml", "field: volume", "field: unit"),
    Refusal("policy-unknown-field", "kpis/water.yaml", "date: day", "date: site"),
    Refusal("policy-optional-key", "datasets/bill.yaml", "key: [number]", "key: [site]"),
    Refusal("policy-unknown-dataset", "datasets/bill.yaml", "register: site", "register: sites"),
    Refusal("policy-unknown-dataset", "policy.yaml", "register: site", "register: sites"),
    Refusal("policy-unknown-dataset", "kpis/water.yaml", "dataset: bill", "dataset: bills"),
    Refusal("policy-unknown-criterion", "kpis/water.yaml", "criteria: [c1]", "criteria: [c1, c2]"),
    Refusal("policy-unknown-kpi", "kpis/intensity.yaml", "to: money", "to: revenue"),
    Refusal("policy-unit-mismatch", "kpis/water.yaml", "unit: t", "unit: m3"),
    Refusal("policy-unit-mismatch", "kpis/intensity.yaml", "unit: t/(10*6.CNY)", "unit: t"),
    Refusal("policy-cycle", "kpis/share.yaml", "to: part", "to: share"),
    Refusal("policy-cycle", "kpis/part.yaml", "stated: yes", "ratio: {of: share, to: share}"),
    Refusal("policy-unknown-test", "kpis/water.yaml", "register-difference", "regster-difference"),
    Refusal(
      "policy-test-unfit", "kpis/water.yaml", "register: site}", "register: sites}",
      at: "kpis/water.yaml"),
    Refusal(
      "policy-test-unfit", "kpis/water.yaml", "register-difference, register: site", "meter-tree"),
    Refusal("policy-test-unfit", "datasets/bill.yaml", "{site: site, quantity", "{quantity"),
    Refusal("policy-missing-file", "policy.yaml", "[site, bill]", "[site, bill, meter]"),
    Refusal("policy-missing-file", "policy.yaml", "criteria.csv", "rules.csv"),
    Refusal("policy-header", "criteria.csv", "id,text,source", "id,text"),
    Refusal("policy-row", "criteria.csv", "\"As measured, in tonnes\"", "As measured, in tonnes"),
    Refusal("csv-open-quote", "criteria.csv", "tonnes\"", "tonnes"),
    Refusal(
      "policy-unknown-field", "kpis/water.yaml", "site.kind =", "colour =", at: "kpis/water.yaml"),
    Refusal("policy-unknown-field", "kpis/water.yaml", "site.kind =", "site.colour ="),
    Refusal("policy-unknown-field", "kpis/water.yaml", "site.kind =", "meter.kind ="),
    Refusal(
      "policy-unknown-field", "policy.yaml", "kind = 'office'", "colour = 'red'", at: "boundary"),
    Refusal("policy-unknown-field", "kpis/steam.yaml", "{kind: site.kind}", "{kind: site.hue}"),
    Refusal("policy-filter-choice", "kpis/water.yaml", "'office'", "'shop'"),
    Refusal("policy-filter-choice", "kpis/water.yaml", "= 'office'", "not in ('office', 'shop')"),
    Refusal("policy-filter-reach", "kpis/water.yaml", "site.kind =", "load_extension('x') ="),
    Refusal(
      "policy-filter-reach", "kpis/water.yaml", "site.kind =", "(select 1 from trail_event) ="),
    Refusal("policy-filter-syntax", "kpis/water.yaml", "= 'office'", "= 'office"),
    Refusal("policy-filter-syntax", "kpis/water.yaml", "= 'office'", "= 'office')"),
    Refusal("policy-filter-syntax", "kpis/water.yaml", "= 'office'", "= 'office'; drop table x"),
    Refusal("policy-filter-syntax", "kpis/water.yaml", "= 'office'", "= 'office' -- and more"),
    Refusal("policy-filter-syntax", "kpis/steam.yaml", "{last-1m}", "{yesterday}"),
    Refusal("policy-unknown-factors", "kpis/steam.yaml", "set: heat,", "set: heath,"),
    Refusal("policy-unknown-factors", "kpis/steam.yaml", "quantity: heat,", "quantity: warmth,"),
    Refusal("policy-unknown-factors", "kpis/steam.yaml", "by: {kind:", "by: {fuel:"),
    Refusal("policy-missing-factor", "factors/heat.csv", "heat,office", "heat,shop"),
    Refusal("policy-wrong-edition", "factors/heat.csv", "net,2020,", "net,2008,"),
    Refusal("policy-unit-mismatch", "factors/heat.csv", "MJ/t", "MJ/m3", at: "kpis/steam.yaml"),
    Refusal("policy-unit-mismatch", "kpis/both.yaml", "[steam] / 4", "[water]"),
    Refusal(
      "policy-mixed-factors", "kpis/steam.yaml", "edition: \"2020\"}]",
      "edition: \"2020\"}]\n    - {dataset: bill, field: volume, date: day, times: "
        + "[{set: other-heat, quantity: heat, by: {kind: site.kind}}]}"),
    Refusal("policy-cycle", "kpis/both.yaml", "[steam] * 2", "[both-all] * 2"),
    Refusal("policy-unknown-kpi", "kpis/both.yaml", "[steam] * 2", "[water-vapour] * 2"),
    Refusal("policy-formula", "kpis/both.yaml", "[steam] * 2 - [steam] / 4", "[steam] = [steam]"),
    Refusal("policy-unknown-relation", "relations.csv", "of r1", "of r7"),
    Refusal("policy-missing-file", "policy.yaml", "factors: [heat,", "factors: [cold,"),
    Refusal("policy-duplicate-name", "kpis/both.yaml", "kpi: both-all", "kpi: water"),
  ]

  @Test("each with its code, a place and a remedy", arguments: all)
  func refused(_ refusal: Refusal) throws {
    let error = try PolicyFiles.refusal(refusal.file, refusal.old, refusal.new)
    #expect(error.code == refusal.code, "\(error): \(error.reason)")
    #expect(error.place.hasPrefix("policies/test/"))
    #expect(error.place.contains(refusal.place), "\(error.place)")
    #expect(!error.remedy.isEmpty && !error.reason.hasSuffix("."))
  }

  @Test("an empty file")
  func empty() throws {
    for file in ["kpis/water.yaml", "sampling.yaml", "policy.yaml"] {
      var set = PolicyFiles()
      set.files[file] = "# nothing\n"
      #expect(throws: AssureError("policy-empty", "")) { try set.read() }
    }
  }

  @Test(
    "what a match needs of its datasets",
    arguments: [
      ("left: site, right: site, on: [site], compare: site", "are the same dataset"),
      ("left: meter, right: bill, on: [site], compare: volume", "`meter` is not declared"),
      ("left: site, right: bill, on: [site], compare: volume", "`site` has no field `volume`"),
      ("left: bill, right: site, on: [number], compare: site", "`site` has no field `number`"),
      ("left: site, right: bill, on: [site], compare: site", "is not a decimal field"),
    ])
  func match(_ parameters: String, _ reason: String) throws {
    let error = try PolicyFiles.refusal(
      "kpis/water.yaml", "{test: register-difference, register: site}",
      "{test: match, \(parameters)}")
    #expect(error.code == "policy-test-unfit")
    #expect(error.reason.contains(reason), "\(error.reason)")
  }
}
