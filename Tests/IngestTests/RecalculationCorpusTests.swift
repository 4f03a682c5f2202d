import Assurance
import Foundation
import Testing

@testable import Ingest

/// What spreadsheet programs stored is what the formulas give: Excel and LibreOffice computed the
/// values in these files, and neither has seen this code.
@Suite struct RecalculationCorpusTests {
  /// Files whose stored values are indeed not what their formulas give, and why.
  private static let known: [String: (count: Int, why: String)] = [
    "phpspreadsheet-Excel2003XMLTest.xml": (
      20, "rows moved by hand away from the cells that formulas name; an error stored as 0"
    ),
    "sheetjs-LONumbers.xlsx": (4, "numbers stored as texts"),
    "sheetjs-number_format.xls.xml": (1, "a comparison stored before its inputs were changed"),
  ]

  private func files(_ folder: URL) -> [URL] {
    ["spreadsheetml2003", "xlsx", "ods", "fods"].flatMap { kind -> [URL] in
      let place = folder.appending(path: kind)
      let found = try? FileManager.default.contentsOfDirectory(
        at: place, includingPropertiesForKeys: nil)
      return (found ?? []).sorted { $0.path < $1.path }
    }
  }

  private func check(_ file: URL) throws -> (recalculated: Int, formulas: Int) {
    // Files that are refused have their own tests.
    guard let source = try? SourceFile.open(path: file.path),
      let tables = try? WorkbookInspection.read(source)
    else { return (0, 0) }
    let differing = tables.reduce(0) { $0 + $1.differing }
    let expected = Self.known[file.lastPathComponent]?.count ?? 0
    let places = tables.flatMap(\.notices).filter { $0.code == "cached-value-differs" }
      .map { $0.locator.suffix }
    #expect(differing == expected, "\(file.lastPathComponent): \(places)")
    return tables.reduce((0, 0)) { ($0.0 + $1.recalculated, $0.1 + $1.formulas) }
  }

  @Test func fixtures() throws {
    var recalculated = 0
    for file in files(Corpus.fixtures.appending(path: "corpus")) {
      recalculated += try check(file).recalculated
    }
    #expect(recalculated >= 50)
  }

  @Test(.enabled(if: Corpus.shared != nil, "the shared corpus is not here"))
  func corpus() throws {
    guard let shared = Corpus.shared else { return }
    var (recalculated, formulas) = (0, 0)
    for file in files(shared) {
      let counts = try check(file)
      recalculated += counts.recalculated
      formulas += counts.formulas
    }
    // Floors, so that nothing passes for not having been looked at.
    #expect(formulas > 35_000 && recalculated > 10_000, "\(recalculated) of \(formulas)")
  }
}
