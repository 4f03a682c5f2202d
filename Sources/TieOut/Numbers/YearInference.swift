/// The year of a month or day that is printed without one: that of the date before it, nearby.
struct YearInference {
  let text: ReportText
  /// How many lines, blank ones too, the year may stand above.
  private static let reach = 5

  func apply(to drafts: inout [Draft]) {
    var last: (year: Int, line: Int)?
    for index in drafts.indices {
      guard drafts[index].aside == nil, case .date(var date, var high) = drafts[index].value else {
        continue
      }
      let line = Int(text.lineNumbers[drafts[index].range.lowerBound])
      if let year = date.year {
        last = (high?.year ?? year, line)
      } else if let known = last, line - known.line <= Self.reach, !recurs(drafts[index].range),
        drafts[index].range.contains(where: { Glyph.isHan(text.folded[$0]) })
      {
        date.year = known.year
        if high?.year == nil { high?.year = known.year }
        drafts[index].value = .date(date, high: high)
        last = (known.year, line)
      }
    }
  }

  /// 每年 10 月 24 日, 3 月 8 日國際婦女節: a day of every year.
  private func recurs(_ range: Range<Int>) -> Bool {
    let t = text.folded
    var index = range.lowerBound - 1
    let back = max(0, range.lowerBound - 4)
    while index >= back {
      if t[index] == 0x6BCF { return true }
      index -= 1
    }
    index = range.upperBound
    let end = min(t.count, range.upperBound + 8)
    while index < end {
      if Glyph.separatesClauses(t[index]), t[index] != 10 { return false }
      if t[index] == 0x8282 { return true }
      index += 1
    }
    return false
  }
}
