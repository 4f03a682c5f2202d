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

  /// Every format has a page that says what is read and what is refused.
  @Test func everyFormatHasAPage() throws {
    let pages = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/Ingest/Ingest.docc")
    let index = try String(contentsOf: pages.appending(path: "Ingest.md"), encoding: .utf8)
    for format in SourceFormats.all {
      let path = pages.appending(path: "\(format.id).md")
      let page = try String(contentsOf: path, encoding: .utf8)
      #expect(page.localizedCaseInsensitiveContains("refused"), "\(format.id)")
      #expect(index.contains("<doc:\(format.id)>"))
    }
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
