/// Marks without a note and notes without a mark, page by page of notes.
enum Footnotes {
  private struct Item {
    let number: Int
    let token: NumberToken
    let isNote: Bool
  }

  static func find(_ input: LintInput) -> [Lint] {
    let items = input.tokens.compactMap { item($0, input) }
    var lints: [Lint] = []
    var blocks = blocks(items)
    for index in blocks.indices {
      let from = index == 0 ? 0 : blocks[index - 1].last + 1
      let to = index + 1 < blocks.count ? blocks[index + 1].first - 1 : Int.max
      let near = items.filter {
        !$0.isNote && $0.token.place.line >= from && $0.token.place.line <= to
      }
      let marks = Set(near.map(\.number))
      for note in blocks[index].notes where !marks.contains(note.number) {
        lints.append(
          Lint(
            kind: .footnoteWithoutMark, place: note.token.place,
            message: "note \(note.number) has no mark", related: []))
      }
      blocks[index].numbers = Set(blocks[index].notes.map(\.number))
    }
    for mark in items where !mark.isNote {
      let line = mark.token.place.line
      // A mark belongs to the next block of notes or to the one before it.
      let next = blocks.first { $0.last >= line && $0.last - line <= 150 }
      let before = blocks.last { $0.first <= line }
      let known = [next, before].contains { $0?.numbers.contains(mark.number) ?? false }
      if !known {
        lints.append(
          Lint(
            kind: .markWithoutFootnote, place: mark.token.place,
            message: "mark \(mark.number) has no note", related: []))
      }
    }
    return lints
  }

  private struct Block {
    var notes: [Item]
    var numbers: Set<Int> = []
    var first: Int { notes.first?.token.place.line ?? 0 }
    var last: Int { notes.last?.token.place.line ?? 0 }
  }

  /// Notes that follow one another, with at most a few lines between and counting up.
  private static func blocks(_ items: [Item]) -> [Block] {
    var blocks: [Block] = []
    for item in items where item.isNote {
      if var block = blocks.last, let previous = block.notes.last,
        item.token.place.line - previous.token.place.line <= 4, item.number > previous.number
      {
        block.notes.append(item)
        blocks[blocks.count - 1] = block
      } else {
        blocks.append(Block(notes: [item]))
      }
    }
    return blocks
  }

  /// A raised mark, or a note that begins a line; list items behind a bullet are neither.
  private static func item(_ token: NumberToken, _ input: LintInput) -> Item? {
    guard token.aside == .footnoteMark || token.aside == .enumerator,
      let number = Glyph.circled(input.text.folded[token.range.lowerBound])
    else { return nil }
    let line = input.text.range(ofLine: token.place.line)
    let before = input.text.folded[line.lowerBound..<token.range.lowerBound].filter {
      !Glyph.isBlank($0)
    }
    let isNote =
      before.isEmpty || before == [0x5E] || before == Glyph.scalars("注:")
      || before == Glyph.scalars("Note:")
    if isNote { return Item(number: number, token: token, isNote: true) }
    return token.aside == .footnoteMark ? Item(number: number, token: token, isNote: false) : nil
  }
}
