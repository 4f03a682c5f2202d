import Testing

/// One extension = one file + one line in the list of that folder.
@Suite("list = folder")
struct SeamTests {
  struct Seam: Sendable, CustomTestStringConvertible {
    let folder: String
    let contract: String
    let listFile: String
    var testDescription: String { folder }
  }

  static let seams = [
    Seam(
      folder: "Sources/Ingest/Formats", contract: "SourceFormat",
      listFile: "Sources/Ingest/Formats/SourceFormat.swift"),
    Seam(
      folder: "Sources/Assurance/Testing", contract: "PopulationTest",
      listFile: "Sources/Assurance/Testing/PopulationTest.swift"),
    Seam(
      folder: "Sources/Pack/Pages", contract: "PackPage", listFile: "Sources/Pack/Pages/Pages.swift"
    ),
    Seam(
      folder: "Sources/Pack/Charts", contract: "PackChart",
      listFile: "Sources/Pack/Charts/Charts.swift"),
    Seam(
      folder: "Sources/Pack/Checks", contract: "PackCheck",
      listFile: "Sources/Pack/Checks/Checks.swift"),
    Seam(
      folder: "Sources/assure/Commands", contract: "ParsableCommand",
      listFile: "Sources/assure/Assure.swift"),
  ]

  @Test(
    "every listed type has a file of its own, and every file that has one is listed",
    arguments: seams)
  func seam(_ seam: Seam) throws {
    let listed = try Self.listed(in: seam)
    #expect(Set(listed).count == listed.count)
    var declared: [String] = []
    for file in Repository.swiftFiles where file.path.hasPrefix(seam.folder + "/") {
      let types = Self.conforming(to: seam.contract, in: file)
      #expect(types.count <= 1, "\(file.path) has \(types.joined(separator: ", "))")
      declared += types
    }
    #expect(listed.sorted() == declared.sorted())
  }

  /// The names before `.self` in the array that `static let all` starts.
  private static func listed(in seam: Seam) throws -> [String] {
    let text = try Repository.text(seam.listFile)
    let list = try #require(
      text.firstMatch(of: /static let all: \[any [\w.]+\] = \[([^\]]*)\]/), "\(seam.listFile)")
    return list.1.matches(of: /(\w+)\.self/).map { String($0.1) }
  }

  /// Types of the file's top level that name the contract first or later in their list.
  private static func conforming(to contract: String, in file: SwiftFile) -> [String] {
    file.code.joined(separator: "\n").matches(
      of: /(?m)^(?:package |public |final )*(?:struct|enum|class) (\w+): ([^{]*)\{/
    ).compactMap { match in
      let names = match.2.split { !($0.isLetter || $0.isNumber) }
      return names.contains { $0 == contract } ? String(match.1) : nil
    }
  }
}
