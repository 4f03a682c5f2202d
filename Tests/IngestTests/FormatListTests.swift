import Foundation
import Ingest
import Testing

@Suite struct FormatListTests {
  /// One format = one file in the folder = one line in the list.
  @Test func listIsFolder() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/Ingest/Formats")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".swift") && $0 != "SourceFormat.swift" }
    #expect(Set(SourceFormats.all.map { "\($0).swift" }) == Set(files))
    #expect(Set(SourceFormats.all.map { $0.id }).count == SourceFormats.all.count)
  }

  /// Every format has a fixture by other hands, or a table written here.
  @Test func everyFormatHasAFixture() throws {
    let corpus = Corpus.fixtures.appending(path: "corpus")
    var found: Set<String> = ["delimited"]
    for row in try Corpus.rows(corpus.appending(path: "facts.csv")) {
      let file = try SourceFile.open(path: corpus.appending(path: row["file"] ?? "").path)
      found.insert(file.format)
    }
    #expect(found == Set(SourceFormats.all.map { $0.id }))
  }
}
