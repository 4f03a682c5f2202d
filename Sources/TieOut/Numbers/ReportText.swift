/// Where something stands in a report.
package struct Place: Hashable, Sendable, Comparable {
  /// From 1; a form feed begins the next page.
  package let page: Int
  /// From 1 over line feeds.
  package let line: Int
  /// From 1, in Unicode scalars.
  package let column: Int
  /// In Unicode scalars.
  package let length: Int
  /// From 0, of the first byte in UTF-8.
  package let byte: Int

  package static func < (a: Place, b: Place) -> Bool {
    (a.byte, a.length) < (b.byte, b.length)
  }
}

/// A report's text, prepared once: folded characters without emphasis marks, each with its place.
struct ReportText: Sendable {
  /// Folded; doubled asterisks and zero-width characters left out; line feeds kept.
  let folded: [UInt32]
  /// The characters as they stand, one for each folded one.
  let raw: [UInt32]
  /// For each folded character, the offset of its scalar in its line, from 0.
  private let columns: [Int32]
  /// For each folded character, its line from 1.
  let lineNumbers: [Int32]
  private let bytes: [Int32]
  /// Page by line, the first line at 1.
  private let pages: [Int32]
  /// The first folded character of every line, the first line at 0; one more entry: the end.
  let lineStarts: [Int]

  init(_ text: String, _ folding: ScriptFolding) {
    var folded: [UInt32] = []
    var raw: [UInt32] = []
    var columns: [Int32] = []
    var lineNumbers: [Int32] = []
    var bytes: [Int32] = []
    var pages: [Int32] = [1, 1]
    var starts = [0]
    let count = text.utf8.count
    folded.reserveCapacity(count / 2)
    var line: Int32 = 1
    var column: Int32 = 0
    var byte: Int32 = 0
    var page: Int32 = 1
    let scalars = text.unicodeScalars.map(\.value)
    for (index, value) in scalars.enumerated() {
      let doubled =
        value == 0x2A
        && ((index > 0 && scalars[index - 1] == 0x2A)
          || (index + 1 < scalars.count && scalars[index + 1] == 0x2A))
      if !doubled, !(0x200B...0x200D).contains(value), value != 0xFEFF {
        folded.append(folding.fold(value))
        raw.append(value)
        columns.append(column)
        lineNumbers.append(line)
        bytes.append(byte)
      }
      byte += value < 0x80 ? 1 : value < 0x800 ? 2 : value < 0x10000 ? 3 : 4
      column += 1
      if value == 12 { page += 1 }
      if value == 10 {
        line += 1
        column = 0
        starts.append(folded.count)
        pages.append(page)
      }
    }
    starts.append(folded.count)
    Self.separateCells(&folded)
    self.folded = folded
    self.raw = raw
    self.columns = columns
    self.lineNumbers = lineNumbers
    self.bytes = bytes
    self.pages = pages
    self.lineStarts = starts
  }

  /// Three blanks and more between words of a line separate cells, as in printed tables.
  private static func separateCells(_ folded: inout [UInt32]) {
    var blanks = 0
    var isStart = true
    for index in folded.indices {
      if folded[index] == 32 {
        blanks += 1
        continue
      }
      let isEnd = Glyph.isNewline(folded[index])
      if blanks >= 3, !isStart, !isEnd, folded[index] != 9 { folded[index - 1] = 9 }
      isStart = isEnd
      blanks = 0
    }
  }

  var count: Int { folded.count }
  var lineCount: Int { lineStarts.count - 1 }

  func place(_ range: Range<Int>) -> Place {
    guard range.lowerBound < count else {
      return Place(page: 1, line: lineCount, column: 1, length: 0, byte: 0)
    }
    let line = Int(lineNumbers[range.lowerBound])
    return Place(
      page: line < pages.count ? Int(pages[line]) : 1, line: line,
      column: Int(columns[range.lowerBound]) + 1, length: length(range),
      byte: Int(bytes[range.lowerBound]))
  }

  /// Left-out characters between the first and the last count.
  private func length(_ range: Range<Int>) -> Int {
    guard let last = range.last, last < count,
      lineNumbers[last] == lineNumbers[range.lowerBound]
    else { return range.count }
    return Int(columns[last] - columns[range.lowerBound]) + 1
  }

  /// The characters of a line as folded offsets, without its line feed; `line` from 1.
  func range(ofLine line: Int) -> Range<Int> {
    let start = lineStarts[line - 1]
    var end = lineStarts[line]
    if end > start, folded[end - 1] == 10 { end -= 1 }
    return start..<end
  }

  /// The cell of a line in which a stretch begins, tabs outside.
  func cell(around range: Range<Int>, in line: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    while start > line.lowerBound, folded[start - 1] != 9 { start -= 1 }
    var end = range.upperBound
    while end < line.upperBound, folded[end] != 9 { end += 1 }
    return start..<max(start, end)
  }

  /// The text as it stands.
  func printed(_ range: Range<Int>) -> String {
    var text = String.UnicodeScalarView()
    for value in raw[range] { if let scalar = Unicode.Scalar(value) { text.append(scalar) } }
    return String(text)
  }
}
