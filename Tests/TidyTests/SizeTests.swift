import Testing

@Suite("sizes")
struct SizeTests {
  static let fileMax = 400
  static let functionMax = 70
  static let lineMax = 100

  /// `path` or `path name`, with the reason why it may be larger.
  static let reasons: [String: String] = [:]

  @Test("a file has at most 400 lines")
  func files() {
    #expect(Repository.swiftFiles.count > 100)
    let large = Repository.swiftFiles.filter { $0.lines.count - 1 > Self.fileMax }.map(\.path)
    #expect(large.filter { Self.reasons[$0] == nil } == [])
  }

  @Test("a function has at most 70 lines")
  func functions() {
    let large = Repository.swiftFiles.flatMap { file in
      file.functions.filter { $0.lines > Self.functionMax }.map { "\(file.path) \($0.name)" }
    }
    #expect(large.filter { Self.reasons[$0] == nil } == [])
  }

  /// A sentence in a literal may run on a little: broken, it can't be found by searching for it.
  static let literalMax = 110

  @Test("a line has at most 100 columns, or 110 where a text literal runs over the edge")
  func lines() {
    let long = Repository.places { file in
      zip(file.lines, file.code).map { line, code in
        guard line.utf8.count > Self.lineMax, line.count > Self.lineMax else { return false }
        return line.count > Self.literalMax
          || code.dropFirst(Self.lineMax).contains { $0.isLetter || $0.isNumber }
          || line.contains("//") && !code.contains("//") && code.allSatisfy(\.isWhitespace)
      }
    }
    #expect(long == [])
  }

  @Test("an exception that is no longer needed goes")
  func reasons() {
    let known = Repository.swiftFiles.flatMap { file in
      [file.path] + file.functions.map { "\(file.path) \($0.name)" }
    }
    #expect(Self.reasons.keys.filter { !known.contains($0) } == [])
  }

  @Test("the brace matcher counts as a reader would")
  func matcher() {
    let text = #"""
      protocol P { func a(); func b() -> Int }
      struct S {
        init(x: Int = { 3 }()) {
          print("{ \(x) {")  // {
        }
        func c<T>(_ t: T) where T: P
        {
          if true { /* } */ }
        }
        func d() { self.init() }
      }
      """#
    let spans = SwiftFile(path: "Sources/X/S.swift", text: text).functions
    #expect(spans.map(\.name) == ["init", "c", "d"])
    #expect(spans.map(\.lines) == [3, 4, 1])
  }
}
