import Exact
import Foundation
import Testing

@testable import Assurance

@Suite("the list of population tests")
struct PopulationTestsListTests {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  @Test("list = folder = tests")
  func listIsFolder() throws {
    func names(_ path: String, dropping suffix: String) throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: Self.root.appending(path: path).path)
        .filter { $0.hasSuffix(suffix) }.map { String($0.dropLast(suffix.count)) }.sorted()
    }
    let listed = PopulationTests.all.map { "\($0)" }
    let folder = try names("Sources/Assurance/Testing", dropping: ".swift")
    #expect(folder == (listed + ["PopulationTest"]).sorted())
    let tested = try names("Tests/AssuranceTests/Testing", dropping: "Tests.swift")
    #expect(Set(tested).isSuperset(of: listed))
    #expect(listed == listed.sorted())
  }

  @Test("codes and kinds are unique, in kebab case, and each has its sentence")
  func codes() {
    let findings = PopulationTests.all.flatMap { $0.findings }
    let names = findings.map(\.code) + PopulationTests.all.map { $0.kind }
    for list in [findings.map(\.code), PopulationTests.all.map { $0.kind }] {
      #expect(Set(list).count == list.count)
    }
    for name in names {
      #expect(name.wholeMatch(of: /[a-z]+(-[a-z]+)*/) != nil, "\(name)")
    }
    for finding in findings {
      #expect(finding.meaning.hasSuffix("."))
      #expect(PopulationTests.meaning(of: finding.code) == finding.meaning)
    }
    #expect(PopulationTests.meaning(of: "no-such-code") == nil)
  }

  /// Everything at once, for properties that hold of every test.
  static func crowded() -> World {
    var world = World(sites: ["S1 2015-01-01 -", "S2 2021-03-15 2021-10-10", "S3 2015-01-01 -"])
    world.readings =
      World.steady("S1 M1") + World.steady("S2 M1") + [
        "S9 M1 2021-01 5", "S1 M1 2021-02 104 file=b",
      ]
      + World.year("S1 M2", ["10 under=M1", "11 under=M1", "0", "12", "-7", "9000", "9"])
    world.bills = [
      "B1 S1 2020-12-18..2021-01-17 100", "B2 S1 2020-12-18..2021-01-17 100 est file=b",
      "B3 S1 2022-01-01..2022-01-31 1", "B4 S1 2021-06-01..2021-06-30 -100",
    ]
    return world
  }

  static let declarations = [
    "test: cut-off", "test: duplicates", "test: meter-tree",
    "test: register-difference, register: site", "test: sign",
    "test: site-month-grid, register: site, estimated_max: 1%", "test: swapped-values",
    "test: true-up", "test: unit-scale",
  ]

  @Test("input order changes nothing, and codes come in the test's order", arguments: declarations)
  func order(_ declaration: String) throws {
    var world = Self.crowded()
    let found = try world.find(declaration)
    // Rows keep their numbers as a file would not: only what does not name a row is compared.
    world.readings.reverse()
    world.bills.reverse()
    #expect(try world.find(declaration).summary.sorted() == found.summary.sorted())
    let test = try #require(try world.context(declaration).kpi.tests.first)
    let order = type(of: test).codes
    let ranks = found.compactMap { order.firstIndex(of: $0.code) }
    #expect(ranks.count == found.count)
    #expect(ranks == ranks.sorted())
    for exception in found {
      #expect(exception.unit == "t" && exception.kpi == "water" && !exception.message.isEmpty)
      #expect(!exception.locators.isEmpty && !exception.message.hasSuffix("."))
    }
  }

  @Test("a clean year gives nothing", arguments: declarations)
  func clean(_ declaration: String) throws {
    var world = World()
    world.readings = World.steady("S1 M1") + World.steady("S2 M1") + World.steady("S3 M1")
    #expect(try world.find(declaration).isEmpty)
  }

  @Test("no records at all are no crash", arguments: declarations)
  func empty(_ declaration: String) throws {
    let found = try World(sites: []).find(declaration)
    #expect(found.isEmpty)
  }
}

@Suite("median")
struct MedianTests {
  @Test("leaving each out agrees with sorting the rest, over all lists of small numbers")
  func slowReference() {
    func slow(_ values: [Rational]) -> Rational? {
      let sorted = values.sorted()
      guard let last = sorted.indices.last else { return nil }
      // The mean of the middle two, which are one and the same in a list of odd length.
      return (sorted[last / 2] + sorted[(last + 1) / 2]).divided(by: Rational(2))
    }
    for count in 0...5 {
      for code in 0..<Int((0..<count).reduce(1) { product, _ in product * 4 }) {
        var rest = code
        let values = (0..<count).map { _ in
          defer { rest /= 4 }
          return Rational(rest % 4 - 1)
        }
        #expect(Median.of(values) == slow(values))
        let without = values.indices.map { index in
          slow(values.enumerated().filter { $0.offset != index }.map(\.element))
        }
        #expect(Median.withoutEach(values) == without)
      }
    }
  }
}
