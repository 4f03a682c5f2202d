/// Counts what the report itself lists.
struct Enumeration {
  private let lines: [String]

  init(_ book: FigureBook) { lines = book.lines }

  /// Lines in the range, from 1, that are not empty.
  func lines(_ range: ClosedRange<Int>) throws(Unanswerable) -> Int {
    let found = try range.lowerBound <= lines.count ? lines : missing(range.lowerBound)
    let upper = min(range.upperBound, found.count)
    return found[(range.lowerBound - 1)..<upper].count { line in
      line.contains { !$0.isWhitespace }
    }
  }

  /// The members of the longest list on a line: names with `、` or `, ` between them, the last two
  /// perhaps with "and".
  func names(_ number: Int) throws(Unanswerable) -> Int {
    let found = try number <= lines.count ? lines : missing(number)
    let clauses = found[number - 1].split { "，。；：:;（）()".contains($0) }
    var longest = 1
    for clause in clauses {
      let members = clause.split(separator: "、")
      guard members.count > 1 else { continue }
      let ending = members[members.count - 1].dropFirst()
      let hasAnd = ["以及", "和", "及"].contains { ending.contains($0) }
      longest = max(longest, members.count + (hasAnd ? 1 : 0))
    }
    return longest
  }

  private func missing(_ line: Int) throws(Unanswerable) -> [String] {
    throw Unanswerable(
      reason: lines.isEmpty
        ? "the report's text is not at hand" : "the report has no line \(line)")
  }
}
