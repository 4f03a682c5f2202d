import Testing

@testable import Assurance

@Suite("duplicates")
struct DuplicatesTests {
  static let test = "test: duplicates"

  @Test("the same key in two files: the extra one is taken out")
  func sameKey() throws {
    var world = World()
    world.readings = ["S1 M1 2021-01 100", "S1 M1 2021-01 100 file=b", "S1 M1 2021-02 100"]
    let found = try world.find(Self.test)
    #expect(found.summary == ["duplicate-key | reading S1/M1/2021-01 | -100"])
    #expect(
      found.first?.locators == ["a.csv@aaaaaaaaaaaa#reading!D2", "b.csv@bbbbbbbbbbbb#reading!D3"])
    world.readings = ["S1 M1 2021-01 5", "S1 M1 2021-01 5", "S1 M1 2021-01 5"]
    #expect(try world.find(Self.test).summary == ["duplicate-key | reading S1/M1/2021-01 | -10"])
  }

  @Test("copies that differ have no known effect, and those not counted have none")
  func differentCopies() throws {
    var world = World()
    world.readings = ["S1 M1 2021-01 100", "S1 M1 2021-01 90"]
    #expect(try world.find(Self.test).map(\.effect) == [.unquantified])
    world.readings = ["S1 M1 2020-01 100", "S1 M1 2020-01 90"]
    #expect(try world.find(Self.test).map(\.effect) == [.none])
  }

  /// Suppliers told apart by number, and certificates of buildings that count once.
  static func once(_ measure: String, unit: String, _ rows: [String]) -> Shelf {
    var shelf = Shelf(measure: measure, unit: unit)
    shelf.datasets = [
      (
        "supplier", "number",
        [
          "name: number, type: text, required: yes, aliases: [n]",
          "name: name, type: text, aliases: [m]",
          "name: area, type: decimal, unit: m2, aliases: [a]",
          "name: day, type: date, aliases: [d]",
        ], rows
      )
    ]
    return shelf
  }

  @Test("what is told apart does not move while another record names it")
  func distinct() throws {
    let measure = "{distinct: [{dataset: supplier, field: number, date: day}]}"
    func find(_ rows: String...) throws -> [String] {
      try Self.once(measure, unit: "\"{supplier}\"", rows).find(Self.test).summary
    }
    #expect(
      try find("V1|A|-|2021-01-01", "V1|A|-|2021-02-01", "V2|B|-|2021-01-01")
        == ["duplicate-key | supplier V1 | none"])
    #expect(
      try find("V1|A|-|2020-01-01|out", "V1|A|-|2021-02-01")
        == ["duplicate-key | supplier V1 | none"])
    // By name: one of two numbers goes, and with it one supplier.
    let names = Self.once(
      measure, unit: "\"{supplier}\"",
      ["V1|A|-|2021-01-01", "V2|a|-|2021-01-01", "V2|a|-|2021-03-01"])
    #expect(try names.find("test: alike, by: [[name]]").map(\.effect.text) == ["-1"])
  }

  @Test("what counts once does not move while another record names it")
  func countsOnce() throws {
    let measure = "{sum: [{dataset: supplier, field: area, date: day, once: name}]}"
    let rows = ["C1|Tower|50|2021-01-01", "C1|Tower|50|2021-01-01", "C2|Hall|20|2021-01-01"]
    let shelf = Self.once(measure, unit: "m2", rows)
    #expect(try shelf.find(Self.test).summary == ["duplicate-key | supplier C1 | none"])
    let rule = "test: rule, says: odd, effect: remove, when: {name: Hall}"
    #expect(try shelf.find(rule).map(\.effect.text) == ["-20"])
  }

  @Test("a site twice in the register")
  func register() throws {
    let world = World(sites: ["S1 2015-01-01 -", "S1 2015-01-01 -"])
    #expect(try world.find(Self.test).summary == ["duplicate-key | site S1 | unquantified"])
  }

  @Test(
    "one bill under two numbers; near-miss: other days, other quantity, other site, nothing used")
  func sameDocument() throws {
    var world = World()
    world.bills = ["B1 S1 2021-01-01..2021-01-31 40", "B2 S1 2021-01-01..2021-01-31 40 file=b"]
    let found = try world.find(Self.test)
    #expect(found.summary == ["duplicate-document | bill B1, bill B2 | -40"])
    #expect(found.first?.locators.count == 2)
    for other in [
      "B2 S1 2021-02-01..2021-02-28 40", "B2 S1 2021-01-01..2021-01-31 41",
      "B2 S2 2021-01-01..2021-01-31 40",
    ] {
      world.bills[1] = other
      #expect(try world.find(Self.test).isEmpty, "\(other)")
    }
    world.bills = ["B1 S1 2021-01-01..2021-01-31 0", "B2 S1 2021-01-01..2021-01-31 0"]
    #expect(try world.find(Self.test).isEmpty)
  }

  @Test("a bill that is in the meter system too")
  func acrossDatasets() throws {
    var world = World()
    world.readings = ["S1 M1 2021-03 77"]
    world.bills = ["B1 S1 2021-03-01..2021-03-31 77"]
    #expect(
      try world.find(Self.test).summary
        == ["duplicate-document | bill B1, reading S1/M1/2021-03 | -77"])
    world.bills = ["B1 S1 2021-04-01..2021-04-30 77"]
    #expect(try world.find(Self.test).isEmpty)
  }

  @Test("near-miss: two meters of one site with the same value")
  func twoMeters() throws {
    var world = World()
    world.readings = ["S1 M1 2021-03 77", "S1 M2 2021-03 77"]
    #expect(try world.find(Self.test).isEmpty)
  }
}
