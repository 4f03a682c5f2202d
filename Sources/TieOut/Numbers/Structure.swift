import Exact

/// What only the lines around a number can tell: list items, section numbers, page numbers.
struct Structure {
  let text: ReportText
  let vocabulary: Vocabulary

  func apply(to drafts: inout [Draft]) {
    var byLine: [Int: [Int]] = [:]
    for (index, draft) in drafts.enumerated() {
      byLine[Int(text.lineNumbers[draft.range.lowerBound]), default: []].append(index)
    }
    contents(&drafts, byLine)
    enumerators(&drafts)
    sequences(&drafts, byLine)
    pageNumbers(&drafts, byLine)
    negatives(&drafts)
    let cells = TableCells(text: text, vocabulary: vocabulary)
    for (line, indexes) in byLine { cells.apply(to: &drafts, line: line, indexes) }
    StatedScale(text: text).apply(to: &drafts, byLine)
    YearInference(text: text).apply(to: &drafts)
    ColumnPeriods(text: text).apply(to: &drafts, byLine)
  }

  // MARK: - table of contents

  /// Rows "title, tab, page" in a run with pages that do not fall.
  private func contents(_ drafts: inout [Draft], _ byLine: [Int: [Int]]) {
    var run: [Int] = []
    var last = -1
    var titled = false
    var sinceTitle = Int.max
    func close() {
      if run.count >= (titled ? 3 : 8) { for index in run { drafts[index].aside = .pageNumber } }
      run = []
      last = -1
    }
    for line in 1...max(1, text.lineCount) {
      let range = text.range(ofLine: line)
      if isBlank(range) { continue }
      if isContentsTitle(range) {
        close()
        titled = true
        sinceTitle = 0
        continue
      }
      sinceTitle = sinceTitle == Int.max ? sinceTitle : sinceTitle + 1
      if let (index, page) = pageNumber(range, byLine[line] ?? [], drafts), page >= last {
        run.append(index)
        last = page
      } else {
        close()
        if sinceTitle > 3 { titled = false }
      }
    }
    close()
  }

  private func isBlank(_ range: Range<Int>) -> Bool {
    range.allSatisfy { Glyph.isBlank(text.folded[$0]) }
  }

  private func isContentsTitle(_ range: Range<Int>) -> Bool {
    let words = ["目录", "Contents", "CONTENTS", "Table of Contents", "TABLE OF CONTENTS"]
    let line = text.folded[range].filter { !Glyph.isBlank($0) && $0 != 0x23 }
    return words.contains { word in
      line == Glyph.scalars(word).filter { !Glyph.isBlank($0) }
    }
  }

  /// The last cell of a row of two, if it is a page number.
  private func pageNumber(
    _ range: Range<Int>, _ indexes: [Int], _ drafts: [Draft]
  ) -> (Int, Int)? {
    let tabs = range.filter { text.folded[$0] == 9 }
    let dots = range.contains { text.folded[$0] == 0x2026 }
    guard let index = indexes.last, drafts[index].range.upperBound == trimmedEnd(range),
      drafts[index].range.count <= 3, tabs.count == 1 || dots,
      tabs.first.map({ $0 < drafts[index].range.lowerBound }) ?? true,
      case .figure(let value, nil) = drafts[index].value, value.scale == 0,
      let page = Int(exactly: value.coefficient)
    else { return nil }
    let digits = drafts[index].range.allSatisfy { Glyph.isDigit(text.folded[$0]) }
    return digits ? (index, page) : nil
  }

  private func trimmedEnd(_ range: Range<Int>) -> Int {
    var end = range.upperBound
    while end > range.lowerBound, Glyph.isBlank(text.folded[end - 1]) { end -= 1 }
    return end
  }

  /// Lines that hold a whole number alone and count up by one, some lines apart, are pages.
  private func pageNumbers(_ drafts: inout [Draft], _ byLine: [Int: [Int]]) {
    var chain: [(index: Int, page: Int, line: Int)] = []
    func close() {
      if chain.count >= 3 { for item in chain { drafts[item.index].aside = .pageNumber } }
      chain = []
    }
    for line in byLine.keys.sorted() {
      guard let indexes = byLine[line], indexes.count == 1, let index = indexes.first,
        drafts[index].aside == nil, !drafts[index].hasUnit, drafts[index].range.count <= 3,
        case .figure(let value, nil) = drafts[index].value, value.scale == 0,
        let page = Int(exactly: value.coefficient),
        text.range(ofLine: line).allSatisfy({
          drafts[index].range.contains($0) || Glyph.isBlank(text.folded[$0])
        })
      else { continue }
      if let last = chain.last, page != last.page + 1 || line - last.line < 8 { close() }
      chain.append((index, page, line))
    }
    close()
  }

  /// (251) in a cell of a table is -251, and so is ($251) anywhere.
  private func negatives(_ drafts: inout [Draft]) {
    let t = text.folded
    for index in drafts.indices where drafts[index].aside == nil {
      let range = drafts[index].range
      if range.lowerBound > 1, [0x24, 0xA3, 0x20AC].contains(t[range.lowerBound - 1]),
        t[range.lowerBound - 2] == 0x28, closes(range.upperBound),
        case .figure(let value, nil) = drafts[index].value
      {
        drafts[index].value = .figure(-value, high: nil)
        continue
      }
      guard range.lowerBound > 0, t[range.lowerBound - 1] == 0x28, closes(range.upperBound),
        case .figure(let value, nil) = drafts[index].value,
        drafts[index].kind != .date,
        text.range(
          ofLine: Int(text.lineNumbers[range.lowerBound])
        ).contains(where: { t[$0] == 9 }), !isItem(range)
      else { continue }
      drafts[index].value = .figure(-value, high: nil)
    }
  }

  /// Whether a closing bracket stands here, or fills the next cell.
  private func closes(_ index: Int) -> Bool {
    var index = index
    while index < text.count, text.folded[index] == 9 || text.folded[index] == 32 { index += 1 }
    return index < text.count && text.folded[index] == 0x29
  }

  // MARK: - (1), （2）, 1)

  private func enumerators(_ drafts: inout [Draft]) {
    for index in drafts.indices where drafts[index].aside == nil {
      let range = drafts[index].range
      guard range.count <= 2, !drafts[index].hasUnit,
        range.allSatisfy({ Glyph.isDigit(text.folded[$0]) })
      else { continue }
      let before = range.lowerBound > 0 ? text.folded[range.lowerBound - 1] : 10
      let after = range.upperBound < text.count ? text.folded[range.upperBound] : 10
      if before == 0x28 || before == 0x5B, after == 0x29 || after == 0x5D {
        if isItem(range) { drafts[index].aside = .enumerator }
      } else if after == 0x29 || after == 0x2E || after == 0x3001, beginsLine(range.lowerBound),
        !isDigitAfter(range.upperBound)
      {
        drafts[index].aside = .enumerator
      } else if before == 0x5E
        || (before == 0x7B && text.folded[max(0, range.lowerBound - 2)] == 0x5E)
      {
        drafts[index].aside = .footnoteMark
      }
    }
  }

  /// (1) before words; a bracketed number that fills a cell is a negative one.
  private func isItem(_ range: Range<Int>) -> Bool {
    let t = text.folded
    var end = range.upperBound + 1
    while end < t.count, t[end] == 32 { end += 1 }
    let words = end < t.count && (Glyph.isHan(t[end]) || Glyph.isLetter(t[end]))
    var start = range.lowerBound - 1
    while start > 0, t[start - 1] == 32 { start -= 1 }
    let cell = start > 0 && t[start - 1] == 9
    return words || !cell && !(end < t.count && t[end] == 9)
  }

  private func isDigitAfter(_ index: Int) -> Bool {
    index + 1 < text.count && Glyph.isDigit(text.folded[index + 1])
  }

  private func beginsLine(_ index: Int) -> Bool {
    var index = index - 1
    while index >= 0, !Glyph.isNewline(text.folded[index]) {
      switch text.folded[index] {
      case 32, 9, 0x2D, 0x23, 0x2022: index -= 1
      default: return false
      }
    }
    return true
  }

  // MARK: - 1 …, 2 …, 1.1 …, 01 …

  /// Numbers that begin lines and count up are section and item numbers.
  private func sequences(_ drafts: inout [Draft], _ byLine: [Int: [Int]]) {
    var heads: [(index: Int, line: Int, value: ExactDecimal, dotted: Bool)] = []
    for line in byLine.keys.sorted() {
      guard let index = byLine[line]?.first(where: { isHead(drafts[$0]) }),
        case .figure(let value, nil) = drafts[index].value
      else { continue }
      let dotted = drafts[index].range.contains { text.folded[$0] == 0x2E }
      heads.append((index, line, value, dotted))
    }
    for (place, head) in heads.enumerated() {
      let neighbours = heads[max(0, place - 12)..<min(heads.count, place + 13)]
      let reach = head.dotted ? 60 : 40
      let counts = neighbours.contains { other in
        guard abs(other.line - head.line) <= reach, other.index != head.index else { return false }
        if head.dotted || other.dotted {
          return isNext(head.value, other.value) || isNext(other.value, head.value)
            || (head.dotted && other.dotted && other.value == head.value)
        }
        let step = (try? other.value - head.value) ?? .zero
        return (step == ExactDecimal(1) && other.line > head.line)
          || (step == ExactDecimal(-1) && other.line < head.line)
      }
      let range = drafts[head.index].range
      let padded = text.folded[range.lowerBound] == 0x30 && range.count == 2
      if counts || padded {
        drafts[head.index].aside = head.dotted || padded ? .sectionNumber : .enumerator
      }
    }
  }

  /// 1 to 1.1, 1.1 to 1.2, 1.4 to 2.
  private func isNext(_ a: ExactDecimal, _ b: ExactDecimal) -> Bool {
    let step = (try? b - a) ?? .zero
    if step == (try? ExactDecimal(coefficient: 1, scale: 1)) { return true }
    let whole = b.scale == 0 && a.scale == 1
    return whole && step < ExactDecimal(1) && step > .zero
  }

  /// A small number without a unit that begins its line, with a blank and words behind it.
  private func isHead(_ draft: Draft) -> Bool {
    let range = draft.range
    guard draft.aside == nil, range.count <= 4, beginsLine(range.lowerBound),
      draft.kind == .count || draft.kind == .version || draft.unit == "{team}",
      range.allSatisfy({ Glyph.isDigit(text.folded[$0]) || text.folded[$0] == 0x2E }),
      range.filter({ Glyph.isDigit(text.folded[$0]) }).count <= 3
    else { return false }
    let end = range.upperBound
    guard end + 1 < text.count, text.folded[end] == 32 || text.folded[end] == 9 else {
      return false
    }
    let next = text.folded[end + 1]
    let dotted = range.contains { text.folded[$0] == 0x2E }
    if draft.hasUnit, !dotted || draft.kind == .amount || draft.kind == .percent,
      vocabulary.units.longest(in: text.folded, at: end + 1) != nil
    {
      return false
    }
    return Glyph.isHan(next) || Glyph.isLetter(next)
  }
}
