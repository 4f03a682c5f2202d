/// Section numbers with two titles, and references to sections that are not there.
enum Sections {
  static func find(_ input: LintInput) -> [Lint] { titles(input) + references(input) }

  private static func titles(_ input: LintInput) -> [Lint] {
    var known: [String: (title: [UInt32], token: NumberToken)] = [:]
    var reported: Set<String> = []
    var lints: [Lint] = []
    for token in input.tokens where token.aside == .sectionNumber {
      let line = input.text.range(ofLine: token.place.line)
      var end = token.range.upperBound
      while end < line.upperBound, input.text.folded[end] != 9 { end += 1 }
      let title = input.text.folded[token.range.upperBound..<end].filter { !Glyph.isBlank($0) }
      let number = token.printed
      guard !title.isEmpty, number.contains(".") else { continue }
      guard let first = known[number] else {
        known[number] = (title, token)
        continue
      }
      if first.title != title, reported.insert(number).inserted {
        let printed = input.string(token.range.upperBound..<end)
        lints.append(
          Lint(
            kind: .sectionTitles, place: token.place,
            message: "section \(number) is titled \(printed) here and otherwise before",
            related: [first.token.place]))
      }
    }
    return lints
  }

  private static let words = ["章节", "部分", "一节", "section", "chapter"].map(Glyph.scalars)

  /// 「title」章節: the title must be a line of its own somewhere.
  private static func references(_ input: LintInput) -> [Lint] {
    let t = input.text.folded
    var lines: Set<[UInt32]> = []
    for line in 1...max(1, input.text.lineCount) {
      let range = input.text.range(ofLine: line)
      guard range.count <= 60 else { continue }
      let cell = t[range].prefix { $0 != 9 }
      lines.insert(cell.filter { Glyph.isHan($0) || Glyph.isLetter($0) })
    }
    // Headings may be broken over two lines or hold blanks only.
    var lints: [Lint] = []
    for index in t.indices where t[index] == 0x300D {
      var end = index + 1
      while end < t.count, t[end] == 32 { end += 1 }
      guard
        words.contains(where: { word in
          end + word.count <= t.count && zip(word, t[end...]).allSatisfy { $0 == $1 }
        })
      else { continue }
      var start = index
      while start > 0, index - start < 60, t[start] != 0x300C { start -= 1 }
      guard t[start] == 0x300C else { continue }
      let name = t[start + 1..<index].prefix { $0 != 0x5D }
        .filter { Glyph.isHan($0) || Glyph.isLetter($0) }
      guard name.count >= 3, !lines.contains(name), !isForeign(start, input) else { continue }
      lints.append(
        Lint(
          kind: .noSuchSection, place: input.text.place(start..<index + 1),
          message: "no section is titled \(input.string(start..<index + 1))", related: []))
    }
    return lints
  }

  /// 《another document》中「…」: a section of another document.
  private static func isForeign(_ start: Int, _ input: LintInput) -> Bool {
    let t = input.text.folded
    return t[max(0, start - 4)..<start].contains(0x300B)
  }
}
