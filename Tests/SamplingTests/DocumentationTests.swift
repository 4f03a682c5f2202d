import Foundation
import Testing

/// "Each public symbol has its meaning, range, source." Reads the sources.
@Suite struct DocumentationTests {
  static let room = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Sources/Sampling")

  static var files: [String] {
    let all = FileManager.default.enumerator(atPath: room.path)?.compactMap { $0 as? String }
    return (all ?? []).filter { $0.hasSuffix(".swift") }.sorted()
  }

  private static func lines(_ file: String) throws -> [Substring] {
    try String(contentsOf: room.appendingPathComponent(file), encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false)
  }

  @Test func sourcesAreFound() {
    #expect(Self.files.count > 40)
  }

  @Test(arguments: files)
  func everyPublicDeclaration(file: String) throws {
    let lines = try Self.lines(file).map { $0.drop { $0 == " " } }
    for (number, line) in zip(1..., lines)
    where line.hasPrefix("public ") && !line.hasPrefix("public import ") {
      let above = lines[..<(number - 1)].last { !$0.hasPrefix("@") } ?? ""
      #expect(above.hasPrefix("///"), "\(file):\(number): \(line)")
    }
  }

  /// A method says where it is from: a type that holds a formula names author, rule or section.
  @Test(arguments: files.filter { $0.hasPrefix("Evaluation/") || $0.hasPrefix("Planning/") })
  func everyMethodHasASource(file: String) throws {
    let text = try Self.lines(file).joined(separator: "\n")
    guard text.contains("public static func ") || text.contains("QuantityMethod(") else { return }
    #expect(text.lowercased().contains("source"), "\(file)")
  }

  @Test func whichMethodFitsTwoScreens() throws {
    let page = try Self.lines("Sampling.docc/WhichMethod.md")
    #expect(page.count <= 80, "two screens of forty lines")
  }
}
