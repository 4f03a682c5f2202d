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

  @Test("near-miss: any record in any dataset is enough, whatever its date")
  func known() throws {
    var world = World(sites: ["S1 2015-01-01 -", "S2 2015-01-01 -"])
    world.readings = ["S1 M1 2020-01 5"]
    world.bills = ["B1 S2 2021-01-01..2021-01-31 5"]
    #expect(try world.find(Self.test).isEmpty)
  }
}
