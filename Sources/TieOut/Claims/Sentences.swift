/// The sentences and lines of a text, found once.
struct Sentences {
  let text: ReportText
  /// For each folded character, the number of its sentence.
  let numbers: [Int32]
  /// The range of each sentence; a line's end ends one.
  let ranges: [Range<Int>]
  /// The lines that are not blank, in order, and for each line its index there (or -1).
  let filledLines: [Int]
  let filledIndex: [Int]

  init(_ text: ReportText) {
    self.text = text
    var numbers = [Int32](repeating: 0, count: text.count)
    var ranges: [Range<Int>] = []
    var start = 0
    for index in 0..<text.count {
      numbers[index] = Int32(ranges.count)
      let c = text.folded[index]
      let stop = c == 0x2E && Sentences.endsEnglish(text.folded, index)
      if Glyph.endsSentence(c) || Glyph.isNewline(c) || stop {
        ranges.append(start..<index + 1)
        start = index + 1
      }
    }
    if start <= text.count { ranges.append(start..<text.count) }
    self.numbers = numbers
    self.ranges = ranges
    var filled: [Int] = []
    var places = [Int](repeating: -1, count: text.lineCount + 2)
    for line in 1...max(1, text.lineCount) {
      if text.range(ofLine: line).contains(where: { !Glyph.isBlank(text.folded[$0]) }) {
        places[line] = filled.count
        filled.append(line)
      }
    }
    filledLines = filled
    filledIndex = places
  }

  /// A full stop behind a word and before a blank and a capital.
  static func endsEnglish(_ t: [UInt32], _ index: Int) -> Bool {
    guard index + 2 < t.count, index > 1, Glyph.isBlank(t[index + 1]),
      Glyph.isUpper(t[index + 2]) || Glyph.isNewline(t[index + 1])
    else { return false }
    return Glyph.isLetter(t[index - 1]) && Glyph.isLetter(t[index - 2])
      || Glyph.isDigit(t[index - 1])
      || t[index - 1] == 0x25 || t[index - 1] == 0x29
  }

  func number(at index: Int) -> Int { index < numbers.count ? Int(numbers[index]) : 0 }

  /// The line that is not blank, `steps` before (negative) or behind a line; nil at the ends.
  func neighbour(of line: Int, _ steps: Int) -> Int? {
    guard line < filledIndex.count, filledIndex[line] >= 0 else { return nil }
    let place = filledIndex[line] + steps
    return filledLines.indices.contains(place) ? filledLines[place] : nil
  }

  /// A line without a sentence's end, such as a heading or a figure set large.
  func isShort(_ line: Int) -> Bool {
    let range = text.range(ofLine: line)
    return range.count <= 45 && !range.contains { text.folded[$0] == 0x3002 }
  }
}
