import Exact
import Testing

@testable import Assurance

/// A policy set whose rows are made here, and sums that a slow and obvious loop agrees with.
@Suite("figures from one pass")
struct AggregatorTests {
  static let files: [String: String] = [
    "policy.yaml": """
    policy: test
    title: Test
    edition: made up
    datasets: [site, power, people]
    kpis: [energy, emissions, heads, buildings, area, rate, twice, stated]
    factors: [grid, grid-old]
    """,
    "sampling.yaml": PolicyFiles().files["sampling.yaml"] ?? "",
    "datasets/site.yaml": """
    dataset: site
    title: Sites
    key: [site]
    fields:
      - {name: site, type: text, required: yes, aliases: [site]}
      - {name: province, type: text, aliases: [province]}
    """,
    "datasets/power.yaml": """
    dataset: power
    title: Bills
    key: [bill]
    fields:
      - {name: bill, type: text, required: yes, aliases: [bill]}
      - {name: site, type: text, aliases: [site], register: site}
      - {name: month, type: month, aliases: [month]}
      - {name: energy, type: decimal, unit: kW.h, aliases: [energy]}
    """,
    "datasets/people.yaml": """
    dataset: people
    title: People
    key: [id]
    fields:
      - {name: id, type: text, required: yes, aliases: [id]}
      - {name: building, type: text, aliases: [building]}
      - {name: area, type: decimal, unit: m2, aliases: [area]}
      - {name: joined, type: date, aliases: [joined]}
      - {name: left, type: date, aliases: [left]}
    """,
    "kpis/energy.yaml": kpi(
      "energy", "MW.h", "{sum: [{dataset: power, field: energy, date: month}]}"),
    "kpis/emissions.yaml": kpi(
      "emissions", "t{CO2e}",
      "{sum: [{dataset: power, field: energy, date: month, times: [" + regional
        + ", {set: grid, quantity: warming}]}]}"),
    "kpis/heads.yaml": kpi(
      "heads", "{person}", "{count: [{dataset: people, valid: {from: joined, to: left}}]}"),
    "kpis/buildings.yaml": kpi(
      "buildings", "{building}",
      "{distinct: [{dataset: people, field: building, valid: {from: joined, to: left}}]}"),
    "kpis/area.yaml": kpi(
      "area", "m2",
      "{sum: [{dataset: people, field: area, valid: {from: joined, to: left}, once: building}]}"),
    "kpis/rate.yaml": kpi("rate", "MW.h/{person}", "{ratio: {of: energy, to: heads}}"),
    "kpis/twice.yaml": kpi("twice", "kW.h", "{formula: \"[energy] + [energy] * 2 - [energy]\"}"),
    "kpis/stated.yaml": kpi("stated", "t", "{stated: yes}"),
    "factors/grid.csv": """
    quantity,region,gas,value,unit,basis,edition,valid_from,valid_to,status,source
    grid,north,co2,0.5,kg/(kW.h),location,2021,2021-01-01,2021-12-31,found,x
    grid,north,ch4,0.01,kg/(kW.h),location,2021,2021-01-01,2021-12-31,found,x
    grid,south,co2,0.25,kg/(kW.h),location,2021,2021-01-01,2021-12-31,to-be-confirmed,x
    warming,,co2,1,kg{CO2e}/kg,100 years,2021,,,found,x
    warming,,ch4,28,kg{CO2e}/kg,100 years,2021,,,found,x
    """,
    "factors/grid-old.csv": """
    quantity,gas,value,unit,basis,edition,valid_from,valid_to,status,source
    grid,co2,1,kg/(kW.h),location,2019,2019-01-01,2019-12-31,found,x
    """,
  ]

  static let regional = "{set: grid, quantity: grid, by: {region: site.province}}"

  static func kpi(_ name: String, _ unit: String, _ measure: String) -> String {
    """
    kpi: \(name)
    title: {en: \(name)}
    unit: "\(unit)"
    decimals: 1
    kind: flow
    status: assured
    measure: \(measure)
    """
  }

  static func policy() throws -> PolicySet { try PolicySet.read(files, place: "test") }
  static let year = Period(Month(year: 2021, month: 1).first, Month(year: 2021, month: 12).last)

  /// Runs a dataset's pass over rows given as mask and columns by name.
  static func results(
    _ dataset: String, _ rows: [(mask: UInt64, values: [String: String])]
  ) throws -> [AggregateResult] {
    let policy = try policy()
    let plans = try AggregationPlan.plans(
      for: policy.kpis, of: policy, period: try #require(year))
    let plan = try #require(plans.first { $0.dataset.name == dataset })
    var aggregator = Aggregator(plan)
    for row in rows {
      let columns = plan.columns.map { name in row.values[name].map { Array($0.utf8) } }
      let bytes = columns.compactMap { $0 }.flatMap { $0 }
      try bytes.withUnsafeBufferPointer { all in
        var start = 0
        let slices = columns.map { column -> UnsafeBufferPointer<UInt8>? in
          guard let column else { return nil }
          defer { start += column.count }
          return UnsafeBufferPointer(rebasing: all[start..<(start + column.count)])
        }
        try aggregator.add(mask: row.mask) { slices[$0] }
      }
    }
    return try aggregator.results()
  }

  static func figure(
    _ name: String, _ results: [AggregateResult], substitute: String? = nil
  ) throws -> ComputedFigure? {
    let policy = try policy()
    let calculator = FigureCalculator(
      policy: policy, period: try #require(year), results: results, reported: [],
      substitute: substitute.flatMap { policy.factorSet($0) })
    return try calculator.figure(try #require(policy.kpi(name)))
  }

  private func power(_ energy: String, _ province: String?) -> (UInt64, [String: String]) {
    var values = ["energy": energy]
    values["site.province"] = province
    return (1, values)
  }

  @Test("sums are exact, whatever the scale of the values") func sums() throws {
    let results = try Self.results(
      "power", [power("0.1", nil), power("0.20", nil), power("1000000000000", nil), (0, [:])])
    #expect(try Self.figure("energy", results)?.point == Rational("1000000000.0003"))
  }

  // Bills of 1000 kWh in the north: 0.5 + 0.01 x 28 = 0.78 kg; 2000 in the south: 0.25 kg.
  @Test("factors by region, and by gas summed over the gases") func factors() throws {
    let rows = [power("600", "north"), power("400", "north"), power("2000", "south")]
    let figure = try #require(try Self.figure("emissions", Self.results("power", rows)))
    #expect(figure.point == Rational("1.28"))
    #expect(figure.parts.map(\.count) == [2, 1])
    #expect(figure.issues.map(\.code) == ["factor-unconfirmed"])
  }

  @Test("a region without a factor is an issue and adds nothing") func missing() throws {
    let rows = [power("1000", "north"), power("1000", "west"), power("1000", nil)]
    let figure = try #require(try Self.figure("emissions", Self.results("power", rows)))
    #expect(figure.point == Rational("0.78"))
    #expect(figure.issues.map(\.code) == ["factor-missing", "factor-missing"])
  }

  @Test("another set answers what if, and is for another year") func whatIf() throws {
    let results = try Self.results("power", [power("1000", "north")])
    let figure = try #require(try Self.figure("emissions", results, substitute: "grid-old"))
    #expect(figure.point == Rational(1))
    #expect(figure.issues.map(\.code) == ["factor-year"])
  }

  @Test("values count once a building, and two areas of one are an issue") func once() throws {
    let mask: UInt64 = 1
    let results = try Self.results(
      "people",
      [
        (mask, ["building": "a", "area": "10.5"]), (mask, ["building": "a", "area": "10.5"]),
        (mask, ["building": "b", "area": "4"]), (mask, ["building": "b", "area": "5"]),
        (0, ["building": "c", "area": "99"]),
      ])
    #expect(try Self.figure("heads", results)?.point == Rational(4))
    #expect(try Self.figure("buildings", results)?.point == Rational(2))
    let area = try #require(try Self.figure("area", results))
    #expect(area.point == Rational("15.5"))
    #expect(area.issues.map(\.code) == ["value-twice"])
  }

  @Test("ratios and formulas carry their units") func units() throws {
    let results =
      try Self.results("power", [power("3000", "north")])
      + Self.results("people", [(1, ["building": "a"]), (1, ["building": "b"])])
    #expect(try Self.figure("rate", results)?.point == Rational("1.5"))
    #expect(try Self.figure("twice", results)?.point == Rational(6000))
  }

  @Test("a zero divisor cannot go on, and no records give no figure") func zero() throws {
    let results = try Self.results("power", [power("3000", "north")])
    #expect(try Self.figure("rate", results) == nil)
    #expect(try Self.figure("stated", results) == nil)
    let nobody = try results + Self.results("people", [(0, ["building": "a"])])
    #expect(try Self.figure("heads", nobody)?.point == .zero)
    #expect(throws: AssureError("division-by-zero", "")) { try Self.figure("rate", nobody) }
  }

  @Test("one statement serves all KPIs of a dataset") func statement() throws {
    let policy = try Self.policy()
    let plans = try AggregationPlan.plans(
      for: policy.kpis, of: policy, period: try #require(Self.year))
    #expect(plans.map(\.dataset.name) == ["power", "people"])
    #expect(plans[0].conditions.count == 1)
    #expect(plans[1].conditions.count == 1)
    #expect(
      plans[1].sql { "data_\($0)" } == """
        SELECT (((record."joined" <= '2021-12-31' AND (record."left" IS NULL OR record."left" >= \
        '2021-12-31'))) IS TRUE) * 1, record."building", record."area" FROM data_people AS record \
        WHERE 1
        """)
  }

  /// Against adding up in a loop, over masks and values made by a small generator.
  @Test("sums by condition agree with a loop") func slow() throws {
    var state: UInt64 = 7
    func next(_ limit: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % limit
    }
    var rows: [(mask: UInt64, values: [String: String])] = []
    var sum = Rational.zero
    for _ in 0..<500 {
      let text = "\(next(1000)).\(next(1000))"
      let mask = next(2)
      if mask == 1 { sum = sum + (Rational(text) ?? .zero) }
      rows.append((mask, ["energy": text, "site.province": "north"]))
    }
    let figure = try Self.figure("energy", Self.results("power", rows))
    #expect(figure?.point == (try sum / Rational(1000)))
  }
}
