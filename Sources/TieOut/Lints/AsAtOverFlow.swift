/// A column headed with a day over figures that are of a period.
enum AsAtOverFlow {
  private static let heads = ["于", "截至", "as at", "As at", "at "].map(Glyph.scalars)
  private static let flows = [
    "排放", "消耗", "用水", "废物", "废弃物", "流失", "受训", "培训", "投诉", "工伤", "损失", "捐",
    "购买", "自发", "emission", "consumption", "consumed", "turnover", "training", "waste", "generated",
    "injur", "complaint", "purchased",
  ].map(Glyph.scalars)

  static func find(_ input: LintInput) -> [Lint] {
    var lints: [Lint] = []
    for token in input.tokens where token.aside == nil && isHeader(token, input) {
      var names: [String] = []
      var line = token.place.line + 1
      while line <= input.text.lineCount {
        let range = input.text.range(ofLine: line)
        guard range.contains(where: { input.text.folded[$0] == 9 }) else { break }
        if flows.contains(where: { input.has($0, in: range) }) { names.append(name(range, input)) }
        line += 1
      }
      guard !names.isEmpty else { continue }
      let some = names.prefix(3).joined(separator: ", ")
      lints.append(
        Lint(
          kind: .asAtOverFlow, place: token.place,
          message: "\"\(token.printed)\" heads \(names.count) rows of a period: \(some)",
          related: []))
    }
    return lints
  }

  /// A day alone in a cell of a row that holds no other figure, with "as at" in front.
  private static func isHeader(_ token: NumberToken, _ input: LintInput) -> Bool {
    guard case .date(let date, nil) = token.value, date.day != nil else { return false }
    let line = input.text.range(ofLine: token.place.line)
    let before = line.lowerBound..<token.range.lowerBound
    guard let tab = before.last(where: { input.text.folded[$0] == 9 }) else { return false }
    let cell = tab + 1..<token.range.lowerBound
    return cell.count <= 8 && heads.contains { input.has($0, in: cell) }
  }

  private static func name(_ range: Range<Int>, _ input: LintInput) -> String {
    let end = range.first { input.text.folded[$0] == 9 || input.text.folded[$0] == 0x5E }
    let text = input.string(range.lowerBound..<(end ?? range.upperBound))
    return String(text.drop { $0 == " " }).replacing(" ", with: "")
  }
}
