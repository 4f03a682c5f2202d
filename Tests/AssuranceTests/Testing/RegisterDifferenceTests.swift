import Testing

@testable import Assurance

@Suite("register-difference")
struct RegisterDifferenceTests {
  static let test = "test: register-difference, register: site"

  @Test("records of a site that the register lacks, all of them in one finding")
  func unknown() throws {
    var world = World(sites: ["S1 2015-01-01 -"])
    world.readings = ["S1 M1 2021-01 5", "S9 M1 2021-01 5", "S9 M1 2021-02 6"]
    let found = try world.find(Self.test)
    #expect(found.summary == ["not-in-register | S9 | unquantified"])
    #expect(found.places == [["D3", "D4"]])
    #expect(
      found.first?.message.hasPrefix("2 records of site S9 (11 t in all, 0 of them") == true)
  }

  @Test("a site without records; near-miss: outside the boundary, closed before, opened after")
  func unused() throws {
    let world = World(sites: [
      "S1 2015-01-01 -", "S2 2015-01-01 - out", "S3 2015-01-01 2020-12-31", "S4 2022-01-01 -",
      "S5 2015-01-01 2021-01-01",
    ])
    let found = try world.find(Self.test)
    #expect(
      found.summary == [
        "register-without-records | S1 | unquantified",
        "register-without-records | S5 | unquantified",
      ])
    #expect(found.places == [["2:2"], ["6:6"]])
  }

  /// Hours of entities, and the register that says on which basis each is in.
  static func entities(_ rows: [String], hours: [String]) -> Shelf {
    var shelf = Shelf(measure: "{sum: [{dataset: hours, field: hours, date: month}]}", unit: "h")
    shelf.datasets = [
      (
        "entity", "entity",
        [
          "name: entity, type: text, required: yes, aliases: [e]",
          "name: basis, type: choice, aliases: [b], choices: {subsidiary: [s], associate: [a]}",
          "name: joined, type: date, aliases: [j]", "name: left, type: date, aliases: [l]",
        ], rows
      ),
      (
        "hours", "entity, month",
        [
          "name: entity, type: text, required: yes, aliases: [e]",
          "name: month, type: month, required: yes, aliases: [m]",
          "name: hours, type: decimal, unit: h, aliases: [h]",
        ], hours
      ),
    ]
    shelf.roles = [
      "entity": "{site: entity, opened: joined, closed: left}",
      "hours": "{site: entity, month: month, quantity: hours}",
    ]
    return shelf
  }

  @Test("a register of entities: unknown, without records, and counted without a basis of control")
  func basis() throws {
    let shelf = Self.entities(
      [
        "One|subsidiary|2010-01-01|-", "Two|subsidiary|2010-01-01|-",
        "Gone|subsidiary|2010-01-01|2020-12-31", "Part|associate|2010-01-01|-",
        "Quiet|associate|2010-01-01|-",
      ],
      hours: [
        "One|2021-01|100", "Part|2021-01|7", "Part|2021-02|8.5", "Part|2020-02|9|out",
        "Who|2021-01|3",
      ])
    let within = ", within: {basis: subsidiary}"
    let found = try shelf.find("test: register-difference, register: entity" + within)
    #expect(
      found.summary == [
        "not-in-register | Who | unquantified",
        "register-without-records | Two | unquantified",
        "counted-beyond-boundary | Part | -15.5",
      ])
    #expect(found.last?.message.hasPrefix("2 records of entity Part are counted") == true)
    // Without a condition every row of a register is expected, and nothing is beyond it.
    #expect(
      try shelf.find("test: register-difference, register: entity").map(\.subject) == [
        "Who", "Quiet", "Two",
      ])
    #expect(
      try shelf.problem("test: register-difference, register: entity, within: {basis: owner}")
        == "`owner` is no choice of `basis`")
  }

  @Test("the boundary of sites says nothing of another register")
  func otherRegister() throws {
    let plain = try Self.entities(["Two|subsidiary|2010-01-01|-"], hours: []).context(
      "test: register-difference, register: entity")
    let context = TestContext(
      kpi: plain.kpi, period: plain.period, datasets: plain.datasets, sitesInBoundary: ["S1"],
      boundaryRegister: "site")
    #expect(try #require(context.kpi.tests.first).run(context).map(\.subject) == ["Two"])
  }

  @Test("near-miss: any record in any dataset is enough, whatever its date")
  func known() throws {
    var world = World(sites: ["S1 2015-01-01 -", "S2 2015-01-01 -"])
    world.readings = ["S1 M1 2020-01 5"]
    world.bills = ["B1 S2 2021-01-01..2021-01-31 5"]
    #expect(try world.find(Self.test).isEmpty)
  }
}
