import Foundation
import Pack
import Testing

/// Every file of a small pack changed in every way that a folder can be: all of it is found.
@Suite struct MutationTests {
  /// With `ASSURE_TEST_MUTATIONS=all` three more ways and seven times the bits.
  static let isLong = ProcessInfo.processInfo.environment["ASSURE_TEST_MUTATIONS"] == "all"
  static let ways =
    ["flip", "cut", "delete", "rename", "link"] + (isLong ? ["extend", "empty", "folder"] : [])

  @Test func everyFileEveryWay() throws {
    let folder = try TemporaryFolder()
    let original = try folder.pack("original")
    let listed = try CommandResult.run("find . -type f | LC_ALL=C sort", in: original)
    let files = listed.output.split(separator: "\n").map { String($0.dropFirst(2)) }
    #expect(files.count > 40)
    var found = 0
    for file in files {
      for way in Self.ways {
        let copy = folder.path + "/copy"
        _ = try CommandResult.run("rm -rf copy && cp -r original copy", in: folder.path)
        try change(copy + "/" + file, way)
        let verdict = try PackVerifier.verify(copy)
        #expect(verdict.word == .broken, "\(way) \(file)")
        if verdict.word == .broken { found += 1 }
      }
    }
    #expect(found == files.count * Self.ways.count)
  }

  private func change(_ path: String, _ way: String) throws {
    let manager = FileManager.default
    let bytes = try Tamper.read(path)
    switch way {
    case "flip": try Tamper.flip(path, at: bytes.count / 2)
    case "cut": try Tamper.write(path, bytes.dropLast())
    case "extend": try Tamper.write(path, bytes + [10])
    case "empty": try Tamper.write(path, [])
    case "rename": try manager.moveItem(atPath: path, toPath: path + "x")
    case "link":
      try manager.moveItem(atPath: path, toPath: path + ".moved")
      try manager.createSymbolicLink(atPath: path, withDestinationPath: path + ".moved")
    case "folder":
      try manager.removeItem(atPath: path)
      try Tamper.makeFolder(path)
    default: try manager.removeItem(atPath: path)
    }
  }

  /// Bits of small files that say what the rest must be, at a fixed stride.
  @Test func bits() throws {
    let folder = try TemporaryFolder()
    let pack = try folder.pack()
    for file in ["bagit.txt", "bag-info.txt", "tagmanifest-sha256.txt", "data/trail/checkpoint"] {
      let path = pack + "/" + file
      let bytes = try Tamper.read(path)
      for bit in stride(from: 0, to: bytes.count * 8, by: Self.isLong ? 37 : 259) {
        var changed = bytes
        changed[bit / 8] ^= 1 << (bit % 8)
        try Tamper.write(path, changed)
        #expect(try PackVerifier.verify(pack).word == .broken, "\(file) bit \(bit)")
      }
      try Tamper.write(path, bytes)
    }
    #expect(try PackVerifier.verify(pack).findings == [])
  }
}
