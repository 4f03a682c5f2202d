import Foundation
import Testing

@testable import Assurance

/// The list of relations as it was handed over, in its own words, where it is at hand.
@Suite("relations as handed over")
struct SharedRelationTests {
  static let folder: URL? = {
    var folder = ReportFiles.root
    while folder.path != "/" {
      let candidate = folder.appending(path: "shared/reference/report-2021")
      if FileManager.default.fileExists(atPath: candidate.path) { return candidate }
      folder = folder.deletingLastPathComponent()
    }
    return nil
  }()

  /// Forms in words that no grammar reads; the policy's own list says them as equations.
  static let inWords: Set<String> = ["r085", "r104", "r105"]

  @Test("read as they stand", .enabled(if: folder != nil)) func handedOver() throws {
    let folder = try #require(Self.folder)
    func text(_ name: String) throws -> String {
      try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }
    var book = try ReportFiles.book()
    try book.add(csv: text("kpis.csv"), file: "kpis.csv")
    try book.add(csv: text("narrative-claims.csv"), file: "narrative-claims.csv")
    book.lines = try text("report.zh-Hant.txt")
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let list = try text("relations.csv")
    let relations = try Relation.read(csv: list, file: "relations.csv", takesWords: true)
    let results = RelationBook(relations, figures: book).results()
    let expected = try HeadedRows(csv: list, file: "relations.csv", code: "test").rows
    #expect(results.count == expected.count)
    for (result, row) in zip(results, expected) where !Self.inWords.contains(row["id"]) {
      let rounds = result.roundsToReported.map { $0 ? "yes" : "no" } ?? ""
      #expect(result.verdict.holds == row["holds"], "\(row["id"]): \(result.reason)")
      #expect(rounds == row["rounds_to_reported"], "\(row["id"]): \(result.reason)")
    }
  }
}
