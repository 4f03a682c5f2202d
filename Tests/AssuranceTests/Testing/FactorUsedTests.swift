import Exact
import Testing

@testable import Assurance

@Suite("factor-used")
struct FactorUsedTests {
  static let test = "test: factor-used, quantity: grid, field: factor, edition: edition"

  static let sets = [
    (
      "grid-2021",
      """
      quantity,region,value,unit,basis,edition,valid_from,valid_to,status,source
      grid,north,0.7,t{CO2e}/(MW.h),average,edition 2021,2021-01-01,2021-12-31,found,table 1
      grid,south,0.4,t{CO2e}/(MW.h),average,edition 2021,2021-01-01,2021-12-31,found,table 1
      """
    ),
    (
      "grid-2019",
      """
      quantity,region,value,unit,basis,edition,valid_from,valid_to,status,source
      grid,north,0.8,t{CO2e}/(MW.h),average,edition 2019,2019-01-01,2019-12-31,found,table 2
      """
    ),
    (
      "grid-revised",
      """
      quantity,region,value,unit,basis,edition,valid_from,valid_to,status,source
      grid,north,720,kg{CO2e}/(MW.h),average,revised,,,found,table 3
      """
    ),
    (
      "grid-marginal",
      """
      quantity,region,value,unit,basis,edition,valid_from,valid_to,status,source
      grid,north,0.9,t{CO2e}/(MW.h),marginal,edition 2021,2021-01-01,2021-12-31,found,table 4
      """
    ),
    (
      "national",
      """
      quantity,value,unit,basis,edition,valid_from,valid_to,status,source
      grid,0.58,t{CO2e}/(MW.h),average,national 2021,2021-01-01,2021-12-31,found,table 5
      """
    ),
  ]

  /// Bills of 10 MWh each in the north, unless the row says otherwise.
  static func shelf(_ rows: [String]) -> Shelf {
    var shelf = Shelf(
      measure: "{sum: [{dataset: bill, field: energy, date: day, times: "
        + "[{set: grid-2021, quantity: grid, by: {region: site.region}}]}]}", unit: "t{CO2e}")
    shelf.datasets = [
      (
        "site", "site",
        [
          "name: site, type: text, required: yes, aliases: [s]",
          "name: region, type: text, aliases: [r]",
        ], ["N|north", "S|south", "W|west"]
      ),
      (
        "bill", "bill",
        [
          "name: bill, type: text, required: yes, aliases: [b]",
          "name: site, type: text, register: site, aliases: [s]",
          "name: energy, type: decimal, unit: kW.h, aliases: [e]",
          "name: day, type: date, aliases: [d]",
          "name: factor, type: decimal, unit: \"kg{CO2e}/(kW.h)\", aliases: [f]",
          "name: edition, type: text, aliases: [n]",
        ], rows
      ),
    ]
    return shelf
  }

  static func find(_ rows: [String]) throws -> [Exception] {
    let plain = try shelf(rows).context(test)
    let context = TestContext(
      kpi: plain.kpi, period: plain.period, datasets: plain.datasets,
      factorSets: try sets.map { try FactorSet.read(csv: $0.1, name: $0.0, file: $0.0) })
    return try #require(context.kpi.tests.first).run(context)
  }

  // 10 MWh times what is wanted less what was used.
  @Test(
    "each way a factor can be another has its code, and its effect on the preparer's figure",
    arguments: [
      ("B|N|10000|2021-01-31|0.8|-", "factor-wrong-year", "-1"),
      ("B|N|10000|2021-01-31|0.4|-", "factor-wrong-key", "3"),
      ("B|N|10000|2021-01-31|0.58|-", "factor-wrong-key", "1.2"),
      ("B|N|10000|2021-01-31|0.72|-", "factor-wrong-edition", "-0.2"),
      ("B|N|10000|2021-01-31|0.9|-", "factor-wrong-basis", "-2"),
      ("B|N|10000|2021-01-31|0.123|-", "factor-unknown", "5.77"),
      ("B|N|10000|2021-01-31|-|edition 2019", "factor-wrong-edition", "-1"),
      ("B|N|10000|2021-01-31|0.7|edition 2019", "factor-wrong-edition", "none"),
      ("B|N|10000|2021-01-31|-|some table", "factor-wrong-edition", "unquantified"),
    ])
  func finds(_ row: String, _ code: String, _ effect: String) throws {
    #expect(try Self.find([row]).summary == ["\(code) | bill B | \(effect)"])
  }

  @Test(
    "near-miss: the right one however written, none said, not counted, no factor to compare with")
  func nearMisses() throws {
    #expect(
      try Self.find([
        "1|N|10000|2021-01-31|0.700|-", "2|S|10000|2021-01-31|0.4|edition 2021",
        "3|N|10000|2021-01-31|-|-", "4|N|10000|2020-01-31|0.8|-|out",
        "5|W|10000|2021-01-31|0.8|-", "6|N|10000|2021-01-31|0.7|2021", "7|-|5|2021-01-31|0.1|-",
      ]).isEmpty)
  }

  @Test("the finding stands at the factor's cell, and says what was expected")
  func words() throws {
    let found = try #require(try Self.find(["B|N|10000|2021-01-31|0.8|-"]).first)
    #expect(found.locators.map { String($0.suffix(3)) } == ["!E2"])
    #expect(found.message.contains("0.7 t{CO2e}/(MW.h) of `edition 2021` was expected (table 1)"))
  }

  @Test(
    "what cannot be compared is told when the policy loads",
    arguments: [
      ("test: factor-used, quantity: heat, field: factor", "no term of the measure"),
      ("test: factor-used, quantity: grid", "neither `field` nor `edition`"),
      ("test: factor-used, quantity: grid, field: edition", "`edition` is no decimal field"),
      ("test: factor-used, quantity: grid, field: energy", "`energy` is in kW.h"),
      ("test: factor-used, quantity: grid, edition: nothing", "`nothing` is no field"),
    ])
  func problems(_ declaration: String, _ problem: String) throws {
    let context = try Self.shelf([]).context(declaration)
    let view = PolicyView(
      datasets: context.datasets.values.map(\.definition), measure: context.kpi.measure,
      factorSets: try Self.sets.map { try FactorSet.read(csv: $0.1, name: $0.0, file: $0.0) })
    let test = try #require(context.kpi.tests.first)
    let told = try #require(test.problem(in: view))
    #expect(told.contains(problem), "\(told)")
  }
}
