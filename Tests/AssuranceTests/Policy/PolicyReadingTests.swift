import Exact
import Foundation
import Testing

@testable import Assurance

@Suite("policy, read")
struct PolicyReadingTests {
  @Test("everything that is written is kept")
  func whole() throws {
    let set = try PolicyFiles().read()
    #expect(set.name == "test")
    #expect(set.boundary?.filter == "kind = 'office'")
    #expect(set.criteria.first?.text == "As measured, in tonnes")
    let bill = try #require(set.dataset("bill"))
    #expect(bill.key == ["number"])
    #expect(bill.numbers == NumberForm(point: ",", group: "."))
    #expect(bill.dates == .dmy)
    #expect(bill.manyTables)
    #expect(bill.recordPath == "/Bills/Bill")
    #expect(bill.conversions.first?.factor == .one)
    #expect(bill.unitWords.first?.words == ["cubic metre", "立方米"])
    #expect(bill.index(of: .quantity) == 3)
    #expect(bill.field("site")?.register == "site")
    #expect(bill.field("number")?.isRequired == true)
    #expect(bill.field("day")?.isRequired == false)
    #expect(set.dataset("site")?.field("kind")?.choices.first?.words == ["office", "辦公室"])
    let water = try #require(set.kpi("water"))
    #expect(water.titles.map(\.language) == ["en", "zh-Hant"])
    #expect(water.measure.terms.first?.filter == "site.kind = 'office'")
    #expect(water.tests.map { type(of: $0).kind } == ["register-difference"])
    #expect(set.kpi("money")?.status == .reportedOnly)
    #expect(set.sampling.level("limited")?.confidence == ExactDecimal("0.7"))
    #expect(set.sampling.methods[.flow]?.method == "modified-sieve")
    #expect(set.sampling.methods[.ratio] == nil)
  }

  @Test(
    "parameters of tests",
    arguments: [
      ("site-month-grid, register: site, estimated_max: 12.5 %", true),
      ("site-month-grid, register: site, estimated_max: 0.1", false),
      ("site-month-grid, register: site, estimated_max: -1%", false),
      ("site-month-grid, register: site, estimated_max: '%'", false),
      ("cut-off, days: 0", true), ("cut-off, days: -1", false), ("cut-off, days: 1.5", false),
      ("unit-scale, ratio_min: 3, fit: 1.6, factors: ['1000', 3.6]", true),
      ("unit-scale, ratio_min: 1", false), ("unit-scale, factors: [0]", false),
      ("unit-scale, fit: x", false), ("swapped-values, fit: 1.25", true),
      ("true-up, excess_min: 50%", true), ("true-up, excess_min: half", false),
      ("match, left: a, right: b, on: [x], compare: y, tolerance: 0.5", true),
      ("match, left: a, right: b, on: [x], compare: y, tolerance: -0.5", false),
    ])
  func parameters(_ text: String, _ isGood: Bool) throws {
    let node = try PolicyNode.parse("{test: \(text)}", file: "k.yaml")
    if isGood {
      #expect(throws: Never.self) { try PopulationTests.read(node) }
    } else {
      #expect(throws: AssureError("policy-value", "")) { try PopulationTests.read(node) }
    }
  }

  @Test("every code with which the reader of policies can refuse has its case")
  func complete() throws {
    let folder = PopulationTestsListTests.root.appending(path: "Sources/Assurance/Policy").path
    var codes: Set<String> = []
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
      let text = try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
      for match in text.matches(of: /"((policy|csv)-[a-z-]+)"/) { codes.insert(String(match.1)) }
    }
    // One is raised by the list of tests, in another folder; one has a test of its own.
    let tested = Set(PolicyRefusalTests.all.map(\.code))
    #expect(codes == tested.subtracting(["policy-unknown-test"]).union(["policy-empty"]))
  }

  @Test("the policies in the repository are read")
  func ownPolicies() throws {
    let root = PopulationTestsListTests.root
    var folders: [String] = []
    for parent in ["Policies", "Samples/Meters-and-Bills/policies"] {
      let path = root.appending(path: parent).path
      for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
      where !name.hasPrefix(".") {
        folders.append(parent + "/" + name)
      }
    }
    #expect(!folders.isEmpty)
    for folder in folders {
      var files: [String: String] = [:]
      let base = root.appending(path: folder)
      for case let path as String in FileManager.default.enumerator(atPath: base.path) ?? .init()
      where path.hasSuffix(".yaml") || path.hasSuffix(".csv") {
        files[path] = try String(contentsOf: base.appending(path: path), encoding: .utf8)
      }
      #expect(throws: Never.self, "\(folder)") { try PolicySet.read(files, place: folder) }
    }
  }
}
