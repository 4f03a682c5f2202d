/// The words around a number, by which it is known again in the next edition of a report.
///
/// Digits and signs are left out: the next edition prints other figures in the same words.
struct ContextKey {
  let text: ReportText
  /// Letters kept before and behind the number.
  private static let before = 18
  private static let behind = 10
  /// Fewer letters than this in its own line say too little.
  private static let few = 4
  /// Characters looked at on either side, so that the cost stays linear.
  private static let reach = 120

  /// Folded letters before and behind, and the unit: `年度公司员工人数|共计|{person}`.
  func key(_ token: NumberToken) -> String {
    let line = text.range(ofLine: token.place.line)
    let start = token.range.lowerBound
    let tail = letters(
      in: token.range.upperBound..<min(line.upperBound, token.range.upperBound + Self.reach),
      first: Self.behind)
    var head = letters(
      in: max(line.lowerBound, start - Self.reach)..<start, last: Self.before)
    // A number alone in its line is known by the lines above.
    if head.unicodeScalars.count + tail.unicodeScalars.count < Self.few {
      head = letters(in: max(0, start - Self.reach)..<start, last: Self.before)
    }
    return head + "|" + tail + "|" + (token.unit ?? "")
  }

  private func letters(in range: Range<Int>, last count: Int) -> String {
    var kept: [UInt32] = []
    for index in range.reversed() where kept.count < count {
      if isLetter(text.folded[index]) { kept.append(small(text.folded[index])) }
    }
    return Self.string(kept.reversed())
  }

  private func letters(in range: Range<Int>, first count: Int) -> String {
    guard range.lowerBound < range.upperBound else { return "" }
    var kept: [UInt32] = []
    for index in range where kept.count < count {
      if isLetter(text.folded[index]) { kept.append(small(text.folded[index])) }
    }
    return Self.string(kept)
  }

  private func isLetter(_ c: UInt32) -> Bool { Glyph.isLetter(c) || Glyph.isHan(c) }
  private func small(_ c: UInt32) -> UInt32 { Glyph.isUpper(c) ? c | 0x20 : c }

  private static func string(_ scalars: [UInt32]) -> String {
    var view = String.UnicodeScalarView()
    for value in scalars { if let scalar = Unicode.Scalar(value) { view.append(scalar) } }
    return String(view)
  }
}
