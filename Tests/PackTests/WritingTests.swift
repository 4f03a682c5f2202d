import Assurance
import Foundation
import Pack
import Testing

/// A pack is there whole or not at all, and holds what it was given.
@Suite struct WritingTests {
  @Test func aNewPackIsValid() throws {
    let folder = try TemporaryFolder()
    let verdict = try PackVerifier.verify(try folder.pack())
    #expect(verdict.findings == [], "\(verdict.findings)")
    #expect(verdict.word == .validInPart)
    #expect(verdict.line.hasPrefix("valid, with things not checked: "))
    #expect(verdict.notChecked.contains { $0.hasPrefix("signatures") })
  }

  @Test func theDigestIsThatOfTheTagManifest() throws {
    let folder = try TemporaryFolder()
    let receipt = try EvidencePack.write(try Example.content(), to: folder.path + "/p/")
    let sum = try CommandResult.run("sha256sum p/tagmanifest-sha256.txt", in: folder.path)
    #expect(sum.output.hasPrefix(receipt.digest + " "))
    #expect(try PackVerifier.verify(folder.path + "/p").digest == receipt.digest)
    #expect(receipt.originalsLeftOut == [])
  }

  @Test func neverOverwrites() throws {
    let folder = try TemporaryFolder()
    let pack = try folder.pack()
    let before = try CommandResult.run("ls -lR --time-style=full-iso", in: pack).output
    #expect(throws: AssureError("pack-exists", "")) {
      try EvidencePack.write(try Example.content(), to: pack)
    }
    #expect(try CommandResult.run("ls -lR --time-style=full-iso", in: pack).output == before)
  }

  /// An error on the way leaves neither a pack nor its parts.
  @Test func leavesNothingBehind() throws {
    struct Gone: Error {}
    let folder = try TemporaryFolder()
    #expect(throws: Gone.self) {
      _ = try folder.pack {
        // The digest is asked for first; the second reading fails.
        let calls = Calls()
        $0.attachments.append(
          PackFile(
            name: "slow.pdf", digest: nil, size: 3,
            bytes: .stream { piece in
              if calls.next() > 1 { throw Gone() }
              try [1, 2, 3].withUnsafeBytes(piece)
            }))
      }
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
  }

  /// What a killed process leaves is a folder that starts with a dot and is no pack.
  @Test func aPartialFolderIsNoPack() throws {
    let folder = try TemporaryFolder()
    let pack = try folder.pack()
    try Tamper.remove(pack + "/tagmanifest-sha256.txt")
    try Tamper.remove(pack + "/tagmanifest-sha512.txt")
    #expect(try PackVerifier.verify(pack).word == .broken)
  }

  @Test func originalsLeftOutAreNamed() throws {
    let folder = try TemporaryFolder()
    var content = try Example.content()
    content.originalsRule = .upTo(bytes: 3)
    let receipt = try EvidencePack.write(content, to: folder.path + "/p")
    #expect(receipt.originalsLeftOut == ["讀數 meters.xml"])
    let verdict = try PackVerifier.verify(folder.path + "/p")
    #expect(verdict.findings == [])
    #expect(verdict.notChecked.contains { $0.contains("1 source files are not in the pack") })
    let page = try Tamper.read(folder.path + "/p/data/pages/sources.html")
    #expect(String(decoding: page, as: UTF8.self).contains("left out of the pack"))
  }

  @Test(arguments: ["a/b", "../x", "", "x y", "nul"]) func refusesNames(_ name: String) throws {
    let folder = try TemporaryFolder()
    #expect(throws: AssureError("kpi-name", "")) {
      try folder.pack { $0.workpapers[1].kpi.name = name }
    }
  }

  @Test func refusesAChangedPopulation() throws {
    let folder = try TemporaryFolder()
    #expect(throws: AssureError("population-digest", "")) {
      try folder.pack { $0.workpapers[0].population?.items[0].locator = "elsewhere" }
    }
  }

  @Test func refusesAChangedOriginal() throws {
    let folder = try TemporaryFolder()
    #expect(throws: AssureError("file-changed", "")) {
      try folder.pack {
        $0.originals = [PackFile(name: "m.xml", bytes: [1], digest: Example.sourceDigest)]
      }
    }
  }

  @Test func safeNames() {
    #expect(SafeName.part("水費 (1).xlsx") == "____1_.xlsx")
    #expect(SafeName.part("-rf") == "_rf")
    #expect(SafeName.part("..") == "_")
    #expect(SafeName.part("CON.txt") == "_CON.txt")
    #expect(SafeName.part(String(repeating: "a", count: 300) + ".pdf").utf8.count <= 100)
    for name in ["a.", ".a", "-a", "a b", "a/", "/a", "a//b", "COM1", "lpt9.x", "a%b", "é", "a\\b"]
    {
      #expect(!SafeName.isSafe(path: name), "\(name)")
    }
    for name in ["a", "A_1-2.tar.gz", "data/x/y", "COM0", "console"] {
      #expect(SafeName.isSafe(path: name), "\(name)")
    }
  }
}

/// Counts calls from a sendable closure.
final class Calls: @unchecked Sendable {
  private let lock = NSLock()
  private var count = 0

  func next() -> Int {
    lock.withLock {
      count += 1
      return count
    }
  }
}
