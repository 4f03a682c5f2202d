/// Puts the words of a marked-up report into lines, cells and pages, blanks as a reader sees them.
struct PageText {
  private(set) var scalars: [Unicode.Scalar] = []
  /// UTF-8 bytes so far.
  private(set) var byteCount = 0
  /// From 1; those of the next character.
  private(set) var line = 1
  private(set) var column = 1
  /// A blank is due before the next word.
  private var isBlankDue = false
  /// The next cell of a row that holds something already is due.
  private var isCellDue = false
  /// Rows of tables that are open, innermost last: whether a cell of it is open.
  private var rows: [Bool] = []

  var text: String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  private var isAtStart: Bool { column == 1 }
  /// Whether line breaks are blanks here.
  private var isInCell: Bool { rows.last ?? false }

  private mutating func put(_ scalar: Unicode.Scalar) {
    scalars.append(scalar)
    byteCount += scalar.utf8.count
    if scalar == "\n" {
      line += 1
      column = 1
    } else {
      column += 1
    }
  }

  /// Puts what separates the next word from the last one, and gives the place of that word.
  mutating func mark() -> (line: Int, column: Int) {
    if isCellDue, !isAtStart {
      put("\t")
    } else if isBlankDue, !isAtStart, scalars.last != "\t" {
      put(" ")
    }
    isCellDue = false
    isBlankDue = false
    return (line, column)
  }

  /// Adds text; runs of blanks and line ends are one blank.
  mutating func add(_ text: some Sequence<Unicode.Scalar>) {
    for scalar in text {
      switch scalar {
      case " ", "\n", "\t", "\r", "\u{0C}", "\u{A0}": isBlankDue = true
      case _ where scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value): continue
      default:
        _ = mark()
        put(scalar)
      }
    }
  }

  /// Ends a line that holds something; a blank inside a cell.
  mutating func endLine() {
    guard !isInCell else {
      isBlankDue = true
      return
    }
    isBlankDue = false
    isCellDue = false
    if !isAtStart { put("\n") }
  }

  mutating func beginRow() {
    endLine()
    if isInCell { newLine() }
    rows.append(false)
  }

  mutating func endRow() {
    guard !rows.isEmpty else { return }
    rows.removeLast()
    newLine()
  }

  private mutating func newLine() {
    isBlankDue = false
    isCellDue = false
    if !isAtStart { put("\n") }
  }

  mutating func beginCell() {
    guard let last = rows.indices.last else { return }
    rows[last] = true
    isBlankDue = false
    isCellDue = true
  }

  mutating func endCell() {
    guard let last = rows.indices.last else { return }
    rows[last] = false
    isBlankDue = false
  }

  /// A tab outside a table: what stands behind it is a cell of its own.
  mutating func tab() {
    if isInCell { isBlankDue = true } else { isCellDue = true }
  }

  mutating func endPage() {
    newLine()
    if scalars.last != "\u{0C}", !scalars.isEmpty {
      put("\u{0C}")
      column = 1
    }
  }

  /// The last scalars, for what depends on what stands before.
  func ends(with letters: String) -> Bool {
    !isBlankDue && !isCellDue && scalars.count >= letters.unicodeScalars.count
      && scalars.suffix(letters.unicodeScalars.count).elementsEqual(letters.unicodeScalars)
  }

  /// A raised text: a square or cube behind a letter of a unit, else in a form that is no number.
  mutating func addRaised(_ text: String) {
    let own = text.filter { !$0.isWhitespace }
    guard !own.isEmpty else { return }
    if own == "2" || own == "3", scalars.last?.properties.isAlphabetic == true, !isBlankDue {
      add((own == "2" ? "²" : "³").unicodeScalars)
    } else if own.count <= 12, own.contains(where: \.isNumber) {
      add("^{\(own)}".unicodeScalars)
    } else {
      add(text.unicodeScalars)
    }
  }
}
