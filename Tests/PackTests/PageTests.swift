import Assurance
import Foundation
import Pack
import Testing

/// Pages load nothing, run nothing, and lead only to files of the pack.
@Suite struct PageTests {
  private func pages(_ pack: String) throws -> [(path: String, text: String)] {
    let listed = try CommandResult.run(
      "find . -name '*.html' ! -name verify.html | LC_ALL=C sort",
      in: pack)
    return try listed.output.split(separator: "\n").map { line in
      let path = String(line.dropFirst(2))
      return (path, String(decoding: try Tamper.read(pack + "/" + path), as: UTF8.self))
    }
  }

  @Test func loadAndRunNothing() throws {
    let folder = try TemporaryFolder()
    let pages = try pages(try folder.pack())
    #expect(pages.count == 11)
    for (path, text) in pages {
      let head = text.components(separatedBy: "<meta ")
      #expect(head[1].hasPrefix("http-equiv=\"Content-Security-Policy\""), "\(path)")
      for word in ["<script", "<img", "<link", "<iframe", "url(", "@import", " style=", "http://"] {
        // A drawing's own fills are the only references, and lead nowhere else.
        #expect(!text.replacing("\"url(#", with: "").contains(word), "\(path) has \(word)")
      }
      #expect(text.contains("<html lang=\"en\">") && text.contains("href=\"#main\""), "\(path)")
      #expect(!text.contains("onerror") && !text.contains("javascript:"), "\(path)")
    }
  }

  /// The policy names the digest of the style sheet between the tags: computed by openssl.
  @Test func policyAllowsTheStyleAndNoOther() throws {
    let folder = try TemporaryFolder()
    let pack = try folder.pack()
    for (path, text) in try pages(pack) {
      let style = text.components(separatedBy: "<style>")[1].components(separatedBy: "</style>")[0]
      try Tamper.write(folder.path + "/style", Array(style.utf8))
      let digest = try CommandResult.run(
        "openssl dgst -sha256 -binary style | base64", in: folder.path)
      let name = digest.output.trimmingCharacters(in: .newlines)
      #expect(text.contains("style-src 'sha256-\(name)'"), "\(path)")
    }
  }

  @Test func linksLeadToFilesOfThePack() throws {
    let folder = try TemporaryFolder()
    let pack = try folder.pack()
    for (path, text) in try pages(pack) {
      let base = URL(fileURLWithPath: pack + "/" + path)
      for part in text.components(separatedBy: "href=\"").dropFirst() {
        let target = String(part.prefix { $0 != "\"" })
        if target.hasPrefix("#") { continue }
        let place = URL(fileURLWithPath: target, relativeTo: base).standardizedFileURL.path
        #expect(place.hasPrefix(pack + "/"), "\(path): \(target)")
        #expect(FileManager.default.fileExists(atPath: place), "\(path): \(target)")
      }
    }
  }

  /// Text from outside is text: in HTML, in Markdown tables, and with its direction marks visible.
  @Test func textStaysText() throws {
    let folder = try TemporaryFolder()
    let pack = try folder.pack {
      $0.engagement.entity = "</title><script>x</script> \u{202E}evil\u{202C}\n## forged"
    }
    #expect(try PackVerifier.verify(pack).findings == [])
    for (path, text) in try pages(pack) {
      #expect(!text.contains("<script"), "\(path)")
      #expect(!text.contains("\u{202E}"), "\(path)")
    }
    let markdown = String(
      decoding: try Tamper.read(pack + "/data/workpapers/water-consumption.md"), as: UTF8.self)
    #expect(markdown.contains("⟨U+202E⟩evil⟨U+202C⟩⟨U+000A⟩## forged"))
    #expect(markdown.contains("a\\|b"))
    #expect(!markdown.contains("\n## forged"))
  }

  @Test func largePopulationsAreShownInPart() throws {
    let folder = try TemporaryFolder()
    let pack = try folder.pack {
      $0.workpapers = [try Example.large(6000)]
      $0.trail = try Example.trail($0.workpapers[0])
    }
    #expect(try PackVerifier.verify(pack).findings == [])
    let page = String(
      decoding: try Tamper.read(pack + "/data/pages/large-population.html"), as: UTF8.self)
    #expect(page.contains("The first 1,000 of 6,000 records are shown here."))
    #expect(page.components(separatedBy: "<tr>").count == 1 + 1 + 1000)
    let lines = try CommandResult.run("wc -l < data/ledger/large-population.csv", in: pack)
    #expect(lines.output.trimmingCharacters(in: .whitespacesAndNewlines) == "6001")
  }
}
