import Testing

@Suite("front doors")
struct FrontDoorTests {
  @Test("a room's first file says what the room is for", arguments: Repository.rooms.map(\.name))
  func head(_ room: String) throws {
    let file = room == "assure" ? "Assure" : room
    let text = try Repository.text("Sources/\(room)/\(file).swift")
    let head = text.split(separator: "\n", omittingEmptySubsequences: false)
      .prefix { $0.hasPrefix("//") }
    #expect(head.count >= 5, "a head comment of a few lines")
    #expect(text.hasPrefix("// \(file): "), "it starts with the room's name and what it is")
    #expect(head.contains { $0.contains("Purpose.") })
  }

  @Test("the top level holds what a newcomer expects, and nothing else")
  func topLevel() throws {
    let allowed: Set = [
      "Package.swift", "Sources", "Tests", "Samples", "Policies", "README.md", "LICENSE",
    ]
    // Git ignores this one.
    let made: Set = ["Package.resolved"]
    let found = Set(try Repository.names("").filter { !$0.hasPrefix(".") }).subtracting(made)
    #expect(found == allowed)
  }

  @Test("every folder of tests is a target, so that its tests do run")
  func targets() throws {
    let manifest = try Repository.text("Package.swift")
    for folder in try Repository.names("Tests")
    // The fuzzers are a package of their own: a plain build can't link them.
    where folder != "run" && folder != "Fuzz" {
      #expect(manifest.contains("name: \"\(folder)\""), "\(folder) is not in Package.swift")
    }
  }

  @Test("no folder is a drawer", arguments: ["Utils", "Helpers", "Managers", "Common", "Misc"])
  func nouns(_ word: String) {
    for file in Repository.swiftFiles {
      #expect(!file.path.contains(word), "\(file.path)")
    }
  }
}
