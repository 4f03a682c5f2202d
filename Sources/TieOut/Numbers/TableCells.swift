import Exact

/// Gives the numbers of a table's row the unit that another cell of the row prints.
struct TableCells {
  let text: ReportText
  let vocabulary: Vocabulary

  func apply(to drafts: inout [Draft], line: Int, _ indexes: [Int]) {
    let range = text.range(ofLine: line)
    let tabs = range.filter { text.folded[$0] == 9 }
    guard !tabs.isEmpty, tabs.count < 40 else { return }
    let bare = indexes.filter {
      drafts[$0].aside == nil && !drafts[$0].hasUnit && drafts[$0].kind != .date
    }
    guard !bare.isEmpty else { return }
    var cells: [Range<Int>] = []
    var start = range.lowerBound
    for tab in tabs {
      cells.append(start..<tab)
      start = tab + 1
    }
    cells.append(start..<range.upperBound)
    guard let unit = cells.lazy.compactMap({ whole($0) ?? bracketed($0) }).first else { return }
    for index in bare where fillsCell(drafts[index].range, cells) {
      drafts[index].unit = unit.code
      drafts[index].kind = unit.kind
      drafts[index].hasUnit = true
    }
  }

  private func fillsCell(_ range: Range<Int>, _ cells: [Range<Int>]) -> Bool {
    guard let cell = cells.first(where: { $0.contains(range.lowerBound) }) else { return false }
    let rest = Array(cell.lowerBound..<range.lowerBound) + Array(range.upperBound..<cell.upperBound)
    return rest.allSatisfy { index in
      let c = text.folded[index]
      return Glyph.isBlank(c) || c == 0x5E || c == 0x7B || c == 0x7D || Glyph.circled(c) != nil
    }
  }

  /// A cell that prints a unit and nothing else.
  private func whole(_ cell: Range<Int>) -> (code: String, kind: NumberKind)? {
    let cell = trimmed(cell)
    // A heading such as "indicators" names no unit.
    if let noun = vocabulary.nouns.longest(in: text.folded, at: cell.lowerBound),
      noun.length >= cell.count
    {
      return nil
    }
    return read(cell)
  }

  /// A unit in brackets at the end of a label: 工傷率 (工傷數 / 百萬工作小時).
  private func bracketed(_ cell: Range<Int>) -> (code: String, kind: NumberKind)? {
    let t = text.folded
    guard let open = cell.last(where: { t[$0] == 0x28 }),
      let close = cell.last(where: { t[$0] == 0x29 }), open < close
    else { return nil }
    return read(trimmed(open + 1..<close))
  }

  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    var range = range
    while let first = range.first, Glyph.isBlank(text.folded[first]) { range.removeFirst() }
    while let last = range.last, Glyph.isBlank(text.folded[last]) { range.removeLast() }
    return range
  }

  private func read(_ range: Range<Int>) -> (code: String, kind: NumberKind)? {
    guard !range.isEmpty, range.count < 40, let top = part(range.lowerBound, range.upperBound)
    else {
      return nil
    }
    var index = top.end
    while index < range.upperBound, text.folded[index] == 32 { index += 1 }
    if index == range.upperBound { return (top.code, top.kind) }
    guard text.folded[index] == 0x2F else { return nil }
    index += 1
    while index < range.upperBound, text.folded[index] == 32 { index += 1 }
    guard let bottom = part(index, range.upperBound), bottom.end == range.upperBound else {
      return nil
    }
    return ("\(top.code)/(\(bottom.code))", .ratio)
  }

  private static let currencies: [([UInt32], String)] = [
    ("RMB", "{CNY}"), ("CNY", "{CNY}"), ("HK$", "{HKD}"), ("HKD", "{HKD}"), ("US$", "{USD}"),
    ("USD", "{USD}"), ("EUR", "{EUR}"), ("€", "{EUR}"), ("£", "{GBP}"), ("$", "{USD}"),
  ].map { (Glyph.scalars($0.0), $0.1) }
  private static let scales: [([UInt32], Int)] = [
    ("million", 6), ("mn", 6), ("m", 6), ("billion", 9), ("bn", 9), ("thousand", 3), ("'000", 3),
    ("k", 3),
  ].map { (Glyph.scalars($0.0), $0.1) }

  /// A currency with its scale behind it: RMB million, HK$'000, US$m.
  private func money(_ start: Int, _ end: Int) -> (code: String, kind: NumberKind, end: Int)? {
    let t = text.folded
    let at = { (word: [UInt32], index: Int) in
      index + word.count <= end && zip(word, t[index...]).allSatisfy { $0 == $1 }
    }
    guard let (word, code) = Self.currencies.first(where: { at($0.0, start) }) else { return nil }
    var index = start + word.count
    while index < end, t[index] == 32 { index += 1 }
    for (word, exponent) in Self.scales where at(word, index) {
      let last = index + word.count
      if last == end || !Glyph.isLetter(t[last]) {
        return ("10*\(exponent).\(code)", .amount, last)
      }
    }
    return nil
  }

  /// A unit with a scale in front, or a thing counted.
  private func part(
    _ start: Int, _ end: Int
  ) -> (code: String, kind: NumberKind, end: Int)? {
    if let money = money(start, end) { return money }
    var index = start
    var exponent = 0
    let t = text.folded
    while index < end, let next = ChineseNumeral.magnitude(t[index]),
      vocabulary.units.longest(in: t, at: index).map({ $0.length == 1 }) ?? true
    {
      exponent += next
      index += 1
    }
    if let unit = vocabulary.units.longest(in: t, at: index), index + unit.length <= end {
      let code = exponent == 0 ? unit.entry.code : "10*\(exponent).\(unit.entry.code)"
      return (code, unit.entry.kind, index + unit.length)
    }
    if let noun = vocabulary.nouns.longest(in: t, at: index), index + noun.length <= end {
      var last = index + noun.length
      if last < end, t[last] == 0x6570 { last += 1 }
      return (noun.entry, .count, last)
    }
    return nil
  }
}
