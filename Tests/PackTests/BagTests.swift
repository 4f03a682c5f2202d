import Foundation
import Pack
import Testing

/// Other people's bags: the conformance suite of the Library of Congress.
@Suite struct BagTests {
  /// A line of `expected.tsv`: `valid`, `valid+warning`, `invalid`, `invalid+warning`, or two.
  private func expectations(_ folder: String) throws -> [(bag: String, verdicts: [String])] {
    try String(contentsOfFile: folder + "/expected.tsv", encoding: .utf8).split(separator: "\n")
      .dropFirst().map { line in
        let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
        return (String(fields[0]), fields[1].split(separator: "|").map(String.init))
      }
  }

  private func check(_ folder: String) throws -> Int {
    var agreed = 0
    for (bag, verdicts) in try expectations(folder) {
      let report = try Bag.verify(folder + "/" + bag)
      let word = report.isValid ? "valid" : "invalid"
      // A warning more than the suite has is no other verdict: one of its valid bags has the `./`
      // that it warns of in another. A warning that it wants must be there.
      let agrees = verdicts.contains { verdict in
        verdict == word || (verdict == word + "+warning" && report.hasWarnings)
      }
      #expect(agrees, "\(bag): \(verdicts), we say \(word): \(report.findings)")
      if agrees { agreed += 1 }
    }
    return agreed
  }

  @Test func copiedBags() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path
    #expect(try check(folder + "/Fixtures/bags") == 11)
  }

  @Test func wholeSuite() throws {
    guard let shared = Shared.folder("corpus-bagit") else {
      print("skipped: no shared/corpus-bagit beside the repository")
      return
    }
    #expect(try check(shared) == 60)
  }
}

/// The folder `shared`, somewhere above the repository.
enum Shared {
  static func folder(_ name: String) -> String? {
    var url = URL(fileURLWithPath: #filePath)
    while url.path != "/" {
      url.deleteLastPathComponent()
      let candidate = url.appendingPathComponent("shared/" + name).path
      if FileManager.default.fileExists(atPath: candidate) { return candidate }
    }
    return nil
  }
}
