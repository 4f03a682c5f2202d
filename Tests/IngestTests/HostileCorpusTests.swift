import Assurance
import Foundation
import Ingest
import Testing

/// Hostile files by other hands: an error with a code, or a bounded result.
@Suite struct HostileCorpusTests {
  @Test(.timeLimit(.minutes(10))) func everyFileEnds() throws {
    guard let corpus = Corpus.shared else {
      print("skipped: no corpus beside the repository")
      return
    }
    let folder = corpus.appending(path: "malicious")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(names.count >= 60)
    for name in names {
      do {
        let file = try SourceFile.open(path: folder.appending(path: name).path)
        let tables = try TableSummary.read(file)
        #expect(tables.allSatisfy { $0.rows <= 2_000_000 })
        #expect(MaliciousFiles.read.contains(name), "\(name) was read")
      } catch {
        #expect(!error.code.isEmpty && !error.place.isEmpty)
        #expect(MaliciousFiles.refused[error.code]?.contains(name) == true, "\(name) \(error)")
      }
    }
  }

  /// Files that declare entities are refused before anything is expanded or opened.
  @Test func doctypesAreRefused() throws {
    guard let corpus = Corpus.shared else { return }
    for name in [
      "defusedxml-xmlbomb.xml", "defusedxml-external.xml", "defusedxml-external_file.xml",
      "defusedxml-quadratic.xml", "defusedxml-dtd.xml", "libxml2-lol_param.xml",
      "spout-attack_billion_laughs.xlsx", "spout-attack_billion_laughs.ods",
      "spout-attack_quadratic_blowup.ods", "poi-poc-xmlbomb.xlsx",
      "phpspreadsheet-utf8entity.xlsx", "phpspreadsheet-utf16entity.xlsx",
    ] {
      let path = corpus.appending(path: "malicious/\(name)").path
      #expect(
        code { _ = try TableSummary.read(SourceFile.open(path: path)) } == "xml-doctype", "\(name)")
    }
  }
}
