import Testing

@Suite("one arrow, downwards")
struct ArrowTests {
  static let ours = Set(Repository.rooms.map(\.name))

  /// Modules of others that only some rooms may know.
  static let doors: [String: Set<String>] = [
    "GRDB": ["Workbench"], "GRDBSQLite": ["Workbench"],
    "CLibXML2": ["Ingest"], "CArchive": ["Ingest"], "CXLSXWriter": ["Ingest"],
    "ArgumentParser": ["assure"],
    "Crypto": ["Trail", "Sampling", "Ingest", "Pack"], "CryptoExtras": ["Trail"],
    "Yams": ["Assurance", "Workbench"],
    "BigInt": ["Exact", "Sampling", "Assurance", "Ingest"],
  ]

  static func imports(_ file: SwiftFile) -> [String] {
    file.code.filter { $0.contains("import ") }.compactMap { line in
      line.firstMatch(
        of: /^\s*(?:[@\w]+\s+)*import\s+(?:(?:struct|class|enum|func|var|protocol)\s+)?(\w+)/
      ).map { String($0.1) }
    }
  }

  @Test(
    "a room imports only rooms below it, and only its own doors",
    arguments: Repository.rooms.map(\.name))
  func room(_ name: String) throws {
    let room = try #require(Repository.rooms.first { $0.name == name })
    let files = Repository.swiftFiles.filter { $0.path.hasPrefix("Sources/\(name)/") }
    #expect(!files.isEmpty)
    for file in files {
      for module in Self.imports(file) {
        if Self.ours.contains(module) {
          #expect(room.mayImport.contains(module), "\(file.path) imports \(module)")
        } else if let allowed = Self.doors[module] {
          #expect(allowed.contains(name), "\(file.path) imports \(module)")
        } else {
          #expect(
            ["Foundation", "Dispatch", "Synchronization", "Glibc", "Musl", "Darwin"].contains(
              module),
            "\(file.path): \(module)")
        }
      }
    }
  }

  @Test("the generator of the samples shares no mistakes with us: it imports no room")
  func generator() {
    for file in Repository.swiftFiles where file.path.hasPrefix("Samples/") {
      #expect(Set(Self.imports(file)).isDisjoint(with: Self.ours), "\(file.path)")
    }
  }

  @Test("every room is here, and every folder of sources is a room or a door")
  func complete() throws {
    let doors = Self.doors.keys.filter {
      $0.hasPrefix("CX") || $0.hasPrefix("CL") || $0.hasPrefix("CA")
    }
    #expect(Set(try Repository.names("Sources")) == Self.ours.union(doors))
  }
}
