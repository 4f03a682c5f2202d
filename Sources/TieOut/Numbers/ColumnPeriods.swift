/// The period of a number in a table, by the head of its column, and of numbers that a sentence
/// gives to years "respectively".
struct ColumnPeriods {
  let text: ReportText
  /// Lines without cells after which a head holds no more.
  private static let reach = 6

  func apply(to drafts: inout [Draft], _ byLine: [Int: [Int]]) {
    var heads: [CalendarDate?] = []
    var since = 0
    for line in 1...max(1, text.lineCount) {
      let range = text.range(ofLine: line)
      guard range.contains(where: { text.folded[$0] == 9 }) else {
        if !range.isEmpty { since += 1 }
        if since > Self.reach { heads = [] }
        respectively(range, byLine[line] ?? [], &drafts)
        continue
      }
      let cells = (byLine[line] ?? []).filter { drafts[$0].aside == nil }
      let dates = cells.map { index -> CalendarDate? in
        guard case .date(let date, nil) = drafts[index].value, date.year != nil else { return nil }
        return date
      }
      let areDates = cells.allSatisfy { index in
        if case .date = drafts[index].value { true } else { false }
      }
      if areDates, dates.contains(where: { $0 != nil }), cells.count >= 2 {
        heads = dates
        since = 0
      } else if cells.count == heads.count {
        since = 0
        for (index, date) in zip(cells, heads) { drafts[index].period = date }
      }
    }
  }

  private static let word = Glyph.scalars("respectively")

  /// "$106 and $99 in fiscal year 2022 and fiscal year 2021, respectively": as many years as
  /// numbers directly before them.
  private func respectively(_ range: Range<Int>, _ indexes: [Int], _ drafts: inout [Draft]) {
    guard indexes.count >= 4, range.count >= Self.word.count else { return }
    let t = text.folded
    for place in range.lowerBound...(range.upperBound - Self.word.count)
    where t[place] == Self.word[0] && zip(Self.word, t[place...]).allSatisfy({ $0 == $1 }) {
      var start = place
      while start > range.lowerBound, place - start < 400,
        t[start - 1] != 0x2E || !Sentences.endsEnglish(t, start - 1)
      {
        start -= 1
      }
      let own = indexes.filter {
        drafts[$0].range.lowerBound >= start && drafts[$0].range.upperBound <= place
          && drafts[$0].aside == nil
      }
      let dates = own.compactMap { index -> CalendarDate? in
        if case .date(let date, nil) = drafts[index].value { date } else { nil }
      }
      let numbers = own.filter { index in
        if case .date = drafts[index].value { false } else { true }
      }
      guard dates.count >= 2, numbers.count == dates.count else { continue }
      for (index, date) in zip(numbers, dates) { drafts[index].period = date }
    }
  }
}
