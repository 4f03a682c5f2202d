/// White space in the character data of a paragraph: it is layout, and a run of it counts as one
/// space, none at the start and at the end; what is meant is spelt out as elements.
///
/// Source: OpenDocument 1.2 part 1, section 6.1.2 (white space characters).
enum ODFSpaces {
  /// At the start of a paragraph; after a text; after a text and white space.
  case leading, none, pending

  mutating func append(_ text: UnsafePointer<UInt8>, _ count: Int, to row: RowBuffer) {
    var start = 0
    for index in 0..<count {
      let byte = text[index]
      if byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) {
        if index > start { row.append(text + start, index - start) }
        start = index + 1
        if self == .none { self = .pending }
      } else {
        if self == .pending { row.append(" ") }
        self = .none
      }
    }
    if count > start { row.append(text + start, count - start) }
  }

  /// Space, tab or line break follows as an element.
  mutating func spell(_ row: RowBuffer) {
    if self == .pending { row.append(" ") }
    self = .none
  }
}
