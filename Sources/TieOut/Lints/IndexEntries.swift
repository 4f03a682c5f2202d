/// The index of a reporting framework: codes that do not exist, twice, or declared not relevant.
enum IndexEntries {
  private static let dismissals = [
    "关联度低", "不相关", "不适用", "无关", "没有密切", "not applicable", "not material", "not relevant",
    "immaterial",
  ].map(Glyph.scalars)

  static func find(_ input: LintInput) -> [Lint] {
    let codes = input.tokens.filter { $0.aside == .indexCode && framework($0) != nil }
    guard codes.count >= 5 else { return [] }
    let byLine = Dictionary(grouping: codes) { $0.place.line }
    return unknown(codes, input) + duplicates(byLine) + contradictions(codes, byLine, input)
  }

  private static func framework(_ token: NumberToken) -> String? {
    guard let name = token.name else { return nil }
    if name.hasPrefix("GRI ") { return "GRI" }
    guard let first = name.first, first == "A" || first == "B",
      name.dropFirst().allSatisfy({ $0.isNumber || $0 == "." })
    else { return nil }
    return "HKEX"
  }

  private static func code(_ token: NumberToken) -> String {
    let name = token.name ?? ""
    return name.hasPrefix("GRI ") ? String(name.dropFirst(4)) : name
  }

  private static func unknown(_ codes: [NumberToken], _ input: LintInput) -> [Lint] {
    let known = Set(input.vocabulary.indexCodes.map { $0.framework + " " + $0.code })
    let frameworks = Set(input.vocabulary.indexCodes.map(\.framework))
    return codes.compactMap { token in
      guard let framework = framework(token), frameworks.contains(framework),
        !known.contains(framework + " " + code(token))
      else { return nil }
      return Lint(
        kind: .noSuchIndexCode, place: token.place,
        message: "\(framework) has no \(code(token)) in the list (unconfirmed)", related: [])
    }
  }

  private static func duplicates(_ byLine: [Int: [NumberToken]]) -> [Lint] {
    var lints: [Lint] = []
    for line in byLine.keys.sorted() {
      var seen: [String: NumberToken] = [:]
      for token in byLine[line] ?? [] {
        if let first = seen[code(token)] {
          lints.append(
            Lint(
              kind: .duplicateIndexCode, place: token.place,
              message: "\(code(token)) stands twice in one entry", related: [first.place]))
        } else {
          seen[code(token)] = token
        }
      }
    }
    return lints
  }

  /// A code that a note calls not relevant, and an entry lists, or no entry lists.
  private static func contradictions(
    _ codes: [NumberToken], _ byLine: [Int: [NumberToken]], _ input: LintInput
  ) -> [Lint] {
    var lints: [Lint] = []
    for line in byLine.keys.sorted() {
      guard isNote(line, input) else { continue }
      for token in byLine[line] ?? [] {
        let entries = codes.filter {
          code($0) == code(token) && $0.place.line != line && !isNote($0.place.line, input)
        }
        let words =
          entries.isEmpty
          ? "\(code(token)) is called not relevant and has no entry"
          : "\(code(token)) has an entry and is called not relevant"
        lints.append(
          Lint(
            kind: entries.isEmpty ? .missingIndexCode : .contradictoryIndex, place: token.place,
            message: words, related: entries.map(\.place)))
      }
    }
    return lints
  }

  private static func isNote(_ line: Int, _ input: LintInput) -> Bool {
    let range = input.text.range(ofLine: line)
    return !range.contains { input.text.folded[$0] == 9 }
      && dismissals.contains { input.has($0, in: range) }
  }
}
