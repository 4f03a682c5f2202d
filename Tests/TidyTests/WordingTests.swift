import Foundation
import Testing

@Suite("wording")
struct WordingTests {
  /// What no code of ours may say, put together here so that this file does not say it.
  static let forbidden = [
    "try" + "!", "as" + "!", "fatal" + "Error(",
  ]
  static let forbiddenAnywhere = [
    "TO" + "DO", "FIX" + "ME", " XX" + "X", "/wo" + "rk/", "/ho" + "me/", "/Us" + "ers/",
  ]

  @Test("no forced calls, no stop for bad input")
  func code() {
    let found = Repository.places { file in
      file.code.map { line in Self.forbidden.contains { line.contains($0) } }
    }
    #expect(found == [])
  }

  @Test("nothing left to do and no path of one machine, in anything that people wrote")
  func anywhere() throws {
    let folders = ["Sources", "Tests", "Samples", "Policies", ".ci"]
    let ours = [".swift", ".yaml", ".md", ".h", ".modulemap"].flatMap { ending in
      folders.flatMap { Repository.files($0, ending: ending) }
    }
    let others = [
      "README.md", "Package.swift", "Tests/run", "Samples/run", ".ci/run", ".ci/install",
    ]
    for path in ours + others where !Self.notOurs(path) {
      let lines = try Repository.text(path).split(separator: "\n", omittingEmptySubsequences: false)
      for (index, line) in lines.enumerated() {
        for word in Self.forbiddenAnywhere where line.contains(word) {
          Issue.record("\(path):\(index + 1) says \(word)")
        }
      }
    }
  }

  /// Files of others, and what a run of the samples has left behind.
  private static func notOurs(_ path: String) -> Bool {
    path.contains("/Fixtures/") || path.contains("/LICENSE") || path.hasPrefix("Samples/out/")
  }

  /// Where a binary fraction is allowed below the command line, and why.
  static let binary: [String: String] = [
    "Sources/Exact/Rational.swift": "a fraction's neighbourhood for the distributions' root search",
    "Sources/Ingest/Worksheet/WorksheetContent.swift": "the width of a column",
    "Sources/Ingest/Worksheet/WorksheetWriter.swift":
      "a spreadsheet stores doubles; the exact text stands beside it",
  ]

  @Test("no binary floating point where figures are read, kept, summed or written")
  func exact() {
    let rooms = ["Exact", "Assurance", "TieOut", "Ingest", "Pack", "Workbench"]
    let found = Repository.places { file in
      guard file.path.hasPrefix("Sources/"), rooms.contains(file.room),
        Self.binary[file.path] == nil
      else { return [] }
      return file.code.map { line in
        (line.contains("Double") || line.contains("Float") || line.contains("Decimal"))
          && line.contains(/\b(Double|Float|CGFloat|Decimal)\b/)
      }
    }
    #expect(found == [])
  }
}
