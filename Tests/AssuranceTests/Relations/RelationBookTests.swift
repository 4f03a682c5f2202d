import Exact
import Foundation
import Testing

@testable import Assurance

/// Files beside this test and in the repository.
enum ReportFiles {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static func fixture(_ name: String) throws -> String {
    try String(
      contentsOf: root.appending(path: "Tests/AssuranceTests/Fixtures/report-2021/\(name)"),
      encoding: .utf8)
  }

  static func policy(_ name: String) throws -> String {
    try String(
      contentsOf: root.appending(path: "Policies/hkex-esg-2021/\(name)"), encoding: .utf8)
  }

  /// The figures of the report, and the lines on which relations count things.
  static func book() throws -> FigureBook {
    var book = FigureBook(year: 2021)
    try book.add(csv: fixture("kpis.csv"), file: "kpis.csv")
    try book.add(csv: fixture("claims.csv"), file: "claims.csv")
    try book.addBases(csv: policy("bases.csv"), file: "bases.csv")
    book.lines = Array(repeating: "", count: 3136)
    for line in 314...336 { book.lines[line - 1] = "- topic" }
    book.lines[170] = "董事會下設甲委員會、乙委員會、丙委員會、丁委員會、戊委員會等5個委員會。"
    book.lines[309] = "重要議題包括：一、二、三、四、五、六、七、八、九、十、十一。詳見附錄。"
    book.lines[704] = "共包含人員、設備、設施運營、IT、資產資源以及安全六大維度和超60個指標項。"
    book.lines[1416] = "以科、玄、雲、安、反、移、朱七大實驗室組成，覆蓋連接、系統、應用。"
    book.lines[3046] = "即：一、二、三、四、五與六。這 5 個議題。"
    return book
  }

  static func results() throws -> [RelationResult] {
    let relations = try Relation.read(csv: policy("relations.csv"), file: "relations.csv")
    return RelationBook(relations, figures: try book()).results()
  }
}

/// A row of what a person worked out.
struct ExpectedRelation: Sendable, CustomTestStringConvertible {
  let id: String
  let rounds: String
  let holds: String
  let computed: String
  let low: String
  let high: String
  var testDescription: String { id }

  static let all: [ExpectedRelation] = {
    guard let text = try? ReportFiles.fixture("relations-expected.csv"),
      let table = try? HeadedRows(csv: text, file: "expected", code: "test")
    else { return [] }
    return table.rows.map {
      ExpectedRelation(
        id: $0["id"], rounds: $0["rounds_to_reported"], holds: $0["holds"],
        computed: $0["computed"], low: $0["computed_low"], high: $0["computed_high"])
    }
  }()
}

@Suite("relations of the model report")
struct RelationBookTests {
  static let results: [String: RelationResult] = {
    guard let results = try? ReportFiles.results() else { return [:] }
    return Dictionary(uniqueKeysWithValues: results.map { ($0.relation.id, $0) })
  }()

  @Test("the list is whole") func listed() {
    #expect(ExpectedRelation.all.count == 101)
    #expect(Self.results.count > ExpectedRelation.all.count)
  }

  // "All rows of relations.csv give its `holds` and `rounds_to_reported`."
  @Test("each relation comes out as worked out by hand", arguments: ExpectedRelation.all)
  func relation(_ expected: ExpectedRelation) throws {
    let result = try #require(Self.results[expected.id])
    let rounds = result.roundsToReported.map { $0 ? "yes" : "no" } ?? ""
    #expect(result.verdict.holds == expected.holds, "\(result.reason)")
    #expect(rounds == expected.rounds, "\(result.reason)")
  }

  /// Which rows' intervals were made by another rule than the printed digits of every figure.
  static let otherIntervals: Set<String> = ["r061", "r088", "r144"]

  @Test("intervals agree to the digits given", arguments: ExpectedRelation.all)
  func interval(_ expected: ExpectedRelation) throws {
    let result = try #require(Self.results[expected.id])
    guard !expected.low.isEmpty, !Self.otherIntervals.contains(expected.id) else { return }
    let reach = try #require(result.computed?.rounded)
    for (end, text) in [(reach.low, expected.low), (reach.high, expected.high)] {
      let (end, printed) = (try #require(end), try #require(ExactDecimal(text)))
      let interval = try Interval(printed: printed, decimals: printed.scale)
      #expect(interval.contains(end), "\(end) against \(text)")
    }
  }
}
