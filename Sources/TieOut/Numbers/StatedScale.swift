import Exact

/// "(Dollars in millions, except per share data)", 單位：人民幣百萬元: a scale stated once, over the
/// table or the part of the report that follows.
///
/// A statement in a line of its own that begins the line, or speaks of what is excepted, holds for
/// tables and for amounts in sentences until the next one; one in the head of a table holds up to
/// the next sentence; any other holds for the rows directly below.
struct StatedScale {
  let text: ReportText
  private var t: [UInt32] { text.folded }

  private struct Statement {
    enum Reach { case report, table, rows }
    let exponent: Int
    let currency: String?
    let reach: Reach
  }

  /// Characters from which a line without cells is a sentence and ends a table.
  private static let sentence = 70

  init(text: ReportText) { self.text = text }

  func apply(to drafts: inout [Draft], _ byLine: [Int: [Int]]) {
    var wide: Statement?
    var table: Statement?
    var local: Statement?
    for line in 1...max(1, text.lineCount) {
      let range = text.range(ofLine: line)
      let isRow = range.contains { t[$0] == 9 }
      if let found = statement(range, isRow: isRow) {
        switch found.reach {
        case .report: (wide, table, local) = (found, nil, nil)
        case .table: (table, local) = (found, nil)
        case .rows: local = found
        }
      } else if !isRow, !range.isEmpty {
        local = nil
        if range.count >= Self.sentence { table = nil }
      }
      guard let indexes = byLine[line], let statement = local ?? table ?? wide else { continue }
      if isRow {
        guard !isExcepted(range) else { continue }
        for index in indexes where isCell(drafts[index], range) { scale(&drafts[index], statement) }
      } else if let wide {
        for index in indexes where isPlainAmount(drafts[index]) { scale(&drafts[index], wide) }
      }
    }
  }

  // MARK: - statements

  private static let words: [([UInt32], Int)] = [
    ("in millions", 6), ("in thousands", 3), ("in billions", 9), ("in Millions", 6),
    ("in Thousands", 3), ("In millions", 6), ("In thousands", 3), ("IN MILLIONS", 6),
    ("IN THOUSANDS", 3),
  ].map { (Glyph.scalars($0.0), $0.1) }
  private static let unitWords = ["单位"].map(Glyph.scalars)
  private static let currencies: [([UInt32], String)] = [
    ("人民币", "{CNY}"), ("RMB", "{CNY}"), ("港币", "{HKD}"), ("HK$", "{HKD}"), ("US$", "{USD}"),
    ("美元", "{USD}"), ("Dollars", "{USD}"), ("dollars", "{USD}"), ("€", "{EUR}"), ("£", "{GBP}"),
    ("$", "{USD}"),
  ].map { (Glyph.scalars($0.0), $0.1) }

  private func statement(_ range: Range<Int>, isRow: Bool) -> Statement? {
    let cell = range.lowerBound..<(range.first { t[$0] == 9 } ?? range.upperBound)
    guard cell.count <= 110 else { return nil }
    let currency = Self.currencies.first { find($0.0, in: cell) != nil }?.1
    if let (place, exponent) = english(cell) {
      let head = t[cell.lowerBound..<place].filter { Glyph.isLetter($0) || Glyph.isHan($0) }
      let isHead = head.count <= 14
      let excepts = find(Glyph.scalars("per share"), in: cell) != nil
      // Words of a sentence that happens to be short state no scale.
      guard isHead || excepts || before(place) == 0x28 else { return nil }
      return Statement(
        exponent: exponent, currency: currency,
        reach: isRow ? .table : isHead && currency != nil || excepts ? .report : .rows)
    }
    guard let place = Self.unitWords.lazy.compactMap({ find($0, in: cell) }).first else {
      return nil
    }
    var exponent = 0
    for index in place + 2..<cell.upperBound {
      if let magnitude = ChineseNumeral.magnitude(t[index]) { exponent += magnitude }
    }
    guard exponent > 0, currency != nil || t[cell].contains(0x5143) else { return nil }
    return Statement(exponent: exponent, currency: currency ?? "{CNY}", reach: .table)
  }

  private func english(_ cell: Range<Int>) -> (place: Int, exponent: Int)? {
    for (word, exponent) in Self.words {
      if let place = find(word, in: cell) { return (place, exponent) }
    }
    return nil
  }

  private func before(_ place: Int) -> UInt32? { place > 0 ? t[place - 1] : nil }

  private func find(_ word: [UInt32], in range: Range<Int>) -> Int? {
    guard range.count >= word.count else { return nil }
    return (range.lowerBound...(range.upperBound - word.count)).first { start in
      t[start] == word[0] && zip(word, t[start...]).allSatisfy { $0 == $1 }
    }
  }

  // MARK: - what it holds for

  private static let exceptions = [
    "per share", "Per share", "shares", "Shares", "employees", "ratio", "Ratio", "每股",
    "(in years)", "percent", "rate", "Rate",
  ].map(Glyph.scalars)

  private func isExcepted(_ range: Range<Int>) -> Bool {
    let label = range.lowerBound..<(range.first { t[$0] == 9 } ?? range.upperBound)
    return Self.exceptions.contains { find($0, in: label) != nil }
  }

  private func isUnscaled(_ draft: Draft) -> Bool {
    guard draft.aside == nil, case .figure = draft.value else { return false }
    return draft.range.allSatisfy { !Glyph.isLetter(t[$0]) && !Glyph.isHan(t[$0]) }
  }

  /// A number that fills its cell, signs and brackets aside, without a unit or with a currency.
  private func isCell(_ draft: Draft, _ line: Range<Int>) -> Bool {
    guard isUnscaled(draft), draft.kind == .amount || !draft.hasUnit && draft.kind == .count else {
      return false
    }
    let cell = text.cell(around: draft.range, in: line)
    guard cell.lowerBound > line.lowerBound else { return false }
    let rest =
      Array(cell.lowerBound..<draft.range.lowerBound)
      + Array(draft.range.upperBound..<cell.upperBound)
    return rest.allSatisfy { index in
      let c = t[index]
      return Glyph.isBlank(c) || [0x24, 0x28, 0x29, 0x2D, 0xA3, 0x20AC, 0xA5].contains(c)
    }
  }

  /// An amount with a currency in a sentence, not one for each of something.
  private func isPlainAmount(_ draft: Draft) -> Bool {
    guard isUnscaled(draft), draft.kind == .amount else { return false }
    let end = min(t.count, draft.range.upperBound + 14)
    return find(Glyph.scalars("per "), in: draft.range.upperBound..<end) == nil
      && find(Glyph.scalars("a share"), in: draft.range.upperBound..<end) == nil
  }

  private func scale(_ draft: inout Draft, _ statement: Statement) {
    let power = (0..<statement.exponent).reduce(Int128(1)) { product, _ in product * 10 }
    guard case .figure(let value, let high) = draft.value,
      let factor = try? ExactDecimal(coefficient: power, scale: 0), let scaled = try? value * factor
    else { return }
    draft.value = .figure(scaled, high: high.flatMap { try? $0 * factor })
    draft.decimals -= statement.exponent
    if draft.kind == .count, let currency = statement.currency {
      draft.kind = .amount
      draft.unit = currency
      draft.hasUnit = true
    }
  }
}
